import { CallbackTimeoutError, DurablePromise } from '@aws/durable-execution-sdk-js';
import { briefly, type RetryStrategy } from '../../../../aws-bridge/operation/retries';
import { createRounds, type Rounds } from '../../../../aws-bridge/operation/rounds';
import type { Registration } from '../../../../aws-bridge/runtime/gate-items';
import type { Steps } from '../../../../aws-bridge/operation/steps';
import { doubting } from './builders';

const NOW = new Date('2026-01-15T09:00:00.000Z');
const HOUR = 3_600_000;

/** Rounds whose callbacks are completed or time out as given, one a round, and all that happened in them. */
const going = (woken: readonly boolean[], rounds: Partial<Rounds<string>> = {}) => {
  const happened: unknown[] = [];
  const strategies: RetryStrategy[] = [];
  const steps: Steps = {
    run: (_name, _retryStrategy, work) => work(1, doubting),
    tryTo: (name, retryStrategy, work) => {
      happened.push(name);
      strategies.push(retryStrategy);
      return work(1, doubting).catch(() => undefined);
    },
  };
  const ends = [...woken];
  const createCallback = (name?: unknown, config?: unknown) => {
    happened.push([name, config]);
    const comes = ends.shift() ?? false;
    return new DurablePromise<[DurablePromise<string>, string]>(() =>
      Promise.resolve([
        new DurablePromise<string>(() =>
          comes ? Promise.resolve('') : Promise.reject(new CallbackTimeoutError()),
        ),
        `callback ${happened.length}`,
      ]),
    );
  };
  const inRounds = createRounds(
    { context: { createCallback }, steps },
    {
      registerWaiter: (waiter) => {
        happened.push(waiter);
        return Promise.resolve();
      },
      now: () => NOW,
    },
  );
  const end = inRounds<string>({
    operationId: 'launch-10042-0123456789abcdef',
    event: 'stack event',
    stack: 'a/stack',
    most: 4,
    before: 160,
    begin: (n, heard) => {
      happened.push(['begin', n, heard]);
      return Promise.resolve(60);
    },
    look: (n) => {
      happened.push(['look', n]);
      return Promise.resolve(undefined);
    },
    ...rounds,
  });
  return { end, happened, strategies };
};

test('a round is a callback, its registration and then a look, and the next knows whether it was woken', async () => {
  const { end, happened, strategies } = going([true], {
    look: (n) => Promise.resolve(n === 2 ? { end: 'seen' } : undefined),
  });
  expect(await end).toBe('seen');
  const waiter = {
    stack: 'a/stack',
    operationId: 'launch-10042-0123456789abcdef',
    // An hour longer than the round: its steps may take a while.
    expiresAt: new Date(NOW.getTime() + 60_000 + HOUR),
  };
  expect(happened).toEqual([
    ['begin', 1, undefined],
    ['stack event 1', { timeout: { seconds: 60 } }],
    'register for stack event 1',
    { ...waiter, callbackId: 'callback 2', round: 161 },
    ['begin', 2, true],
    ['stack event 2', { timeout: { seconds: 60 } }],
    'register for stack event 2',
    { ...waiter, callbackId: 'callback 6', round: 162 },
  ]);
  expect(strategies).toEqual([briefly, briefly]);
});

test('events wake in half of the rounds at most; the others last their time', async () => {
  const { end, happened } = going([true, false, true, false]);
  expect(await end).toBeUndefined();
  expect(
    happened.filter((what) => typeof what === 'object' && what !== null && 'callbackId' in what),
  ).toHaveLength(2);
  expect(happened.filter((what) => Array.isArray(what) && what[0] === 'begin')).toEqual([
    ['begin', 1, undefined],
    ['begin', 2, true],
    ['begin', 3, false],
    ['begin', 4, true],
  ]);
  expect(happened.filter((what) => Array.isArray(what) && what[0] === 'look')).toHaveLength(4);
});

test('a round that is the end of it all waits for nothing', async () => {
  const { end, happened } = going([], { begin: () => Promise.resolve({ end: 'over' }) });
  expect(await end).toBe('over');
  expect(happened).toStrictEqual([]);
});

test('a callback is made known elsewhere in every round, where somebody asks for that', async () => {
  const known: Registration[] = [];
  const { end } = going([], {
    alsoRegister: (registration) => {
      known.push(registration);
      return Promise.resolve();
    },
  });
  await end;
  expect(known.map(({ round }) => round)).toEqual([161, 162, 163, 164]);
  expect(new Set(known.map(({ callbackId }) => callbackId)).size).toBe(4);
});

const roundsOf = (happened: readonly unknown[]) =>
  happened.filter((what) => Array.isArray(what) && String(what[0]).startsWith('stack event'));

test('a round of which nobody could be told lasts five minutes at most, since no event ends it', async () => {
  const { end, happened } = going([], {
    most: 3,
    begin: (n) => Promise.resolve([1800, 300, 240][n - 1] ?? 0),
    alsoRegister: () => Promise.reject(new Error('the table is away')),
  });
  await end;
  expect(roundsOf(happened)).toEqual([
    ['stack event 1', { timeout: { seconds: 1800 } }],
    ['stack event 1, unheard', { timeout: { seconds: 300 } }],
    ['stack event 2', { timeout: { seconds: 300 } }],
    ['stack event 3', { timeout: { seconds: 240 } }],
  ]);
});

test('a round of which somebody was told lasts its time, however long', async () => {
  const { end, happened } = going([], { most: 2, begin: () => Promise.resolve(1800) });
  await end;
  expect(roundsOf(happened)).toEqual([
    ['stack event 1', { timeout: { seconds: 1800 } }],
    ['stack event 2', { timeout: { seconds: 1800 } }],
  ]);
});
