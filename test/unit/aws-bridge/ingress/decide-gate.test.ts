import { type GateDecision, gateDigestOf } from '../../../../aws-bridge/contract/gate';
import { createDecideGate } from '../../../../aws-bridge/ingress/decide-gate';
import { DownstreamFailed } from '../../../../aws-bridge/runtime/downstream';
import { createGateItems, type GateItems } from '../../../../aws-bridge/runtime/gate-items';
import { DecidedOtherwise, GateClosed } from '../../../../aws-bridge/runtime/refusals';
import { aGate } from '../../../builders/gate';
import { NOW, SITE } from '../runtime/messages';
import { startWaitersTable, type WaitersTable } from '../runtime/waiters-table';

const gate = aGate({ site: SITE });
const { gateId } = gate;
const digest = gateDigestOf(gate);
const DEADLINE = new Date(gate.deadline);
const AT = '2026-03-02T10:00:00.000Z';

let table: WaitersTable;
let gates: GateItems;
beforeEach(async () => {
  table = await startWaitersTable();
  gates = createGateItems(table.call);
});

const kept = async (): Promise<void> => {
  await gates.keep({ gateId, digest, stack: 'account/region/stack', deadline: DEADLINE });
  await gates.register(gateId, { callbackId: 'callback-1', round: 1 });
};

const setUp = (at: Date = NOW) => {
  const woken: string[] = [];
  const decide = createDecideGate({
    settle: gates.settle,
    completeCallback: (callbackId) => {
      woken.push(callbackId);
      return Promise.resolve('completed');
    },
    now: () => at,
  });
  return { woken, decide };
};

const aDecision = (overrides: Partial<GateDecision> = {}): GateDecision => ({
  gateId,
  site: SITE,
  requestKey: 'IT-42',
  digest,
  decision: 'approved',
  approvers: ['712020:approver', '712020:second'],
  decidedAt: AT,
  reason: null,
  ...overrides,
});

test('a decision is written down with who took it, and the operation that waits is woken', async () => {
  await kept();
  const { decide, woken } = setUp();
  expect(await decide(aDecision({ decision: 'declined', reason: 'too big' }))).toEqual({
    repeated: false,
    accepted: { gateId },
  });
  expect(woken).toEqual(['callback-1']);
  expect(await gates.read(gateId)).toEqual({
    digest,
    callbackId: 'callback-1',
    settlement: {
      outcome: 'declined',
      at: AT,
      by: '712020:approver',
      requestKey: 'IT-42',
      reason: 'too big',
    },
  });
});

test('the same decision again is a repeat, which wakes again', async () => {
  await kept();
  const { decide, woken } = setUp();
  await decide(aDecision());
  expect(await decide(aDecision())).toMatchObject({ repeated: true });
  expect(woken).toEqual(['callback-1', 'callback-1']);
});

test('a repeat is a repeat after the deadline, too', async () => {
  await kept();
  await setUp().decide(aDecision());
  expect(await setUp(DEADLINE).decide(aDecision())).toMatchObject({ repeated: true });
});

test('a gate that does not wait yet is decided all the same; it will look', async () => {
  await gates.keep({ gateId, digest, stack: 'account/region/stack', deadline: DEADLINE });
  const { decide, woken } = setUp();
  expect(await decide(aDecision())).toMatchObject({ repeated: false });
  // Nobody at all, not somebody of whom nothing is known: `toEqual` takes `[undefined]` for an empty list.
  expect(woken).toStrictEqual([]);
});

test.each([null, ''])(
  'a decision without a word of why (%j) has no reason, not an empty one',
  async (reason) => {
    await kept();
    await setUp().decide(aDecision({ decision: 'declined', reason }));
    expect((await gates.read(gateId))?.settlement).toEqual({
      outcome: 'declined',
      at: AT,
      by: '712020:approver',
      requestKey: 'IT-42',
    });
  },
);

test.each<[string, Partial<GateDecision>, typeof GateClosed | typeof DecidedOtherwise]>([
  ['another decision', { decision: 'declined' }, DecidedOtherwise],
  ['a decision about something else', { digest: 'f'.repeat(64) }, DecidedOtherwise],
  ['a decision about an unknown gate', { gateId: `gate-${'f'.repeat(40)}` }, GateClosed],
])('%s is refused, and wakes nobody', async (_, overrides, refusal) => {
  await kept();
  await setUp().decide(aDecision());
  const { decide, woken } = setUp();
  await expect(decide(aDecision(overrides))).rejects.toBeInstanceOf(refusal);
  expect(woken).toStrictEqual([]);
  expect((await gates.read(gateId))?.settlement?.outcome).toBe('approved');
});

test('a digest that differs is refused before anything is decided', async () => {
  await kept();
  await expect(setUp().decide(aDecision({ digest: 'f'.repeat(64) }))).rejects.toBeInstanceOf(
    DecidedOtherwise,
  );
  expect((await gates.read(gateId))?.settlement).toBeUndefined();
});

test.each(['expired', 'withdrawn'] as const)('a gate that is %s is closed', async (outcome) => {
  await kept();
  await gates.settle(gateId, { outcome, at: AT });
  await expect(setUp().decide(aDecision())).rejects.toBeInstanceOf(GateClosed);
});

test('at its deadline a gate is closed, whoever has noticed', async () => {
  await kept();
  await expect(setUp(DEADLINE).decide(aDecision())).rejects.toBeInstanceOf(GateClosed);
  const justBefore = new Date(DEADLINE.getTime() - 1000);
  expect(await setUp(justBefore).decide(aDecision())).toMatchObject({ repeated: false });
});

test('of a decision and an end at once one is written, and both sides read the same', async () => {
  const outcomes = new Set<string>();
  for (let round = 0; round < 20; round++) {
    const id = `gate-${String(round).padStart(40, '0')}`;
    await gates.keep({ gateId: id, digest, stack: 'account/region/stack', deadline: DEADLINE });
    const deciding = () => setUp().decide(aDecision({ gateId: id }));
    const ending = () => gates.settle(id, { outcome: 'expired', at: AT });
    const [decided, ended] =
      round % 2 === 0
        ? await Promise.allSettled([deciding(), ending()])
        : await Promise.allSettled([ending(), deciding()]).then(
            ([end, decision]) => [decision, end] as const,
          );
    const written = (await gates.read(id))?.settlement?.outcome;
    expect(decided.status === 'fulfilled').toBe(written === 'approved');
    expect(ended).toMatchObject({ status: 'fulfilled', value: { settled: written === 'expired' } });
    outcomes.add(written ?? 'none');
  }
  expect(outcomes.has('none')).toBe(false);
});

test('a gate is kept once: a repeat does not open it again', async () => {
  await kept();
  await gates.settle(gateId, { outcome: 'expired', at: AT });
  await gates.keep({ gateId, digest, stack: 'account/region/stack', deadline: DEADLINE });
  expect((await gates.read(gateId))?.settlement?.outcome).toBe('expired');
});

test('registering makes no gate of one that is not there', async () => {
  await gates.register(gateId, { callbackId: 'callback-1', round: 1 });
  expect(await gates.read(gateId)).toBeUndefined();
});

test('a registration that arrives after that of a later round takes nothing of its place', async () => {
  await kept();
  await gates.register(gateId, { callbackId: 'callback-2', round: 2 });
  await gates.register(gateId, { callbackId: 'callback-1', round: 1 });
  const { decide, woken } = setUp();
  await decide(aDecision());
  expect(woken).toEqual(['callback-2']);
});

test('a gate that nobody has waited for yet, which has no round, is registered for as any other', async () => {
  await kept();
  await table.call('UpdateItem', { Key: { key: { S: gateId } }, UpdateExpression: 'REMOVE round' });
  await gates.register(gateId, { callbackId: 'callback-2', round: 7 });
  expect((await gates.read(gateId))?.callbackId).toBe('callback-2');
});

test('a table that answers something else is a failure of the table', async () => {
  const odd = createGateItems(() => Promise.resolve({ Item: { digest: { N: '1' } } }));
  await expect(odd.read(gateId)).rejects.toBeInstanceOf(DownstreamFailed);
});
