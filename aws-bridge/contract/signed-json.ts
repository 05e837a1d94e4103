import { readJson } from './json-text';
import { type IncomingHeaders, type SigningKey, verify } from './signature';

/** An authentic message that does not mean anything: `problems` names each failing path. */
export class MessageMalformed extends Error {
  override readonly name = 'MessageMalformed';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The message is malformed: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

export interface SealedMessage {
  readonly headers: IncomingHeaders;
  readonly body: Uint8Array;
  readonly keys: readonly SigningKey[];
  readonly now: Date;
}

/**
 * Verifies a message over its raw bytes and only then reads its JSON, whatever that means.
 * @throws SignatureRefused, BodyTooLarge, MessageMalformed
 */
export const openJson = (message: SealedMessage): { readonly id: string; readonly value: unknown } => {
  const { id } = verify(message);
  const value = readJson(message.body);
  if (value === undefined) {
    throw new MessageMalformed(['body: not JSON as JSON.stringify writes it, in UTF-8']);
  }
  return { id, value };
};
