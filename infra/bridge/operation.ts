import {
  Duration,
  RemovalPolicy,
  Stack,
  Validations,
  aws_iam as iam,
  type aws_lambda as lambda,
} from 'aws-cdk-lib';
import type { aws_kms as kms, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import { externalId, FUNCTION, LIVE, WAITERS_TABLE } from '../names';
import { BridgeFunction } from './bridge-function';
import { createDeadLetters, layingDownRights } from './dead-letters';
import { mayDecrypt } from './decrypt';
import { functionArn } from './place';
import type { ApprovalsTopic } from './approvals-topic';
import { mayOpenSealedValues, type SealedValuesKeys } from './sealed-values-key';
import { waitersRights } from './waiters-table';
import type { WebhookSecret } from './webhook-secret';

const FAILED_OPERATIONS = 'gatehouse-failed-operations';

/** Longer than the ten days that a launch is followed for and the two in which its end is told. */
const EXECUTION_TIMEOUT = Duration.days(31);
/** How long a closed execution can be asked for, which is what the app does when it has not heard of its end. */
const RETENTION = Duration.days(14);

/**
 * The operation function: one durable execution an operation.
 *
 * An execution stays on the version that it started on. So every deployment that changes the function publishes a
 * version, the alias moves to it, and no version is ever deleted by a deployment.
 */
export class Operation extends Construct {
  readonly bridgeFunction: BridgeFunction;
  readonly alias: lambda.Alias;
  /** Operations that ended in failure, or could not even begin. */
  readonly failed: sqs.Queue;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly configuration: Configuration;
      readonly key: kms.IKey;
      readonly sealedValuesKeys: SealedValuesKeys;
      readonly callbackSecret: WebhookSecret;
      /** Absent where nobody is mailed. */
      readonly approvals: ApprovalsTopic | undefined;
    },
  ) {
    super(scope, id);
    const { configuration, key, sealedValuesKeys, callbackSecret, approvals } = props;
    const { organization, jira, roles } = configuration;
    const executions = executionsOf(this);
    const tenantRoles = `arn:aws:iam::*:role/${roles.tenant}`;
    const failures = { name: FAILED_OPERATIONS, key };
    this.failed = createDeadLetters(this, 'Failed', failures);
    this.bridgeFunction = new BridgeFunction(this, 'Launch', {
      part: 'operation',
      description: 'Gatehouse: launches what was approved and tells the request what becomes of it',
      key,
      memory: 512,
      // Between two waits: a dozen calls, none of which takes longer than half a minute.
      timeout: Duration.minutes(5),
      environment: {
        SITE_ID: jira.site,
        TENANT_ROLE_NAME: roles.tenant,
        EXTERNAL_ID: externalId(configuration),
        CALLBACK_URL: jira.callbackUrl,
        CALLBACK_SECRET_ID: callbackSecret.name,
        WAITERS_TABLE,
        SEALED_VALUES_KEY: sealedValuesKeys.current.keyArn,
        ...(sealedValuesKeys.former.length > 0 && {
          FORMER_SEALED_VALUES_KEYS: sealedValuesKeys.former.map(({ keyArn }) => keyArn).join(','),
        }),
        ...(approvals && { APPROVALS_TOPIC: approvals.arn }),
      },
      rights: [
        new iam.PolicyStatement({
          actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
          resources: [executions],
        }),
        new iam.PolicyStatement({
          actions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
          resources: [tenantRoles],
          conditions: { StringEquals: { 'aws:ResourceOrgID': organization.id } },
        }),
        ...waitersRights(this, key, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']),
        mayOpenSealedValues(sealedValuesKeys),
        ...(approvals ? approvals.publishingRights() : []),
        ...callbackSecret.readingRights(),
        ...layingDownRights(this, failures),
      ],
      durable: { executionTimeout: EXECUTION_TIMEOUT, retentionPeriod: RETENTION },
      deadLetters: this.failed,
    });
    acknowledgeExecutions(this.bridgeFunction.role);
    Validations.of(this.bridgeFunction.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${tenantRoles}]`,
      reason: 'The role is called the same in every tenant account; only those of the organization count.',
    });
    const deployed = this.bridgeFunction.function;
    // The construct has no property for it yet.
    (deployed.node.defaultChild as lambda.CfnFunction).addPropertyOverride(
      'DurableConfig.KMSKeyArn',
      key.keyArn,
    );
    deployed.currentVersion.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.alias = deployed.addAlias(LIVE, {
      // Lambda goes on trying to start what was accepted for as long as it can.
      maxEventAge: Duration.hours(6),
      retryAttempts: 2,
    });
  }
}

/** Executions belong to a version; the bare function and the alias are none of their names. */
const executionsOf = (scope: Construct, region?: string): string =>
  `${functionArn(scope, FUNCTION.operation, region)}:*`;

/** What another function may do with the operation function's executions, whose state is encrypted. */
export const executionRights = (
  scope: Construct,
  key: kms.IKey,
  actions: readonly ('lambda:GetDurableExecution' | 'lambda:SendDurableExecutionCallbackSuccess')[],
  region = Stack.of(scope).region,
): readonly iam.PolicyStatement[] => [
  new iam.PolicyStatement({ actions: [...actions], resources: [executionsOf(scope, region)] }),
  mayDecrypt(
    key,
    { service: 'lambda', region },
    { 'aws:lambda:FunctionArn': functionArn(scope, FUNCTION.operation, region) },
  ),
];

/** Says of the role of a function with {@link executionRights} why they end in a star. */
export const acknowledgeExecutions = (role: iam.Role, region?: string): void =>
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${executionsOf(role, region)}]`,
    reason: 'An execution is authorized under its version, its name and an id; only the function is known.',
  });
