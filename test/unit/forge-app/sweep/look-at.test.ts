import { decide } from '../../../../forge-app/request/decide';
import { lookAt } from '../../../../forge-app/request/look-at';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { anOperation, aRequest, NOW } from '../request/a-request';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Hours until the next look at a request that has waited for so many days. */
const hours = (days: number, overrides: Partial<RequestRecord> = {}): number | null => {
  const next = lookAt(aRequest(overrides), new Date(NOW.getTime() + days * DAY));
  return next === null ? null : (Date.parse(next) - NOW.getTime() - days * DAY) / HOUR;
};

test('a request that waits for people is looked at ever more rarely, at last once a day, then no more', () => {
  // The next sweep is five minutes after this one.
  expect(hours(0)).toBeCloseTo(4 / 60);
  expect(hours(1)).toBeCloseTo(2.4);
  expect(hours(30)).toBe(24);
  expect(hours(91)).toBeNull();
});

test.each([
  ['no approval', 91, null],
  ['settings', 91, 6],
])('one that is blocked by %s after %d days: %p hours', (blockedBy, days, expected) => {
  expect(hours(days, { state: 'blocked', blockedBy })).toBe(expected);
});

test('an order that could not be checked is tried at least four times a day, for as long as it takes', () => {
  expect(hours(300, { fixed: null })).toBe(6);
});

test('a hand-over that nothing was heard of is looked at half a minute after it was due, and sent again', () => {
  const { record: sending } = decide(aRequest(), { type: 'decided', handover: anOperation() }, NOW);
  expect(sending.state).toBe('sending');
  const due = lookAt(sending, NOW) ?? '';
  expect(Date.parse(due) - NOW.getTime()).toBe(HOUR / 120);
  const { record, effects } = decide(sending, { type: 'delivery-overdue' }, new Date(due));
  expect(effects).toMatchObject([{ kind: 'deliver', delaySeconds: 0 }]);
  expect(record.handover).toEqual(sending.handover);
});

test('what has ended needs no look, unless something is left to be shown', () => {
  expect(hours(0, { state: 'succeeded' })).toBeNull();
  const left = { kind: 'property' as const, id: 'p', tried: true };
  expect(hours(0, { state: 'succeeded', outbox: [left] })).toBeCloseTo(1 / 60);
});
