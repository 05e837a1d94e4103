import fc from 'fast-check';
import { OperationState } from '../../../../aws-bridge/contract/progress';
import { decide, type RequestEvent } from '../../../../forge-app/request/decide';
import type { Effect, RequestRecord } from '../../../../forge-app/request/record';
import { aProgress, anOperation, aRequest, NOW } from './a-request';

const kinds = (effects: readonly Effect[]) => effects.map(({ kind }) => kind);

/** Every event in turn, with all effects that were asked for. */
const run = (start: RequestRecord, events: readonly RequestEvent[]) => {
  let record = start;
  const effects: Effect[] = [];
  events.forEach((event, minute) => {
    const decision = decide(record, event, new Date(NOW.getTime() + minute * 60_000));
    record = decision.record;
    effects.push(...decision.effects);
  });
  return { record, effects };
};

const approved: RequestEvent = { type: 'decided', handover: anOperation() };

const otherEvent: fc.Arbitrary<RequestEvent> = fc.oneof(
  fc.constantFrom<RequestEvent>(
    { type: 'declined' },
    { type: 'waiting' },
    { type: 'delivery-accepted' },
    { type: 'delivery-overdue' },
    { type: 'unseen' },
    { type: 'seen' },
    { type: 'order-refused', explanation: 'no' },
    { type: 'order-unchecked', problem: 'no catalogue' },
    { type: 'blocked', by: 'no approval', reason: 'Moved.' },
    { type: 'blocked', by: 'order changed', reason: 'Changed.' },
    { type: 'delivery-failed', failure: { outcome: 'give up', problem: 'no' } },
    {
      type: 'delivery-failed',
      failure: { outcome: 'retry', delaySeconds: 30, problem: 'no', tellAgents: false },
    },
    { type: 'asked', execution: 'unknown' },
    { type: 'asked', execution: 'running' },
    { type: 'asked', execution: 'broken' },
  ),
  fc
    .record({ sequence: fc.integer({ min: 1, max: 6 }), state: fc.constantFrom(...OperationState.options) })
    .map((progress): RequestEvent => ({ type: 'progressed', progress: aProgress(progress) })),
);
const anyEvent = fc.oneof(
  { weight: 4, arbitrary: otherEvent },
  { weight: 1, arbitrary: fc.constant(approved) },
);

test('without an approval that counts nothing is ever delivered, whatever else happens', () => {
  fc.assert(
    fc.property(fc.array(otherEvent, { maxLength: 20 }), (events) => {
      const { record, effects } = run(aRequest(), events);
      expect(kinds(effects)).not.toContain('deliver');
      expect(record.handover).toBeNull();
    }),
  );
});

test('a declined request is never delivered, even if an approval turns up later', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
      const { record, effects } = run(aRequest(), [{ type: 'declined' }, ...events]);
      expect(kinds(effects)).not.toContain('deliver');
      expect(record.state).toBe('declined');
    }),
  );
});

test('the same event again right away changes nothing and asks for nothing', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 15 }), anyEvent, (events, event) => {
      // An attempt that failed, an overdue one and an answer of the bridge are new each time they happen.
      fc.pre(!['delivery-failed', 'delivery-overdue', 'asked'].includes(event.type));
      const { record } = run(aRequest(), events);
      const once = decide(record, event, NOW);
      const twice = decide(once.record, event, NOW);
      expect(twice.effects).toStrictEqual([]);
      expect(twice.record).toEqual(once.record);
    }),
  );
});

test('an operation is built once: no later event changes what is sent', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 15 }), (events) => {
      const other: RequestEvent = {
        type: 'decided',
        handover: anOperation({ approval: { approvers: ['eve'], approvedAt: NOW.toISOString() } }),
      };
      const { record } = run(aRequest(), [approved, ...events, other]);
      expect(record.handover).toEqual(anOperation());
    }),
  );
});

test('the sequence never goes back, and no two effects of one history share an id', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
      let { record } = run(aRequest(), [approved]);
      const ids: string[] = [];
      events.forEach((event, minute) => {
        const decision = decide(record, event, new Date(NOW.getTime() + minute * 60_000));
        expect(decision.record.sequence).toBeGreaterThanOrEqual(record.sequence);
        record = decision.record;
        ids.push(...decision.effects.filter(({ kind }) => kind === 'comment').map(({ id }) => id));
      });
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('an approval starts the delivery first and shows the state after', () => {
  const { record, effects } = run(aRequest(), [approved]);
  expect(record.state).toBe('sending');
  expect(kinds(effects)).toEqual(['deliver', 'property']);
});

test('a request that was moved on without an approval says so once, and a proper approval still works', () => {
  const moved: RequestEvent = { type: 'blocked', by: 'no approval', reason: 'Moved.' };
  const first = run(aRequest(), [moved, moved]);
  expect(first.record.state).toBe('blocked');
  expect(kinds(first.effects).filter((kind) => kind === 'comment')).toHaveLength(1);
  const again = run(first.record, [{ type: 'waiting' }, moved]);
  expect(kinds(again.effects).filter((kind) => kind === 'comment')).toHaveLength(1);
  expect(run(again.record, [approved]).record.state).toBe('sending');
});

test.each([
  ['succeeded', 'done'],
  ['tainted', 'done'],
  ['failed', 'failed'],
  ['refused', 'failed'],
] as const)('an operation that ended as %s moves the request to %s', (state, to) => {
  const { record, effects } = run(aRequest(), [
    approved,
    { type: 'progressed', progress: aProgress({ state, sequence: 2 }) },
  ]);
  expect(record.state).toBe(state);
  expect(effects).toContainEqual(expect.objectContaining({ kind: 'transition', to }));
});

test('a lost launch moves its request nowhere, and what is found out later still counts', () => {
  const lost = run(aRequest(), [
    approved,
    { type: 'progressed', progress: aProgress({ state: 'lost', sequence: 2 }) },
  ]);
  expect(lost.record.state).toBe('lost');
  expect(kinds(lost.effects)).not.toContain('transition');
  expect(lost.effects).toContainEqual(expect.objectContaining({ kind: 'comment', audience: 'agents' }));
  expect(decide(lost.record, { type: 'asked', execution: 'unknown' }, NOW).effects).toStrictEqual([]);
  const older = run(lost.record, [
    { type: 'progressed', progress: aProgress({ state: 'failed', sequence: 1 }) },
  ]);
  expect(older.record.state).toBe('lost');
  const found = run(lost.record, [
    { type: 'progressed', progress: aProgress({ state: 'succeeded', sequence: 3 }) },
  ]);
  expect(found.record.state).toBe('succeeded');
  expect(found.effects).toContainEqual(expect.objectContaining({ kind: 'transition', to: 'done' }));
});

test('what the bridge does not know is delivered again, and a broken execution is told to the agents', () => {
  const { record } = run(aRequest(), [approved, { type: 'delivery-accepted' }]);
  expect(kinds(decide(record, { type: 'asked', execution: 'unknown' }, NOW).effects)).toEqual(['deliver']);
  const broken = decide(record, { type: 'asked', execution: 'broken' }, NOW);
  expect(broken.record.state).toBe('stuck');
  expect(broken.effects).toContainEqual(expect.objectContaining({ kind: 'comment', audience: 'agents' }));
});

test('a hand-over that was given up is stuck until an agent moves the request on again', () => {
  const failure: RequestEvent = { type: 'delivery-failed', failure: { outcome: 'give up', problem: 'no' } };
  const { record } = run(aRequest(), [approved, failure]);
  expect(record.state).toBe('stuck');
  expect(kinds(decide(record, { type: 'delivery-overdue' }, NOW).effects)).toStrictEqual([]);
  const resumed = decide(record, approved, NOW);
  expect(resumed.record.state).toBe('sending');
  expect(kinds(resumed.effects)).toContain('deliver');
});

test('a refused order closes the request and can no longer be approved', () => {
  const unchecked = aRequest({ fixed: null });
  const { record, effects } = run(unchecked, [{ type: 'order-refused', explanation: 'Wrong.' }, approved]);
  expect(record.state).toBe('refused-order');
  expect(kinds(effects)).toEqual(['property', 'comment', 'transition']);
});
