import { Duration, Stack, aws_iam as iam, aws_lambda as lambda } from 'aws-cdk-lib';
import type { aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import { FUNCTION, gateRoleName, homeRegion, LIVE, WAITERS_TABLE } from '../names';
import { BridgeFunction } from './bridge-function';
import { acknowledgeExecutions, executionRights } from './operation';
import { functionArn } from './place';
import { maySeal } from './sealed-values-key';
import { waitersRights } from './waiters-table';

/** Keys of the home region. */
export interface HomeKeys {
  /** The waiters' table and the state of executions are encrypted with it. */
  readonly data: kms.IKey;
  readonly sealedValues: kms.IKey;
}

/**
 * What the gates of stacks in one region call. CloudFormation calls it from the account of the stack, with the rights of
 * the stack's launch role.
 *
 * There is no queue for what it fails at, since its events carry the pre-signed URLs of a stack. Lambda repeats an event
 * twice, and CloudFormation gives the stack up after ten minutes.
 */
export class Gate extends Construct {
  readonly bridgeFunction: BridgeFunction;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly configuration: Configuration;
      /** For log and environment, in this region. */
      readonly key: kms.IKey;
      readonly home: HomeKeys;
    },
  ) {
    super(scope, id);
    const { configuration, key, home } = props;
    const region = homeRegion(configuration);
    const operation = `${functionArn(this, FUNCTION.operation, region)}:${LIVE}`;
    this.bridgeFunction = new BridgeFunction(this, 'Gate', {
      part: 'gate',
      roleName: gateRoleName(configuration, Stack.of(this).region),
      description: 'Gatehouse: has stacks that were started in the console approved in Jira',
      key,
      memory: 512,
      // Two calls and then an answer, of five seconds at most; each of both three times, with pauses.
      timeout: Duration.seconds(60),
      environment: {
        SITE_ID: configuration.jira.site,
        HOME_REGION: region,
        OPERATION_FUNCTION: operation,
        SEALED_VALUES_KEY: home.sealedValues.keyArn,
        WAITERS_TABLE,
      },
      rights: [
        new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [operation] }),
        maySeal(home.sealedValues),
        ...waitersRights(this, home.data, ['dynamodb:GetItem'], region),
        ...executionRights(this, home.data, ['lambda:SendDurableExecutionCallbackSuccess'], region),
      ],
    });
    acknowledgeExecutions(this.bridgeFunction.role, region);
    const { function: deployed } = this.bridgeFunction;
    new lambda.CfnPermission(this, 'Organization', {
      functionName: deployed.functionName,
      action: 'lambda:InvokeFunction',
      principal: '*',
      principalOrgId: configuration.organization.id,
    });
    new lambda.EventInvokeConfig(this, 'Retries', {
      function: deployed,
      // Afterwards CloudFormation takes no answer: the gate's ServiceTimeout.
      maxEventAge: Duration.minutes(10),
      retryAttempts: 2,
    });
  }
}
