import { createRegisterWaiter } from '../../../../aws-bridge/operation/waiters';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { AwsWire } from './aws-wire';

let wire: AwsWire;

beforeEach(async () => {
  wire = new AwsWire();
  await wire.listen();
});

afterEach(() => wire.close());

test('a waiter is kept under its stack until it expires', async () => {
  wire.answers.push({ body: {} });
  const dynamodb = createSignedFetch('dynamodb', wire.configuration, {
    now: () => new Date(),
    timeout: 5000,
  });
  await createRegisterWaiter(
    dynamodb,
    'waiters',
  )({
    stack: 'account/region/stack',
    callbackId: 'callback',
    expiresAt: new Date(1_768_467_600_500),
  });
  expect(wire.asked[0]?.operation).toBe('PutItem');
  expect(wire.inputs).toEqual([
    {
      TableName: 'waiters',
      Item: {
        stack: { S: 'account/region/stack' },
        callbackId: { S: 'callback' },
        expiresAt: { N: '1768467601' },
      },
    },
  ]);
});

test.each([
  [400, 'ProvisionedThroughputExceededException', false],
  [500, 'InternalServerError', true],
])('a table that answers %i is a failure that names its code only', async (status, code, transient) => {
  wire.answers.push({ status, body: { __type: code, message: 'account/region/stack' } });
  const dynamodb = createSignedFetch('dynamodb', wire.configuration, {
    now: () => new Date(),
    timeout: 5000,
  });
  const registered = createRegisterWaiter(
    dynamodb,
    'waiters',
  )({ stack: 'account/region/stack', callbackId: 'callback', expiresAt: new Date(0) });
  await expect(registered).rejects.toMatchObject({ name: 'AwsFailure', words: '', transient });
});
