import { Stack, aws_iam as iam, aws_sns as sns, aws_sns_subscriptions as subscriptions } from 'aws-cdk-lib';
import type { aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { mayDecrypt } from './decrypt';

/** Says by mail that a stack waits for an approval, and where: a link to the request, which shows and does nothing. */
export class ApprovalsTopic extends Construct {
  readonly arn: string;
  readonly #key: kms.IKey;

  constructor(
    scope: Construct,
    id: string,
    { key, notify }: { readonly key: kms.IKey; readonly notify: string },
  ) {
    super(scope, id);
    const topic = new sns.Topic(this, 'Topic', {
      topicName: 'gatehouse-approvals',
      displayName: 'Gatehouse approvals',
      masterKey: key,
      enforceSSL: true,
    });
    topic.addSubscription(new subscriptions.EmailSubscription(notify));
    this.arn = topic.topicArn;
    this.#key = key;
  }

  /** What a function needs in order to publish here. */
  publishingRights(): readonly iam.PolicyStatement[] {
    return [
      new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [this.arn] }),
      mayDecrypt(
        this.#key,
        { service: 'sns', region: Stack.of(this).region },
        { 'aws:sns:topicArn': this.arn },
        ['kms:Decrypt', 'kms:GenerateDataKey'],
      ),
    ];
  }
}
