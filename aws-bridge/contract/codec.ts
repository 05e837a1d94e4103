import { en } from 'zod/locales';
import type * as z from 'zod/mini';
import { type IncomingHeaders, sign, type SignatureHeaders, type SigningKey, verify } from './signature';

/** An authentic message that does not mean anything: `problems` names each failing path. */
export class MessageMalformed extends Error {
  override readonly name = 'MessageMalformed';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The message is malformed: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** Writes and signs a message. `id` is its idempotency key. */
export const seal = (message: {
  readonly id: string;
  readonly at: Date;
  readonly content: unknown;
  readonly key: SigningKey;
}): { readonly headers: SignatureHeaders & { readonly 'content-type': string }; readonly body: string } => {
  const body = JSON.stringify(message.content);
  const headers = sign({ id: message.id, at: message.at, body: Buffer.from(body), key: message.key });
  return { headers: { ...headers, 'content-type': 'application/json' }, body };
};

/**
 * Verifies a message over its raw bytes and only then parses it.
 * @throws SignatureRefused, BodyTooLarge, MessageMalformed
 */
export const open = <Schema extends z.ZodMiniType>(
  schema: Schema,
  message: {
    readonly headers: IncomingHeaders;
    readonly body: Uint8Array;
    readonly keys: readonly SigningKey[];
    readonly now: Date;
  },
): { readonly id: string; readonly content: z.infer<Schema> } => {
  const { id } = verify(message);
  return { id, content: parseMessage(schema, message.body) };
};

/** zod/mini has no words of its own. Given with each call, because a setting would be the whole process's. */
const IN_ENGLISH = en().localeError;

/** @throws MessageMalformed */
const parseMessage = <Schema extends z.ZodMiniType>(schema: Schema, body: Uint8Array): z.infer<Schema> => {
  const parsed = schema.safeParse(readJson(body), { error: IN_ENGLISH });
  if (parsed.success) return parsed.data;
  throw new MessageMalformed(
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`),
  );
};

/**
 * Reads JSON that can be read in one way only. Writing it again must give the same text: that refuses duplicate
 * keys, white space and odd numbers without a parser of our own. Both sides write with JSON.stringify. A member
 * named `__proto__` is refused because a schema's record would drop it without a word.
 */
const readJson = (body: Uint8Array): unknown => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const value: unknown = JSON.parse(text);
    if (JSON.stringify(value) === text && !LONE_SURROGATE.test(text) && !text.includes(PROTO)) return value;
  } catch {
    // Neither the parser's message nor the text belongs into an answer: they could quote the body.
  }
  throw new MessageMalformed(['body: not JSON as JSON.stringify writes it, in UTF-8']);
};

/** Within a string the quotes would be escaped, so this is a member. */
const PROTO = '"__proto__":';

/** JSON.stringify escapes control characters, which begin with `\u0`, and surrogates that stand alone. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud/;
