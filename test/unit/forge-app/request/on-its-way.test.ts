import { stampOf } from '../../../../forge-app/request/agent-actions';
import { decide, type RequestEvent } from '../../../../forge-app/request/decide';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { wordsOf } from '../../../../forge-app/request/words';
import { anOperation, aProgress, aRequest, NOW } from './a-request';
import { seen } from './seen-effects';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const later = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);
const approved: RequestEvent = { type: 'decided', handover: anOperation() };
const sending = (): RequestRecord => decide(aRequest(), approved, NOW).record;
const inVain: RequestEvent = {
  type: 'delivery-failed',
  failure: { outcome: 'retry', delaySeconds: 30, problem: 'no answer', tellAgents: false },
};
const givenUp: RequestEvent = { type: 'delivery-failed', failure: { outcome: 'give up', problem: 'no' } };
const since = NOW.toISOString();
const after = (record: RequestRecord, event: RequestEvent, at = later(MINUTE)) => decide(record, event, at);

test('a decision is handed over at once, before anything of it is shown', () => {
  const { effects } = decide(aRequest({ interruptions: 2 }), approved, NOW);
  expect(seen(effects)).toEqual(['deliver deliver-0', 'property property-sending-0-2']);
  expect(effects[0]).toMatchObject({ delaySeconds: 0 });
});

test('the reporter is told of a delay once it has lasted an hour, and once only', () => {
  const before = after(sending(), inVain, later(HOUR - 1));
  expect(seen(before.effects)).toEqual([`deliver deliver-${since}-1`]);
  expect(before.effects[0]).toMatchObject({ delaySeconds: 30 });
  expect(before.record.delivery).toMatchObject({ attempts: 1, delayTold: false });
  const { record, effects } = after(before.record, inVain, later(HOUR));
  expect(seen(effects)).toEqual([`deliver deliver-${since}-2`, `comment delayed-${since} customer`]);
  expect(effects[1]).toMatchObject({ body: wordsOf(record).delayed });
  expect(record.delivery).toMatchObject({ attempts: 2, delayTold: true });
  const again = after(record, inVain, later(2 * HOUR));
  expect(seen(again.effects)).toEqual([`deliver deliver-${since}-3`]);
  expect(again.record.delivery).toMatchObject({ delayTold: true });
});

test('a hand-over that is given up is told to the agents and, unless they know of the delay, to the reporter', () => {
  const { record, effects } = after(sending(), givenUp);
  expect(record).toMatchObject({ state: 'stuck', delivery: { attempts: 1, delayTold: true } });
  expect(seen(effects)).toEqual([
    'property property-stuck-0-1',
    'comment stuck-1 agents',
    `comment delayed-${since} customer`,
  ]);
  expect(effects[1]).toMatchObject({ body: wordsOf(record).undeliverable('no') });
  const told = after(sending(), inVain, later(HOUR)).record;
  expect(seen(after(told, givenUp, later(2 * HOUR)).effects)).toEqual([
    'property property-stuck-0-1',
    'comment stuck-1 agents',
  ]);
});

test('what was recalled and cannot be asked after is told to the agents in words of its own', () => {
  const recalled = after(sending(), { type: 'recalled' }).record;
  const { record, effects } = after(recalled, givenUp);
  expect(seen(effects)).toEqual(['property property-stuck-0-2', 'comment stuck-2 agents']);
  expect(effects[1]).toMatchObject({ body: wordsOf(record).recallUnknown('no') });
});

test('an attempt that did not take place is made up for, and counts for none', () => {
  const tried = after(sending(), inVain).record;
  const at = later(10 * MINUTE);
  const { record, effects } = after(tried, { type: 'delivery-overdue' }, at);
  expect(record.delivery).toEqual({ ...tried.delivery, dueAt: at.toISOString() });
  expect(effects).toEqual([
    { kind: 'deliver', id: `overdue-${at.toISOString()}`, tried: false, delaySeconds: 0 },
  ]);
});

test('what somebody else approved than what is on its way recalls that', () => {
  const other = anOperation({ approval: { approvers: ['eve'], approvedAt: NOW.toISOString() } });
  const { record, effects } = after(sending(), { type: 'decided', handover: other });
  expect(record.handover).toEqual(anOperation());
  expect(record.delivery?.recalledAt).toBe(later(MINUTE).toISOString());
  expect(seen(effects)).toContain('deliver recall-1');
});

test('what was given up and still stands is sent again, and its reporter hears nothing new', () => {
  const stuck = after(sending(), givenUp).record;
  const { record, effects } = after(stuck, approved);
  expect(record).toMatchObject({ state: 'sending', delivery: { attempts: 0, delayTold: false } });
  expect(seen(effects)).toEqual(['deliver deliver-again-1', 'property property-sending-0-1']);
});

test('what is on its way and still stands is left on its way', () => {
  const record = after(sending(), inVain).record;
  expect(after(record, approved)).toStrictEqual({ record, effects: [] });
});

test('what the bridge has taken is neither sent, nor recalled, nor taken back, nor called late', () => {
  const { record } = after(sending(), { type: 'delivery-accepted' });
  expect(record).toMatchObject({ state: 'sending', heardAt: later(MINUTE).toISOString() });
  for (const event of [
    approved,
    inVain,
    givenUp,
    { type: 'delivery-overdue' },
    { type: 'recalled' },
    { type: 'taken-back' },
    { type: 'came-too-late' },
    { type: 'delivery-accepted' },
  ] as const)
    expect(after(record, event, later(HOUR))).toStrictEqual({ record, effects: [] });
});

test('what got through although it was recalled and given up is told as taken', () => {
  const recalled = after(sending(), { type: 'recalled' }).record;
  const stuck = after(recalled, givenUp).record;
  const { record, effects } = after(stuck, { type: 'delivery-accepted' });
  expect(record.state).toBe('sending');
  expect(seen(effects)).toEqual([
    'property property-sending-0-2',
    'comment too-late-2 customer',
    'comment too-late-2-detail agents',
  ]);
});

describe('a launch that AWS held in a queue when it was recalled', () => {
  const back = after(after(sending(), { type: 'recalled' }).record, { type: 'taken-back' }).record;
  const news = (sequence = 1): RequestEvent => ({
    type: 'progressed',
    progress: aProgress({ sequence, state: sequence === 1 ? 'provisioning' : 'succeeded' }),
  });

  test.each<[string, RequestRecord]>([
    ['waits to be decided again', back],
    ['was declined', after(back, { type: 'declined' }).record],
    ['was closed', after(back, { type: 'withdrawn' }).record],
    ['was called off by an agent', after(back, { type: 'cancelled', by: 'bob', seen: stampOf(back) }).record],
  ])('is followed to its end once it starts, though the request %s, and people are told', (_how, record) => {
    expect(record.handover).toBeNull();
    const started = after(record, news());
    expect(started.record).toMatchObject({
      ...{ state: 'provisioning', sequence: 1, handover: anOperation(), takenBack: null, cancelledBy: null },
      delivery: { acceptedAt: later(MINUTE).toISOString(), recalledAt: null },
    });
    expect(seen(started.effects)).toContain(`comment too-late-${record.interruptions} customer`);
    expect(seen(started.effects)).toContain(`comment too-late-${record.interruptions}-detail agents`);
    expect(after(started.record, news())).toStrictEqual({ record: started.record, effects: [] });
    const ended = after(started.record, news(2));
    expect(ended.record.state).toBe('succeeded');
    expect(seen(ended.effects)).not.toContain(`comment too-late-${record.interruptions} customer`);
  });

  test('is not held for another one that is approved since', () => {
    const anew = after(back, approved).record;
    expect(anew).toMatchObject({ state: 'sending', handover: anOperation(), takenBack: null });
    expect(seen(after(anew, news()).effects)).toEqual([
      'property property-provisioning-1-1',
      'comment progress-1 customer',
    ]);
  });

  test('is none where nothing was ever sent: such news are no news', () => {
    expect(after(aRequest(), news()).effects).toStrictEqual([]);
  });
});
