import type { RequestRecord } from '../../../../forge-app/request/record';
import type { Applied } from '../../../../forge-app/request/requests';
import { createSweep, type SweepRest } from '../../../../forge-app/sweep/sweep';
import { anOperation, aRequest, NOW, SITE } from '../request/a-request';

/** What a check of an order and a look for its decision cost, in requests. */
const CHECK = 12;
const LOOK = 10;

interface Due {
  /** Issues whose orders were missed. */
  readonly missed?: readonly string[];
  /** Issues of orders that are not checked yet. */
  readonly unchecked?: readonly string[];
  /** Issues of operations that the bridge is to be asked after. */
  readonly silent?: readonly string[];
  readonly bridgeFails?: boolean;
  /** The request that each of them has; none where it is left out. */
  readonly known?: Partial<RequestRecord>;
  /** Sweeps in a row before this one. */
  readonly sweeps?: number;
}

/** One sweep; what it did, what it spent, and what it has left to be swept. */
const sweepOver = async (due: Due) => {
  const { missed = [], unchecked = [], silent = [], bridgeFails = false, known, sweeps } = due;
  let spent = 0;
  const did: string[] = [];
  const rests: SweepRest[] = [];
  const reports: string[] = [];
  const applied = (issueId: string): Applied => ({
    record: aRequest({ issueId }),
    effects: 'settled',
    changed: true,
  });
  const does = (what: string, cost: number) => (_place: unknown, issueId: string) => {
    spent += cost;
    did.push(`${what} ${issueId}`);
    return Promise.resolve(applied(issueId));
  };
  const notExpected = () => Promise.reject(new Error('not expected'));
  const entry = { lookAt: NOW.toISOString(), failures: 0 };
  const sweep = createSweep({
    requests: {
      ...{ find: notExpected, open: notExpected },
      load: (issueId) =>
        Promise.resolve(
          known && { revision: 'r1', record: aRequest({ issueId, lookAt: NOW.toISOString(), ...known }) },
        ),
      apply: (request) => {
        const issueId = typeof request === 'string' ? request : request.record.issueId;
        spent += 1;
        did.push(`news of ${issueId}`);
        return Promise.resolve(applied(issueId));
      },
    },
    checkOrder: does('check', CHECK),
    lookForDecision: does('look', LOOK),
    bridge: {
      statesOf: (_site, operationIds) =>
        bridgeFails
          ? Promise.reject(new Error('down'))
          : Promise.resolve({
              type: 'operations.answer',
              operations: operationIds.map((operationId) => ({ operationId, execution: 'running' })),
            } as const),
    },
    inFlight: {
      list: () =>
        Promise.resolve({
          entries: [
            ...unchecked.map((issueId) => ({ ...entry, issueId, asks: null })),
            ...silent.map((issueId) => ({ ...entry, issueId, asks: `site-${issueId}` })),
          ],
          next: null,
        }),
      put: () => Promise.resolve(),
      forget: () => Promise.resolve(),
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
    goOn: (rest) => {
      rests.push(rest);
      return Promise.resolve();
    },
    spent: () => spent,
    now: () => NOW,
    report: (problem) => reports.push(problem),
  });
  await sweep({ siteId: SITE, appId: 'app' }, ...(sweeps === undefined ? [] : [sweeps]));
  return { did, spent, rests, reports };
};

const issues = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

test('of the orders that one sweep takes up, it looks for every decision, and nothing is left', async () => {
  expect(await sweepOver({ missed: ['1', '2'] })).toStrictEqual({
    did: ['check 1', 'look 1', 'check 2', 'look 2'],
    spent: 2 * (CHECK + LOOK),
    rests: [],
    reports: [],
  });
});

test('a sweep ends before it has spent what people’s own events need of a minute, and another follows', async () => {
  const { did, spent, rests } = await sweepOver({ missed: issues(7) });
  expect(did.slice(-2)).toEqual(['check 3', 'look 3']);
  expect(spent).toBeLessThanOrEqual(70);
  expect(rests).toEqual([{ siteId: SITE, sweeps: 1 }]);
});

test.each<[string, Due]>([
  ['orders to look after', { unchecked: issues(5) }],
  ['operations to ask after', { silent: issues(26) }],
])('more %s than one sweep can do have another follow', async (_what, due) => {
  const { rests, reports } = await sweepOver(due);
  expect([rests, reports]).toStrictEqual([[{ siteId: SITE, sweeps: 1 }], []]);
});

test('as many operations as one question names leave nothing', async () => {
  const { did, rests } = await sweepOver({ silent: issues(25) });
  expect([did.length, rests]).toStrictEqual([25, []]);
});

test('news that there are not enough requests left to take in are taken in by the sweep that follows', async () => {
  const { did, rests } = await sweepOver({ missed: issues(1), silent: issues(25) });
  expect(did.filter((what) => what.startsWith('news')).length).toBeLessThan(25);
  expect(rests).toEqual([{ siteId: SITE, sweeps: 1 }]);
});

test('a bridge that does not answer has no sweep follow: the scheduled one asks again', async () => {
  const { rests, reports } = await sweepOver({ silent: issues(26), bridgeFails: true });
  expect([rests, reports]).toStrictEqual([[], ['The sweep could not ask the bridge: down']]);
});

test('three sweeps follow a scheduled one, and no more', async () => {
  const after = async (sweeps: number) => (await sweepOver({ missed: issues(7), sweeps })).rests;
  expect([await after(2), await after(3)]).toStrictEqual([[{ siteId: SITE, sweeps: 3 }], []]);
});

const OUTBOX = [{ kind: 'property' as const, id: 'p', tried: true }];

test.each<[string, string, Partial<RequestRecord>]>([
  ['has been seen by the bridge', 'look', { state: 'provisioning', handover: anOperation() }],
  ['is stuck', 'look', { state: 'stuck' }],
  ['waits for its approval', 'look', {}],
  ['was never checked', 'check', { fixed: null }],
  ['has something left to be shown', 'news of', { state: 'succeeded', outbox: OUTBOX }],
])('a request that Jira did not show is looked for where it %s', async (_what, act, known) => {
  const { did } = await sweepOver({ unchecked: ['1'], known: { ...known, unseenSince: NOW.toISOString() } });
  expect(did[0]).toBe(`${act} 1`);
});
