import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import {
  MAX_SEALED_BYTES,
  openSealedValue,
  SealedValue,
  SealedValueRefused,
  SealingKeyUnfit,
  sealValue,
  ValueTooLong,
} from '../../../aws-bridge/contract/sealed-value';
import { aSealingKey, aWaitUrl, GATE_ID } from '../../builders/gate';

const KEY = aSealingKey();
const seal = (value: string, context = GATE_ID): SealedValue =>
  sealValue({ publicKey: KEY.publicKey, value, context });
const open = (sealed: string, context = GATE_ID): Promise<string> =>
  openSealedValue({ sealed, context, unwrap: KEY.unwrap });

test.each(['', 'a', aWaitUrl(), 'Grüße 🗝', '\uFEFFmarked', 'x'.repeat(MAX_SEALED_BYTES)])(
  'what was sealed opens as it was (%#)',
  async (value) => {
    const sealed = seal(value);
    expect(SealedValue.safeParse(sealed).success).toBe(true);
    expect(await open(sealed)).toBe(value);
  },
);

test('the same value sealed twice is two sealed values, and neither shows it', () => {
  const [first, second] = [seal('a secret'), seal('a secret')];
  expect(first).not.toBe(second);
  const bytes = first.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  expect(bytes.join('')).not.toContain('a secret');
});

test('a value that was swapped into another context does not open', async () => {
  await expect(open(seal('a secret'), `gate-${'f'.repeat(40)}`)).rejects.toMatchObject({
    name: 'SealedValueRefused',
    reason: 'not-authentic',
  });
});

test('a value under a key of another sealed value does not open', async () => {
  const [mine, theirs] = [seal('mine').split('.'), seal('theirs').split('.')];
  const swapped = [...mine.slice(0, 2), theirs[2], ...mine.slice(3)].join('.');
  await expect(open(swapped)).rejects.toMatchObject({ reason: 'not-authentic' });
});

test('a value that was changed anywhere after its key does not open', async () => {
  const sealed = seal('a secret');
  const start = sealed.length - seal('a secret').split('.').slice(3).join('.').length;
  for (let at = start; at < sealed.length; at++) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    await expect(open(changed)).rejects.toBeInstanceOf(SealedValueRefused);
  }
});

test.each([
  ['nothing', () => ''],
  ['a clear text', () => aWaitUrl()],
  ['another version', () => seal('a').replace('sealed.1.', 'sealed.2.')],
  ['a part too few', () => seal('a').split('.').slice(0, -1).join('.')],
  ['a part too many', () => `${seal('a')}.AAAA`],
  ['padding', () => `${seal('a')}=`],
  ['a line behind it', () => `${seal('a')}\n`],
  ['a key that is too short', () => seal('a').replace(/[\w-]{683}/, (key) => key.slice(1))],
])('%s is malformed, and no key is unwrapped', async (_, sealed) => {
  const unwrap = jest.fn(KEY.unwrap);
  const opened = openSealedValue({ sealed: sealed(), context: GATE_ID, unwrap });
  await expect(opened).rejects.toMatchObject({ name: 'SealedValueRefused', reason: 'malformed' });
  expect(unwrap).not.toHaveBeenCalled();
});

test('two writings of the same bytes are not two sealed values', async () => {
  // The first part's last digit carries four bits that count; this changes one of the other two.
  const other = seal('a').replace(
    /(?<=^sealed\.1\.[\w-]{682})[\w-]/,
    (digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[digitOf(digit) ^ 1] ?? '',
  );
  await expect(open(other)).rejects.toMatchObject({ reason: 'malformed' });
});
const digitOf = (digit: string): number => (Buffer.from(`${digit}A`, 'base64url')[0] ?? 0) >> 2;

test('what unwraps to something other than a key of ours is refused', async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
  const foreign = publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    Buffer.alloc(32),
  );
  const sealed = seal('a').replace(/[\w-]{683}/, foreign.toString('base64url'));
  const unwrapping = openSealedValue({
    sealed,
    context: GATE_ID,
    unwrap: () => Promise.resolve(Buffer.from('short')),
  });
  await expect(unwrapping).rejects.toMatchObject({ reason: 'not-authentic' });
});

test('what the unwrapping throws is thrown as it is', async () => {
  const unwrap = () => Promise.reject(new TypeError('KMS is away'));
  await expect(openSealedValue({ sealed: seal('a'), context: GATE_ID, unwrap })).rejects.toThrow(
    'KMS is away',
  );
});

test.each<[string, () => Uint8Array]>([
  ['no key', () => Buffer.from('no key')],
  ['a shorter key', () => derOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)],
  ['a key of another kind', () => derOf(generateKeyPairSync('ed25519').publicKey)],
])('%s is not sealed to', (_, publicKey) => {
  expect(() => sealValue({ publicKey: publicKey(), value: 'a secret', context: GATE_ID })).toThrow(
    SealingKeyUnfit,
  );
});
const derOf = (key: { export: (options: { format: 'der'; type: 'spki' }) => Buffer }): Buffer =>
  key.export({ format: 'der', type: 'spki' });

test('a value that is too long is refused by its length alone', () => {
  const value = `secret${'ü'.repeat(MAX_SEALED_BYTES / 2)}`;
  expect(() => seal(value)).toThrow(ValueTooLong);
  expect(() => seal(value)).toThrow(/^A value of 16390 bytes/);
});
