import type { OperationState } from '../../../../aws-bridge/contract/progress';
import { decide, isUndecidedEnd, type RequestEvent } from '../../../../forge-app/request/decide';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { aGateDecision, aGateRequest } from './a-gate-request';
import { anOperation, aProgress, aRequest, NOW } from './a-request';
import { seen } from './seen-effects';

const LATER = new Date(NOW.getTime() + 60_000);
const decidedBy = (approver: string): RequestEvent => ({
  type: 'decided',
  handover: aGateDecision({ approvers: [approver] }),
});
const after = (record: RequestRecord, event: RequestEvent) => decide(record, event, LATER);
const news = (record: RequestRecord, state: OperationState): RequestEvent => ({
  type: 'progressed',
  progress: aProgress({ operationId: record.operationId, sequence: record.sequence + 1, state }),
});

test.each(['expired', 'withdrawn', 'refused', 'lost'] as const)(
  'whoever decides about a stack that is %s already reads once that it was too late',
  (state) => {
    const { record, effects } = after(aGateRequest({ state }), decidedBy('bob'));
    expect(record).toMatchObject({ state, lateTold: true, handover: { approvers: ['bob'] } });
    expect(seen(effects)).toEqual(['comment late customer']);
    expect(effects).toMatchObject([{ body: expect.stringContaining('[~accountid:bob]') as string }]);
    expect(after(record, decidedBy('bob'))).toStrictEqual({ record, effects: [] });
    expect(after(record, decidedBy('cid'))).toStrictEqual({ record, effects: [] });
  },
);

test.each(['succeeded', 'tainted', 'failed', 'declined'] as const)(
  'a stack that %s ended by a decision, so that none is called too late',
  (state) => {
    const record = aGateRequest({ state });
    expect(after(record, decidedBy('bob'))).toStrictEqual({ record, effects: [] });
  },
);

test('who was told that it is too late is not told again', () => {
  const record = aGateRequest({ state: 'expired', lateTold: true });
  expect(after(record, decidedBy('bob')).effects).toStrictEqual([]);
});

test('that it was too late is told of stacks that nobody has decided about in time, and that Jira still has', () => {
  expect(isUndecidedEnd(aGateRequest({ state: 'expired' }))).toBe(true);
  expect(isUndecidedEnd(aGateRequest({ state: 'expired', gone: true }))).toBe(false);
  expect(isUndecidedEnd(aGateRequest({ state: 'expired', handover: aGateDecision() }))).toBe(false);
  expect(isUndecidedEnd(aGateRequest())).toBe(false);
  expect(isUndecidedEnd(aRequest({ state: 'withdrawn' }))).toBe(false);
});

test.each(['expired', 'withdrawn'] as const)(
  'a decision that was on its way while the stack was %s came too late, and who took it reads that once',
  (state) => {
    const sending = after(aGateRequest(), decidedBy('bob')).record;
    const { record, effects } = after(sending, news(sending, state));
    expect(record).toMatchObject({ state, lateTold: true });
    expect(seen(effects)).toEqual([
      `property property-${state}-1-0`,
      'comment progress-1 customer',
      'comment late customer',
      'transition to-declined',
    ]);
    const told = { ...sending, lateTold: true };
    expect(seen(after(told, news(told, state)).effects)).not.toContain('comment late customer');
    expect(after(told, news(told, state)).record.lateTold).toBe(true);
  },
);

test('what was recalled and then expired was not taken by AWS: nobody reads that it counts', () => {
  const sending = after(aGateRequest(), decidedBy('bob')).record;
  const recalled = after(sending, { type: 'recalled' }).record;
  expect(seen(after(recalled, news(recalled, 'expired')).effects)).toEqual([
    'property property-expired-1-1',
    'comment progress-1 customer',
    'comment late customer',
    'transition to-declined',
  ]);
});

test('a stack that expired undecided is told of, and nobody reads that a decision came too late', () => {
  const waiting = aGateRequest();
  const { record, effects } = after(waiting, news(waiting, 'expired'));
  expect(record).toMatchObject({ state: 'expired', lateTold: false, delivery: null });
  expect(seen(effects)).toEqual([
    'property property-expired-1-0',
    'comment progress-1 customer',
    'transition to-declined',
  ]);
});

test('a decision that went through in time is not called too late', () => {
  const sending = after(aGateRequest(), decidedBy('bob')).record;
  const { record, effects } = after(sending, news(sending, 'succeeded'));
  expect(record.lateTold).toBe(false);
  expect(seen(effects)).not.toContain('comment late customer');
});

test('a stack that was lost and decided about too late is told of once it is found', () => {
  const { record } = after(aGateRequest({ state: 'lost', sequence: 3 }), decidedBy('bob'));
  expect(after(record, { type: 'delivery-accepted' })).toStrictEqual({ record, effects: [] });
  const found = after(record, news(record, 'succeeded'));
  expect(found.record).toMatchObject({ state: 'succeeded', delivery: { acceptedAt: LATER.toISOString() } });
});

test('an order that the bridge has closed before it came tells nobody that a decision was late: its end is told as news', () => {
  const sending = decide(aRequest(), { type: 'decided', handover: anOperation() }, NOW).record;
  const { record, effects } = after(sending, { type: 'came-too-late' });
  expect(record.delivery).toMatchObject({ acceptedAt: LATER.toISOString() });
  expect(effects).toStrictEqual([]);
});
