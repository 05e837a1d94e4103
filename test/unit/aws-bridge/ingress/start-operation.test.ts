import fc from 'fast-check';
import { MessageMalformed } from '../../../../aws-bridge/contract/codec';
import { digestOf } from '../../../../aws-bridge/contract/order';
import { createStartOperation } from '../../../../aws-bridge/ingress/start-operation';
import { anApprovedOperation, anOrder, OPERATION_ID } from '../runtime/messages';

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

test('what is accepted is the operation of the message, under its name', async () => {
  const { start } = setUp();
  const accepted = { operationId: OPERATION_ID };
  expect(await start(anApprovedOperation())).toEqual({ repeated: false, accepted });
  expect(await start(anApprovedOperation())).toEqual({ repeated: true, accepted });
});

test('who sends another order than the approved one is told what does not fit', async () => {
  const { digest } = anApprovedOperation();
  const order = anOrder({ account: '100000000004' });
  await expect(setUp().start(anApprovedOperation({ order, digest }))).rejects.toMatchObject({
    problems: ['data.digest: is not the digest of data.order'],
  });
});

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
          expect(payloads).toStrictEqual([]);
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

test('a warm instance remembers a thousand operations, and forgets the one that it heard of longest ago', async () => {
  const { start, payloads } = setUp();
  const operation = (number: number) => anApprovedOperation({ operationId: `launch-${10_000 + number}` });
  for (let number = 0; number <= 1_000; number++) await start(operation(number));
  // The oldest of a thousand, of which it hears now: the next one is then the oldest.
  expect(await start(operation(1))).toMatchObject({ repeated: true });
  expect(await start(operation(0))).toMatchObject({ repeated: false });
  expect(await start(operation(1))).toMatchObject({ repeated: true });
  expect(await start(operation(1_000))).toMatchObject({ repeated: true });
  expect(await start(operation(2))).toMatchObject({ repeated: false });
  expect(payloads).toHaveLength(1_006);
});
