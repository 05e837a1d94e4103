import { createFindOperation, createRegisterWaiter } from '../../../../aws-bridge/operation/waiters';
import { createTableCall } from '../../../../aws-bridge/runtime/table';
import { createFindWaiter } from '../../../../aws-bridge/runtime/wake';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { attemptFailed } from '../../../../aws-bridge/operation/step-failure';
import { startWaitersTable, type WaitersTable } from '../runtime/waiters-table';
import { AwsWire } from './aws-wire';

let wire: AwsWire;

beforeEach(async () => {
  wire = new AwsWire();
  await wire.listen();
});

afterEach(() => wire.close());

const aTable = () => {
  const ports = { now: () => new Date(), timeout: 5000 };
  return createTableCall(createSignedFetch('dynamodb', wire.configuration, ports), 'waiters');
};
const WAITER = {
  stack: 'account/region/stack',
  callbackId: 'callback',
  operationId: 'launch-10042-0123456789abcdef',
  round: 3,
  expiresAt: new Date(1_768_467_600_500),
};

test('a waiter is kept under its stack until it expires', async () => {
  wire.answers.push({ body: {} });
  await createRegisterWaiter(aTable())(WAITER);
  expect(wire.asked[0]?.operation).toBe('PutItem');
  expect(wire.inputs).toMatchObject([
    {
      TableName: 'waiters',
      Item: {
        key: { S: 'account/region/stack' },
        callbackId: { S: 'callback' },
        operationId: { S: 'launch-10042-0123456789abcdef' },
        round: { N: '3' },
        expiresAt: { N: '1768467601' },
      },
    },
  ]);
});

describe('with others that register for the same stack', () => {
  let table: WaitersTable;
  beforeEach(async () => {
    table = await startWaitersTable();
  });

  test.each([
    ['a later round of the operation takes its place', { round: 4 }, 'another'],
    ['the same round again changes nothing but its callback', { round: 3 }, 'another'],
    ['what arrives late of an earlier round leaves it', { round: 2 }, 'callback'],
    [
      'another operation takes its place, whatever its round',
      { round: 1, operationId: 'launch-10043-0123456789abcdef' },
      'another',
    ],
  ])('%s', async (_, then, callbackId) => {
    const register = createRegisterWaiter(table.call);
    await register(WAITER);
    await register({ ...WAITER, callbackId: 'another', ...then });
    expect(await createFindWaiter(table.call)(WAITER.stack)).toMatchObject({ callbackId });
  });
});

test.each([
  [400, 'ProvisionedThroughputExceededException', false],
  [500, 'InternalServerError', true],
])('a table that answers %i is a failure that names its code only', async (status, code, transient) => {
  wire.answers.push({ status, body: { __type: code, message: 'account/region/stack' } });
  const thrown: unknown = await createRegisterWaiter(aTable())(WAITER).catch((error: unknown) => error);
  const failure = attemptFailed(thrown);
  expect(failure.transient).toBe(transient);
  expect(failure.message).toMatch(/^dynamodb /);
  expect(failure.message).not.toContain('account/region/stack');
});

test.each([
  [
    'the operation that registered',
    {
      Item: {
        callbackId: { S: 'callback' },
        operationId: { S: 'launch-10042' },
        expiresAt: { N: '1768467601' },
      },
    },
    'launch-10042',
  ],
  [
    'nobody where the entry has expired',
    {
      Item: {
        callbackId: { S: 'callback' },
        operationId: { S: 'launch-10042' },
        expiresAt: { N: '1768467600' },
      },
    },
    undefined,
  ],
  ['nobody where there is no entry', {}, undefined],
  [
    'nobody where an entry does not say',
    { Item: { callbackId: { S: 'callback' }, expiresAt: { N: '1768467601' } } },
    undefined,
  ],
])('who waits for a stack is %s', async (_, body, expected) => {
  wire.answers.push({ body });
  const findOperation = createFindOperation(createFindWaiter(aTable()), () => new Date(1_768_467_600_000));
  expect(await findOperation('account/region/stack')).toBe(expected);
  expect(wire.inputs).toEqual([
    { TableName: 'waiters', Key: { key: { S: 'account/region/stack' } }, ConsistentRead: true },
  ]);
});
