import { ACCOUNT, aCloudFormation, aStackRequest, REGION } from '../a-cloudformation';
import { reasonOf, valuesOf } from './launching';

const aQueue = (properties: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties: properties });
const aTopic = (properties: object = {}) => ({ Type: 'AWS::SNS::Topic', Properties: properties });
const anAlarm = (overrides: object = {}) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ComparisonOperator: 'GreaterThanThreshold',
    EvaluationPeriods: 1,
    MetricName: 'ApproximateAgeOfOldestMessage',
    Namespace: 'AWS/SQS',
    Period: 60,
    Statistic: 'Maximum',
    Threshold: '900',
    ...overrides,
  },
});
const redrivingTo = (target: unknown, more: object = {}) =>
  aQueue({ RedrivePolicy: { deadLetterTargetArn: target, maxReceiveCount: 5 }, ...more });
const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });

test('a queue is known by its URL, its ARN and its name', async () => {
  const values = await valuesOf(
    { Queue: aQueue({ QueueName: 'orders' }) },
    { Ref: { Ref: 'Queue' }, Arn: arnOf('Queue'), Name: { 'Fn::GetAtt': 'Queue.QueueName' } },
  );
  expect(values).toEqual({
    Ref: 'https://sqs.eu-west-1.amazonaws.com/100000000003/orders',
    Arn: 'arn:aws:sqs:eu-west-1:100000000003:orders',
    Name: 'orders',
  });
});

test('a FIFO queue without a name gets one that ends in .fifo', async () => {
  const { Ref: url } = await valuesOf({ Queue: aQueue({ FifoQueue: 'true' }) }, { Ref: { Ref: 'Queue' } });
  expect(url).toMatch(/\/launched-Queue-\w{12}\.fifo$/);
});

test('a topic and an alarm are known by ARN and name', async () => {
  const values = await valuesOf(
    {
      Topic: aTopic({ TopicName: 'told' }),
      Alarm: anAlarm({ AlarmName: 'late', AlarmActions: [{ Ref: 'Topic' }] }),
    },
    {
      Topic: { Ref: 'Topic' },
      Name: { 'Fn::GetAtt': 'Topic.TopicName' },
      Alarm: { Ref: 'Alarm' },
      Arn: arnOf('Alarm'),
    },
  );
  expect(values).toEqual({
    Topic: `arn:aws:sns:${REGION}:${ACCOUNT}:told`,
    Name: 'told',
    Alarm: 'late',
    Arn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:late`,
  });
});

test.each<[string, Record<string, object>, string]>([
  [
    'a FIFO queue without the ending',
    { Q: aQueue({ FifoQueue: true, QueueName: 'orders' }) },
    'must end with .fifo',
  ],
  ['a standard queue with that ending', { Q: aQueue({ QueueName: 'orders.fifo' }) }, 'Can only include'],
  [
    'a queue that hides messages for a day',
    { Q: aQueue({ VisibilityTimeout: 86_400 }) },
    'VisibilityTimeout',
  ],
  [
    'deduplication by content of a standard queue',
    { Q: aQueue({ ContentBasedDeduplication: true }) },
    'Unknown Attribute',
  ],
  [
    'two keys for one queue',
    { Q: aQueue({ SqsManagedSseEnabled: true, KmsMasterKeyId: 'alias/aws/sqs' }) },
    'one type',
  ],
  [
    'dead letters to nowhere',
    { Q: redrivingTo('arn:aws:sqs:eu-west-1:100000000003:none') },
    'target does not exist',
  ],
  [
    'dead letters to a queue of the other type',
    { Dead: aQueue(), Q: redrivingTo(arnOf('Dead'), { FifoQueue: true }) },
    'same type of queue',
  ],
  [
    'dead letters to a queue that takes none from it',
    {
      Dead: aQueue({
        RedriveAllowPolicy: {
          redrivePermission: 'byQueue',
          sourceQueueArns: ['arn:aws:sqs:eu-west-1:100000000003:x'],
        },
      }),
      Q: redrivingTo(arnOf('Dead')),
    },
    'does not allow',
  ],
  [
    'a policy for a queue that is not there',
    { P: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: ['https://none'], PolicyDocument: {} } } },
    'The specified queue does not exist.',
  ],
  [
    'a subscriber by pigeon',
    { T: aTopic({ Subscription: [{ Protocol: 'pigeon', Endpoint: 'x' }] }) },
    'pigeon',
  ],
  [
    'a subscriber whose address is none',
    { T: aTopic({ Subscription: [{ Protocol: 'email', Endpoint: 'team' }] }) },
    'Email address',
  ],
  [
    'a policy for a topic that is not there',
    { P: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: ['arn:none'], PolicyDocument: {} } } },
    'Topic does not exist',
  ],
  [
    'a subscription to a topic that is not there',
    {
      S: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: 'arn:none', Protocol: 'email', Endpoint: 'a@b.c' },
      },
    },
    'Topic does not exist',
  ],
  [
    'an alarm without a comparison',
    { A: anAlarm({ ComparisonOperator: undefined }) },
    '#/ComparisonOperator',
  ],
  ['an alarm on a statistic that there is not', { A: anAlarm({ Statistic: 'Median' }) }, '#/Statistic'],
  ['an alarm that looks every 45 seconds', { A: anAlarm({ Period: 45 }) }, 'multiple of 60'],
  [
    'an alarm that looks back a month',
    { A: anAlarm({ Period: 86_400, EvaluationPeriods: 30 }) },
    'more than 7 days',
  ],
  ['an alarm that tells no ARN', { A: anAlarm({ AlarmActions: ['ops'] }) }, 'Invalid arn syntax: ops'],
])('%s is refused', async (_what, resources, reason) => {
  expect(await reasonOf(resources)).toContain(reason);
});

test.each([
  ['queue', aQueue({ QueueName: 'taken' })],
  ['topic', aTopic({ TopicName: 'taken' })],
  ['alarm', anAlarm({ AlarmName: 'taken' })],
])('a second %s of the same name is refused', async (_what, resource) => {
  const bench = aCloudFormation();
  await valuesOf({ First: resource }, { First: { Ref: 'First' } }, bench);
  expect(await reasonOf({ Second: resource }, bench)).toMatch(/taken' already exists.*AlreadyExists/);
});

test('what the stand-in does not model is an error, and not ignored', () => {
  const template = { Resources: { T: aTopic({ FifoTopic: true }) } };
  expect(() => aCloudFormation().stacks.create(aStackRequest({ template }))).toThrow(
    'does not model AWS::SNS::Topic with FifoTopic',
  );
});
