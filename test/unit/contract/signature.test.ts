import { inspect } from 'node:util';
import {
  BodyTooLarge,
  type IncomingHeaders,
  MAX_BODY_BYTES,
  sign,
  SignatureRefused,
} from '../../../aws-bridge/contract/signature';
import { aKey, aSignedMessage, NOW, secondsLater, verified } from '../../builders/signed-messages';

const message = aSignedMessage();
const { headers, body } = message;
const signature = headers['webhook-signature'];
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof SignatureRefused) return error.reason;
    throw error;
  }
  return 'accepted';
};
const withHeaders = (changes: IncomingHeaders) => ({ headers: { ...headers, ...changes }, body });

test('what was signed is authentic and yields its id', () => {
  expect(verified(message)).toBe('launch-10042-0123456789abcdef');
});

test('the signature is that of the specification, computed by hand', () => {
  expect(
    sign({ id: 'msg_1', at: new Date(1_700_000_000_999), body: Buffer.from('{}'), key: aKey(7) }),
  ).toEqual({
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1700000000',
    'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/) as unknown,
  });
});

describe('time', () => {
  test.each([
    [0, 'accepted'],
    [299, 'accepted'],
    [300, 'accepted'],
    [300.999, 'accepted'],
    [301, 'stale'],
    [86_400, 'stale'],
    [-299, 'accepted'],
    [-300, 'accepted'],
    [-301, 'from the future'],
    [-86_400, 'from the future'],
  ])('%d seconds after signing it is %s', (seconds, expected) => {
    expect(refusal(() => verified(message, { now: secondsLater(seconds) }))).toBe(expected);
  });

  test('a replay verifies within the window - telling it from the first is the receiver’s part - and not outside', () => {
    expect(verified(message)).toBe(verified(message));
    expect(refusal(() => verified(message, { now: secondsLater(301) }))).toBe('stale');
  });

  const stamp = headers['webhook-timestamp'];
  test.each([
    `${stamp}abc`,
    ` ${stamp}`,
    `${stamp} `,
    `+${stamp}`,
    `-${stamp}`,
    `0${stamp}`,
    `${stamp}.0`,
    `${stamp}.9`,
    `${stamp}\n`,
    `0x${Number(stamp).toString(16)}`,
    `${stamp}e0`,
    Number(stamp).toExponential(),
    `${stamp},${stamp}`,
    '',
    '0',
    'NaN',
    'Infinity',
    '9'.repeat(13),
    '１７６８４６７６００',
    NOW.toISOString(),
  ])('the timestamp %j is refused for its form alone', (timestamp) => {
    expect(refusal(() => verified(withHeaders({ 'webhook-timestamp': timestamp })))).toBe(
      'malformed timestamp',
    );
  });

  test('nothing is signed at a moment that is none', () => {
    const at = new Date(Number.NaN);
    expect(() => sign({ id: 'a', at, body, key: aKey(1) })).toThrow(
      new TypeError('A message cannot be signed at NaN'),
    );
  });
});

describe('the id', () => {
  test.each(['', 'a.b', 'launch.1', 'a b', 'a\n', 'ä', 'a,b', 'a'.repeat(129)])(
    '%j is refused, and not signed',
    (id) => {
      expect(refusal(() => verified(withHeaders({ 'webhook-id': id })))).toBe('malformed id');
      expect(() => sign({ id, at: NOW, body, key: aKey(1) })).toThrow(
        new TypeError(`A webhook id is 1 to 128 letters, digits, _ or -: ${id}`),
      );
    },
  );

  test('a dot cannot be moved between the id and the timestamp', () => {
    const moved = { 'webhook-id': 'a.1', 'webhook-timestamp': headers['webhook-timestamp'] };
    expect(refusal(() => verified(withHeaders(moved)))).toBe('malformed id');
  });
});

describe('headers', () => {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

  test.each(names)('without %s nothing is authentic', (name) => {
    expect(refusal(() => verified(withHeaders({ [name]: undefined })))).toBe(`no ${name}`);
    const others = Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
    expect(refusal(() => verified({ headers: others, body }))).toBe(`no ${name}`);
    expect(refusal(() => verified(withHeaders({ [name]: [] })))).toBe(`no ${name}`);
  });

  test('names in any case and lists of one value are understood', () => {
    const shouted = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key.toUpperCase(), [value]]),
    );
    expect(verified({ headers: shouted, body })).toBe(headers['webhook-id']);
  });

  test.each(names)('%s twice is one too many, even twice the same', (name) => {
    const value = headers[name];
    expect(refusal(() => verified(withHeaders({ [name]: [value, value] })))).toBe(
      `several values of ${name}`,
    );
    expect(refusal(() => verified(withHeaders({ [name.toUpperCase()]: value })))).toBe(
      `several values of ${name}`,
    );
    expect(refusal(() => verified(withHeaders({ [name]: `${value},${value}` })))).toMatch(/^malformed/);
  });
});

describe('signatures', () => {
  const other = aSignedMessage({ key: aKey(2) }).headers['webhook-signature'];
  const verdict = (value: string) => refusal(() => verified(withHeaders({ 'webhook-signature': value })));

  test.each([
    ['one of several', `${other} ${signature}`, 'accepted'],
    ['five', `${other} ${other} ${other} ${other} ${signature}`, 'accepted'],
    ['six', `${other} ${other} ${other} ${other} ${other} ${signature}`, 'too many signatures'],
    ['very many', Array.from({ length: 5000 }, () => signature).join(' '), 'too many signatures'],
    ['a scheme of later, beside ours', `v1a,${'A'.repeat(86)}== ${signature}`, 'accepted'],
    ['a scheme of much later, beside ours', `v12,AAAA ${signature}`, 'accepted'],
    ['something before our scheme', `x${signature}`, 'malformed signature'],
    ['something before another scheme', `x${signature.replace('v1,', 'v2,')}`, 'malformed signature'],
    ['something behind another scheme', `${signature.replace('v1,', 'v2,')},junk`, 'malformed signature'],
    ['a scheme of later alone', signature.replace('v1,', 'v2,'), 'no signature matches'],
    ['the asymmetric scheme with our digits', signature.replace('v1,', 'v1a,'), 'no signature matches'],
    ['a scheme in capitals', signature.replace('v1,', 'V1,'), 'malformed signature'],
    ['no scheme', signature.slice(3), 'malformed signature'],
    ['an empty scheme', signature.slice(2), 'malformed signature'],
    ['something behind it', `${signature},junk`, 'malformed signature'],
    ['something beside it', `${signature} junk`, 'malformed signature'],
    ['two spaces between', `${other}  ${signature}`, 'malformed signature'],
    ['a space before', ` ${signature}`, 'malformed signature'],
    ['a space behind', `${signature} `, 'malformed signature'],
    ['a tab between', `${other}\t${signature}`, 'malformed signature'],
    ['a line break behind', `${signature}\n`, 'malformed signature'],
    ['no padding', signature.slice(0, -1), 'malformed signature'],
    ['padding too much', `${signature}=`, 'malformed signature'],
    ['hexadecimal', `v1,${Buffer.from(signature.slice(3), 'base64').toString('hex')}`, 'malformed signature'],
    ['nothing', '', 'malformed signature'],
    ['v1 alone', 'v1,', 'malformed signature'],
  ])('%s', (_, value, expected) => {
    expect(verdict(value)).toBe(expected);
  });

  test('of the digits that decode to the same last byte only the canonical one is accepted', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const accepted = Array.from(alphabet).filter(
      (digit) => verdict(`${signature.slice(0, -2)}${digit}=`) === 'accepted',
    );
    expect(accepted).toEqual([signature.at(-2)]);
  });

  test('the URL-safe alphabet is not ours', () => {
    for (let byte = 0; byte < 50; byte++) {
      const signed = aSignedMessage({ body: `{"n":${byte}}` });
      const value = signed.headers['webhook-signature'];
      const safe = value.replaceAll('+', '-').replaceAll('/', '_');
      if (safe === value) continue;
      const given = { headers: { ...signed.headers, 'webhook-signature': safe }, body: signed.body };
      expect(refusal(() => verified(given))).toBe('malformed signature');
      return;
    }
    throw new Error('no signature had a + or /');
  });
});

test('the largest body is accepted, one byte more is refused before anything else is looked at', () => {
  const largest = aSignedMessage({ body: Buffer.alloc(MAX_BODY_BYTES, 'a') });
  expect(verified(largest)).toBeDefined();
  const larger = { headers: {}, body: Buffer.alloc(MAX_BODY_BYTES + 1, 'a') };
  expect(() => verified(larger)).toThrow(BodyTooLarge);
});

test('a header that is there without a value is not there, before the one that counts and behind it', () => {
  const before = { headers: { 'WEBHOOK-ID': undefined, ...headers }, body };
  expect(verified(before)).toBe(headers['webhook-id']);
  const behind = { headers: { ...headers, 'WEBHOOK-ID': undefined }, body };
  expect(verified(behind)).toBe(headers['webhook-id']);
});

test('each refusal is told by its name and in words', () => {
  expect(String(new SignatureRefused('stale'))).toBe('SignatureRefused: The message is not authentic: stale');
  expect(String(new BodyTooLarge())).toBe('BodyTooLarge: The body is longer than 262144 bytes');
});

test('an empty body can be authentic', () => {
  expect(verified(aSignedMessage({ body: '' }))).toBeDefined();
});

test('the bytes are what counts: invalid UTF-8 that decodes alike is not the same', () => {
  const signed = aSignedMessage({ body: Buffer.from([0x22, 0xff, 0x22]) });
  expect(verified(signed)).toBeDefined();
  const alike = { ...signed, body: Buffer.from([0x22, 0xfe, 0x22]) };
  expect(refusal(() => verified(alike))).toBe('no signature matches');
});

test('no refusal holds the body, a signature or a secret', () => {
  const tampered = { headers, body: Buffer.from('{"password":"hunter2"}') };
  try {
    verified(tampered);
    throw new Error('accepted');
  } catch (error) {
    expect(inspect(error)).not.toMatch(/hunter2|v1,|whsec_/);
  }
});
