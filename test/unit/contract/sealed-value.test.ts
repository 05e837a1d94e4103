import { constants, createCipheriv, createPublicKey, generateKeyPairSync, publicEncrypt } from 'node:crypto';
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
  ['something before it', () => `x${seal('a')}`],
  ['a ciphertext without room for its tag', () => seal('').slice(0, -1)],
  ['a key that is too short', () => seal('a').replace(/[\w-]{683}/, (key) => key.slice(1))],
])('%s is malformed, and no key is unwrapped', async (_, sealed) => {
  const unwrap = jest.fn(KEY.unwrap);
  const opened = openSealedValue({ sealed: sealed(), context: GATE_ID, unwrap });
  await expect(opened).rejects.toMatchObject({ name: 'SealedValueRefused', reason: 'malformed' });
  expect(unwrap).not.toHaveBeenCalled();
  expect(SealedValue.safeParse(sealed()).success).toBe(false);
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
  const foreign = Buffer.alloc(512, 7);
  const sealed = seal('a').replace(/[\w-]{683}/, foreign.toString('base64url'));
  const unwrapping = openSealedValue({
    sealed,
    context: GATE_ID,
    unwrap: () => Promise.resolve(Buffer.from('short')),
  });
  await expect(unwrapping).rejects.toMatchObject({ reason: 'not-authentic' });
});

/** Written with nothing of ours: what the form says, and AES-256-GCM. */
const sealedElsewhere = (bytes: Buffer, authenticated: string): string => {
  const [key, iv] = [Buffer.alloc(32, 1), Buffer.alloc(12, 2)];
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(authenticated));
  const ciphertext = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  const publicKey = createPublicKey({ key: KEY.publicKey, format: 'der', type: 'spki' });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const wrapped = publicEncrypt({ key: publicKey, padding, oaepHash: 'sha256' }, key);
  return ['sealed.1', ...[wrapped, iv, ciphertext].map((part) => part.toString('base64url'))].join('.');
};

test('what another implementation sealed opens, where it is text and authenticates version and context', async () => {
  const text = Buffer.from('a secret');
  expect(await open(sealedElsewhere(text, `sealed.1\n${GATE_ID}`))).toBe('a secret');
  for (const other of [GATE_ID, `sealed.2\n${GATE_ID}`, '']) {
    await expect(open(sealedElsewhere(text, other))).rejects.toMatchObject({ reason: 'not-authentic' });
  }
  const noText = sealedElsewhere(Buffer.from([0xff]), `sealed.1\n${GATE_ID}`);
  await expect(open(noText)).rejects.toMatchObject({ reason: 'not-authentic' });
});

test('why a sealed value does not open is told in words', async () => {
  await expect(open('')).rejects.toThrow('The sealed value does not open: malformed');
});

test('what the unwrapping throws is thrown as it is', async () => {
  const unwrap = () => Promise.reject(new TypeError('KMS is away'));
  await expect(openSealedValue({ sealed: seal('a'), context: GATE_ID, unwrap })).rejects.toThrow(
    'KMS is away',
  );
});

test.each<[string, string, () => Uint8Array]>([
  ['no key', 'no public key', () => Buffer.from('no key')],
  ['a shorter key', 'rsa 2048', () => derOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)],
  ['a key of another kind', 'ed25519 ', () => derOf(generateKeyPairSync('ed25519').publicKey)],
  ['a key that only signs', 'rsa-pss 4096', () => onlySigning(KEY.publicKey)],
])('%s is not sealed to, and what it is is told', (_, found, publicKey) => {
  const error = refusalOf(() => sealValue({ publicKey: publicKey(), value: 'a secret', context: GATE_ID }));
  expect(error).toBeInstanceOf(SealingKeyUnfit);
  expect(String(error)).toBe(
    `SealingKeyUnfit: The sealing key is ${found}; it has to be RSA with 4096 bits, in SPKI DER`,
  );
});
const refusalOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};
/** The same key with the algorithm of RSASSA-PSS and its default parameters in place of rsaEncryption and none. */
const onlySigning = (der: Buffer): Buffer =>
  Buffer.from(der.toString('hex').replace('2a864886f70d0101010500', '2a864886f70d01010a3000'), 'hex');
const derOf = (key: { export: (options: { format: 'der'; type: 'spki' }) => Buffer }): Buffer =>
  key.export({ format: 'der', type: 'spki' });

test('a value that is too long is refused by its length alone', () => {
  const value = `secret${'ü'.repeat(MAX_SEALED_BYTES / 2)}`;
  const error = refusalOf(() => seal(value));
  expect(error).toBeInstanceOf(ValueTooLong);
  expect(String(error)).toBe(
    'ValueTooLong: A value of 16390 bytes is to be sealed; at most 16384 are possible',
  );
});
