import { CallbackTimeoutError, DurablePromise } from '@aws/durable-execution-sdk-js';
import type { OperationProgress } from '../../../../aws-bridge/contract/progress';
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
const finding = { state: 'provisioning', at: now().toISOString(), outputs: [], errors: [] } as const;

test('a launch that never ends is told as still under way and no longer followed', async () => {
  const told: OperationProgress[] = [];
  const tenant = new StandInTenant();
  const log = () => undefined;
  const tellApp = (progress: OperationProgress) => {
    told.push(progress);
    return Promise.resolve('delivered' as const);
  };
  const tell = createTelling(operation, inline, { tellApp, log });
  const follow = createFollowing(
    operation,
    { context: { createCallback: silence }, steps: inline, tell },
    {
      enterTenant: () => Promise.resolve(tenant),
      registerWaiter: () => Promise.resolve(),
      now,
      log,
    },
  );
  const record = {
    id: 'rec-one',
    status: 'CREATED',
    provisionedProductId: 'pp-one',
    provisionedProductType: undefined,
  };
  const started = await tell({ ...finding, outputs: [], errors: [] });

  const end = await follow(record, started);

  expect(end).toMatchObject({ state: 'failed', sequence: 2, errors: [{ code: 'StillUnderWay' }] });
  expect(told.map(({ state }) => state)).toEqual(['provisioning', 'failed']);
  expect(tenant.count('record')).toBe(400);
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
