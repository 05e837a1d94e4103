import { anyText, having, orAbsent } from '../contract/fits';
import { type SigningKey, signingKey } from '../contract/signature';

/**
 * How long keys that were read are used, in milliseconds. A rotation therefore puts the new key beside the old one
 * at every receiver first, waits this long, and only then lets the sender change.
 */
const FRESH_FOR = 5 * 60_000;
/** Milliseconds before a failed reading is tried again, while older keys serve. */
const RETRY_AFTER = 10_000;

/** The stored secret is not `{"current": "whsec_…", "previous": "whsec_…"}`. Never says what it is. */
export class StoredSecretMalformed extends Error {
  override readonly name = 'StoredSecretMalformed';
  constructor(problem: string) {
    super(
      `The stored webhook secret is unusable: ${problem}; expected {"current":"whsec_…","previous":"whsec_…"}`,
    );
  }
}

const fitsStoredSecret = having<{ current: string; previous?: string | undefined }>({
  current: anyText,
  previous: orAbsent(anyText),
});

/** @throws StoredSecretMalformed, SecretMalformed */
export const parseSigningKeys = (stored: string): readonly SigningKey[] => {
  const value = parsed(stored);
  if (!fitsStoredSecret(value)) throw new StoredSecretMalformed('not of that form');
  const { current, previous } = value;
  return [current, ...(previous === undefined ? [] : [previous])].map(signingKey);
};

const parsed = (stored: string): unknown => {
  try {
    return JSON.parse(stored);
  } catch {
    // The parser's message quotes the text, which is the secret.
    throw new StoredSecretMalformed('not JSON');
  }
};

/**
 * The keys of one direction, the current one first: sign with the first, accept any.
 *
 * Keys are read once in five minutes, by one reading however many ask. When a reading fails and older keys are
 * known, those go on serving: a moment without Secrets Manager is no reason to turn messages away.
 * @param ports.readSecret reads the stored secret's text
 * @throws whatever the first reading throws
 */
export const createSigningKeys = (ports: {
  readonly readSecret: () => Promise<string>;
  readonly now: () => Date;
}): (() => Promise<readonly SigningKey[]>) => {
  let known: readonly SigningKey[] | undefined;
  let nextReading = -Infinity;
  let reading: Promise<readonly SigningKey[]> | undefined;

  const read = async (): Promise<readonly SigningKey[]> => {
    try {
      known = parseSigningKeys(await ports.readSecret());
      nextReading = ports.now().getTime() + FRESH_FOR;
      return known;
    } catch (error) {
      if (!known) throw error;
      nextReading = ports.now().getTime() + RETRY_AFTER;
      return known;
    } finally {
      reading = undefined;
    }
  };

  return async () => {
    if (known && ports.now().getTime() < nextReading) return known;
    reading ??= read();
    return reading;
  };
};
