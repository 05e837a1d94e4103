import { Duration, RemovalPolicy, Stack, Validations, aws_iam as iam, aws_sqs as sqs } from 'aws-cdk-lib';
import type { aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { mayDecrypt } from './decrypt';
import { queueArn } from './place';

/** A queue of what could not be done; a person looks at it within the two weeks that SQS keeps a message at most. */
export const createDeadLetters = (
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly key: kms.IKey },
): sqs.Queue => {
  return new sqs.Queue(scope, id, {
    queueName: props.name,
    encryption: sqs.QueueEncryption.KMS,
    encryptionMasterKey: props.key,
    dataKeyReuse: Duration.minutes(5),
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.DESTROY,
  });
};

/** For a queue of which the rule does not see by itself that dead letters are all it takes. */
export const acknowledgeLastQueue = (queue: sqs.Queue): void =>
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'This queue is where dead letters end up; an alarm tells people of every message in it.',
  });

/** What Lambda needs, with a function's role, in order to lay down what that function failed at. */
export const layingDownRights = (
  scope: Construct,
  { name, key }: { readonly name: string; readonly key: kms.IKey },
): readonly iam.PolicyStatement[] => [
  new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn(scope, name)] }),
  mayDecrypt(
    key,
    { service: 'sqs', region: Stack.of(scope).region },
    { 'aws:sqs:arn': queueArn(scope, name) },
    ['kms:Decrypt', 'kms:GenerateDataKey'],
  ),
];
