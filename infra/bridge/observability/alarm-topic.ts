import { Stack, aws_iam as iam, aws_sns as sns, aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib';
import type { aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Where alarms go: by mail to the address of the configuration, and to whatever else subscribes. */
export const createAlarmTopic = (
  scope: Construct,
  id: string,
  { key, notify }: { readonly key: kms.Key; readonly notify: string },
): sns.Topic => {
  const topic = new sns.Topic(scope, id, {
    topicName: 'gatehouse-alarms',
    displayName: 'Gatehouse',
    masterKey: key,
    enforceSSL: true,
  });
  topic.addSubscription(new subscriptions.EmailSubscription(notify));
  const { account } = Stack.of(scope);
  const cloudWatch = new iam.ServicePrincipal('cloudwatch.amazonaws.com');
  const ofThisAccount = { StringEquals: { 'aws:SourceAccount': account } };
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'Alarms',
      principals: [cloudWatch],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: ofThisAccount,
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'Alarms',
      principals: [cloudWatch],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: ofThisAccount,
    }),
  );
  return topic;
};
