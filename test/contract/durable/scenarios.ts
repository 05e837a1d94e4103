import { createRetryStrategy } from '@aws/durable-execution-sdk-js';
import { operationScenarios } from './operation-scenarios';
import type { Scenario } from './scenario';

const payload = { key: 'IT-42' };
const quick = createRetryStrategy({ maxAttempts: 3, initialDelay: { seconds: 5 } });

/** Fails for the first `failures` times that it is called. */
const flaky = (failures: number) => {
  let calls = 0;
  return (): Promise<string> => {
    calls += 1;
    return calls > failures
      ? Promise.resolve(`after ${calls}`)
      : Promise.reject(new Error(`failure ${calls}`));
  };
};

const caught = (error: unknown): string => (error instanceof Error ? error.name : String(error));

/**
 * Handlers that use every durable operation that the bridge uses, and the bridge's own. Each is made anew for every
 * run. Limits of callbacks are short because AWS's testing package keeps them in real time.
 */
export const scenarios: Readonly<Record<string, () => Scenario>> = {
  'a step that succeeds on its third attempt': () => {
    const work = flaky(2);
    return {
      payload,
      handler: (_, context) => context.step('work', work, { retryStrategy: quick }),
    };
  },
  'a step that fails for good, not caught': () => {
    const work = flaky(9);
    return {
      payload,
      handler: (_, context) => context.step('work', work, { retryStrategy: quick }),
    };
  },
  'a step that fails for good, caught': () => {
    const work = flaky(9);
    return {
      payload,
      handler: (_, context) =>
        context.step('work', work, { retryStrategy: () => ({ shouldRetry: false }) }).catch(caught),
    };
  },
  'a wait of twelve hours between two steps': () => ({
    payload,
    handler: async ({ key }, context) => {
      const before = await context.step('before', () => Promise.resolve(key));
      await context.wait('patience', { hours: 12 });
      return context.step('after', () => Promise.resolve(`${before} later`));
    },
  }),
  'a callback that succeeds': () => ({
    payload,
    handler: async (_, context) => {
      const [decision] = await context.createCallback('decision', { timeout: { hours: 1 } });
      return await decision;
    },
    answers: [{ operation: 'decision', success: 'approved' }],
  }),
  'a callback that fails': () => ({
    payload,
    handler: async (_, context) => {
      const [decision] = await context.createCallback('decision', { timeout: { hours: 1 } });
      return await decision.catch((error: unknown) => (error as Error).message);
    },
    answers: [{ operation: 'decision', failure: 'declined' }],
  }),
  'a callback that nobody answers': () => ({
    payload,
    handler: async (_, context) => {
      const [decision] = await context.createCallback('decision', { timeout: { seconds: 1 } });
      return await decision.then(() => 'answered').catch(caught);
    },
  }),
  'waitForCallback with a submitter': () => ({
    payload,
    handler: (_, context) =>
      context.waitForCallback('ask', () => Promise.resolve(), { timeout: { hours: 1 } }),
    answers: [{ operation: 'ask', success: 'yes', afterSubmitter: true }],
  }),
  'a child context with two steps': () => ({
    payload,
    handler: ({ key }, context) =>
      context.runInChildContext('launch', async (child) => {
        const one = await child.step('one', () => Promise.resolve(1));
        await child.wait('pause', { seconds: 30 });
        const two = await child.step('two', () => Promise.resolve(2));
        return `${key} ${one + two}`;
      }),
  }),
  'a loop that waits for a callback or a time limit, as following a record does': () => ({
    payload,
    handler: async (_, context) => {
      for (let round = 1; ; round += 1) {
        const [woken] = await context.createCallback(`stack event ${round}`, {
          timeout: { seconds: 1 },
        });
        const status = await context.step(`describe ${round}`, () =>
          Promise.resolve(round < 4 ? 'IN_PROGRESS' : 'SUCCEEDED'),
        );
        if (status === 'SUCCEEDED') return { round, status };
        await woken.catch(() => undefined);
      }
    },
  }),
  'an error outside of any step': () => ({
    payload,
    handler: async (_, context) => {
      await context.step('work', () => Promise.resolve(null));
      throw new RangeError('out of bounds');
    },
  }),
  ...operationScenarios,
};
