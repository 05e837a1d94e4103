import fc from 'fast-check';
import { isFinal } from '../../../../aws-bridge/contract/progress';
import { settledGate } from '../../../../aws-bridge/operation/gate/endings';
import { dueAt } from '../../../../aws-bridge/operation/gate/schedule';
import {
  approvedSignal,
  declinedSignal,
  expiredSignal,
  refusedSignal,
} from '../../../../aws-bridge/operation/gate/signals';
import { stackKeyOf } from '../../../../aws-bridge/operation/gate/stack-key';
import {
  canWait,
  isUndoneInPart,
  LONG_GONE,
  stateOfStack,
} from '../../../../aws-bridge/operation/gate/stack-meaning';
import { aGate, GATE_ID, GATE_OPENED_AT } from '../../../builders/gate';

const MINUTE = 60;
const HOUR = 3600;
/** At its beginning, and at each of two reminders. */
const MOST_LOOKS = 3;
const lasting = (seconds: number) =>
  aGate({ deadline: new Date(GATE_OPENED_AT.getTime() + seconds * 1000).toISOString() });
const after = (seconds: number): Date => new Date(GATE_OPENED_AT.getTime() + seconds * 1000);

test.each([
  ['twelve hours', 12 * HOUR, [8 * HOUR, 11 * HOUR]],
  ['three hours, of which a third is one', 3 * HOUR, [2 * HOUR]],
  ['two hours', 2 * HOUR, [HOUR, 80 * MINUTE]],
  ['an hour', HOUR, [40 * MINUTE]],
  ['two minutes', 2 * MINUTE, [80]],
])('a gate of %s is reminded of when a third and an hour are left', (_, total, expected) => {
  const gate = lasting(total);
  const moments: number[] = [];
  for (let at = 0, looks = 0; !dueAt(gate, after(at)).over; at += dueAt(gate, after(at)).next) {
    expect((looks += 1)).toBeLessThanOrEqual(MOST_LOOKS);
    const before = dueAt(gate, after(at - 1)).reminders;
    if (dueAt(gate, after(at)).reminders > before) moments.push(at);
  }
  expect(moments).toEqual(expected);
});

test('whatever the time limit, time goes on, reminders only grow, and the end is before the deadline', () => {
  fc.assert(
    fc.property(fc.integer({ min: 30, max: 12 * HOUR }), (total) => {
      const gate = lasting(total);
      let [at, looks, reminders] = [0, 0, 0];
      for (let due = dueAt(gate, after(at)); !due.over; due = dueAt(gate, after(at))) {
        expect((looks += 1)).toBeLessThanOrEqual(MOST_LOOKS);
        expect(due.next).toBeGreaterThanOrEqual(1);
        expect(due.reminders).toBeGreaterThanOrEqual(reminders);
        reminders = due.reminders;
        at += due.next;
      }
      expect(at).toBeLessThan(total);
      expect(reminders).toBeLessThanOrEqual(2);
    }),
  );
});

test.each([
  ['CREATE_IN_PROGRESS', 'provisioning'],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'provisioning'],
  ['CREATE_COMPLETE', 'succeeded'],
  ['UPDATE_COMPLETE', 'succeeded'],
  ['ROLLBACK_IN_PROGRESS', 'rolling-back'],
  ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'rolling-back'],
  ['DELETE_IN_PROGRESS', 'rolling-back'],
  ['UPDATE_ROLLBACK_COMPLETE', 'tainted'],
  ['UPDATE_ROLLBACK_FAILED', 'failed'],
  ['ROLLBACK_COMPLETE', 'failed'],
  ['CREATE_FAILED', 'failed'],
  ['DELETE_COMPLETE', 'failed'],
  ['DELETE_FAILED', 'failed'],
  ['ROLLBACK_FAILED', 'failed'],
  ['UPDATE_FAILED', 'failed'],
  ['UPDATE_ROLLBACK_IN_PROGRESS', 'rolling-back'],
  ['UPDATE_IN_PROGRESS', 'provisioning'],
  ['SOMETHING_NEW', 'provisioning'],
])('a stack that is %s means %s', (status, state) => {
  expect(stateOfStack(status)).toBe(state);
});

test('a stack can wait only while it is created or updated', () => {
  expect(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS'].every(canWait)).toBe(true);
  expect(['UPDATE_ROLLBACK_IN_PROGRESS', 'CREATE_COMPLETE', 'DELETE_IN_PROGRESS'].some(canWait)).toBe(false);
});

test('a stack that CloudFormation does not know any more counts as deleted', () => {
  expect(LONG_GONE).toBe('DELETE_COMPLETE');
});

test('something may still be there of a stack that could not be undone', () => {
  expect(['ROLLBACK_FAILED', 'DELETE_FAILED'].every(isUndoneInPart)).toBe(true);
  expect(['ROLLBACK_COMPLETE', 'DELETE_COMPLETE', 'A_FAILED_COMPLETE'].some(isUndoneInPart)).toBe(false);
});

test('a gate is over a minute before its deadline, and a short one when a quarter of its time is left', () => {
  const due = (total: number, seconds: number) => dueAt(lasting(total), after(seconds));
  expect(due(12 * HOUR, 12 * HOUR - 61)).toEqual({ reminders: 2, over: false, next: 1 });
  expect(due(12 * HOUR, 12 * HOUR - 60)).toEqual({ reminders: 2, over: true, next: 1 });
  expect(due(2 * MINUTE, 89)).toEqual({ reminders: 1, over: false, next: 1 });
  expect(due(2 * MINUTE, 90)).toEqual({ reminders: 1, over: true, next: 1 });
});

test('a change is due as soon as its moment has come, and the next is waited for to the second after it', () => {
  const due = (seconds: number) => dueAt(lasting(12 * HOUR), after(seconds));
  expect(due(0)).toEqual({ reminders: 0, over: false, next: 8 * HOUR });
  expect(due(8 * HOUR - 0.001)).toEqual({ reminders: 0, over: false, next: 1 });
  expect(due(8 * HOUR)).toEqual({ reminders: 1, over: false, next: 3 * HOUR });
  expect(due(8 * HOUR + 0.5)).toEqual({ reminders: 1, over: false, next: 3 * HOUR });
  expect(due(13 * HOUR)).toEqual({ reminders: 2, over: true, next: 1 });
});

test('a gate is not reminded of when it opens, nor when it is over', () => {
  // An hour is left when it opens; the other moment of an hour's gate is at 40 minutes.
  expect(dueAt(lasting(HOUR), after(0)).reminders).toBe(0);
  // A third of a minute and a half is left after a minute, and it is over a little later.
  expect(dueAt(lasting(90), after(70)).reminders).toBe(1);
});

test('a gate’s stack is waited for under the name that its events carry', () => {
  const gate = aGate();
  expect(stackKeyOf(gate)).toBe(`${gate.account}/eu-west-1/SC-${gate.account}-pp-gatedabcdefg2`);
});

const AT = '2026-03-02T12:00:00.000Z';
const statuses = fc.constantFrom(
  ...['CREATE_IN_PROGRESS', 'CREATE_COMPLETE', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE'],
  ...['ROLLBACK_FAILED', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE'],
);

test('a gate that was not approved never ends as if it had been, unless its stack went on all the same', () => {
  fc.assert(
    fc.property(
      statuses,
      fc.constantFrom('declined', 'expired'),
      fc.boolean(),
      (status, outcome, signalled) => {
        const found = settledGate(aGate(), { outcome, reason: undefined, signalled }, status, AT);
        if (!isFinal(found.state)) return;
        const went =
          status.endsWith('_COMPLETE') && !status.includes('ROLLBACK') && !status.includes('DELETE');
        expect(found.state).toBe(went ? 'succeeded' : outcome);
        expect(found.errors.map(({ code }) => code).includes('LetOnByOthers')).toBe(went);
      },
    ),
  );
});

test('what could not be undone is told with the decision', () => {
  const settled = { outcome: 'declined', reason: 'too big', signalled: true } as const;
  expect(settledGate(aGate(), settled, 'ROLLBACK_FAILED', AT)).toMatchObject({
    state: 'declined',
    errors: [{ code: 'Declined', message: 'too big' }, { code: 'NotUndone' }],
  });
});

test('an approved stack that was deleted on its way failed because of that', () => {
  const settled = { outcome: 'approved', reason: undefined, signalled: true } as const;
  expect(settledGate(aGate(), settled, 'DELETE_COMPLETE', AT)).toMatchObject({
    state: 'failed',
    errors: [{ code: 'StackDeleted' }],
  });
});

test('whatever an approver writes, the reason is one printable line of at most 500 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (words) => {
      const { reason } = declinedSignal(GATE_ID, 'IT-42', words);
      expect(reason.length).toBeLessThanOrEqual(500);
      expect(reason).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(reason.isWellFormed()).toBe(true);
      expect(reason.startsWith('Declined in IT-42:')).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test('each outcome of a gate has an id of its own, the same each time', () => {
  const ids = () =>
    [
      approvedSignal(GATE_ID, 'IT-42'),
      declinedSignal(GATE_ID, 'IT-42', 'no'),
      expiredSignal(GATE_ID, undefined),
      refusedSignal(GATE_ID, 'no'),
    ].map(({ uniqueId }) => uniqueId);
  expect(new Set(ids()).size).toBe(4);
  expect(ids()).toEqual(ids());
});
