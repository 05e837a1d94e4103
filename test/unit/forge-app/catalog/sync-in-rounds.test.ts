import type { CatalogSyncResult } from '../../../../forge-app/catalog/catalog-sync';
import { type CatalogRest, createSyncInRounds } from '../../../../forge-app/catalog/sync-in-rounds';

const SITE = 'b1e2c0de-0000-4000-8000-000000000001';

/** Synchronisations that come out as given, one after the other; an error is one that fails. */
const setUp = (...outcomes: ('complete' | 'partial' | Error)[]) => {
  const kept = new Map<string, unknown>();
  const queue: CatalogRest[] = [];
  const reports: string[] = [];
  let syncs = 0;
  let turns = 0;
  const rounds = createSyncInRounds({
    sync: (siteId): Promise<CatalogSyncResult> => {
      expect(siteId).toBe(SITE);
      const outcome = outcomes[syncs++] ?? 'complete';
      if (outcome instanceof Error) return Promise.reject(outcome);
      return Promise.resolve({
        ...{ changed: true, complete: outcome === 'complete', revision: 'r1' },
        ...{ products: 1, tooLarge: [] },
      });
    },
    store: {
      get: (key) => Promise.resolve(kept.get(key)),
      set: (key, value) => Promise.resolve(void kept.set(key, value)),
    },
    goOn: (rest) => Promise.resolve(void queue.push(rest)),
    newTurn: () => `turn-${++turns}`,
    report: (problem) => reports.push(problem),
  });
  /** Lets the queue deliver what it has, until nothing comes any more. */
  const drain = async (): Promise<void> => {
    for (let rest = queue.shift(); rest; rest = queue.shift()) await rounds.goOn(rest);
  };
  return { rounds, queue, reports, drain, syncs: () => syncs };
};

test('a synchronisation that is complete leaves nothing to follow', async () => {
  const { rounds, queue } = setUp('complete');
  expect(await rounds.begin(SITE)).toMatchObject({ complete: true });
  expect(queue).toStrictEqual([]);
});

test('one that is not complete is followed by others until one is', async () => {
  const { rounds, drain, syncs, reports } = setUp('partial', 'partial', 'partial', 'complete');
  await rounds.begin(SITE);
  await drain();
  expect(syncs()).toBe(4);
  expect(reports).toStrictEqual([]);
});

test('a round that fails is reported and followed by another; a beginning that fails is not', async () => {
  const { rounds, drain, syncs, reports } = setUp('partial', new Error('unreachable'), 'complete');
  await rounds.begin(SITE);
  await drain();
  expect(syncs()).toBe(3);
  expect(reports).toEqual(['Synchronising the catalogue failed: unreachable']);

  const failing = setUp(new Error('unreachable'));
  await expect(failing.rounds.begin(SITE)).rejects.toThrow('unreachable');
  expect(failing.queue).toStrictEqual([]);
});

test('an event that comes twice, or a second beginning, makes no second row of rounds', async () => {
  const { rounds, queue, drain, syncs } = setUp('partial', 'partial', 'partial', 'complete');
  await rounds.begin(SITE);
  await rounds.begin(SITE);
  expect(queue).toHaveLength(2);
  queue.push(...queue);
  await drain();
  expect(syncs()).toBe(4);
});

test('rounds end within the hour, whatever they come to: the hourly synchronisation begins anew', async () => {
  const { rounds, drain, syncs } = setUp(...Array.from({ length: 100 }, () => 'partial' as const));
  await rounds.begin(SITE);
  await drain();
  expect(syncs()).toBe(56);
});
