import { Duration, RemovalPolicy, Stack, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FUNCTION } from '../names';
import { functionArn, logGroupArn, queueArn } from './place';

/** Queues into which a service writes by itself, not with the rights of a function. */
export const UNDELIVERED_EVENTS = 'gatehouse-undelivered-events';

/**
 * The key under which everything is stored that the bridge keeps: the waiters, secrets, logs, dead letters, the
 * functions' environment and the state of executions. It outlives the stack: an execution, a backup or a dead letter
 * whose key is gone is gone, too.
 *
 * Roles get their rights in their own policies. Here are the services that use the key in their own name, each for
 * what the encryption context says and nothing else.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-encryption.html
 */
export const createDataKey = (scope: Construct, id: string): kms.Key => {
  const { account, region } = Stack.of(scope);
  const key = new kms.Key(scope, id, {
    alias: 'alias/gatehouse-data',
    description: 'What the Gatehouse bridge keeps: waiters, secrets, logs, dead letters, state of executions',
    enableKeyRotation: true,
    rotationPeriod: Duration.days(365),
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const operation = functionArn(scope, FUNCTION.operation);
  for (const statement of [
    new iam.PolicyStatement({
      sid: 'Logs',
      principals: [new iam.ServicePrincipal(`logs.${region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroupArn(scope, '/aws/*/gatehouse-*') },
      },
    }),
    new iam.PolicyStatement({
      sid: 'StateOfExecutions',
      principals: [new iam.ServicePrincipal('lambda.amazonaws.com')],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: ['*'],
      conditions: {
        StringEquals: {
          'aws:SourceAccount': account,
          'aws:SourceArn': operation,
          'kms:EncryptionContext:aws:lambda:FunctionArn': operation,
        },
      },
    }),
    new iam.PolicyStatement({
      sid: 'UndeliveredEvents',
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: ['*'],
      conditions: {
        StringEquals: {
          'aws:SourceAccount': account,
          'kms:EncryptionContext:aws:sqs:arn': queueArn(scope, UNDELIVERED_EVENTS),
        },
      },
    }),
  ]) {
    key.addToResourcePolicy(statement);
  }
  return key;
};
