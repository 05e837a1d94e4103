import fc from 'fast-check';
import { createDeliver } from '../../../../forge-app/delivery/deliver';
import type { Conclusion } from '../../../../forge-app/request/conclude';
import { eventOf } from '../../../../forge-app/request/look-for-decision';
import type { Look } from '../../../../forge-app/request/look';
import { isGateDecision, type RequestRecord } from '../../../../forge-app/request/record';
import { createRequests, IssueUnseen } from '../../../../forge-app/request/requests';
import { anOperation, aRequest, NOW, OPERATION } from '../request/a-request';
import { aStore } from '../request/a-store';

const MINUTE = 60_000;

/** Approved in a round; rounds differ in when they were approved. */
const approvedIn = (round: number): Conclusion => ({
  type: 'decided',
  handover: anOperation({
    approval: { approvers: ['bob'], approvedAt: new Date(NOW.getTime() + round).toISOString() },
  }),
});

/** What a look at the request comes to. */
type Said = Conclusion | 'unseen' | 'unreadable';
type Wire = 'up' | 'down' | 'answer lost';

/** The app between a Jira that says what it is told to and a bridge that remembers what reached it. */
const aWorld = (start: RequestRecord = aRequest()) => {
  const { store, record } = aStore(start);
  let time = NOW.getTime();
  let conclusion: Said = approvedIn(0);
  let wire: Wire = 'up';
  let holders = 0;
  const taken: string[] = [];
  const looked: string[] = [];
  const sent: { readonly as: string | undefined; readonly concluded: Said }[] = [];
  const now = () => new Date(time);
  const requests = createRequests({
    store,
    perform: (_effect, { issueId }) =>
      conclusion === 'unseen' ? Promise.reject(new IssueUnseen(issueId)) : Promise.resolve([]),
    now,
    newHolder: () => `h${(holders += 1)}`,
    report: () => undefined,
  });
  const deliver = createDeliver({
    requests,
    issueOf: () => Promise.resolve('10042'),
    look: (_place, _record, depth) => {
      looked.push(depth);
      if (conclusion === 'unreadable') return Promise.reject(new Error('Jira is down'));
      if (conclusion === 'unseen') return Promise.resolve<Awaited<ReturnType<Look>>>('unseen');
      return Promise.resolve<Awaited<ReturnType<Look>>>({ conclusion });
    },
    bridge: {
      deliver: (handover) => {
        if (isGateDecision(handover)) throw new Error('A launch is decided about here');
        sent.push({ as: handover.approval?.approvedAt, concluded: conclusion });
        if (wire === 'down') return Promise.resolve({ status: null, message: 'no route' });
        taken.push(handover.operationId);
        return Promise.resolve(
          wire === 'up'
            ? { status: 202, retryAfterSeconds: null, message: null }
            : { status: null, message: 'no answer' },
        );
      },
      statesOf: (_site, [operationId = '']) =>
        wire === 'up'
          ? Promise.resolve({
              operations: [
                {
                  operationId,
                  execution: taken.includes(operationId) ? ('running' as const) : ('unknown' as const),
                },
              ],
            })
          : Promise.reject(new Error('no route')),
    },
    now,
    random: () => 0.5,
  });
  return {
    sent,
    looked,
    taken,
    record: () => record() ?? start,
    concludes: (next: Said) => (conclusion = next),
    wire: (next: Wire) => (wire = next),
    pass: (minutes: number) => (time += minutes * MINUTE),
    /** The queue repeats what throws; here the next attempt is another one. */
    deliver: () =>
      deliver(OPERATION, 'app').catch((error: unknown) => {
        if (!(error instanceof IssueUnseen)) throw error;
      }),
    look: async () => {
      if (conclusion === 'unseen' || conclusion === 'unreadable') return;
      const event = eventOf(record() ?? start, conclusion);
      await requests.apply('10042', ...(event === undefined ? [] : [event]));
    },
  };
};
type World = ReturnType<typeof aWorld>;

test('what the reporter belongs to is asked for again before every hand-over but one right after the decision', async () => {
  const world = aWorld();
  world.wire('down');
  await world.look();
  await world.deliver();
  expect(world.looked).toEqual(['again']);
  world.pass(10);
  await world.deliver();
  expect(world.looked).toEqual(['again', 'first']);

  const late = aWorld();
  await late.look();
  // The queue has lost the first one.
  late.pass(1);
  await late.deliver();
  expect(late.looked).toEqual(['first']);
});

const step: fc.Arbitrary<(world: World) => unknown> = fc.oneof(
  fc
    .constantFrom<Parameters<World['concludes']>[0]>(
      approvedIn(0),
      approvedIn(1),
      { type: 'declined' },
      { type: 'waiting' },
      { type: 'blocked', by: 'closed', reason: 'Closed.' },
      { type: 'blocked', by: 'settings', reason: null },
      undefined,
      'unreadable',
      'unseen',
    )
    .map((conclusion) => (world: World) => world.concludes(conclusion)),
  fc.constantFrom<Wire>('up', 'down', 'answer lost').map((wire) => (world: World) => world.wire(wire)),
  fc.constantFrom(0, 1, 10, 60, 1500).map((minutes) => (world: World) => world.pass(minutes)),
  fc.constant((world: World) => world.look()),
  fc.constant((world: World) => world.deliver()),
);
const steps = fc.array(step, { maxLength: 40 });

const walk = async (taken: readonly ((world: World) => unknown)[]): Promise<World> => {
  const world = aWorld();
  for (const act of taken) await act(world);
  return world;
};

test('whatever happens, nothing is sent but what is approved at that moment, under that very approval', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { sent } = await walk(taken);
      for (const { as, concluded } of sent) {
        expect(concluded).toMatchObject({ type: 'decided', handover: { approval: { approvedAt: as } } });
      }
    }),
    { numRuns: 400 },
  );
});

test('whatever happens, no request says that nothing was launched while the bridge has its order', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const world = await walk(taken);
      fc.pre(world.taken.length > 0);
      expect(['declined', 'blocked', 'awaiting-approval', 'refused-order']).not.toContain(
        world.record().state,
      );
    }),
    { numRuns: 400 },
  );
});

test('once the bridge answers, a decline ends a request that was on its way, and the bridge never gets it', async () => {
  const world = aWorld();
  await world.look();
  world.wire('down');
  await world.deliver();
  world.concludes({ type: 'declined' });
  await world.look();
  expect(world.record().state).toBe('sending');
  world.wire('up');
  world.pass(6);
  await world.deliver();
  expect(world.record().state).toBe('sending');
  world.pass(1);
  await world.deliver();
  expect(world.record()).toMatchObject({ state: 'declined', handover: null });
  expect(world.taken).toStrictEqual([]);
});

test('a request that Jira does not show on its way is not sent, and is as soon as Jira shows it again', async () => {
  const world = aWorld();
  await world.look();
  world.concludes('unseen');
  await world.deliver();
  expect(world.record()).toMatchObject({ gone: false, unseenSince: NOW.toISOString(), state: 'sending' });
  expect(world.record().delivery).toMatchObject({ attempts: 1, acceptedAt: null });
  world.pass(10);
  world.concludes(approvedIn(0));
  await world.deliver();
  expect(world.record()).toMatchObject({ unseenSince: null });
  expect(world.taken).toStrictEqual([OPERATION]);
});

test('a request that was deleted on its way is never sent, and let go after a day', async () => {
  const world = aWorld();
  await world.look();
  world.concludes('unseen');
  for (let hour = 0; hour < 26; hour += 1) {
    await world.deliver();
    world.pass(60);
  }
  expect(world.record()).toMatchObject({ gone: true, lookAt: null });
  expect(world.sent).toStrictEqual([]);
});

test('what cannot be judged is tried again, told to the agents, and in the end stuck', async () => {
  const world = aWorld();
  await world.look();
  world.concludes({ type: 'blocked', by: 'settings', reason: null });
  for (let hour = 0; hour < 26; hour += 1) {
    await world.deliver();
    world.pass(60);
  }
  expect(world.record()).toMatchObject({ state: 'stuck', delivery: { delayTold: true } });
  expect(world.sent).toStrictEqual([]);
});
