import { Match, type Template } from 'aws-cdk-lib/assertions';
import { DIMENSION, METRIC, NAMESPACE } from '../../../aws-bridge/runtime/metric-names';
import { measured } from '../../../aws-bridge/runtime/metrics';
import { refusalOf } from '../../../aws-bridge/runtime/refusals';
import { SignatureRefused } from '../../../aws-bridge/contract/signature';
import { FUNCTION } from '../../../infra/names';
import { aConfiguration } from '../../builders/configuration';
import { bridgeTemplate, theResource } from './a-bridge';

const template: Template = bridgeTemplate();
const topic = theResource(template, 'AWS::SNS::Topic');

interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: unknown;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly Threshold: number;
  readonly TreatMissingData: string;
  readonly AlarmActions: readonly unknown[];
  readonly OKActions: readonly unknown[];
}
const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
  ({ Properties }) => Properties as Alarm,
);
const alarmOn = (metric: string): readonly Alarm[] =>
  alarms.filter(({ MetricName }) => MetricName === metric);

test('every alarm is mailed when it fires and when it is over, and says what to do', () => {
  expect(alarms.length).toBeGreaterThan(0);
  for (const alarm of alarms) {
    expect([alarm.AlarmActions, alarm.OKActions]).toEqual([[{ Ref: topic.id }], [{ Ref: topic.id }]]);
    expect(JSON.stringify(alarm.AlarmDescription).length).toBeGreaterThan(60);
  }
  template.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: aConfiguration().notify,
  });
});

test.each(['DurableExecutionFailed', 'DurableExecutionTimedOut', 'DurableExecutionStopped'])(
  'one execution that counts as %s is an alarm',
  (metric) => {
    expect(alarmOn(metric)).toMatchObject([
      { Threshold: 0, Dimensions: [{ Name: 'FunctionName', Value: FUNCTION.operation }] },
    ]);
  },
);

test('each function has an alarm for its errors and one for its throttles', () => {
  const functions = Object.keys(template.findResources('AWS::Lambda::Function'));
  expect(functions).toHaveLength(Object.keys(FUNCTION).length);
  for (const metric of ['Errors', 'Throttles']) {
    const named = alarmOn(metric).map(({ Dimensions }) => Dimensions?.[0]?.Value);
    expect(named).toEqual(expect.arrayContaining(functions.map((id) => ({ Ref: id }))));
  }
});

test('each dead-letter queue has an alarm for its first message', () => {
  const queues = Object.keys(template.findResources('AWS::SQS::Queue'));
  expect(queues.length).toBeGreaterThan(0);
  const watched = alarmOn('ApproximateNumberOfMessagesVisible');
  expect(watched.map(({ Threshold }) => Threshold)).toEqual(queues.map(() => 0));
  expect(
    watched
      .map(({ Dimensions }) => Dimensions?.[0]?.Value)
      .map((value) => JSON.stringify(value))
      .sort(),
  ).toEqual(queues.map((id) => JSON.stringify({ 'Fn::GetAtt': [id, 'QueueName'] })).sort());
});

test('no measurement of the oldest open operation is as alarming as an old one', () => {
  expect(alarmOn(METRIC.oldestOpenOperation)).toMatchObject([
    { Namespace: NAMESPACE, Threshold: 13 * 3600, TreatMissingData: 'breaching' },
  ]);
});

/** A metric that is never written would be an alarm that never fires. */
test('every alarm on a metric of ours is on one that the bridge writes, split as it writes it', () => {
  const { status, body } = refusalOf(new SignatureRefused('mismatch'));
  const written = [
    measured({ outcome: 'told', state: 'lost' }),
    measured({ outcome: 'attempt-failed', step: 'tell 1' }),
    measured({ outcome: 'given-up', step: 'tell 1' }),
    measured({ outcome: 'watched', oldestOpenSeconds: 1 }),
    measured({ outcome: body.error, status }),
  ]
    .flat()
    .map(({ name, by }) => ({ name, by: by ? [{ Name: by[0], Value: by[1] }] : undefined }));
  const ours = alarms.filter(({ Namespace }) => Namespace === NAMESPACE);
  expect(ours.length).toBe(written.length);
  for (const alarm of ours) expect(written).toContainEqual({ name: alarm.MetricName, by: alarm.Dimensions });
});

test('the dashboard shows operations by state, whichever states there are', () => {
  const body = JSON.stringify(
    theResource(template, 'AWS::CloudWatch::Dashboard').Properties['DashboardBody'],
  );
  expect(body).toContain(`{${NAMESPACE},${DIMENSION.state}} MetricName=`);
  for (const metric of Object.values(METRIC)) expect(body).toContain(metric);
});

test('the topic is encrypted, closed to what is not TLS, and CloudWatch may write to it for this account only', () => {
  expect(topic.Properties['KmsMasterKeyId']).toBeDefined();
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        Match.objectLike({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '100000000002' } },
        }),
      ]),
    },
  });
});

test('the watch function is run every five minutes, and a look that failed is not repeated', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(5 minutes)',
    Targets: [Match.objectLike({ RetryPolicy: { MaximumRetryAttempts: 0 } })],
  });
});
