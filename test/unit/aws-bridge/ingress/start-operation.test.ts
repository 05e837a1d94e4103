import fc from 'fast-check';
import { MessageMalformed } from '../../../../aws-bridge/contract/codec';
import { digestOf } from '../../../../aws-bridge/contract/order';
import { createStartOperation } from '../../../../aws-bridge/ingress/start-operation';
import { anApprovedOperation, anOrder } from '../runtime/messages';

const setUp = (execution: (name: string) => string | undefined = (name) => `arn/${name}`) => {
  const payloads: string[] = [];
  const start = createStartOperation({
    startExecution: (name, payload) => {
      payloads.push(payload);
      return Promise.resolve(execution(name));
    },
  });
  return { start, payloads };
};

test('only an order that hashes to the approved digest is started', () =>
  fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.stringMatching(/^[A-Za-z0-9]{1,8}$/), fc.string({ maxLength: 8 })),
      fc.dictionary(fc.stringMatching(/^[A-Za-z0-9]{1,8}$/), fc.string({ maxLength: 8 })),
      async (approved, sent) => {
        const digest = digestOf(anOrder({ parameters: approved }));
        const order = anOrder({ parameters: sent });
        const { start, payloads } = setUp();
        const started = start(anApprovedOperation({ order, digest }));
        if (digestOf(order) === digest) await expect(started).resolves.toMatchObject({ repeated: false });
        else {
          await expect(started).rejects.toThrow(MessageMalformed);
          expect(payloads).toEqual([]);
        }
      },
    ),
  ));

test('the same id on a new execution, after the old one was forgotten, is no repeat', async () => {
  let executions = 0;
  const { start } = setUp(() => `arn/${++executions}`);
  await start(anApprovedOperation());
  expect(await start(anApprovedOperation())).toMatchObject({ repeated: false });
});

test('where the service does not tell the execution, a repeat is not claimed', async () => {
  const { start } = setUp(() => undefined);
  await start(anApprovedOperation());
  expect(await start(anApprovedOperation())).toMatchObject({ repeated: false });
});

test('what a warm instance remembers is bounded, the oldest being forgotten first', async () => {
  const { start, payloads } = setUp();
  const operation = (number: number) => anApprovedOperation({ operationId: `launch-${10_000 + number}` });
  for (let number = 0; number <= 1_000; number++) await start(operation(number));
  expect(await start(operation(1_000))).toMatchObject({ repeated: true });
  expect(await start(operation(0))).toMatchObject({ repeated: false });
  expect(payloads).toHaveLength(1_003);
});
