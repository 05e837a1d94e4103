import { MAX_BODY_BYTES } from '../../aws-bridge/contract/signature';
import type { Attempt, Header } from './attempt';
import { type Chance, oneOf } from './chance';

/** A message that the receiver takes, and when. */
export interface Genuine {
  readonly id: string;
  readonly body: Buffer;
  readonly now: Date;
  /** The receiver's secret, and that of the other direction. */
  readonly key: Buffer;
  readonly otherKey: Buffer;
  /** Whether what was verified is parsed strictly as well; a verifier alone leaves that to others. */
  readonly parses: boolean;
}

export interface CaseGroup {
  readonly name: string;
  readonly verdict: 'accept' | 'refuse';
  /** Only for receivers that parse what they have verified. */
  readonly parsing?: true;
  readonly attempts: (genuine: Genuine, chance: Chance) => Iterable<Attempt>;
}

const HEADERS: readonly Header[] = ['id', 'stamp', 'signature'];
const WINDOW = 300;

const stampAt = ({ now }: Genuine, seconds = 0): string => String(Math.floor(now.getTime() / 1000) + seconds);
const signedAs = (genuine: Genuine, signed: Partial<Attempt['signed']> = {}): Attempt['signed'] => ({
  id: genuine.id,
  stamp: stampAt(genuine),
  body: genuine.body,
  key: genuine.key,
  ...signed,
});
const sending = (genuine: Genuine, sent: NonNullable<Attempt['sent']>): Attempt => ({
  signed: signedAs(genuine),
  sent,
});

/** All variants of some bytes with exactly one bit flipped. */
const bitFlips = function* (bytes: Buffer): Generator<Buffer> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    yield flipped;
  }
};
const textFlips = function* (text: string): Generator<string> {
  for (const flipped of bitFlips(Buffer.from(text, 'latin1'))) {
    const variant = flipped.toString('latin1');
    // No HTTP header can hold them, so none arrives.
    if (!/[\r\n\0]/.test(variant)) yield variant;
  }
};
const truncations = (text: string): readonly string[] =>
  Array.from(text, (_, length) => text.slice(0, length));

/** Base64 that decodes to the same bytes as a padded text, with other bits behind its end. */
const otherTails = (encoded: string): readonly string[] => {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const at = encoded.search(/=*$/) - 1;
  return Array.from(digits)
    .map((digit) => `${encoded.slice(0, at)}${digit}${encoded.slice(at + 1)}`)
    .filter(
      (other) => other !== encoded && Buffer.from(other, 'base64').equals(Buffer.from(encoded, 'base64')),
    );
};

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const edited = (genuine: Genuine, edit: (text: string) => string): Attempt => ({
  signed: signedAs(genuine, { body: Buffer.from(edit(genuine.body.toString('utf8'))) }),
});

const ODD_STAMPS = (stamp: string): readonly string[] => [
  `${stamp}abc`,
  ` ${stamp}`,
  `${stamp} `,
  `+${stamp}`,
  `0${stamp}`,
  `${stamp}.0`,
  `${stamp}.9`,
  `${stamp}e0`,
  `0x${Number(stamp).toString(16)}`,
  `${stamp},${stamp}`,
  '',
  '0',
  '-1',
  'NaN',
  'Infinity',
  '١٢٣٤٥٦٧٨٩٠',
  new Date(Number(stamp) * 1000).toISOString(),
  `${stamp}000`,
];

const ODD_SIGNATURES: readonly ((right: string) => string)[] = [
  (right) => right.replace('v1', 'V1'),
  (right) => right.replace('v1', 'v2'),
  (right) => right.replace('v1', 'v1a'),
  (right) => right.replace('v1', 'v01'),
  (right) => right.replace(/^v1[,=]|^sha256=/, ''),
  (right) => right.replace(/^(v1|sha256)[,=]/, '$1 '),
  (right) => `${right},junk`,
  (right) => `${right}junk`,
  (right) => `${right}=`,
  (right) => `"${right}"`,
  (right) => ` ${right}`,
  (right) => right.toUpperCase(),
  (right) => right.replace(/=+$/, ''),
  (right) => right.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
  () => '',
  () => 'v1,',
  () => 'null',
];

/** Every kind of message that somebody might send, and what is to become of it. */
export const MESSAGE_CASES: readonly CaseGroup[] = [
  {
    name: 'the message itself',
    verdict: 'accept',
    attempts: (genuine) => [{ signed: signedAs(genuine) }],
  },
  {
    name: 'replayed within the window',
    verdict: 'accept',
    attempts: (genuine) => Array.from({ length: 20 }, () => ({ signed: signedAs(genuine) })),
  },
  {
    name: 'at the edges of the window',
    verdict: 'accept',
    attempts: (genuine) =>
      [-WINDOW, -WINDOW + 1, -1, 1, WINDOW - 1, WINDOW].map((seconds) => ({
        signed: signedAs(genuine, { stamp: stampAt(genuine, seconds) }),
      })),
  },
  {
    name: 'stale: replayed after the window',
    verdict: 'refuse',
    attempts: (genuine) =>
      [WINDOW + 1, WINDOW + 2, 3600, 86_400, 31_536_000].map((seconds) => ({
        signed: signedAs(genuine, { stamp: stampAt(genuine, -seconds) }),
      })),
  },
  {
    name: 'from the future',
    verdict: 'refuse',
    attempts: (genuine) =>
      [WINDOW + 1, WINDOW + 2, 3600, 86_400, 31_536_000].map((seconds) => ({
        signed: signedAs(genuine, { stamp: stampAt(genuine, seconds) }),
      })),
  },
  {
    name: 'odd timestamps, signed as they are',
    verdict: 'refuse',
    attempts: (genuine) =>
      ODD_STAMPS(stampAt(genuine)).map((stamp) => ({ signed: signedAs(genuine, { stamp }) })),
  },
  {
    name: 'another timestamp than was signed',
    verdict: 'refuse',
    attempts: (genuine) =>
      [-300, -1, 1, 300].map((seconds) => sending(genuine, { stamp: stampAt(genuine, seconds) })),
  },
  {
    name: 'every bit of the id',
    verdict: 'refuse',
    attempts: function* (genuine) {
      for (const id of textFlips(genuine.id)) yield sending(genuine, { id });
    },
  },
  {
    name: 'every bit of the timestamp',
    verdict: 'refuse',
    attempts: function* (genuine) {
      for (const stamp of textFlips(stampAt(genuine))) yield sending(genuine, { stamp });
    },
  },
  {
    name: 'every bit of the signature',
    verdict: 'refuse',
    attempts: function* (genuine) {
      let bits = 8;
      for (let bit = 0; bit < bits; bit += 1) {
        yield sending(genuine, {
          signature: (right) => {
            bits = right.length * 8;
            const flipped = Buffer.from(right, 'latin1');
            flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
            // A line break cannot arrive; the bit above it is as wrong.
            return flipped.toString('latin1').replaceAll(/[\r\n\0]/g, '\x7f');
          },
        });
      }
    },
  },
  {
    name: 'every bit of the body',
    verdict: 'refuse',
    attempts: function* (genuine) {
      for (const body of bitFlips(genuine.body)) yield sending(genuine, { body });
    },
  },
  {
    name: 'every bit of the key',
    verdict: 'refuse',
    attempts: function* (genuine) {
      for (const key of bitFlips(genuine.key)) yield { signed: signedAs(genuine), keys: [key] };
    },
  },
  {
    name: 'every truncation of id, timestamp and signature',
    verdict: 'refuse',
    attempts: function* (genuine) {
      for (const id of truncations(genuine.id)) yield sending(genuine, { id });
      for (const stamp of truncations(stampAt(genuine))) yield sending(genuine, { stamp });
      for (let length = 0; length < 47; length += 1) {
        yield sending(genuine, { signature: (right) => right.slice(0, Math.min(length, right.length - 1)) });
      }
    },
  },
  {
    name: 'every truncation of the body, and a byte more',
    verdict: 'refuse',
    attempts: function* (genuine) {
      for (let length = 0; length < genuine.body.length; length += 1) {
        yield sending(genuine, { body: genuine.body.subarray(0, length) });
      }
      for (let byte = 0; byte < 256; byte += 1) {
        yield sending(genuine, { body: Buffer.concat([genuine.body, Buffer.from([byte])]) });
      }
    },
  },
  {
    name: 'schemes and writings of the signature',
    verdict: 'refuse',
    attempts: (genuine) => ODD_SIGNATURES.map((signature) => sending(genuine, { signature })),
  },
  {
    name: 'other bits behind the end of the base64',
    verdict: 'refuse',
    attempts: function* (genuine) {
      for (let tail = 0; tail < 3; tail += 1) {
        yield sending(genuine, {
          signature: (right) =>
            right.startsWith('v1,') ? `v1,${otherTails(right.slice(3))[tail] ?? ''}` : `${right}\t`,
        });
      }
    },
  },
  {
    name: 'several signatures, the right one among them',
    verdict: 'accept',
    attempts: (genuine) => [
      sending(genuine, { more: [`v1,${Buffer.alloc(32, 9).toString('base64')}`] }),
      sending(genuine, { more: ['v1a,abcd'] }),
    ],
  },
  {
    name: 'more signatures than anybody needs',
    verdict: 'refuse',
    attempts: (genuine) =>
      [5, 6, 50, 5000].map((count) =>
        sending(genuine, { more: Array.from({ length: count }, () => `v1,${'A'.repeat(43)}=`) }),
      ),
  },
  {
    name: 'ids that make the signed text ambiguous, or are none',
    verdict: 'refuse',
    attempts: (genuine) => [
      ...['a.b', `x.${stampAt(genuine)}`, '', ' ', 'a b', 'a\tb', 'ä', 'a'.repeat(129), '../..', 'a%00'].map(
        (id) => ({
          signed: signedAs(genuine, { id }),
        }),
      ),
      // The same bytes are signed, cut elsewhere.
      {
        signed: signedAs(genuine, { id: `${genuine.id}.${stampAt(genuine)}`, stamp: stampAt(genuine) }),
        sent: { id: genuine.id, body: Buffer.concat([Buffer.from(`${stampAt(genuine)}.`), genuine.body]) },
      },
    ],
  },
  {
    name: 'a header that comes twice',
    verdict: 'refuse',
    attempts: (genuine) => HEADERS.map((header) => sending(genuine, { doubled: [header] })),
  },
  {
    name: 'a header that is missing',
    verdict: 'refuse',
    attempts: (genuine) => [
      ...HEADERS.map((header) => sending(genuine, { missing: [header] })),
      sending(genuine, { missing: HEADERS }),
    ],
  },
  {
    name: 'a body in base64, said so',
    verdict: 'accept',
    attempts: (genuine) => [sending(genuine, { transport: 'base64' })],
  },
  {
    name: 'a body that lies about base64',
    verdict: 'refuse',
    attempts: (genuine) => [
      sending(genuine, { transport: 'text called base64' }),
      sending(genuine, { transport: 'base64 called text' }),
    ],
  },
  {
    name: 'a byte that is no UTF-8, swapped for another',
    verdict: 'refuse',
    attempts: function* (genuine) {
      const at = genuine.body.indexOf('"', 10) + 1;
      const withByte = (byte: Buffer) =>
        Buffer.concat([genuine.body.subarray(0, at), byte, genuine.body.subarray(at)]);
      for (const byte of [0x80, 0xc0, 0xf5, 0xfe, 0xff]) {
        const signed = signedAs(genuine, { body: withByte(Buffer.from([byte])) });
        yield { signed, sent: { body: withByte(Buffer.from([byte === 0xfe ? 0xff : 0xfe])) } };
        yield { signed, sent: { body: withByte(Buffer.from('\ufffd')) } };
      }
    },
  },
  {
    name: 'signed, but no UTF-8, or with a byte order mark',
    verdict: 'refuse',
    parsing: true,
    attempts: (genuine) =>
      [
        Buffer.from([0xff]),
        Buffer.from([0xc0, 0xaf]),
        Buffer.from([0xed, 0xa0, 0x80]),
        Buffer.from('\ufeff'),
      ].map((bytes) => ({ signed: signedAs(genuine, { body: Buffer.concat([bytes, genuine.body]) }) })),
  },
  {
    name: 'signed, but read in more than one way',
    verdict: 'refuse',
    parsing: true,
    attempts: (genuine) => [
      edited(genuine, (text) => text.replace('{', '{"type":"operation.approved",')),
      edited(genuine, (text) => text.replace('"data":{', '"data":{"site":"x",')),
      edited(genuine, (text) => text.replace('"data":{', '"data":{"__proto__":{"site":"x"},')),
      edited(genuine, (text) => text.replace('{', '{"__proto__":null,')),
      edited(genuine, (text) => text.replace('{', '{"constructor":1,')),
      edited(genuine, (text) => `${text} `),
      edited(genuine, (text) => `${text}\n{}`),
      edited(genuine, (text) => text.replace('"data"', '"\\u0064ata"')),
      edited(genuine, (text) => text.replace(/"type":"[^"]*"/, '"type":"\\ud800"')),
      edited(genuine, (text) => text.replace(/"type":"[^"]*"/, '"type":"unknown.message"')),
      edited(genuine, (text) => text.replace(/"type":/, '"Type":')),
      ...[json(null), json([]), json(0), json('x'), json({}), Buffer.from('NaN'), Buffer.alloc(0)].map(
        (body) => ({
          signed: signedAs(genuine, { body }),
        }),
      ),
      ...[1000, 50_000].flatMap((depth) => [
        { signed: signedAs(genuine, { body: Buffer.from('['.repeat(depth) + ']'.repeat(depth)) }) },
        {
          signed: signedAs(genuine, {
            body: Buffer.from(`${'{"a":'.repeat(depth / 4)}1${'}'.repeat(depth / 4)}`),
          }),
        },
      ]),
    ],
  },
  {
    name: 'longer than is read',
    verdict: 'refuse',
    parsing: true,
    attempts: (genuine) =>
      [MAX_BODY_BYTES + 1, 1_000_000, 5_000_000].flatMap((bytes) => [
        { signed: signedAs(genuine, { body: Buffer.alloc(bytes, 0x61) }) },
        {
          signed: signedAs(genuine, { body: Buffer.alloc(bytes, 0x61) }),
          sent: { transport: 'base64' as const },
        },
      ]),
  },
  {
    name: 'both keys, while they are exchanged',
    verdict: 'accept',
    attempts: (genuine) => [
      { signed: signedAs(genuine), keys: [genuine.otherKey, genuine.key] },
      { signed: signedAs(genuine), keys: [genuine.key, genuine.otherKey] },
    ],
  },
  {
    name: 'a key that was retired, or is the other direction’s',
    verdict: 'refuse',
    attempts: (genuine) => [
      { signed: signedAs(genuine), keys: [genuine.otherKey] },
      { signed: signedAs(genuine, { key: genuine.otherKey }), keys: [genuine.key] },
      { signed: signedAs(genuine), keys: [genuine.otherKey, Buffer.alloc(32, 3)] },
    ],
  },
  {
    name: 'secrets too short to be any, signed with them',
    verdict: 'refuse',
    attempts: (genuine) =>
      [0, 1, 8, 16, 23].map((length) => {
        const key = genuine.key.subarray(0, length);
        return { signed: signedAs(genuine, { key }), keys: [key] };
      }),
  },
];

/** Bytes of a body with something done to them that a signature has to notice. */
const changedBody = (body: Buffer, chance: Chance): Buffer => {
  const changed = Buffer.from(body);
  const at = chance.below(Math.max(1, changed.length));
  if (changed.length === 0) return Buffer.from('x');
  return oneOf(chance, [
    () => {
      changed.writeUInt8((changed.readUInt8(at) + 1 + chance.below(255)) & 0xff, at);
      return changed;
    },
    () => Buffer.concat([changed.subarray(0, at), changed.subarray(at + 1)]),
    () => Buffer.concat([changed.subarray(0, at), Buffer.from([chance.below(256)]), changed.subarray(at)]),
    () => Buffer.concat([changed, Buffer.from(`${chance.below(1e9)}`)]),
  ])();
};

const DIGITS = Array.from('0123456789abcdef');

/** The signature with one digit exchanged, behind the name of its scheme; of hexadecimal and of base64 alike. */
const otherDigit = (right: string, chance: Chance): string => {
  const scheme = right.search(/[,=]/) + 1;
  const at = scheme + chance.below(right.length - scheme - 1);
  const others = DIGITS.filter((digit) => digit !== right.charAt(at));
  return `${right.slice(0, at)}${oneOf(chance, others)}${right.slice(at + 1)}`;
};

/** Messages that a stranger makes of one that they have seen, as many as are asked for. */
export const generatedMessages = function* (genuine: Genuine, chance: Chance): Generator<Attempt> {
  const seconds = Math.floor(genuine.now.getTime() / 1000);
  for (;;) {
    const change = oneOf<() => NonNullable<Attempt['sent']>>(chance, [
      () => ({ body: changedBody(genuine.body, chance) }),
      () => ({ id: `${genuine.id.slice(0, chance.below(genuine.id.length))}${chance.below(1e9)}x` }),
      () => ({ stamp: String(seconds - 300 + ((chance.below(600) + 301) % 601) || seconds + 1) }),
      () => ({ signature: (right) => otherDigit(right, chance) }),
      () => ({ signature: (right) => right.replaceAll(/[0-9a-f]/g, () => oneOf(chance, DIGITS)) }),
    ])();
    if (change.stamp === String(seconds)) continue;
    yield sending(genuine, change);
  }
};
