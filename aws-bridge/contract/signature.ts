import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Seconds that a message's timestamp may lie before or after the receiver's clock. */
export const TOLERANCE_SECONDS = 300;
/** Bytes of a body at most; a longer one is refused before anything is computed over it. */
export const MAX_BODY_BYTES = 262_144;
const MAX_SIGNATURES = 5;

const ID = /^[A-Za-z0-9_-]{1,128}$/;
const TIMESTAMP = /^[1-9]\d{0,11}$/;
/** 32 bytes in canonical base64: the last digit carries only four bits. */
const V1 = /^v1,[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
/** A signature of a scheme that we do not know is no reason to refuse one that we do. */
const OTHER_SCHEME = /^(?!v1,)v\d{1,3}[a-z]?,[A-Za-z0-9+/]{1,200}={0,2}$/;
const SECRET = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;

/** A message is not authentic. `reason` is for the receiver's log and tests; a sender learns nothing of it. */
export class SignatureRefused extends Error {
  override readonly name = 'SignatureRefused';
  readonly reason: string;
  constructor(reason: string) {
    super(`The message is not authentic: ${reason}`);
    this.reason = reason;
  }
}

/** The body is longer than {@link MAX_BODY_BYTES}. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
  constructor() {
    super(`The body is longer than ${MAX_BODY_BYTES} bytes`);
  }
}

/** A configured secret is not a Standard Webhooks secret. Its value is never part of the message. */
export class SecretMalformed extends Error {
  override readonly name = 'SecretMalformed';
  constructor(problem: string) {
    super(`A webhook secret ${problem}; expected whsec_ followed by the base64 of 24 to 64 bytes`);
  }
}

/** A secret ready for use. It prints as an opaque object, so that it cannot reach a log by accident. */
export type SigningKey = KeyObject;

/** @throws SecretMalformed */
export const signingKey = (secret: string): SigningKey => {
  const encoded = SECRET.exec(secret)?.[1];
  if (encoded === undefined) throw new SecretMalformed('is not of the form whsec_<base64>');
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) throw new SecretMalformed('is not canonical base64');
  if (bytes.length < 24 || bytes.length > 64) throw new SecretMalformed(`has ${bytes.length} bytes`);
  return createSecretKey(bytes);
};

const mac = (key: SigningKey, id: string, timestamp: string, body: Uint8Array): Buffer =>
  createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();

/** The three headers of Standard Webhooks. */
export type SignatureHeaders = Readonly<
  Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>
>;

/**
 * Signs a body as Standard Webhooks asks. The id is the idempotency key; it has no dot.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const sign = (message: {
  readonly id: string;
  readonly at: Date;
  readonly body: Uint8Array;
  readonly key: SigningKey;
}): SignatureHeaders => {
  if (!ID.test(message.id))
    throw new TypeError(`A webhook id is 1 to 128 letters, digits, _ or -: ${message.id}`);
  const timestamp = String(Math.floor(message.at.getTime() / 1000));
  if (!TIMESTAMP.test(timestamp)) throw new TypeError(`A message cannot be signed at ${timestamp}`);
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac(message.key, message.id, timestamp, message.body).toString('base64')}`,
  };
};

export type IncomingHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Verifies a message over its raw bytes, strictly to the specification; see docs/decisions for why not by a library.
 * @param message.keys the current key and, during a rotation, the previous one
 * @returns the message's id, its idempotency key
 * @throws BodyTooLarge before anything else is looked at
 * @throws SignatureRefused for every other reason
 */
export const verify = (message: {
  readonly headers: IncomingHeaders;
  readonly body: Uint8Array;
  readonly keys: readonly SigningKey[];
  readonly now: Date;
}): { readonly id: string } => {
  if (message.body.length > MAX_BODY_BYTES) throw new BodyTooLarge();
  const found = signatureHeaders(message.headers);
  const id = only('webhook-id', found.id);
  if (!ID.test(id)) throw new SignatureRefused('malformed id');
  const timestamp = only('webhook-timestamp', found.timestamp);
  if (!TIMESTAMP.test(timestamp)) throw new SignatureRefused('malformed timestamp');
  const age = Math.floor(message.now.getTime() / 1000) - Number(timestamp);
  if (Math.abs(age) > TOLERANCE_SECONDS) throw new SignatureRefused(age > 0 ? 'stale' : 'from the future');
  const given = signatures(only('webhook-signature', found.signature));
  // Every key and every signature is tried, whichever matches: the time that it takes tells nothing.
  let matches = 0;
  for (const key of message.keys) {
    const expected = mac(key, id, timestamp, message.body);
    for (const signature of given) if (timingSafeEqual(signature, expected)) matches += 1;
  }
  if (matches === 0) throw new SignatureRefused('no signature matches');
  return { id };
};

type Value = IncomingHeaders[string];

/** What there is of the three headers, whatever the case of their names, in one look at each: there may be many others. */
const signatureHeaders = (headers: IncomingHeaders) => {
  let id: Value;
  let timestamp: Value;
  let signature: Value;
  for (const name of Object.keys(headers)) {
    switch (name.toLowerCase()) {
      case 'webhook-id':
        id = together(id, headers[name]);
        break;
      case 'webhook-timestamp':
        timestamp = together(timestamp, headers[name]);
        break;
      case 'webhook-signature':
        signature = together(signature, headers[name]);
    }
  }
  return { id, timestamp, signature };
};

const together = (one: Value, other: Value): Value => (one === undefined ? other : [one, other ?? []].flat());

/** The one value of a header. Two values, even equal ones, are one too many. */
const only = (name: keyof SignatureHeaders, value: Value): string => {
  if (typeof value === 'string') return value;
  const [first, ...more] = value ?? [];
  if (first === undefined) throw new SignatureRefused(`no ${name}`);
  if (more.length > 0) throw new SignatureRefused(`several values of ${name}`);
  return first;
};

const signatures = (header: string): Buffer[] => {
  if (V1.test(header)) return [Buffer.from(header.slice(V1_PREFIX), 'base64')];
  const tokens = header.split(' ', MAX_SIGNATURES + 1);
  if (tokens.length > MAX_SIGNATURES) throw new SignatureRefused('too many signatures');
  const ours: Buffer[] = [];
  for (const token of tokens) {
    if (V1.test(token)) ours.push(Buffer.from(token.slice(V1_PREFIX), 'base64'));
    else if (!OTHER_SCHEME.test(token)) throw new SignatureRefused('malformed signature');
  }
  return ours;
};

/** Characters of `v1,`. */
const V1_PREFIX = 3;
