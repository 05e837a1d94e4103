import { decide } from '../../../aws-bridge/wake/stack-event';
import { bridgeTemplate, HOME, HUB, theResource } from './a-bridge';

const template = bridgeTemplate();
const bus = theResource(template, 'AWS::Events::EventBus', { Name: 'gatehouse' });
const rule = theResource(template, 'AWS::Events::Rule', { Name: 'gatehouse-stack-ended' });

test('the bus takes stack events that the event role of an account of the organization forwards', () => {
  expect(theResource(template, 'AWS::Events::EventBusPolicy').Properties['Statement']).toEqual({
    Sid: 'StackEventsOfTheOrganization',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'events:PutEvents',
    Resource: { 'Fn::GetAtt': [bus.id, 'Arn'] },
    Condition: {
      StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/GatehouseEvents' },
      'ForAllValues:StringEquals': {
        'events:source': ['aws.cloudformation'],
        'events:detail-type': ['CloudFormation Stack Status Change'],
      },
    },
  });
});

interface Pattern {
  readonly detail: {
    readonly 'stack-id': readonly [{ readonly wildcard: string }];
    readonly 'status-details': { readonly status: readonly (string | { readonly suffix: string })[] };
  };
}
const pattern = rule.Properties['EventPattern'] as Pattern;
const STATUSES = ['CREATE', 'DELETE', 'UPDATE', 'ROLLBACK', 'UPDATE_ROLLBACK', 'IMPORT', 'IMPORT_ROLLBACK']
  .flatMap((change) => ['IN_PROGRESS', 'COMPLETE', 'FAILED'].map((end) => `${change}_${end}`))
  .concat('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'REVIEW_IN_PROGRESS');

test.each(STATUSES)('the rule takes %s exactly if the wake function would', (status) => {
  const taken = pattern.detail['status-details'].status.some((expected) =>
    typeof expected === 'string' ? expected === status : status.endsWith(expected.suffix),
  );
  const decision = decide({
    id: '1',
    source: 'aws.cloudformation',
    'detail-type': 'CloudFormation Stack Status Change',
    account: HUB,
    region: HOME,
    detail: {
      'stack-id': `arn:aws:cloudformation:${HOME}:${HUB}:stack/SC-${HUB}-pp-a1/0a1b`,
      'status-details': { status },
    },
  });
  expect(taken).toBe('wake' in decision);
});

test('only stacks of Service Catalog wake anybody', () => {
  const [{ wildcard }] = pattern.detail['stack-id'];
  const expression = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`);
  expect(`arn:aws:cloudformation:${HOME}:${HUB}:stack/SC-${HUB}-pp-a1/0a1b`).toMatch(expression);
  expect(`arn:aws:cloudformation:${HOME}:${HUB}:stack/gatehouse-hub/0a1b`).not.toMatch(expression);
});

test('an event is tried for an hour and then laid down, whether the function was not reached or failed', () => {
  const wake = theResource(template, 'AWS::Lambda::Function', { FunctionName: 'gatehouse-wake' });
  const undelivered = theResource(template, 'AWS::SQS::Queue', { QueueName: 'gatehouse-undelivered-events' });
  const failed = theResource(template, 'AWS::SQS::Queue', { QueueName: 'gatehouse-failed-wakes' });
  expect(rule.Properties).toMatchObject({
    EventBusName: { Ref: bus.id },
    Targets: [
      {
        Arn: { 'Fn::GetAtt': [wake.id, 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [undelivered.id, 'Arn'] } },
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 20 },
      },
    ],
  });
  theResource(template, 'AWS::Lambda::EventInvokeConfig', {
    FunctionName: { Ref: wake.id },
    MaximumEventAgeInSeconds: 3600,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [failed.id, 'Arn'] } } },
  });
});
