import fc from 'fast-check';
import { decide, StackEvent } from '../../../../aws-bridge/wake/stack-event';
import { aStackEvent, STACK_NAME, stackId } from './stack-events';

test.each([
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'ROLLBACK_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'DELETE_COMPLETE',
  'DELETE_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
])('%s wakes whoever waits for the stack', (status) => {
  expect(decide(aStackEvent({ status }))).toEqual({
    wake: { account: '100000000003', region: 'eu-west-1', stackName: STACK_NAME },
  });
});

test.each([
  'CREATE_IN_PROGRESS',
  'REVIEW_IN_PROGRESS',
  'UPDATE_IN_PROGRESS',
  'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  'DELETE_IN_PROGRESS',
  'create_complete',
  '',
])('%s wakes nobody', (status) => {
  expect(decide(aStackEvent({ status }))).toEqual({ ignored: 'not-awaited-status' });
});

const account = fc.stringMatching(/^\d{12}$/);
const region = fc.constantFrom('eu-west-1', 'eu-central-1', 'us-east-1', 'ap-south-1');

test('an event counts only for a stack of the account and region that it came from', () =>
  fc.assert(
    fc.property(account, account, region, region, fc.boolean(), (from, of, where, there, same) => {
      const origin = same ? { account: of, region: there } : { account: from, region: where };
      const event = aStackEvent({ ...origin, stack: stackId({ account: of, region: there }) });
      const genuine = origin.account === of && origin.region === there;
      expect(decide(event)).toEqual(
        genuine
          ? { wake: { account: of, region: there, stackName: STACK_NAME } }
          : { ignored: 'foreign-stack' },
      );
    }),
  ));

test.each([
  'SC-100000000003-pp-abcdefghijkl2',
  'arn:aws:cloudformation:eu-west-1:100000000003:changeSet/x/0a1b',
  `${stackId()}/more`,
  stackId({ name: 'a/b' }),
])('%s is no stack', (stack) => {
  expect(decide(aStackEvent({ stack }))).toEqual({ ignored: 'not-a-stack' });
});

test('an event of another kind is refused as it is', () => {
  expect(StackEvent.safeParse({ ...aStackEvent(), source: 'my.application' }).success).toBe(false);
  expect(StackEvent.safeParse({ ...aStackEvent(), 'detail-type': 'CloudFormation Drift' }).success).toBe(
    false,
  );
});
