import { patternOf, rendered, templateOf } from './templates';

const ALARMS = ['OldestMessageAlarm', 'DeadLettersAlarm'];
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';

test('a message that cannot be worked off goes to the dead-letter queue, which takes them from no other queue', () => {
  expect(rendered('queue', { MaxReceives: '3', 'AWS::Region': 'eu-west-1' })).toMatchObject({
    Queue: {
      QueueName: 'SC-1-queue',
      RedrivePolicy: { deadLetterTargetArn: '<DeadLetterQueue.Arn>', maxReceiveCount: '3' },
    },
    DeadLetterQueue: {
      QueueName: 'SC-1-dead-letters',
      MessageRetentionPeriod: 1_209_600,
      RedriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: ['arn:<AWS::Partition>:sqs:eu-west-1:<AWS::AccountId>:SC-1-queue'],
      },
    },
  });
});

test('both queues are FIFO or neither is', () => {
  const fifo = rendered('queue', { Type: 'FIFO' });
  expect(fifo).toMatchObject({
    Queue: { QueueName: 'SC-1-queue.fifo', FifoQueue: true, ContentBasedDeduplication: true },
    DeadLetterQueue: { QueueName: 'SC-1-dead-letters.fifo', FifoQueue: true },
  });
  expect(JSON.stringify(fifo['DeadLetterQueue'])).toContain('SC-1-queue.fifo"]');
  // SQS takes no `false` here.
  expect(rendered('queue')['Queue']).not.toHaveProperty('FifoQueue');
  expect(rendered('queue')['Queue']).not.toHaveProperty('ContentBasedDeduplication');
});

test('messages are kept for the days that were chosen', () => {
  expect(rendered('queue', { RetentionDays: '10' })).toMatchObject({
    Queue: { MessageRetentionPeriod: '864000' },
  });
});

test('queues and topic answer over TLS only', () => {
  const template = templateOf('queue');
  for (const type of ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy']) {
    for (const policy of Object.values(template.findResources(type))) {
      expect(JSON.stringify(policy)).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}}');
    }
  }
});

test('the alarms watch the age of messages and every dead letter, and an idle queue raises none', () => {
  expect(rendered('queue', { OldestMessageSeconds: '120' })).toMatchObject({
    OldestMessageAlarm: {
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: '<Queue.QueueName>' }],
      Threshold: '120',
      TreatMissingData: 'notBreaching',
    },
    DeadLettersAlarm: {
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: '<DeadLetterQueue.QueueName>' }],
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    },
  });
});

test.each([
  ['nobody', {}, []],
  ['a person by e-mail', { AlarmEmail: 'team@example.com' }, ['<AlarmTopic>']],
  ['a topic', { AlarmTopicArn: TOPIC }, [TOPIC]],
  ['both', { AlarmEmail: 'team@example.com', AlarmTopicArn: TOPIC }, ['<AlarmTopic>', TOPIC]],
])('an alarm tells %s', (_who, choice, told) => {
  const resources = rendered('queue', choice);
  for (const alarm of ALARMS) expect(resources[alarm]).toMatchObject({ AlarmActions: told, OKActions: told });
  expect('AlarmTopic' in resources).toBe('AlarmEmail' in choice);
  expect('AlarmKey' in resources).toBe('AlarmEmail' in choice);
});

test('CloudWatch may use the key of the alarms’ topic, for this account only', () => {
  expect(JSON.stringify(rendered('queue', { AlarmEmail: 'team@example.com' })['AlarmKey'])).toContain(
    '"Action":["kms:Decrypt","kms:GenerateDataKey"],"Condition":{"StringEquals":{"aws:SourceAccount":"<AWS::AccountId>"}}',
  );
});

test.each<[string, string, boolean]>([
  ['AlarmEmail', '', true],
  ['AlarmEmail', 'team@example.com', true],
  ['AlarmEmail', 'team@example', false],
  ['AlarmEmail', 'team at example.com', false],
  ['AlarmTopicArn', '', true],
  ['AlarmTopicArn', TOPIC, true],
  ['AlarmTopicArn', 'arn:aws:sqs:eu-west-1:111122223333:alarms', false],
])('as %s %j is %j', (parameter, value, taken) => {
  expect(patternOf('queue', parameter).test(value)).toBe(taken);
});
