import {
  Aws,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  Fn,
  RemovalPolicy,
  Token,
  aws_cloudwatch as cloudwatch,
  aws_iam as iam,
  aws_kms as kms,
  aws_sns as sns,
  aws_sqs as sqs,
} from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { OF_STACK, arn, keyRights } from './launch-rights';
import { overTlsOnly } from './over-tls-only';
import { layOutParameters } from './parameter-form';
import type { Product } from './product';
import { tagAs } from './product-tag';

const KEY = 'queue';
const DAY = 86_400;

/**
 * A queue, the queue for what could not be worked off, and alarms on both. The queues are a pipe, not a store: they
 * and what is in them go with the stack.
 */
class QueueStack extends ProductStack {
  readonly #fifo: CfnCondition;

  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'SQS queue with a dead-letter queue and alarms',
      analyticsReporting: false,
    });
    tagAs(this, KEY);

    const type = new CfnParameter(this, 'Type', {
      description:
        'Standard: any throughput, order not kept. FIFO: in order within a message group, and once. ' +
        'A change replaces the queue and drops its messages.',
      default: 'Standard',
      allowedValues: ['Standard', 'FIFO'],
      constraintDescription: 'must be Standard or FIFO',
    });
    const visibilityTimeout = new CfnParameter(this, 'VisibilityTimeout', {
      type: 'Number',
      description:
        'For how many seconds a message that somebody received is hidden from others; longer than it takes to work one off.',
      default: 60,
      minValue: 0,
      maxValue: 43_200,
      constraintDescription: 'must be a number of seconds from 0 to 43200, which is 12 hours',
    });
    const retention = new CfnParameter(this, 'RetentionDays', {
      description: 'After how many days a message that nobody worked off is dropped.',
      default: '4',
      allowedValues: ['1', '2', '4', '7', '10'],
      constraintDescription: 'must be 1, 2, 4, 7 or 10 days',
    });
    const maxReceives = new CfnParameter(this, 'MaxReceives', {
      type: 'Number',
      description: 'After how many attempts a message is put into the dead-letter queue.',
      default: 5,
      minValue: 1,
      maxValue: 1000,
      constraintDescription: 'must be a number of attempts from 1 to 1000',
    });
    const oldestMessage = new CfnParameter(this, 'OldestMessageSeconds', {
      type: 'Number',
      description: 'For how many seconds a message may wait before the alarm is raised.',
      default: 900,
      minValue: 60,
      maxValue: DAY,
      constraintDescription: 'must be a number of seconds from 60 to 86400, which is a day',
    });
    const alarmEmail = new CfnParameter(this, 'AlarmEmail', {
      description: 'Who is written to when an alarm is raised; they confirm once by e-mail. Optional.',
      default: '',
      allowedPattern: '^$|^[^@ ]+@[^@ ]+\\.[^@ .]+$',
      constraintDescription: 'must be an e-mail address such as team@example.com, or empty',
    });
    const alarmTopic = new CfnParameter(this, 'AlarmTopicArn', {
      description: 'An SNS topic of yours that is told of alarms. Optional.',
      default: '',
      allowedPattern: '^$|^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$',
      constraintDescription:
        'must be the ARN of a topic such as arn:aws:sns:eu-west-1:111122223333:alarms, or empty',
    });
    layOutParameters(this, [
      {
        title: 'Queue',
        parameters: [
          [type, 'Type'],
          [visibilityTimeout, 'Visibility timeout in seconds'],
          [retention, 'Retention in days'],
          [maxReceives, 'Attempts'],
        ],
      },
      {
        title: 'Alarms',
        parameters: [
          [oldestMessage, 'Longest wait in seconds'],
          [alarmEmail, 'E-mail address'],
          [alarmTopic, 'SNS topic'],
        ],
      },
    ]);

    this.#fifo = new CfnCondition(this, 'IsFifo', { expression: Fn.conditionEquals(type, 'FIFO') });
    const hasEmail = new CfnCondition(this, 'HasAlarmEmail', {
      expression: Fn.conditionNot(Fn.conditionEquals(alarmEmail, '')),
    });
    const hasTopic = new CfnCondition(this, 'HasAlarmTopic', {
      expression: Fn.conditionNot(Fn.conditionEquals(alarmTopic, '')),
    });
    const seconds = new CfnMapping(this, 'RetentionSeconds', {
      mapping: Object.fromEntries(
        [1, 2, 4, 7, 10].map((days) => [String(days), { seconds: String(days * DAY) }]),
      ),
    });

    const deadLetters = new sqs.CfnQueue(this, 'DeadLetterQueue', {
      ...this.#named('dead-letters'),
      sqsManagedSseEnabled: true,
      // The longest there is: a message's age counts from when it was first sent.
      messageRetentionPeriod: 14 * DAY,
      // Each queue names the other, so this one is named rather than referred to.
      redriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [
          Fn.join('', [
            Fn.sub('arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${AWS::StackName}-queue'),
            this.#ending(),
          ]),
        ],
      },
    });
    deadLetters.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const queue = new sqs.CfnQueue(this, 'Queue', {
      ...this.#named('queue'),
      sqsManagedSseEnabled: true,
      contentBasedDeduplication: Fn.conditionIf(this.#fifo.logicalId, true, Aws.NO_VALUE),
      visibilityTimeout: visibilityTimeout.valueAsNumber,
      messageRetentionPeriod: Token.asNumber(seconds.findInMap(retention.valueAsString, 'seconds')),
      receiveMessageWaitTimeSeconds: 20,
      redrivePolicy: { deadLetterTargetArn: deadLetters.attrArn, maxReceiveCount: maxReceives.valueAsNumber },
    });
    queue.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.#overTlsOnly('QueuePolicy', queue);
    this.#overTlsOnly('DeadLetterQueuePolicy', deadLetters);

    const told = this.#toldByEmail(alarmEmail, hasEmail);
    const alarmActions = [
      Fn.conditionIf(hasEmail.logicalId, told.ref, Aws.NO_VALUE).toString(),
      Fn.conditionIf(hasTopic.logicalId, alarmTopic, Aws.NO_VALUE).toString(),
    ];
    const alarm = {
      namespace: 'AWS/SQS',
      statistic: 'Maximum',
      period: 60,
      evaluationPeriods: 1,
      // An idle queue has no figures.
      treatMissingData: 'notBreaching',
      alarmActions,
      okActions: alarmActions,
    };
    new cloudwatch.CfnAlarm(this, 'OldestMessageAlarm', {
      ...alarm,
      alarmDescription: `A message in the queue of ${Aws.STACK_NAME} has waited too long: is anybody working it off?`,
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: [{ name: 'QueueName', value: queue.attrQueueName }],
      comparisonOperator: 'GreaterThanThreshold',
      threshold: oldestMessage.valueAsNumber,
    });
    new cloudwatch.CfnAlarm(this, 'DeadLettersAlarm', {
      ...alarm,
      alarmDescription: `Messages of ${Aws.STACK_NAME} could not be worked off and wait in the dead-letter queue`,
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: [{ name: 'QueueName', value: deadLetters.attrQueueName }],
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
    });

    new CfnOutput(this, 'QueueUrl', { description: 'Where messages are sent to', value: queue.ref });
    new CfnOutput(this, 'QueueArn', {
      description: 'ARN of the queue, for IAM policies and event sources',
      value: queue.attrArn,
    });
    new CfnOutput(this, 'DeadLetterQueueUrl', {
      description: 'Where messages are that could not be worked off',
      value: deadLetters.ref,
    });
    new CfnOutput(this, 'DeadLetterQueueArn', {
      description: 'ARN of the dead-letter queue, for IAM policies',
      value: deadLetters.attrArn,
    });
    new CfnOutput(this, 'Redrive', {
      description: 'How to have dead letters tried again',
      value: Fn.sub(
        'aws sqs start-message-move-task --region ${AWS::Region} --source-arn ${DeadLetterQueue.Arn}',
      ),
    });
  }

  /** The stack's name in it makes it unique in the account; SQS has a FIFO queue's name end in .fifo. */
  #named(suffix: string): Pick<sqs.CfnQueueProps, 'queueName' | 'fifoQueue'> {
    return {
      queueName: Fn.join('', [Aws.STACK_NAME, `-${suffix}`, this.#ending()]),
      fifoQueue: Fn.conditionIf(this.#fifo.logicalId, true, Aws.NO_VALUE),
    };
  }

  #ending(): string {
    return Fn.conditionIf(this.#fifo.logicalId, '.fifo', '').toString();
  }

  #overTlsOnly(id: string, queue: sqs.CfnQueue): void {
    new sqs.CfnQueuePolicy(this, id, {
      queues: [queue.ref],
      policyDocument: new iam.PolicyDocument({
        statements: [overTlsOnly('sqs:*', queue.attrArn)],
      }),
    });
  }

  /** CloudWatch cannot publish to a topic under the key that AWS manages for SNS, so the topic has one of its own. */
  #toldByEmail(address: CfnParameter, hasEmail: CfnCondition): sns.CfnTopic {
    const cloudWatch = new iam.ServicePrincipal('cloudwatch.amazonaws.com');
    const forThisAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
    const key = new kms.CfnKey(this, 'AlarmKey', {
      description: `Encrypts the alarms of ${Aws.STACK_NAME}`,
      enableKeyRotation: true,
      keyPolicy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'TheAccountDecides',
            principals: [new iam.AccountRootPrincipal()],
            actions: ['kms:*'],
            resources: ['*'],
          }),
          new iam.PolicyStatement({
            sid: 'AlarmsAreEncrypted',
            principals: [cloudWatch],
            actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
            resources: ['*'],
            conditions: forThisAccount,
          }),
        ],
      }),
    });
    key.cfnOptions.condition = hasEmail;
    // It encrypts messages in flight and nothing that lasts.
    key.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const topic = new sns.CfnTopic(this, 'AlarmTopic', {
      kmsMasterKeyId: key.ref,
      subscription: [{ protocol: 'email', endpoint: address.valueAsString }],
    });
    topic.cfnOptions.condition = hasEmail;
    const policy = new sns.CfnTopicPolicy(this, 'AlarmTopicPolicy', {
      topics: [topic.ref],
      policyDocument: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            sid: 'AlarmsOfThisAccount',
            principals: [cloudWatch],
            actions: ['sns:Publish'],
            resources: [topic.ref],
            conditions: forThisAccount,
          }),
          overTlsOnly('sns:Publish', topic.ref),
        ],
      }),
    });
    policy.cfnOptions.condition = hasEmail;
    return topic;
  }
}

export const queue: Product = {
  key: KEY,
  name: 'Message queue',
  description:
    'An SQS queue with a dead-letter queue and alarms on messages that wait too long or cannot be worked off.',
  owner: 'Cloud platform',
  versions: [
    {
      name: '1.0',
      description: 'Standard or FIFO, encrypted by SQS, TLS only',
      template: { stack: QueueStack },
    },
  ],
  templateConstraint: undefined,
  launchRights: [
    {
      actions: [
        'sqs:CreateQueue',
        'sqs:DeleteQueue',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ListQueueTags',
        'sqs:SetQueueAttributes',
        'sqs:TagQueue',
        'sqs:UntagQueue',
      ],
      resources: [arn('sqs', OF_STACK)],
    },
    {
      actions: [
        'sns:CreateTopic',
        'sns:DeleteTopic',
        'sns:GetDataProtectionPolicy',
        'sns:GetTopicAttributes',
        'sns:ListSubscriptionsByTopic',
        'sns:ListTagsForResource',
        'sns:SetTopicAttributes',
        'sns:Subscribe',
        'sns:TagResource',
        'sns:Unsubscribe',
        'sns:UntagResource',
      ],
      resources: [arn('sns', OF_STACK)],
    },
    {
      actions: [
        'cloudwatch:DeleteAlarms',
        'cloudwatch:ListTagsForResource',
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
      ],
      resources: [arn('cloudwatch', `alarm:${OF_STACK}`)],
    },
    // Answered for all alarms or, where composite ones are among them, not at all.
    { actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] },
    ...keyRights,
  ],
  tagUpdates: 'allowed',
};
