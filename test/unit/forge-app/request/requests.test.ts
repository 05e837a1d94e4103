import fc from 'fast-check';
import type { Effect, RequestRecord } from '../../../../forge-app/request/record';
import { createRequests, OrderNotShown, type Perform } from '../../../../forge-app/request/requests';
import { aProgress, anOperation, aRequest, NOW } from './a-request';
import { aStore } from './a-store';

const approved = { type: 'decided', handover: anOperation() } as const;
const progressed = (sequence: number) =>
  ({
    type: 'progressed',
    progress: aProgress({ sequence, state: sequence > 2 ? 'succeeded' : 'provisioning' }),
  }) as const;

/** The app around a store, whose effects are written down and may be made to fail. */
const anApp = (
  start: RequestRecord = aRequest(),
  perform: (effect: Effect, again: boolean) => Promise<void> = () => Promise.resolve(),
) => {
  const { store, record } = aStore(start);
  const counts = { reads: 0 };
  const load = (issueId: string) => {
    counts.reads += 1;
    return store.load(issueId);
  };
  const did: string[] = [];
  let time = NOW.getTime();
  let holders = 0;
  const act: Perform = async (effect, _record, again) => {
    await perform(effect, again);
    did.push(effect.id);
    return [];
  };
  const requests = createRequests({
    store: { ...store, load },
    perform: act,
    now: () => new Date(time),
    newHolder: () => `h${(holders += 1)}`,
    report: () => undefined,
  });
  return { requests, record, counts, did, pass: (milliseconds: number) => (time += milliseconds) };
};

test('what was decided is done in its order and struck off', async () => {
  const { requests, record, did } = anApp();
  const applied = await requests.apply('10042', approved);
  expect(applied?.effects).toBe('settled');
  expect(did[0]).toBe('deliver-0');
  expect(record()).toMatchObject({ state: 'sending', outbox: [], lease: null });
});

test('an effect that fails is left in the outbox, and a repeat of the event does it', async () => {
  let down = true;
  const { requests, record, did } = anApp(aRequest(), (effect) =>
    down && effect.kind === 'property' ? Promise.reject(new Error('Jira is down')) : Promise.resolve(),
  );
  await expect(requests.apply('10042', approved)).rejects.toThrow('Jira is down');
  expect(record()).toMatchObject({ state: 'sending', lease: null, outbox: [{ kind: 'property' }] });
  down = false;
  await requests.apply('10042', approved);
  expect(did.filter((id) => id === 'deliver-0')).toHaveLength(1);
  expect(record()?.outbox).toStrictEqual([]);
});

test('an effect whose invocation died is done by another after a minute, knowing that it may have been done', async () => {
  const again: boolean[] = [];
  let dies = true;
  const { requests, record, pass } = anApp(aRequest(), (_effect, before) => {
    again.push(before);
    return dies ? new Promise<never>(() => undefined) : Promise.resolve();
  });
  void requests.apply('10042', approved);
  await new Promise(setImmediate);
  dies = false;
  expect((await requests.apply('10042', approved))?.effects).toBe('busy');
  pass(61_000);
  expect((await requests.apply('10042'))?.effects).toBe('settled');
  expect(again).toEqual([false, true, true]);
  expect(record()?.outbox).toStrictEqual([]);
});

test('who lets go of a request, and does not hear that it was written, leaves it to whoever has taken it since', async () => {
  const { store, record } = aStore(aRequest());
  const at = (holder: string, replace: typeof store.replace, perform: Perform) =>
    createRequests({
      ...{ store: { ...store, replace }, perform, now: () => NOW, newHolder: () => holder },
      report: () => undefined,
    });
  const second = at('second', store.replace, () => new Promise<never>(() => undefined));
  let answers = true;
  const first = at(
    'first',
    async (before, next) => {
      const written = await store.replace(before, next);
      if (next.lease !== null || !answers) return written;
      answers = false;
      void second.apply('10042', progressed(1));
      await new Promise(setImmediate);
      return undefined;
    },
    () => Promise.reject(new Error('Jira is down')),
  );
  await expect(first.apply('10042', approved)).rejects.toThrow('Jira is down');
  expect(record()).toMatchObject({ lease: { holder: 'second' } });
});

test('news that arrive at the same time show in their order and once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.shuffledSubarray([1, 2, 3, 1, 2, 3], { minLength: 3 }),
      async (s, sequences) => {
        const app = anApp(aRequest(), async () => {
          await s.schedule(Promise.resolve());
        });
        void app.requests.apply('10042', approved);
        const calls = sequences.map((sequence) => async () => {
          await s.schedule(Promise.resolve());
          await app.requests.apply('10042', progressed(sequence));
        });
        const all = Promise.all(calls.map((call) => call()));
        await s.waitFor(all);
        await s.waitIdle();
        const told = app.did.filter((id) => /^progress-\d+$/.test(id));
        expect(told).toEqual([...new Set(told)].sort());
        expect(app.record()?.outbox).toStrictEqual([]);
      },
    ),
    { numRuns: 50 },
  );
});

test('a request that is opened twice is kept once', async () => {
  const { requests, did } = anApp(aRequest({ issueId: '1' }));
  await requests.open(aRequest());
  await requests.apply('10042', approved);
  await requests.open(aRequest());
  expect(did.filter((id) => id === 'deliver-0')).toHaveLength(1);
});

test('who keeps a request, or changes it, does not read again what nobody else has written', async () => {
  const { requests, record, counts, did } = anApp();
  const effect = { kind: 'property', id: 'property', tried: false } as const;
  const opened = await requests.open(aRequest({ issueId: '10043', outbox: [effect] }));
  expect([opened.effects, did, counts.reads]).toEqual(['settled', ['property'], 0]);
  expect(record('10043')).toMatchObject({ outbox: [], lease: null });
  await requests.apply('10042', approved);
  expect(counts.reads).toBe(1);
});

test('who has loaded a request changes it without reading it again, unless others have written meanwhile', async () => {
  const { requests, record, counts } = anApp();
  const loaded = async () => (await requests.load('10042')) ?? '';
  await requests.apply(await loaded(), approved);
  expect(counts.reads).toBe(1);
  const before = await loaded();
  await requests.apply('10042', progressed(1));
  await requests.apply(before, progressed(3));
  expect(record()).toMatchObject({ state: 'succeeded', sequence: 3, outbox: [] });
});

test('a comment that fails holds up the comments after it, and neither the state nor the status', async () => {
  const { requests, record, did } = anApp(aRequest(), (effect) =>
    effect.kind === 'comment' ? Promise.reject(new Error('No right to comment')) : Promise.resolve(),
  );
  await expect(requests.apply('10042', { type: 'declined' })).rejects.toThrow('No right to comment');
  expect(did).toHaveLength(2);
  expect(record()).toMatchObject({ state: 'declined', lease: null, outbox: [{ id: 'declined' }] });
});

test('an order that cannot be shown makes its request stuck: an approval then launches nothing', async () => {
  const fixed = aRequest().fixed;
  if (fixed === null) throw new Error('the order of the request is fixed');
  const { requests, record, did } = anApp(aRequest({ fixed: null }), (effect) =>
    effect.id === 'order' ? Promise.reject(new OrderNotShown('too odd')) : Promise.resolve(),
  );
  await requests.apply('10042', { type: 'fixed', fixed, summary: 'Please decide.' });
  expect(record()).toMatchObject({ state: 'stuck', outbox: [] });
  expect(did).toContain('stuck-1');
  await requests.apply('10042', approved);
  expect(did).not.toContain('deliver-0');
});

test('an approval that comes before the order is shown waits for it', async () => {
  const fixed = aRequest().fixed;
  if (fixed === null) throw new Error('the order of the request is fixed');
  const { requests, record } = anApp(aRequest({ fixed: null }), (effect) =>
    effect.id === 'order' ? Promise.reject(new Error('Jira is down')) : Promise.resolve(),
  );
  await expect(requests.apply('10042', { type: 'fixed', fixed, summary: 'Please decide.' })).rejects.toThrow(
    'Jira is down',
  );
  await expect(requests.apply('10042', approved)).rejects.toThrow('Jira is down');
  expect(record()).toMatchObject({ state: 'awaiting-approval', handover: null });
});
