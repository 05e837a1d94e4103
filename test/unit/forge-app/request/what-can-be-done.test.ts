import type { RequestEvent } from '../../../../forge-app/request/decide';
import { decide, isCancellable, isOpen, isUnchecked } from '../../../../forge-app/request/decide';
import { nextAttempt, retryOf } from '../../../../forge-app/request/attempts';
import { type RequestRecord, RequestState } from '../../../../forge-app/request/record';
import { aGateDecision, aGateRequest } from './a-gate-request';
import { aFixedOrder, anOperation, aRequest, NOW, SITE } from './a-request';
import { seen } from './seen-effects';

const LATER = new Date(NOW.getTime() + 60_000);
const after = (record: RequestRecord, event: RequestEvent) => decide(record, event, LATER);
const unchanged = (record: RequestRecord, event: RequestEvent) =>
  expect(after(record, event)).toStrictEqual({ record, effects: [] });
const approved: RequestEvent = { type: 'decided', handover: anOperation() };
const sending = (): RequestRecord => decide(aRequest(), approved, NOW).record;

test.each(['awaiting-approval', 'stuck'] as const)(
  'an order that is not checked (%s) is neither approved nor declined nor blocked',
  (state) => {
    const unchecked = aRequest({ fixed: null, state });
    expect(isOpen(unchecked)).toBe(false);
    unchanged(unchecked, approved);
    unchanged(unchecked, { type: 'declined' });
    unchanged(unchecked, { type: 'blocked', by: 'closed', reason: 'Closed.' });
  },
);

test('an order that was closed before it was checked is withdrawn, and to be checked once it is reopened', () => {
  for (const state of ['awaiting-approval', 'stuck'] as const) {
    const { record, effects } = after(aRequest({ fixed: null, state }), { type: 'withdrawn' });
    expect(record).toMatchObject({ state: 'withdrawn', since: LATER.toISOString() });
    expect(seen(effects)).toEqual(['property property-withdrawn-0-0']);
    unchanged(record, { type: 'withdrawn' });
    unchanged(record, approved);
    expect([isUnchecked(record), isCancellable(record)]).toEqual([true, false]);
    const reopened = after(record, { type: 'waiting' });
    expect(reopened.record.state).toBe('awaiting-approval');
    const fixed = { type: 'fixed', fixed: aFixedOrder(), summary: 'Please decide.' } as const;
    expect(isOpen(after(reopened.record, fixed).record)).toBe(true);
  }
  expect(isUnchecked(aRequest({ fixed: null, state: 'withdrawn', cancelledBy: 'ada' }))).toBe(false);
  unchanged(sending(), { type: 'withdrawn' });
});

test.each(RequestState.options)(
  'an order that was checked is not checked again, nor refused: %s',
  (state) => {
    const record = aRequest({ state });
    unchanged(record, { type: 'order-refused', explanation: 'Wrong.' });
    unchanged(record, { type: 'order-unchecked', problem: 'no catalogue' });
    unchanged(record, { type: 'fixed', fixed: aFixedOrder(), summary: 'Again.' });
  },
);

test('an order that is refused says why to its reporter, and is closed', () => {
  const { effects } = after(aRequest({ fixed: null }), { type: 'order-refused', explanation: 'Too large.' });
  expect(seen(effects)).toEqual([
    'property property-refused-order-0-0',
    'comment order customer',
    'transition to-declined',
  ]);
  expect(effects[1]).toMatchObject({ body: 'Too large.' });
});

test('an order that is declined says so to its reporter, and is closed', () => {
  const { record, effects } = after(aRequest({ state: 'blocked', blockedBy: 'closed' }), {
    type: 'declined',
  });
  expect(record).toMatchObject({ state: 'declined', blockedBy: null, since: LATER.toISOString() });
  expect(seen(effects)).toEqual([
    'property property-declined-0-0',
    'comment declined customer',
    'transition to-declined',
  ]);
});

test('what waits to be decided or checked can be called off, as long as Jira has it', () => {
  expect(isCancellable(aRequest())).toBe(true);
  expect(isCancellable(aRequest({ fixed: null }))).toBe(true);
  expect(isCancellable(aRequest({ gone: true }))).toBe(false);
});

test('a stack that waits is not called off by agents: it is declined', () => {
  for (const record of [aGateRequest(), aGateRequest({ state: 'blocked' }), aGateRequest({ state: 'stuck' })])
    expect(isCancellable(record)).toBe(false);
});

test('what was withdrawn is not called off as well', () => {
  const withdrawn = aRequest({ state: 'withdrawn' });
  expect(isOpen(withdrawn)).toBe(true);
  expect(isCancellable(withdrawn)).toBe(false);
});

test('what has ended without being handed over is not called off', () => {
  for (const state of ['declined', 'refused-order'] as const)
    expect(isCancellable(aRequest({ state }))).toBe(false);
});

test('what was handed over is not called off: it is not known to be without effect', () => {
  for (const state of ['awaiting-approval', 'blocked', 'sending', 'stuck', 'provisioning'] as const)
    expect(isCancellable(aRequest({ handover: anOperation(), state }))).toBe(false);
});

test('a stack that does not wait any more is not decided about, nor put back to waiting', () => {
  const withdrawn = aGateRequest({ state: 'withdrawn' });
  expect(isOpen(withdrawn)).toBe(false);
  unchanged(withdrawn, { type: 'waiting' });
});

test('a stack whose creation failed is not launched again from its request', () => {
  for (const state of ['failed', 'refused'] as const)
    expect(retryOf(aGateRequest({ state, handover: aGateDecision() }))).toBeNull();
});

test('a launch that failed is launched again where Jira still has its request', () => {
  const failed = aRequest({ state: 'failed', handover: anOperation() });
  expect(retryOf(failed)).toBe('launch');
  expect(retryOf({ ...failed, gone: true })).toBeNull();
});

test('the next launch is judged like one that is still to be decided about', () => {
  const next = nextAttempt(aRequest({ state: 'failed', handover: anOperation() }), SITE);
  expect(next).toMatchObject({ state: 'awaiting-approval', handover: null, attempt: 2 });
  expect(isOpen(next)).toBe(true);
});

test('what is stuck after the bridge has taken it is not sent again, whoever wants it', () => {
  const { record } = after(sending(), { type: 'delivery-accepted' });
  const stuck = after(record, { type: 'asked', execution: 'broken' }).record;
  expect(stuck.state).toBe('stuck');
  expect(retryOf(stuck)).toBeNull();
  unchanged(stuck, approved);
});

test('what was given up is not declined in place of what was sent: it may have arrived', () => {
  const givenUp: RequestEvent = { type: 'delivery-failed', failure: { outcome: 'give up', problem: 'no' } };
  const launch = after(sending(), givenUp).record;
  unchanged(launch, { type: 'declined' });
  const handover = aGateDecision();
  const gate = after(after(aGateRequest(), { type: 'decided', handover }).record, givenUp).record;
  const declined = after(gate, { type: 'decided', handover: aGateDecision({ decision: 'declined' }) });
  expect(declined.record).toMatchObject({ handover, delivery: { recalledAt: LATER.toISOString() } });
});

test('that an agent had a request looked at is told to the agents, and changes nothing else', () => {
  const record = sending();
  const { record: next, effects } = after(record, { type: 'resynced', by: 'ada', found: 'All is well.' });
  expect(next).toEqual({ ...record, history: next.history });
  expect(seen(effects)).toEqual([`comment resynced-${LATER.toISOString()} agents`]);
  expect(effects[0]).toMatchObject({ body: expect.stringContaining('All is well.') as string });
});

test('what has to be done is written down as not yet tried', () => {
  const records = [
    after(aRequest({ fixed: null }), { type: 'order-refused', explanation: 'Wrong.' }),
    after(aRequest(), approved),
    after(sending(), { type: 'recalled' }),
  ];
  const effects = records.flatMap((decision) => decision.effects);
  expect(new Set(effects.map(({ kind }) => kind))).toEqual(
    new Set(['comment', 'deliver', 'property', 'transition']),
  );
  expect(effects.filter(({ tried }) => tried)).toStrictEqual([]);
});

test('a request that stays in its state keeps the moment in which it entered that', () => {
  const first = after(aRequest(), { type: 'blocked', by: 'no approval', reason: 'Moved.' }).record;
  const much = new Date(LATER.getTime() + 3_600_000);
  const second = decide(first, { type: 'blocked', by: 'closed', reason: 'Closed.' }, much).record;
  expect(second).toMatchObject({ blockedBy: 'closed', interruptions: 2, since: LATER.toISOString() });
});
