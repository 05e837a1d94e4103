import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { sign, signingKey, verify } from '../../../aws-bridge/contract/signature';
import { aSignedMessage, NOW, verified } from '../../builders/signed-messages';

// The reference implementation reads the real clock; it is given ours.
beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW.getTime());
});
afterEach(() => {
  jest.restoreAllMocks();
});

const secrets = fc
  .uint8Array({ minLength: 24, maxLength: 64 })
  .map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`);
const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,128}$/);
const bodies = fc.oneof(fc.json(), fc.string({ unit: 'grapheme' }), fc.constant(''));
const moments = fc.integer({ min: -300_000, max: 300_000 }).map((offset) => new Date(NOW.getTime() + offset));

test('everything that the reference implementation signs is accepted', () => {
  fc.assert(
    fc.property(secrets, ids, bodies, moments, (secret, id, body, at) => {
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      };
      const age = Math.floor(NOW.getTime() / 1000) - Math.floor(at.getTime() / 1000);
      fc.pre(Math.abs(age) <= 300);
      expect(verify({ headers, body: Buffer.from(body), keys: [signingKey(secret)], now: NOW }).id).toBe(id);
    }),
    { numRuns: 300 },
  );
});

test('everything that we sign the reference implementation accepts', () => {
  fc.assert(
    fc.property(secrets, ids, fc.json(), (secret, id, body) => {
      const headers = sign({ id, at: NOW, body: Buffer.from(body), key: signingKey(secret) });
      expect(() => new Webhook(secret).verify(body, { ...headers })).not.toThrow();
    }),
    { numRuns: 300 },
  );
});

test('both refuse the same tampering', () => {
  fc.assert(
    fc.property(secrets, secrets, ids, fc.json(), fc.json(), (secret, other, id, body, changed) => {
      fc.pre(secret !== other && body !== changed);
      const headers = sign({ id, at: NOW, body: Buffer.from(body), key: signingKey(secret) });
      for (const [key, given] of [
        [secret, changed],
        [other, body],
      ] as const) {
        expect(() => new Webhook(key).verify(given, { ...headers })).toThrow();
        const message = { headers, body: Buffer.from(given), keys: [signingKey(key)], now: NOW };
        expect(() => verify(message)).toThrow('not authentic');
      }
    }),
  );
});

test.each<[string, (headers: Record<string, string>) => Record<string, string>]>([
  [
    'letters behind the timestamp',
    (headers) => ({ ...headers, 'webhook-timestamp': `${headers['webhook-timestamp'] ?? ''}abc` }),
  ],
  [
    'a sign before the timestamp',
    (headers) => ({ ...headers, 'webhook-timestamp': ` +${headers['webhook-timestamp'] ?? ''}` }),
  ],
  [
    'a fraction',
    (headers) => ({ ...headers, 'webhook-timestamp': `${headers['webhook-timestamp'] ?? ''}.9` }),
  ],
  [
    'junk behind the signature',
    (headers) => ({ ...headers, 'webhook-signature': `${headers['webhook-signature'] ?? ''},junk` }),
  ],
  ['a header twice', (headers) => ({ 'WEBHOOK-ID': 'other', ...headers })],
])('the reference implementation accepts %s, and we do not', (_, change) => {
  const { headers, body } = aSignedMessage({ body: '{}' });
  const changed = change({ ...headers });
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  expect(() => new Webhook(secret).verify(body, changed)).not.toThrow();
  expect(() => verified({ headers: changed, body })).toThrow('not authentic');
});
