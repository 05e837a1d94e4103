import { CallbackTimeoutError, DurablePromise } from '@aws/durable-execution-sdk-js';
import fc from 'fast-check';
import { isFinal, type OperationProgress } from '../../../../aws-bridge/contract/progress';
import { createFollowedRecord } from '../../../../aws-bridge/operation/followed-record';
import { createFollowing } from '../../../../aws-bridge/operation/following';
import { progressOf } from '../../../../aws-bridge/operation/progress';
import type { Steps } from '../../../../aws-bridge/operation/steps';
import { createTelling } from '../../../../aws-bridge/operation/telling';
import { anOperation } from './builders';
import { StandInTenant } from './stand-in-tenant';

/** Steps that just run, once. */
const inline: Steps = {
  run: (_name, _retryStrategy, work) => work(1),
  tryTo: (_name, _retryStrategy, work) => work(1),
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
  expect(looks).toBe(400);
  // Whoever forges events can use up half of the looks at most.
  expect(registered).toHaveLength(200);
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
  expect(progress).toEqual(progressOf(operation, 2, { ...last, outputs: [], errors: [] }));
});
