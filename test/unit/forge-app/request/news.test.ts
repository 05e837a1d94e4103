import type { OperationState } from '../../../../aws-bridge/contract/progress';
import { decide, type RequestEvent } from '../../../../forge-app/request/decide';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { wordsOf } from '../../../../forge-app/request/words';
import { aGateDecision, aGateRequest } from './a-gate-request';
import { anOperation, aProgress, aRequest, NOW } from './a-request';
import { seen } from './seen-effects';

const LATER = new Date(NOW.getTime() + 60_000);
const after = (record: RequestRecord, event: RequestEvent, at = LATER) => decide(record, event, at);
const unchanged = (record: RequestRecord, event: RequestEvent) =>
  expect(after(record, event)).toStrictEqual({ record, effects: [] });
const sending = (): RequestRecord =>
  decide(aRequest(), { type: 'decided', handover: anOperation() }, NOW).record;
const approvedGate = (): RequestRecord =>
  decide(aGateRequest(), { type: 'decided', handover: aGateDecision() }, NOW).record;
const news = (
  record: RequestRecord,
  overrides: Partial<Parameters<typeof aProgress>[0]> & { readonly state: OperationState },
): RequestEvent => ({
  type: 'progressed',
  progress: aProgress({ operationId: record.operationId, sequence: record.sequence + 1, ...overrides }),
});

test('who tells of an operation has taken it, even if the answer was lost', () => {
  const { record } = after(sending(), news(sending(), { state: 'provisioning' }));
  expect(record).toMatchObject({
    state: 'provisioning',
    sequence: 1,
    heardAt: LATER.toISOString(),
    delivery: { since: NOW.toISOString(), acceptedAt: LATER.toISOString(), recalledAt: null },
  });
  const later = new Date(LATER.getTime() + 60_000);
  const next = after(record, news(record, { state: 'succeeded' }), later).record;
  expect(next.delivery?.acceptedAt).toBe(LATER.toISOString());
  expect(next.heardAt).toBe(later.toISOString());
});

test('the record of Service Catalog is remembered once it is known', () => {
  const record = { id: 'rec-1', status: 'IN_PROGRESS' };
  const known = after(sending(), news(sending(), { state: 'provisioning', record })).record;
  expect(known.recordId).toBe('rec-1');
  expect(after(known, news(known, { state: 'succeeded' })).record.recordId).toBe('rec-1');
});

test('nothing of a launch that was not handed over is believed', () => {
  unchanged(aRequest(), news(aRequest(), { state: 'succeeded' }));
  unchanged(aRequest({ state: 'lost' }), news(aRequest(), { state: 'succeeded' }));
});

test.each(['succeeded', 'tainted', 'failed', 'refused', 'declined', 'expired', 'withdrawn'] as const)(
  'nothing that follows an end as %s takes it back',
  (state) => {
    const ended = after(sending(), news(sending(), { state })).record;
    unchanged(ended, news(ended, { state: 'provisioning' }));
    unchanged(ended, { type: 'asked', execution: 'unknown' });
    unchanged(ended, { type: 'asked', execution: 'broken' });
  },
);

test.each(['declined', 'expired', 'withdrawn'] as const)(
  'a stack that is %s moves its request to where the declined are',
  (state) => {
    const { effects } = after(aGateRequest(), news(aGateRequest(), { state }));
    expect(seen(effects).at(-1)).toBe('transition to-declined');
  },
);

test.each(['provisioning', 'rolling-back', 'lost'] as const)(
  'a request that is %s is moved nowhere',
  (state) => {
    const { effects } = after(sending(), news(sending(), { state }));
    expect(effects.map(({ kind }) => kind)).not.toContain('transition');
  },
);

test('what went wrong is told to the agents in detail, after what the reporter reads', () => {
  const errors = [{ code: 'AccessDenied', message: 'No.' }];
  const { effects } = after(sending(), news(sending(), { state: 'failed', errors }));
  expect(seen(effects)).toEqual([
    'property property-failed-1-0',
    'comment progress-1 customer',
    'comment progress-1-detail agents',
    'transition to-failed',
  ]);
});

test('what the bridge follows is heard of, and not told', () => {
  const { record } = after(sending(), { type: 'delivery-accepted' });
  const at = new Date(LATER.getTime() + 60_000);
  expect(after(record, { type: 'asked', execution: 'running' }, at)).toStrictEqual({
    record: { ...record, heardAt: at.toISOString() },
    effects: [],
  });
});

test('a launch that the bridge does not know any more is handed over anew', () => {
  const { record } = after(sending(), { type: 'delivery-accepted' });
  const anew = after(record, { type: 'asked', execution: 'unknown' });
  expect(anew.record.delivery).toEqual({
    since: LATER.toISOString(),
    attempts: 0,
    dueAt: LATER.toISOString(),
    acceptedAt: null,
    recalledAt: null,
    delayTold: false,
  });
  expect(seen(anew.effects)).toEqual([`deliver anew-${LATER.toISOString()}`]);
});

test('a launch that began so long ago that the bridge may have forgotten it is not sent again: agents have to look', () => {
  const { record } = after(sending(), { type: 'delivery-accepted' });
  const fortnight = NOW.getTime() + 14 * 24 * 3_600_000;
  const asked = { type: 'asked', execution: 'unknown' } as const;
  expect(after(record, asked, new Date(fortnight)).effects).toMatchObject([{ kind: 'deliver' }]);
  expect(after(record, asked, new Date(fortnight + 1)).record.state).toBe('stuck');
  const undated = { ...record, delivery: null };
  expect(after(undated, asked, new Date(fortnight + 1)).effects).toMatchObject([{ kind: 'deliver' }]);
});

test.each(['unknown', 'broken'] as const)(
  'a stack whose execution is %s is not followed any more, which the agents are told once',
  (execution) => {
    const waiting = aGateRequest();
    const { record, effects } = after(waiting, { type: 'asked', execution });
    expect(record.state).toBe('stuck');
    expect(seen(effects)).toEqual(['property property-stuck-0-1', 'comment stuck-1 agents']);
    expect(effects[1]).toMatchObject({ body: wordsOf(waiting).broken(null) });
    unchanged(record, { type: 'asked', execution });
  },
);

test.each(['unknown', 'running', 'broken'] as const)(
  'that an execution is %s says nothing of what was not handed over, or is still on its way',
  (execution) => {
    unchanged(aRequest(), { type: 'asked', execution });
    unchanged(sending(), { type: 'asked', execution });
    unchanged(approvedGate(), { type: 'asked', execution });
  },
);
