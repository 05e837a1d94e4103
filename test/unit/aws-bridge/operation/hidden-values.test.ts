import { sealedParameterContext } from '../../../../aws-bridge/contract/order';
import { type OpenSealed, SealedValueNotOpened } from '../../../../aws-bridge/operation/open-sealed';
import type { Finding } from '../../../../aws-bridge/operation/progress';
import {
  openParameters,
  outputsWithoutValues,
  withoutValues,
  withoutWords,
} from '../../../../aws-bridge/operation/sealed-parameters';
import { AwsRefused } from '../../../../aws-bridge/runtime/signed-fetch';
import { aSealedValue } from '../../../builders/orders';
import { anOperation, anOrder, awsRefusal, SITE, throttled } from './builders';

const order = anOrder({ sealedParameters: { Password: aSealedValue('P'), Words: aSealedValue('W') } });
const operation = anOperation({ order });
const opens: OpenSealed = (sealed) => Promise.resolve(sealed.endsWith('P') ? 'hush hush' : 'canaries');
const WITHHELD =
  'What AWS says is not shown here, as it may quote a value that was sealed. It stands in the account, with the record and the stack.';
const OUTPUT_WITHHELD = '(not shown here, as it may hold a value that was sealed; the account has it)';

test('each value is opened for its site, requester, product, account and parameter', async () => {
  const asked: [string, string][] = [];
  const open: OpenSealed = (sealed, context) => {
    asked.push([sealed, context]);
    return opens(sealed, context);
  };
  expect(await openParameters(operation, open)).toEqual({
    opened: { Password: 'hush hush', Words: 'canaries' },
  });
  const { requester, productId, account } = order;
  expect(asked).toEqual(
    Object.entries(order.sealedParameters ?? {}).map(([parameter, sealed]) => [
      sealed,
      sealedParameterContext({ site: SITE, requester, productId, account, parameter }),
    ]),
  );
  expect(await openParameters(anOperation(), open)).toEqual({ opened: {} });
});

test('a value that does not open is refused by its parameter, with what to do', async () => {
  expect(await openParameters(operation, () => Promise.reject(new SealedValueNotOpened()))).toEqual({
    refused: {
      code: 'SealedValueNotOpened',
      message:
        'The sealed value of Password does not open. It was changed, or sealed for another person, product, account or parameter, or on another site. Nothing was launched.',
      remedy: 'Raise a new request and type the value anew.',
    },
  });
  const disabled = new AwsRefused('kms', 'DisabledException', 400);
  expect(await openParameters(operation, () => Promise.reject(disabled))).toEqual({
    refused: {
      code: 'SealedValueNotOpened',
      message:
        'The sealed value of Password does not open: a key that it may have been sealed to is not in use any more (DisabledException). Nothing was launched.',
      remedy: 'Raise a new request and type the value anew.',
    },
  });
  await expect(openParameters(operation, () => Promise.reject(throttled()))).rejects.toThrow(
    'ThrottlingException',
  );
});

const said = (words: string, ...values: string[]): string =>
  withoutValues(
    awsRefusal('E', words),
    Object.fromEntries(values.map((value, index) => [`P${index}`, value])),
  ).words;

test.each([
  ['as it is', 'No hush hush.', 'No (a sealed value).', ['hush hush']],
  ['with the blanks around it that AWS trims', 'No <hush>.', 'No <(a sealed value)>.', ['  hush ']],
  ['with its blanks', '[ hush ]', '[(a sealed value)]', [' hush ']],
  [
    'an item of a list',
    'No canaries, "birds"',
    'No (a sealed value), "(a sealed value)"',
    ['canaries, birds'],
  ],
  ['as JSON', '"a\\"bc"', '"(a sealed value)"', ['a"bc']],
  ['as XML', 'a&amp;b&lt;c&gt;', '(a sealed value)', ['a&b<c>']],
  ['as an address', 'a%20b%2Fc', '(a sealed value)', ['a b/c']],
  ['as base64', 'aHVzaA==', '(a sealed value)', ['hush']],
  ['twice', 'hush, hush', '(a sealed value), (a sealed value)', ['hush']],
  ['a value that holds another one, as a whole', 'hushed!', '(a sealed value)!', ['hush', 'hushed']],
  ['an empty value hides nothing', 'No.', 'No.', ['', 'hush']],
  ['a short one hides nothing that does not hold it', 'No.', 'No.', ['xyz']],
  ['four characters are enough to be hidden', 'No wxyz.', 'No (a sealed value).', ['wxyz']],
  ['half a character is no reason to fail', 'No.', 'No.', ['\uD83Dhush']],
])('what AWS says is told without a value: %s', (_what, words, told, values) => {
  expect(said(words, ...values)).toBe(told);
});

test('words that may hold a value too short to be hidden are not told at all', () => {
  expect(said('No xyz.', 'xyz', 'hush')).toBe(WITHHELD);
  expect(said('No xyz.', 'many,xyz')).toBe(WITHHELD);
});

test('a failure stays what it is but for its words', () => {
  const { service, code, transient } = withoutValues(throttled('sts'), {});
  expect([service, code, transient]).toEqual(['sts', 'ThrottlingException', true]);
});

const outputs = [
  { key: 'Url', value: 'https://x/?p=hush hush', description: 'where' },
  { key: 'Name', value: 'invoices' },
];

test('outputs are told without the values that were sealed', async () => {
  expect(await outputsWithoutValues(operation, outputs, opens)).toEqual([
    { key: 'Url', value: 'https://x/?p=(a sealed value)', description: 'where' },
    outputs[1],
  ]);
  expect(await outputsWithoutValues(operation, outputs, () => Promise.resolve('in'))).toEqual([
    outputs[0],
    { key: 'Name', value: OUTPUT_WITHHELD },
  ]);
});

test.each([
  ['does not open any more', new SealedValueNotOpened()],
  ['may not be opened any more', new AwsRefused('kms', 'AccessDeniedException', 400)],
])('where a value %s, no output is told', async (_what, error) => {
  const told = await outputsWithoutValues(operation, outputs, () => Promise.reject(error));
  expect(told).toEqual(outputs.map((output) => ({ ...output, value: OUTPUT_WITHHELD })));
});

test('where a value cannot be opened now, outputs wait', async () => {
  await expect(outputsWithoutValues(operation, outputs, () => Promise.reject(throttled()))).rejects.toThrow();
});

test('nothing is opened where nothing was sealed, or nothing is to be told', async () => {
  const never: OpenSealed = () => Promise.reject(new Error('asked'));
  expect(await outputsWithoutValues(anOperation(), outputs, never)).toEqual(outputs);
  expect(await outputsWithoutValues(operation, [], never)).toStrictEqual([]);
});

test('what AWS says of a launch with sealed values is not repeated, and of others it is', () => {
  const finding: Finding = {
    state: 'failed',
    at: '2026-01-15T09:00:00.000Z',
    outputs: [],
    errors: [{ code: 'E', message: 'hush', remedy: 'Ask.' }],
    failedResource: { logicalId: 'Bucket', type: 'T', reason: 'hush' },
  };
  expect(withoutWords(operation, finding)).toEqual({
    ...finding,
    errors: [{ code: 'E', message: WITHHELD, remedy: 'Ask.' }],
    failedResource: { logicalId: 'Bucket', type: 'T', reason: WITHHELD },
  });
  expect(withoutWords(anOperation(), finding)).toBe(finding);
  const bare: Finding = { state: 'succeeded', at: finding.at, outputs: [], errors: [] };
  expect(withoutWords(operation, bare)).toStrictEqual(bare);
});
