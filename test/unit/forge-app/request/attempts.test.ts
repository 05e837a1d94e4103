import fc from 'fast-check';
import type { RequestState } from '../../../../forge-app/request/record';
import { launchOperationId } from '../../../../forge-app/order/operation-id';
import { stampOf } from '../../../../forge-app/request/agent-actions';
import {
  isEarlierAttempt,
  MOST_ATTEMPTS,
  nextAttempt,
  retryOf,
} from '../../../../forge-app/request/attempts';
import { decide, type RequestEvent } from '../../../../forge-app/request/decide';
import { RequestState as State, type RequestRecord } from '../../../../forge-app/request/record';
import { issueOfLaunch } from '../../../../forge-app/storage/keys';
import { anOperation, aProgress, aRequest, NOW, SITE } from './a-request';

const OWN = launchOperationId({ siteId: SITE, issueId: '10042' });
const operation = (operationId: string) => anOperation({ operationId });

/** A request whose launch ended like that, with everything told. */
const ended = (state: RequestState = 'failed', overrides: Partial<RequestRecord> = {}): RequestRecord => {
  const handedOver = { handover: operation(OWN), sequence: 3, recordId: 'rec-1' };
  return aRequest({ operationId: OWN, state, ...handedOver, ...overrides });
};

const retried = (record: RequestRecord, seen = stampOf(record)): RequestEvent => ({
  type: 'retried',
  by: 'ada',
  seen,
  handover: operation(nextAttempt(record, SITE).operationId),
});
const launchAgain = (record: RequestRecord) => decide(record, retried(record), NOW);

test.each(State.options.filter((state) => !['failed', 'refused'].includes(state)))(
  'a launch that is %s is not launched again',
  (state) => {
    expect(retryOf(ended(state))).not.toBe('launch');
    expect(launchAgain(ended(state)).effects).toStrictEqual([]);
  },
);

test.each(['failed', 'refused'] as const)('a launch that %s begins anew as another operation', (state) => {
  const { record, effects } = launchAgain(ended(state));
  expect(record).toMatchObject({ state: 'sending', attempt: 2, sequence: 0, recordId: null, outputs: [] });
  expect(record.operationId).not.toBe(OWN);
  expect(record.operationId.slice(-10)).not.toBe(OWN.slice(-10));
  expect(issueOfLaunch(record.operationId)).toBe('10042');
  expect(effects.filter(({ kind }) => kind === 'deliver')).toHaveLength(1);
  expect(record.history).toMatchObject([{ what: 'retried', by: ['ada'], attempt: 2 }, { what: 'sent' }]);
});

test('nothing begins anew while something is still to be told of the attempt before', () => {
  const outbox = [{ kind: 'property', id: 'property-failed', tried: true }] as const;
  expect(launchAgain(ended('failed', { outbox: [...outbox] })).effects).toStrictEqual([]);
});

test('a page that shows what is not so any more does nothing', () => {
  const before = ended();
  const { record } = launchAgain(before);
  expect(decide(record, retried(before), NOW)).toStrictEqual({ record, effects: [] });
  expect(decide(before, retried(before, 'stale'), NOW).effects).toStrictEqual([]);
});

test('a decision about another operation than the next one launches nothing', () => {
  const other = { ...retried(ended()), handover: operation('launch-10042-0000000000000000') };
  expect(decide(ended(), other as RequestEvent, NOW).effects).toStrictEqual([]);
});

test('there is an end to attempts, and each has an operation of its own', () => {
  let record = ended();
  const operations = [record.operationId];
  while (retryOf(record) === 'launch') {
    record = { ...launchAgain(record).record, state: 'failed', outbox: [] };
    operations.push(record.operationId);
  }
  expect(operations).toHaveLength(MOST_ATTEMPTS);
  expect(new Set(operations).size).toBe(MOST_ATTEMPTS);
  expect(operations.map((id) => isEarlierAttempt(record, SITE, id))).toEqual([true, true, true, true, false]);
  expect(isEarlierAttempt(record, SITE, 'launch-10042-0000000000000000')).toBe(false);
});

test('nothing that is still heard of an earlier attempt changes the newer one', () => {
  const { record } = launchAgain(ended());
  const late: fc.Arbitrary<RequestEvent> = fc.oneof(
    fc.constantFrom<RequestEvent>(
      { type: 'delivery-accepted', operationId: OWN },
      { type: 'delivery-overdue', operationId: OWN },
      { type: 'recalled', operationId: OWN },
      { type: 'taken-back', operationId: OWN },
      { type: 'asked', execution: 'unknown', operationId: OWN },
      { type: 'asked', execution: 'broken', operationId: OWN },
      { type: 'delivery-failed', failure: { outcome: 'give up', problem: 'no' }, operationId: OWN },
    ),
    fc.integer({ min: 1, max: 99 }).map((sequence): RequestEvent => ({
      type: 'progressed',
      progress: aProgress({ operationId: OWN, sequence, state: 'succeeded' }),
    })),
  );
  fc.assert(
    fc.property(late, (event) => {
      expect(decide(record, event, NOW)).toStrictEqual({ record, effects: [] });
    }),
  );
});

const CALLED_OFF = (record: RequestRecord): RequestEvent => ({
  type: 'cancelled',
  by: 'ada',
  seen: stampOf(record),
});

test.each([
  aRequest(),
  aRequest({ state: 'blocked', blockedBy: 'account' }),
  aRequest({ state: 'stuck' }),
  aRequest({ state: 'stuck', fixed: null }),
])('what was not handed over is called off for good: %#', (record) => {
  const { record: off, effects } = decide(record, CALLED_OFF(record), NOW);
  expect(off).toMatchObject({ state: 'withdrawn', cancelledBy: 'ada' });
  expect(effects.map(({ kind }) => kind)).toEqual(['property', 'comment', 'comment', 'transition']);
  for (const event of [
    { type: 'decided', handover: anOperation() },
    { type: 'waiting' },
    { type: 'declined' },
  ] as const)
    expect(decide(off, event, NOW)).toStrictEqual({ record: off, effects: [] });
});

test('what is on its way, or has ended, is not called off', () => {
  const sending = decide(aRequest(), { type: 'decided', handover: anOperation() }, NOW).record;
  for (const record of [sending, ended('succeeded'), ended('failed')])
    expect(decide(record, CALLED_OFF(record), NOW).effects).toStrictEqual([]);
});
