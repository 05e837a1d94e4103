import { en } from 'zod/locales';
import type * as z from 'zod/mini';
import { sign, type SignatureHeaders, type SigningKey } from './signature';
import { MessageMalformed, openJson, type SealedMessage } from './signed-json';

export { MessageMalformed };

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
  message: SealedMessage,
): { readonly id: string; readonly content: z.infer<Schema> } => {
  const { id, value } = openJson(message);
  return { id, content: parseMessage(schema, value) };
};

/** zod/mini has no words of its own. Given with each call, because a setting would be the whole process's. */
const IN_ENGLISH = en().localeError;

/** @throws MessageMalformed */
export const parseMessage = <Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): z.infer<Schema> => {
  const parsed = schema.safeParse(value, { error: IN_ENGLISH });
  if (parsed.success) return parsed.data;
  throw new MessageMalformed(
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`),
  );
};
