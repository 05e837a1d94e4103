import { retryOf } from '../../../../forge-app/request/attempts';
import { decide, isShown, type RequestEvent } from '../../../../forge-app/request/decide';
import { fresh, isHeldUp } from '../../../../forge-app/request/on-its-way';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { wordsOf } from '../../../../forge-app/request/words';
import { aGateDecision, aGateRequest } from './a-gate-request';
import { aFixedOrder, anOperation, aProgress, aRequest, NOW } from './a-request';
import { seen } from './seen-effects';

const LATER = new Date(NOW.getTime() + 60_000);
const approval = aGateDecision();

const after = (record: RequestRecord, event: RequestEvent) => decide(record, event, LATER);
const sending = (overrides: Partial<RequestRecord> = {}): RequestRecord => {
  const { record } = decide(aRequest(), { type: 'decided', handover: anOperation() }, NOW);
  return { ...record, ...overrides };
};
const unchanged = (record: RequestRecord, event: RequestEvent) =>
  expect(after(record, event)).toStrictEqual({ record, effects: [] });

test('an order that is in order is fixed and shown, once', () => {
  const event: RequestEvent = { type: 'fixed', fixed: aFixedOrder(), summary: 'What it is.' };
  const { record, effects } = after(aRequest({ fixed: null, state: 'stuck' }), event);
  expect(record).toMatchObject({
    state: 'awaiting-approval',
    fixed: aFixedOrder(),
    since: LATER.toISOString(),
  });
  expect(seen(effects)).toEqual(['property property-awaiting-approval-0-0', 'comment order customer']);
  expect(effects[1]).toMatchObject({ body: 'What it is.' });
  unchanged(record, { ...event, fixed: { ...aFixedOrder(), productName: 'Another' } });
  unchanged(aRequest({ fixed: null, state: 'refused-order' }), event);
});

test('an order that cannot be checked is told to the agents once, and is still to be checked', () => {
  const { record, effects } = after(aRequest({ fixed: null }), {
    type: 'order-unchecked',
    problem: 'no catalogue',
  });
  expect(record).toMatchObject({ state: 'stuck', interruptions: 1 });
  expect(seen(effects)).toEqual(['property property-stuck-0-1', 'comment stuck-1 agents']);
  unchanged(record, { type: 'order-unchecked', problem: 'no catalogue' });
  unchanged(aRequest(), { type: 'order-unchecked', problem: 'no catalogue' });
});

test('what could not be shown to anybody can only be declined', () => {
  const { record } = after(aRequest(), { type: 'order-not-shown', problem: 'too long' });
  expect(record).toMatchObject({ state: 'stuck' });
  unchanged(record, { type: 'order-not-shown', problem: 'too long' });
  unchanged(record, { type: 'decided', handover: anOperation() });
  expect(after(record, { type: 'declined' }).record.state).toBe('declined');
  const unshown = aGateRequest({ state: 'stuck' });
  unchanged(unshown, { type: 'decided', handover: approval });
  const declined = after(unshown, { type: 'decided', handover: { ...approval, decision: 'declined' } });
  expect(declined.record.state).toBe('sending');
});

test('nobody can have approved what is not shown yet; a gate can be declined before that', () => {
  const order = { kind: 'comment', id: 'order', tried: false, audience: 'customer', body: '' } as const;
  const other = { ...order, id: 'progress-1' };
  expect([
    isShown(aRequest({ outbox: [order] })),
    isShown(aRequest({ outbox: [other] })),
    isShown(aRequest()),
  ]).toEqual([false, true, true]);
  unchanged(aRequest({ outbox: [order] }), { type: 'decided', handover: anOperation() });
  expect(
    after(aRequest({ outbox: [other] }), { type: 'decided', handover: anOperation() }).record.state,
  ).toBe('sending');
  const unseen = aGateRequest({ outbox: [order] });
  unchanged(unseen, { type: 'decided', handover: approval });
  expect(
    after(unseen, { type: 'decided', handover: { ...approval, decision: 'declined' } }).record.state,
  ).toBe('sending');
});

test('an obstacle is told to whom it concerns, once as long as it is the same', () => {
  const both = { type: 'blocked', by: 'closed', reason: 'Closed.', agents: 'Move it.' } as const;
  const { record, effects } = after(aRequest(), both);
  expect(record).toMatchObject({ state: 'blocked', blockedBy: 'closed', interruptions: 1 });
  expect(seen(effects)).toEqual([
    'property property-blocked-0-1',
    'comment blocked-1 customer',
    'comment blocked-1-agents agents',
  ]);
  expect(effects[1]).toMatchObject({ body: wordsOf(record).blocked('Closed.') });
  expect(effects[2]).toMatchObject({ body: 'Move it.' });
  unchanged(record, both);
  expect(seen(after(aRequest(), { type: 'blocked', by: 'x', reason: null }).effects)).toEqual([
    'property property-blocked-0-1',
  ]);
});

test('those who have still to decide are reminded, each reminder once; where nobody is asked the agents are told', () => {
  const reminded = after(aGateRequest(), { type: 'undecided', reminder: 1, asked: ['bob'] });
  expect(reminded.record).toMatchObject({ reminders: 1, heardAt: LATER.toISOString() });
  expect(seen(reminded.effects)).toEqual(['comment reminder-1 customer']);
  unchanged(reminded.record, { type: 'undecided', reminder: 1, asked: ['bob'] });
  expect(seen(after(aGateRequest(), { type: 'undecided', reminder: 2, asked: [] }).effects)).toEqual([
    'comment reminder-2 agents',
  ]);
  unchanged(aRequest(), { type: 'undecided', reminder: 1, asked: ['bob'] });
  unchanged(aGateRequest({ handover: approval, state: 'sending' }), {
    type: 'undecided',
    reminder: 1,
    asked: [],
  });
});

test('a decision that came too late is told to who took it, once, and counts as heard by the bridge', () => {
  const on = decide(aGateRequest(), { type: 'decided', handover: approval }, NOW).record;
  const { record, effects } = after(on, { type: 'came-too-late' });
  expect(record).toMatchObject({
    heardAt: LATER.toISOString(),
    lateTold: true,
    delivery: { since: NOW.toISOString(), acceptedAt: LATER.toISOString(), recalledAt: null },
  });
  expect(seen(effects)).toEqual(['comment late customer']);
  unchanged(record, { type: 'came-too-late' });
});

test('what was recalled is asked after, told to the reporter, and taken back once the bridge does not know it', () => {
  const { record, effects } = after(sending(), { type: 'recalled' });
  expect(record).toMatchObject({
    state: 'sending',
    interruptions: 1,
    delivery: { recalledAt: LATER.toISOString(), delayTold: true },
  });
  expect(record.delivery?.dueAt).toBe(new Date(LATER.getTime() + 420_000).toISOString());
  expect(seen(effects)).toEqual([
    'property property-sending-0-1',
    'deliver recall-1',
    'comment recall-1 customer',
  ]);
  expect(effects[1]).toMatchObject({ delaySeconds: 420 });
  unchanged(record, { type: 'recalled' });
  const back = after(record, { type: 'taken-back' });
  expect(back.record).toMatchObject({
    state: 'awaiting-approval',
    handover: null,
    delivery: null,
    blockedBy: null,
  });
  expect(seen(back.effects)).toEqual([
    'property property-awaiting-approval-0-1',
    'comment taken-back-1 customer',
  ]);
  unchanged(sending(), { type: 'taken-back' });
  unchanged(aRequest(), { type: 'taken-back' });
  unchanged(aRequest(), { type: 'recalled' });
});

test('what was recalled and stands again is sent again, and the reporter is told', () => {
  const { record } = after(sending(), { type: 'recalled' });
  const again = after(record, { type: 'decided', handover: anOperation() });
  expect(again.record).toMatchObject({ state: 'sending', delivery: fresh(LATER) });
  expect(seen(again.effects)).toEqual([
    'deliver deliver-again-1',
    'property property-sending-0-1',
    'comment resumed-1 customer',
  ]);
});

test('what was recalled and turns out to have been taken is told to the reporter and to the agents', () => {
  const { record } = after(sending(), { type: 'recalled' });
  const taken = ['comment too-late-1 customer', 'comment too-late-1-detail agents'];
  const accepted = after(record, { type: 'delivery-accepted' });
  expect(accepted.record).toMatchObject({
    delivery: { acceptedAt: LATER.toISOString(), recalledAt: null, attempts: 1 },
  });
  expect(seen(accepted.effects)).toEqual(taken);
  expect(seen(after(record, { type: 'progressed', progress: aProgress() }).effects)).toEqual([
    'property property-provisioning-1-1',
    ...taken,
    'comment progress-1 customer',
  ]);
});

test('what was given up and recalled is not told twice, and what got through all the same goes on', () => {
  const recalled = after(sending(), { type: 'recalled' }).record;
  const stuck = { ...recalled, state: 'stuck' as const };
  expect(seen(after(stuck, { type: 'recalled' }).effects)).toEqual([
    'property property-sending-0-2',
    'deliver recall-2',
  ]);
  const through = after(sending({ state: 'stuck' }), { type: 'delivery-accepted' });
  expect(through.record.state).toBe('sending');
  expect(seen(through.effects)).toEqual(['property property-sending-0-0']);
});

test('what the bridge has told of before cannot be recalled any more: the agents are told, once', () => {
  const anew = sending({ sequence: 2 });
  const { record, effects } = after(anew, { type: 'recalled' });
  expect(record.state).toBe('stuck');
  expect(seen(effects)).toEqual(['property property-stuck-2-1', 'comment stuck-1 agents']);
  unchanged(record, { type: 'recalled' });
});

test('agents are told of a hand-over in trouble, and of one that was recalled in other words', () => {
  const failure = { outcome: 'retry', delaySeconds: 30, problem: 'no answer', tellAgents: true } as const;
  const event: RequestEvent = { type: 'delivery-failed', failure };
  const { record, effects } = after(sending(), event);
  expect(record.delivery).toMatchObject({
    attempts: 1,
    dueAt: new Date(LATER.getTime() + 30_000).toISOString(),
  });
  expect(seen(effects)).toEqual([
    `deliver deliver-${NOW.toISOString()}-1`,
    `comment trouble-${NOW.toISOString()} agents`,
  ]);
  expect(effects[1]).toMatchObject({ body: wordsOf(record).deliveryTrouble('no answer', 1) });
  const recalled = after(sending(), { type: 'recalled' }).record;
  expect(after(recalled, event).effects[1]).toMatchObject({
    body: wordsOf(record).recallTrouble('no answer', 1),
  });
});

test('a hand-over is held up once it was tried in vain, and not while it is recalled, stuck or taken', () => {
  const tried = { ...fresh(NOW), attempts: 1 };
  expect(isHeldUp(sending({ delivery: tried }))).toBe(true);
  expect(isHeldUp(sending())).toBe(false);
  expect(isHeldUp(sending({ delivery: null }))).toBe(false);
  expect(isHeldUp(sending({ delivery: { ...tried, recalledAt: NOW.toISOString() } }))).toBe(false);
  expect(isHeldUp(sending({ delivery: { ...tried, acceptedAt: NOW.toISOString() } }))).toBe(false);
  expect(isHeldUp(sending({ delivery: tried, state: 'provisioning' }))).toBe(false);
  expect(isHeldUp(sending({ delivery: tried, state: 'stuck' }))).toBe(false);
});

test('a hand-over that was given up can be sent again, and nothing of a request that is gone', () => {
  expect(retryOf(sending({ state: 'stuck' }))).toBe('send');
  expect(retryOf(sending({ state: 'stuck', gone: true }))).toBeNull();
  expect(retryOf(sending())).toBeNull();
});
