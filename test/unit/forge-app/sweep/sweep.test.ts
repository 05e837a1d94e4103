import type { Applied } from '../../../../forge-app/request/requests';
import { createSweep } from '../../../../forge-app/sweep/sweep';
import { aRequest, NOW, SITE } from '../request/a-request';

/** What a check of an order and a look for its decision cost, in requests. */
const CHECK = 12;
const LOOK = 10;

/** One sweep over orders that were missed; what it did, and what it spent. */
const sweepOver = async (missed: readonly string[]) => {
  let spent = 0;
  const did: string[] = [];
  const does = (what: string, cost: number) => (_place: unknown, issueId: string) => {
    spent += cost;
    did.push(`${what} ${issueId}`);
    const applied: Applied = { record: aRequest({ issueId }), effects: 'settled', changed: true };
    return Promise.resolve(applied);
  };
  const notExpected = () => Promise.reject(new Error('not expected'));
  const sweep = createSweep({
    requests: {
      ...{ find: notExpected, load: notExpected, open: notExpected },
      ...{ apply: notExpected, gone: notExpected },
    },
    checkOrder: does('check', CHECK),
    lookForDecision: does('look', LOOK),
    bridge: { statesOf: notExpected },
    inFlight: {
      list: () => Promise.resolve({ entries: [], next: null }),
      put: notExpected,
      forget: notExpected,
    },
    memory: {
      recall: () => Promise.resolve(undefined),
      keep: () => Promise.resolve(),
    },
    projects: () => Promise.resolve(['IT']),
    search: {
      first: () =>
        Promise.resolve({ found: missed.map((id) => ({ id, created: NOW, property: {} })), all: true }),
    },
    spent: () => spent,
    now: () => NOW,
    report: (problem) => {
      throw new Error(problem);
    },
  });
  await sweep({ siteId: SITE, appId: 'app' });
  return { did, spent };
};

test('of the orders that one sweep takes up, it looks for every decision', async () => {
  const { did } = await sweepOver(['1', '2']);
  expect(did).toEqual(['check 1', 'look 1', 'check 2', 'look 2']);
});

test('a sweep ends before it has spent what people’s own events need of a minute', async () => {
  const { did, spent } = await sweepOver(['1', '2', '3', '4', '5', '6', '7']);
  expect(did.slice(-2)).toEqual(['check 3', 'look 3']);
  expect(spent).toBeLessThanOrEqual(70);
});
