import { generateKeySync } from 'node:crypto';
import fc from 'fast-check';
import { open, seal } from '../../../../aws-bridge/contract/codec';
import { OperationProgressed } from '../../../../aws-bridge/contract/messages';
import { OperationState } from '../../../../aws-bridge/contract/progress';
import { cut, type Finding, progressOf } from '../../../../aws-bridge/operation/progress';
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

test('a text is cut between characters and shows that it was', () => {
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
