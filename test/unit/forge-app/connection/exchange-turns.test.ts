import { z } from 'zod';
import { aServiceDesk, closeServiceDesks } from '../gate/a-service-desk';

afterAll(closeServiceDesks);

const Answer = z.object({
  outcome: z.string(),
  code: z.string().optional(),
  value: z.object({ state: z.object({ next: z.object({ id: z.string() }).nullable() }) }).optional(),
});

const anAdministrator = async () => {
  const desk = await aServiceDesk();
  const changes = async (change: object) => {
    const outcome = await desk.callResolver({
      as: 'admin',
      module: 'settings-page',
      functionKey: 'connection.change',
      payload: { direction: 'to-bridge', ...change },
    });
    if (outcome.kind !== 'returned') throw new Error(JSON.stringify(outcome));
    return Answer.parse(outcome.result);
  };
  return {
    ...desk,
    bringIn: () => changes({ change: 'bring-in', secret: null }),
    giveUp: (id: string) => changes({ change: 'give-up', id }),
  };
};

test('of administrators who exchange a secret at once, one is told the secret that holds, the others that it has changed', async () => {
  const { bringIn } = await anAdministrator();
  const answers = await Promise.all([bringIn(), bringIn(), bringIn()]);
  expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['ok', 'refused', 'refused']);
  expect(answers.filter(({ code }) => code === 'changed')).toHaveLength(2);
  expect((await bringIn()).code).toBe('changed');
});

test('a turn that was not given back ends by itself within a minute', async () => {
  const { bringIn, giveUp, clock, faults } = await anAdministrator();
  faults.plan('forge kvs', 'transaction', 'unreachable');
  const id = (await bringIn()).value?.state.next?.id ?? '';
  expect(id).not.toBe('');
  expect((await giveUp(id)).code).toBe('changed');
  await clock.advance(60_000);
  expect((await giveUp(id)).value?.state.next).toBeNull();
  expect((await bringIn()).outcome).toBe('ok');
});
