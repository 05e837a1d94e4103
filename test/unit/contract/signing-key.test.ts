import { inspect } from 'node:util';
import { SecretMalformed, SignatureRefused, signingKey } from '../../../aws-bridge/contract/signature';
import { aKey, aSecret, aSignedMessage, verified } from '../../builders/signed-messages';

const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof SignatureRefused) return error.reason;
    throw error;
  }
  return 'accepted';
};

test('during a rotation both are accepted, and after it the old one is not', () => {
  const old = aSignedMessage({ key: aKey(2) });
  expect(verified(old, { keys: [aKey(1), aKey(2)] })).toBeDefined();
  expect(verified(aSignedMessage(), { keys: [aKey(1), aKey(2)] })).toBeDefined();
  expect(refusal(() => verified(old, { keys: [aKey(1)] }))).toBe('no signature matches');
});

test('without any key nothing is authentic', () => {
  expect(refusal(() => verified(aSignedMessage(), { keys: [] }))).toBe('no signature matches');
});

test('a callback’s signature is worth nothing at the webhook: each direction has its own secret', () => {
  const callback = aSignedMessage({ key: aKey(9) });
  expect(refusal(() => verified(callback))).toBe('no signature matches');
});

test.each([24, 32, 64])('a secret of %d bytes is good', (length) => {
  expect(signingKey(aSecret(3, length)).symmetricKeySize).toBe(length);
});

const FORM = 'is not of the form whsec_<base64>';

test.each([
  ['nothing', '', FORM],
  ['only the prefix', 'whsec_', 'has 0 bytes'],
  ['one byte', aSecret(3, 1), 'has 1 bytes'],
  ['23 bytes', aSecret(3, 23), 'has 23 bytes'],
  ['65 bytes', aSecret(3, 65), 'has 65 bytes'],
  ['no prefix', aSecret(3).slice(6), FORM],
  ['a prefix in capitals', aSecret(3).replace('whsec_', 'WHSEC_'), FORM],
  ['no padding', aSecret(3).replace('=', ''), FORM],
  ['a line break', `${aSecret(3)}\n`, FORM],
  ['spaces', `${aSecret(3)} ${aSecret(4)}`, FORM],
  ['the URL-safe alphabet', `whsec_${'-_'.repeat(22)}`, FORM],
  ['bits that decode to nothing', aSecret(0).replace('A=', 'B='), 'is not canonical base64'],
])('a secret of %s is refused without being repeated', (_, secret, problem) => {
  try {
    signingKey(secret);
    throw new Error('accepted');
  } catch (error) {
    expect(error).toBeInstanceOf(SecretMalformed);
    expect(String(error)).toBe(
      `SecretMalformed: A webhook secret ${problem}; expected whsec_ followed by the base64 of 24 to 64 bytes`,
    );
    if (secret.length > 12) expect(inspect(error)).not.toContain(secret.slice(6, 18));
  }
});

test('a key does not show itself', () => {
  const shown = inspect({ key: aKey(65) }, { depth: 10, showHidden: true }) + JSON.stringify(aKey(65));
  expect(shown).not.toMatch(/AAAA|QUFB|65, 65|41 41/);
});
