import { CallbackTimeoutError, DurablePromise } from '@aws/durable-execution-sdk-js';
import fc from 'fast-check';
import { isFinal, type OperationProgress } from '../../../../aws-bridge/contract/progress';
import { createFollowedRecord } from '../../../../aws-bridge/operation/followed-record';
import { createFollowing, type Followed } from '../../../../aws-bridge/operation/following';
import { type Finding, progressOf } from '../../../../aws-bridge/operation/progress';
import { forADay, forHalfAnHour, type RetryStrategy } from '../../../../aws-bridge/operation/retries';
import type { Steps } from '../../../../aws-bridge/operation/steps';
import { createTelling } from '../../../../aws-bridge/operation/telling';
import { anOperation, believing, doubting } from './builders';
import { StandInTenant } from './stand-in-tenant';

/** Steps that just run, once. */
const inline: Steps = {
  run: (_name, _retryStrategy, work) => work(1, doubting),
  tryTo: (_name, _retryStrategy, work) => work(1, doubting),
};
const silence = () =>
  new DurablePromise<[DurablePromise<string>, string]>(() =>
    Promise.resolve([
      new DurablePromise<string>(() => Promise.reject(new CallbackTimeoutError())),
      'callback',
    ]),
  );
const now = () => new Date('2026-01-15T09:00:00Z');
const operation = anOperation();
const record = {
  id: 'rec-one',
  status: 'CREATED',
  provisionedProductId: 'pp-one',
  provisionedProductType: undefined,
};
const finding = { state: 'provisioning', at: now().toISOString(), outputs: [], errors: [] } as const;

/** Follows a record that is seen in these statuses, one a look, the last for good. */
const follow = async (statuses: readonly string[]) => {
  const told: OperationProgress[] = [];
  const registered: Date[] = [];
  const tenant = new StandInTenant();
  tenant.statuses = [...statuses];
  const log = () => undefined;
  const tellApp = (progress: OperationProgress) => {
    told.push(progress);
    return Promise.resolve('delivered' as const);
  };
  const tell = createTelling(operation, inline, { tellApp, log });
  const ports = {
    enterTenant: () => Promise.resolve(tenant),
    openSealed: () => Promise.reject(new Error('nothing is sealed')),
    registerWaiter: ({ expiresAt }: { readonly expiresAt: Date }) => {
      registered.push(expiresAt);
      return Promise.resolve();
    },
    now,
    log,
  };
  const following = createFollowing({ context: { createCallback: silence }, steps: inline, tell }, ports);
  const end = await following(createFollowedRecord(ports)(operation, record), {
    ...finding,
    outputs: [],
    errors: [],
  });
  return { end, told, registered, looks: tenant.count('record') };
};

test('a launch that never ends is told as still under way and no longer followed', async () => {
  const { end, told, looks, registered } = await follow(['IN_PROGRESS']);
  expect(end).toMatchObject({ state: 'lost', sequence: 2, errors: [{ code: 'StillUnderWay' }] });
  expect(told.map(({ state }) => state)).toEqual(['provisioning', 'lost']);
  expect(looks).toBe(420);
  // Whoever forges events can use up half of the looks at most.
  expect(registered).toHaveLength(210);
});

test('whatever a record goes through, each change is told once, in order, and one end last', async () => {
  const underWay = fc.constantFrom('CREATED', 'IN_PROGRESS', 'IN_PROGRESS_IN_ERROR', 'NEW_TO_US');
  const ends = fc.constantFrom('SUCCEEDED', 'FAILED');
  await fc.assert(
    fc.asyncProperty(fc.array(underWay, { maxLength: 12 }), ends, async (statuses, last) => {
      const { end, told, looks } = await follow([...statuses, last]);
      expect(looks).toBe(statuses.length + 1);
      expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index + 1));
      expect(new Set(told.map(({ state }) => state)).size).toBe(told.length);
      expect(told.map(({ state }) => isFinal(state))).toEqual(told.map((_, at) => at === told.length - 1));
      expect(end).toEqual(told.at(-1));
    }),
  );
});

test('an app that is away for good does not fail the operation: the progress is its result all the same', async () => {
  const givenUp: Steps = { ...inline, tryTo: () => Promise.resolve(undefined) };
  const ports = { tellApp: () => Promise.resolve('delivered' as const), log: () => undefined };
  const tell = createTelling(operation, givenUp, ports);
  await tell({ ...finding, outputs: [], errors: [] });
  const last = { ...finding, state: 'succeeded', outputs: [], errors: [] } as const;
  const progress = await tell({ ...last, outputs: [], errors: [] });
  expect(progress).toStrictEqual(progressOf(operation, 2, { ...last, outputs: [], errors: [] }));
});

type State = Finding['state'];
const found = (state: State): Finding => ({ ...finding, state, outputs: [], errors: [] });

/** Follows something that is seen in these states, one a look, woken as given; explaining may come to nothing. */
const following = async (
  states: readonly State[],
  {
    woken = [],
    started = true,
    explains = true,
    quiet = 5,
  }: { woken?: boolean[]; started?: boolean; explains?: boolean; quiet?: number } = {},
) => {
  const steps: [string, RetryStrategy][] = [];
  const told: State[] = [];
  const seen: (State | undefined)[] = [];
  const waits: unknown[] = [];
  const log: unknown[] = [];
  const left = [...states];
  const noting: Steps = {
    run: (name, strategy, work) => {
      steps.push([name, strategy]);
      return work(7, believing);
    },
    tryTo: (name, strategy, work) => {
      if (!name.startsWith('register')) steps.push([name, strategy]);
      return name === 'explain' && !explains ? Promise.resolve(undefined) : work(7, believing);
    },
  };
  const comes = [...woken];
  const createCallback = (name?: unknown, config?: unknown) => {
    waits.push([name, config]);
    const isWoken = comes.shift() ?? false;
    return new DurablePromise<[DurablePromise<string>, string]>(() =>
      Promise.resolve([
        new DurablePromise<string>(() =>
          isWoken ? Promise.resolve('') : Promise.reject(new CallbackTimeoutError()),
        ),
        'callback',
      ]),
    );
  };
  const follow = createFollowing(
    {
      context: { createCallback },
      steps: noting,
      tell: (finding) => {
        told.push(finding.state);
        return Promise.resolve(progressOf(operation, told.length, finding));
      },
    },
    {
      enterTenant: () => Promise.reject(new Error('nobody enters here')),
      registerWaiter: () => Promise.resolve(),
      now,
      log: (line) => void log.push(line),
    },
  );
  const followed: Followed = {
    operationId: operation.operationId,
    site: operation.site,
    stack: 'a/stack',
    quiet,
    roundsBefore: 0,
    look: (last, believes) => {
      expect(believes).toBe(believing);
      seen.push(last?.state);
      return Promise.resolve(found(left.shift() ?? 'provisioning'));
    },
    explain: (failure) => Promise.resolve({ ...failure, errors: [{ code: 'Explained', message: '' }] }),
    givenUp: (at, last) => ({ ...found('lost'), errors: [{ code: at, message: last?.state ?? 'nothing' }] }),
  };
  const end = await follow(followed, started ? found('provisioning') : undefined);
  return { end, steps, told, seen, waits, log };
};

test('each look knows what was told last, each in a step that is tried for a day', async () => {
  const { end, steps, told, seen, log } = await following([
    'provisioning',
    'rolling-back',
    'rolling-back',
    'succeeded',
  ]);
  expect(end).toMatchObject({ state: 'succeeded', sequence: 3 });
  expect(told).toEqual(['provisioning', 'rolling-back', 'succeeded']);
  expect(seen).toEqual(['provisioning', 'provisioning', 'rolling-back', 'rolling-back']);
  expect(steps).toEqual([1, 2, 3, 4].map((n) => [`describe ${n}`, forADay]));
  const { operationId } = operation;
  expect(log).toEqual(
    ['provisioning', 'rolling-back', 'rolling-back', 'succeeded'].map((state) => ({
      outcome: 'found',
      operationId,
      state,
    })),
  );
});

test.each(['failed', 'tainted'] as const)('what %s is explained before it is told', async (state) => {
  const explained = await following([state]);
  expect(explained.end).toMatchObject({ state, errors: [{ code: 'Explained' }] });
  expect(explained.steps.at(-1)).toEqual(['explain', forHalfAnHour]);
  expect((await following([state], { explains: false })).end).toMatchObject({ state, errors: [] });
});

test('what ended otherwise needs no explanation, and what was never told to begin with is not told to be under way', async () => {
  const { told, steps, seen } = await following(['provisioning', 'declined'], { started: false });
  expect(told).toEqual(['declined']);
  expect(seen).toEqual([undefined, undefined]);
  expect(steps.map(([name]) => name)).toEqual(['describe 1', 'describe 2']);
});

test('looks are close together after an event, and further apart the longer nothing is heard', async () => {
  const { waits } = await following(['provisioning', 'provisioning', 'provisioning', 'succeeded'], {
    woken: [false, true, false],
  });
  expect(waits).toEqual(
    [240, 240, 15, 30].map((seconds, round) => [`stack event ${round + 1}`, { timeout: { seconds } }]),
  );
  const { waits: first } = await following(['provisioning', 'succeeded'], { quiet: 0 });
  expect(first).toEqual(
    [15, 30].map((seconds, round) => [`stack event ${round + 1}`, { timeout: { seconds } }]),
  );
});

test('what does not end is given up by what was told of it last, at the time of a step', async () => {
  const { end, steps } = await following([]);
  expect(end).toMatchObject({
    state: 'lost',
    errors: [{ code: now().toISOString(), message: 'provisioning' }],
  });
  expect(steps.at(-1)).toEqual(['stop following', forADay]);
});
