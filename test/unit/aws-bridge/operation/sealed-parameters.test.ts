import { sealedParameterContext } from '../../../../aws-bridge/contract/order';
import { type OpenSealed, SealedValueNotOpened } from '../../../../aws-bridge/operation/open-sealed';
import { DownstreamThrottled } from '../../../../aws-bridge/runtime/downstream';
import { AwsRefused } from '../../../../aws-bridge/runtime/signed-fetch';
import { aSealedValue } from '../../../builders/orders';
import { anOperation, anOrder, aStackEvent, awsRefusal, ofTheStack, SITE } from './builders';
import { MINUTE, OperationUnderTest } from './operation-under-test';

const CANARY = 'cAnaRy "1" & <more>';
const order = anOrder({ sealedParameters: { Password: aSealedValue('P'), Words: aSealedValue('W') } });
const operation = anOperation({ order });

/** Opens as the values were sealed: each in its own place. */
const opening =
  (values: Readonly<Record<string, string>>): OpenSealed =>
  (sealed, context) => {
    const found = Object.entries(order.sealedParameters ?? {}).find(([parameter, value]) => {
      const { requester, productId, account } = order;
      const place = sealedParameterContext({ site: SITE, requester, productId, account, parameter });
      return value === sealed && place === context;
    });
    const value = found && values[found[0]];
    return value === undefined ? Promise.reject(new SealedValueNotOpened()) : Promise.resolve(value);
  };

const underTest = (values: Readonly<Record<string, string>>): OperationUnderTest => {
  const under = new OperationUnderTest(operation);
  under.openSealed = opening(values);
  return under;
};

/** Everything that was kept, told or logged. */
const written = (under: OperationUnderTest): string =>
  [
    ...[under.execution.history, ...under.bodies],
    ...[operation, under.execution.answer, under.log].map((kept) => JSON.stringify(kept)),
  ].join('\n');

test('sealed values are opened for the launch, and stand in nothing that is kept, told or logged', async () => {
  const under = underTest({ Password: CANARY, Words: 'canaries, many' });
  under.becomes(2 * MINUTE, { status: 'SUCCEEDED' });
  expect(await under.end()).toMatchObject({ state: 'succeeded' });
  expect(under.tenant.requests.map(({ parameters }) => parameters)).toEqual([
    { Purpose: 'invoices', Password: CANARY, Words: 'canaries, many' },
  ]);
  expect(written(under)).not.toMatch(/cAnaRy|canaries/);
});

test('a value that does not open for this order is refused in words, and nothing is launched', async () => {
  const under = underTest({ Password: CANARY });
  expect(await under.end()).toMatchObject({
    state: 'refused',
    errors: [
      { code: 'SealedValueNotOpened', message: expect.stringContaining('value of Words does not') as string },
    ],
  });
  expect(under.tenant.requests).toStrictEqual([]);
});

test('a value whose key was disabled is refused in words at once, and nothing is launched', async () => {
  const under = underTest({});
  under.openSealed = () => Promise.reject(new AwsRefused('kms', 'DisabledException', 400));
  expect(await under.end()).toMatchObject({
    state: 'refused',
    errors: [
      {
        code: 'SealedValueNotOpened',
        message: expect.stringMatching(/key .* is not in use any more \(DisabledException\)/) as string,
        remedy: expect.stringContaining('type the value anew') as string,
      },
    ],
  });
  expect(under.tenant.requests).toStrictEqual([]);
});

test('where the key cannot be asked now it is asked again, and where it may not be, somebody is told', async () => {
  const under = underTest({ Password: CANARY, Words: 'w' });
  const open = under.openSealed;
  let troubles = 3;
  under.openSealed = (sealed, context) =>
    troubles-- > 0 ? Promise.reject(new DownstreamThrottled('kms', undefined)) : open(sealed, context);
  under.becomes(20 * MINUTE, { status: 'SUCCEEDED' });
  expect(await under.end()).toMatchObject({ state: 'succeeded' });

  const denied = underTest({});
  denied.openSealed = () => Promise.reject(new AwsRefused('kms', 'AccessDeniedException', 400));
  expect(await denied.end()).toMatchObject({ state: 'lost' });
});

test.each([
  ['quotes the value', `The value ${CANARY} is too short.`, 'The value (a sealed value) is too short.'],
  ['quotes it as JSON', `Got ${JSON.stringify(CANARY)}.`, 'Got "(a sealed value)".'],
  ['quotes it as XML', 'Got cAnaRy "1" &amp; &lt;more&gt;.', 'Got (a sealed value).'],
  ['quotes it encoded', `Got ${encodeURIComponent(CANARY)}.`, 'Got (a sealed value).'],
  ['quotes an item of a list', 'No canaries, please.', 'No (a sealed value), please.'],
  ['quotes none', 'Password must not be weak.', 'Password must not be weak.'],
])('a refusal that %s is told without', async (_, words, told) => {
  const under = underTest({ Password: CANARY, Words: 'canaries, many' });
  under.tenant.trouble('provision', awsRefusal('InvalidParametersException', words), { times: 99 });
  under.tenant.trouble('provisionedProduct', awsRefusal('ResourceNotFoundException'), { times: 99 });
  const { errors } = await under.end();
  expect(errors.map(({ message }) => message)).toEqual([told]);
  expect(written(under)).not.toMatch(/cAnaRy|canaries/);
});

test('a refusal that quotes a value which may stand anywhere is not told at all', async () => {
  const under = underTest({ Password: 'x7', Words: '' });
  under.tenant.trouble('provision', awsRefusal('InvalidParametersException', 'No x7.'), { times: 99 });
  under.tenant.trouble('provisionedProduct', awsRefusal('ResourceNotFoundException'), { times: 99 });
  const { errors } = await under.end();
  expect(errors[0]?.message).toMatch(/^What AWS says is not shown here/);
});

test('what AWS says of a failure after the launch is not repeated: the values are not at hand to be looked for', async () => {
  const under = underTest({ Password: CANARY, Words: 'canaries' });
  under.tenant.events = [
    aStackEvent({ status: 'CREATE_FAILED', reason: `${CANARY} is no password` }),
    ofTheStack('CREATE_IN_PROGRESS'),
  ];
  const errors = [{ code: 'ProvisioningFailed', description: `refused: ${CANARY}` }];
  under.becomes(2 * MINUTE, { status: 'FAILED', errors }, { productStatus: 'ERROR' });
  const end = await under.end();
  expect(end).toMatchObject({
    state: 'failed',
    errors: [{ code: 'ProvisioningFailed', message: expect.stringContaining('not shown here') as string }],
    failedResource: { logicalId: 'Bucket', type: 'AWS::S3::Bucket' },
  });
  expect(written(under)).not.toMatch(/cAnaRy|canaries/);
});
