import { Duration, aws_iam as iam } from 'aws-cdk-lib';
import type { aws_kms as kms, aws_lambda as lambda } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration';
import { FUNCTION, LIVE, WAITERS_TABLE } from '../names';
import { BridgeFunction } from './bridge-function';
import { acknowledgeExecutions, executionRights } from './operation';
import { functionArn } from './place';
import { waitersRights } from './waiters-table';
import type { WebhookSecret } from './webhook-secret';

/** Takes signed messages, starts what they approve and writes down what they decide. It can assume no role. */
export const createIngress = (
  scope: Construct,
  id: string,
  props: {
    readonly configuration: Configuration;
    readonly key: kms.IKey;
    readonly webhookSecret: WebhookSecret;
    readonly operation: lambda.Alias;
  },
): BridgeFunction => {
  const { jira } = props.configuration;
  const operation = functionArn(scope, FUNCTION.operation);
  const ingress = new BridgeFunction(scope, id, {
    part: 'ingress',
    description: 'Gatehouse: verifies messages of the Forge app and starts operations',
    key: props.key,
    memory: 512,
    // The sender gives up after 25 seconds.
    timeout: Duration.seconds(24),
    environment: {
      SITE_ID: jira.site,
      FORGE_APP_ID: jira.forgeApp,
      WEBHOOK_SECRET_ID: props.webhookSecret.name,
      OPERATION_FUNCTION: props.operation.functionArn,
      WAITERS_TABLE,
    },
    rights: [
      new iam.PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [`${operation}:${LIVE}`],
      }),
      new iam.PolicyStatement({
        actions: ['lambda:ListDurableExecutionsByFunction'],
        resources: [operation],
      }),
      ...executionRights(scope, props.key, [
        'lambda:GetDurableExecution',
        'lambda:SendDurableExecutionCallbackSuccess',
      ]),
      ...waitersRights(scope, props.key, ['dynamodb:GetItem', 'dynamodb:UpdateItem']),
      ...props.webhookSecret.readingRights(),
    ],
  });
  acknowledgeExecutions(ingress.role);
  return ingress;
};
