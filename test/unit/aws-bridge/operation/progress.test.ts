import { generateKeySync } from 'node:crypto';
import fc from 'fast-check';
import { open, seal } from '../../../../aws-bridge/contract/codec';
import { OperationProgressed } from '../../../../aws-bridge/contract/messages';
import { OperationState } from '../../../../aws-bridge/contract/progress';
import { cut, type Finding, fitting, progressOf } from '../../../../aws-bridge/operation/progress';
import { aWaitUrl } from '../../../builders/gate';
import { anOperation } from './builders';

const now = new Date('2026-01-15T09:00:00Z');
const key = generateKeySync('hmac', { length: 256 });

const aFinding = (overrides: Partial<Finding> = {}): Finding => ({
  state: 'failed',
  at: now.toISOString(),
  outputs: [],
  errors: [],
  ...overrides,
});

/** Anything that AWS might say, half characters included. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.string({ maxLength: 20 }).map((text) => `${text}\uD83D`),
  fc.integer({ min: 900, max: 9000 }).map((length) => '\u0007'.repeat(length)),
  fc.integer({ min: 900, max: 9000 }).map((length) => '🪣'.repeat(length)),
);

/** @returns what the app reads */
const received = (finding: Finding) => {
  const data = progressOf(anOperation(), 1, finding);
  const content = { type: 'operation.progressed', timestamp: data.at, data };
  const { headers, body } = seal({ id: 'one_1', at: now, content, key });
  return open(OperationProgressed, {
    headers: { ...headers },
    body: Buffer.from(body, 'utf8'),
    keys: [key],
    now,
  }).content.data;
};

test('whatever AWS says, the app can read the message', () => {
  const error = fc.record({ code: words, message: words, remedy: words });
  const output = fc.record({ key: words, value: words, description: words });
  const finding = fc.record({
    state: fc.constantFrom(...OperationState.options),
    errors: fc.array(error, { maxLength: 8 }),
    outputs: fc.array(output, { maxLength: 20 }),
    failedResource: fc.record({ logicalId: words, type: words, reason: words }),
    record: fc.record({ id: words, status: words }),
  });
  fc.assert(
    fc.property(finding, (overrides) => {
      expect(received(aFinding(overrides)).state).toBe(overrides.state);
    }),
    { numRuns: 60 },
  );
});

const said = (length: number): string => 'x'.repeat(length);

test('what fits is told as it is, with the operation, its site and its sequence', () => {
  const finding: Finding = {
    state: 'failed',
    at: now.toISOString(),
    record: { id: 'rec-one', status: 'FAILED' },
    provisionedProduct: { id: 'pp-one', name: 'invoices-6789abcdef' },
    outputs: [
      { key: 'BucketName', value: 'invoices-bucket', description: 'The bucket' },
      { key: 'K', value: '' },
    ],
    errors: [
      { code: 'InternalError', message: 'rolled back', remedy: 'Ask.' },
      { code: 'B', message: 'b' },
    ],
    failedResource: { logicalId: 'Bucket', type: 'AWS::S3::Bucket', reason: 'it exists' },
  };
  const { operationId, site } = anOperation();
  expect(progressOf({ operationId, site }, 3, finding)).toEqual({
    operationId,
    site,
    sequence: 3,
    ...finding,
  });
  expect(fitting(finding)).toEqual(finding);
  const bare = aFinding();
  expect(fitting(bare)).toStrictEqual(bare);
});

test('every text of AWS’s is cut to what the contract takes, and is left alone up to there', () => {
  const texts = (name: number, code: number, message: number, remedy: number): Finding =>
    aFinding({
      record: { id: said(name), status: said(name) },
      provisionedProduct: { id: said(name), name: said(name) },
      errors: [{ code: said(code), message: said(message), remedy: said(remedy) }],
      failedResource: { logicalId: said(name), type: said(name), reason: said(message) },
    });
  expect(fitting(texts(300, 200, 4000, 1000))).toEqual(texts(300, 200, 4000, 1000));
  const lengths = JSON.parse(
    JSON.stringify(fitting(texts(301, 201, 4001, 1001)), (_key, value: unknown) =>
      typeof value === 'string' && value.endsWith('x…') ? value.length : value,
    ),
  ) as unknown;
  expect(lengths).toMatchObject({
    record: { id: 300, status: 300 },
    provisionedProduct: { id: 300, name: 300 },
    errors: [{ code: 200, message: 4000, remedy: 1000 }],
    failedResource: { logicalId: 300, type: 300, reason: 4000 },
  });
});

test('five errors are told, and first among them that outputs are missing', () => {
  const errors = ['a', 'b', 'c', 'd', 'e', 'f'].map((code) => ({ code, message: code }));
  expect(fitting(aFinding({ errors })).errors.map(({ code }) => code)).toEqual(['a', 'b', 'c', 'd', 'e']);
  const outputs = [{ key: 'Huge', value: said(80_000) }];
  expect(fitting(aFinding({ outputs, errors })).errors).toEqual([
    {
      code: 'OutputsTooLong',
      message: '1 of 1 outputs are too long to be shown here.',
      remedy: 'Read them from the provisioned product in Service Catalog.',
    },
    ...errors.slice(0, 4),
  ]);
});

test('outputs of 80,000 bytes together fit, and not one more', () => {
  const second = { key: 'B', value: 'ü'.repeat(10) };
  const room =
    80_000 - JSON.stringify({ key: 'A', value: '' }).length - Buffer.byteLength(JSON.stringify(second));
  const first = { key: 'A', value: said(room) };
  expect(fitting(aFinding({ outputs: [first, second] })).outputs).toEqual([first, second]);
  const longer = { key: 'A', value: said(room + 1) };
  expect(fitting(aFinding({ outputs: [longer, second] })).outputs).toEqual([longer]);
});

test('a pre-signed address is not told, wherever AWS has put it', () => {
  const words =
    'see "http://b.example/x?X-Amz-Signature=ab" and https://b.example/x?a=1&x-amz-signature=c#d next';
  const hidden = 'see "(a pre-signed address)" and (a pre-signed address) next';
  const told = fitting(
    aFinding({
      outputs: [{ key: 'Url', value: words, description: words }],
      errors: [{ code: 'E', message: words }],
      failedResource: { logicalId: 'Handle', type: 'T', reason: words },
    }),
  );
  expect(told).toMatchObject({
    outputs: [{ key: 'Url', value: hidden, description: hidden }],
    errors: [{ message: hidden }],
    failedResource: { reason: hidden },
  });
  const harmless = 'https://b.example/x?X-Amz-Date=1  has no signature in it';
  expect(cut(harmless, 100)).toBe(harmless);
  expect(cut("'https://b.example/?X-Amz-Signature=ab'", 100)).toBe("'(a pre-signed address)'");
});

test('half a character is no character, at the end of a text that is cut or in one that is not', () => {
  expect(cut('a\uD83D', 10)).toBe('a\uFFFD');
  expect(cut('\uD83Dbcdef', 5)).toBe('\uFFFDbcd…');
  const output = { key: '\uD83D', value: '\uD83D', description: '\uD83D' };
  expect(fitting(aFinding({ outputs: [output] })).outputs).toEqual([
    { key: '\uFFFD', value: '\uFFFD', description: '\uFFFD' },
  ]);
});

test('a text is cut between characters and shows that it was', () => {
  expect(cut('12345', 5)).toBe('12345');
  expect(cut('short', 10)).toBe('short');
  expect(cut('0123456789', 5)).toBe('0123…');
  expect(cut('abc🪣🪣', 5)).toBe('abc…');
});

test('outputs that do not fit are told to be missing', () => {
  const outputs = Array.from({ length: 200 }, (_, index) => ({
    key: `Output${index}`,
    value: 'x'.repeat(4000),
  }));
  const { outputs: told, errors } = received(aFinding({ state: 'succeeded', outputs }));
  expect(told.length).toBeGreaterThan(10);
  expect(told).toEqual(outputs.slice(0, told.length));
  expect(errors).toMatchObject([
    { code: 'OutputsTooLong', message: `${200 - told.length} of 200 outputs are too long to be shown here.` },
  ]);
});

const ADDRESS = aWaitUrl();
const [, SIGNATURE = ''] = /X-Amz-Signature=(\w+)/.exec(ADDRESS) ?? [];

test.each([
  ['as it is', ADDRESS],
  ['in capitals', ADDRESS.replace('https:', 'HTTPS:').replace('X-Amz-Signature', 'X-AMZ-SIGNATURE')],
  ['as XML writes it', `<Url>${ADDRESS.replaceAll('&', '&amp;')}</Url>`],
  ['as JSON may write it', `{"url":"${ADDRESS.replaceAll('&', '\\u0026').replaceAll('/', '\\/')}"}`],
  ['percent-encoded', encodeURIComponent(ADDRESS)],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(ADDRESS))],
  ['without its beginning', ADDRESS.slice(ADDRESS.indexOf('?') + 1)],
])('a pre-signed address %s is not told, wherever AWS puts it', (_how, address) => {
  const text = `Could not reach ${address} (403)`;
  const told = received(
    aFinding({
      outputs: [{ key: 'Handle', value: address, description: text }],
      errors: [{ code: text, message: text, remedy: text }],
      failedResource: { logicalId: 'Wait', type: 'AWS::CloudFormation::WaitCondition', reason: text },
      record: { id: 'rec-1', status: text },
    }),
  );
  expect(JSON.stringify(told)).not.toContain(SIGNATURE);
  expect(told.failedResource?.reason).toMatch(/^Could not reach .*\(a pre-signed address\).* \(403\)$/);
});
