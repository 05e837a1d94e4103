import { SignatureRefused, signingKey } from '../../../aws-bridge/contract/signature';
import { aSignedMessage, secondsLater, verified } from '../../builders/signed-messages';

const message = aSignedMessage({ body: '{"type":"operation.approved","data":{"account":"100000000003"}}' });
const { headers, body } = message;

/** Every variant of some bytes with exactly one bit flipped. */
const bitFlips = (bytes: Uint8Array): Buffer[] =>
  Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return flipped;
  });
const textFlips = (text: string): string[] =>
  bitFlips(Buffer.from(text)).map((bytes) => bytes.toString('latin1'));
const truncations = (text: string): string[] => Array.from(text, (_, length) => text.slice(0, length));

const refused = (act: () => unknown): boolean => {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof SignatureRefused) return true;
    throw error;
  }
};
/** The variants that were not refused: none is expected. */
const survivors = <Variant>(variants: readonly Variant[], act: (variant: Variant) => unknown): Variant[] =>
  variants.filter((variant) => !refused(() => act(variant)));

test('the message itself is authentic', () => {
  expect(verified(message)).toBe(headers['webhook-id']);
});

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)(
  'every bit of %s counts',
  (name) => {
    const variants = textFlips(headers[name]);
    expect(variants.length).toBe(headers[name].length * 8);
    expect(
      survivors(variants, (value) => verified({ headers: { ...headers, [name]: value }, body })),
    ).toStrictEqual([]);
  },
);

test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)(
  'every truncation of %s is refused',
  (name) => {
    const variants = truncations(headers[name]);
    expect(variants.length).toBe(headers[name].length);
    expect(
      survivors(variants, (value) => verified({ headers: { ...headers, [name]: value }, body })),
    ).toStrictEqual([]);
  },
);

test('another timestamp within the window is refused too', () => {
  for (const seconds of [-300, -1, 1, 300]) {
    const stamp = String(Math.floor(secondsLater(seconds).getTime() / 1000));
    expect(refused(() => verified({ headers: { ...headers, 'webhook-timestamp': stamp }, body }))).toBe(true);
  }
});

test('every bit of the body counts', () => {
  const variants = bitFlips(body);
  expect(variants.length).toBe(body.length * 8);
  expect(survivors(variants, (variant) => verified({ headers, body: variant }))).toStrictEqual([]);
});

test('every truncation of the body and every byte more is refused', () => {
  const shorter = Array.from(body, (_, length) => body.subarray(0, length));
  const longer = Array.from({ length: 256 }, (_, byte) => Buffer.concat([body, Buffer.from([byte])]));
  expect(survivors([...shorter, ...longer], (variant) => verified({ headers, body: variant }))).toStrictEqual(
    [],
  );
});

test('every bit of the key counts', () => {
  const variants = bitFlips(Buffer.alloc(32, 1));
  expect(variants.length).toBe(256);
  const verify = (bytes: Buffer) =>
    verified(message, { keys: [signingKey(`whsec_${bytes.toString('base64')}`)] });
  expect(survivors(variants, verify)).toStrictEqual([]);
});

test('a secret with more zero bytes behind is the same key, as HMAC pads with them: secrets have to be random', () => {
  const short = Buffer.alloc(24, 5);
  const padded = Buffer.concat([short, Buffer.alloc(8)]);
  const signed = aSignedMessage({ key: signingKey(`whsec_${short.toString('base64')}`) });
  const withPadded = () => verified(signed, { keys: [signingKey(`whsec_${padded.toString('base64')}`)] });
  expect(refused(withPadded)).toBe(false);
});
