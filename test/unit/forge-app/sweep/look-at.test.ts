import { decide } from '../../../../forge-app/request/decide';
import { lookAt } from '../../../../forge-app/request/look-at';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { aGateDecision, aGateRequest } from '../request/a-gate-request';
import { anOperation, aRequest, NOW } from '../request/a-request';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
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

test('an order that could not be checked is tried at least four times a day, for a quarter of a year', () => {
  for (const state of ['awaiting-approval', 'stuck'] as const) {
    expect(hours(90, { fixed: null, state })).toBe(6);
    expect(hours(91, { fixed: null, state })).toBeNull();
  }
});

test('an order that was closed before it was checked needs no look', () => {
  expect(hours(1, { fixed: null, state: 'withdrawn' })).toBeNull();
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

test('a forgotten request is forgotten after ninety days, not before', () => {
  expect(hours(90)).toBe(24);
  expect(hours(90 + 1 / (DAY / 1000))).toBeNull();
});

test('an order that could not be checked is tried with the next sweep first, blocked and stuck alike', () => {
  expect(hours(0, { fixed: null, state: 'stuck' })).toBeCloseTo(4 / 60);
});

test('what is stuck after it was checked needs people, and no look', () => {
  expect(hours(0, { state: 'stuck' })).toBeNull();
  expect(hours(0, { state: 'stuck', handover: anOperation() })).toBeNull();
});

test('what the bridge has taken is asked after once nine minutes are over', () => {
  const { record: sending } = decide(aRequest(), { type: 'decided', handover: anOperation() }, NOW);
  const { record } = decide(sending, { type: 'delivery-accepted' }, NOW);
  expect(Date.parse(lookAt(record, NOW) ?? '') - NOW.getTime()).toBe(9 * MINUTE);
  expect(Date.parse(lookAt({ ...record, delivery: null }, NOW) ?? '') - NOW.getTime()).toBe(9 * MINUTE);
});

describe('what Jira does not show', () => {
  const unseenSince = NOW.toISOString();
  const left = { kind: 'property' as const, id: 'p', tried: true };

  test.each<[string, Partial<RequestRecord>]>([
    ['waits for its approval', {}],
    ['has something left to be shown', { state: 'succeeded', outbox: [left] }],
    ['has ended', { state: 'expired' }],
    ['is stuck', { state: 'stuck' }],
    ['is under way', { state: 'provisioning', handover: anOperation() }],
  ])('is looked for ever more rarely, at last hourly, whether it %s', (_what, overrides) => {
    const pauses = [0, 0.02, 0.1, 1].map((days) => hours(days, { ...overrides, unseenSince }));
    expect(pauses[0]).toBeCloseTo(4 / 60);
    expect(pauses[1]).toBeCloseTo(0.12);
    expect(pauses[2]).toBeCloseTo(0.6);
    expect(pauses[3]).toBe(1);
  });

  test('costs fewer than forty looks before it is let go', () => {
    let looks = 0;
    for (let at = 0; at < 24; looks += 1) at += hours(at / 24, { unseenSince }) ?? 24;
    expect(looks).toBeLessThan(40);
  });

  test('and is to be sent is looked for when it is sent', () => {
    const { record: sending } = decide(aRequest(), { type: 'decided', handover: anOperation() }, NOW);
    expect(lookAt({ ...sending, unseenSince }, NOW)).toBe(lookAt(sending, NOW));
  });

  test('and was let go is looked for no more, whatever is left to be done', () => {
    expect(hours(1, { gone: true, unseenSince, outbox: [left] })).toBeNull();
  });
});

describe('a stack that waits', () => {
  const waiting = aGateRequest({ since: '2026-03-02T10:00:00.000Z' });
  const DEADLINE = Date.parse('2026-03-02T22:00:00.000Z');
  /** Minutes until the next look at a moment, in minutes from the deadline. */
  const minutes = (fromDeadline: number, record = waiting): number => {
    const now = new Date(DEADLINE + fromDeadline * MINUTE);
    return (Date.parse(lookAt(record, now) ?? '') - now.getTime()) / MINUTE;
  };

  test('is looked at like any other request while there is time', () => {
    expect(minutes(-720)).toBe(4);
    expect(minutes(-600)).toBe(12);
  });

  test('is looked at as soon as the bridge has to know how it ended, at the latest', () => {
    const long = { ...waiting, since: '2026-02-20T22:00:00.000Z' };
    expect(minutes(-60, long)).toBe(69);
    expect(minutes(-1, long)).toBe(10);
    expect(minutes(0, long)).toBe(9);
    expect(minutes(60, long)).toBe(9);
  });

  test('and was decided about is asked after like a launch', () => {
    const now = new Date(DEADLINE - HOUR);
    const { record: sending } = decide(waiting, { type: 'decided', handover: aGateDecision() }, now);
    const { record } = decide(sending, { type: 'delivery-accepted' }, now);
    expect(minutes(-60, record)).toBe(9);
  });
});
