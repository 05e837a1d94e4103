/**
 * Reads JSON that can be read in one way only. Writing it again must give the same text: that refuses duplicate
 * keys, white space and odd numbers without a parser of our own. Both sides write with JSON.stringify. A member
 * named `__proto__` is refused because a schema's record would drop it without a word.
 * @param utf8 the text's bytes
 * @returns undefined for everything else: no JSON value is that. Why is not told, since it could quote the text
 */
export const readJson = (utf8: Uint8Array): unknown => {
  try {
    const text = textOf(utf8);
    const value: unknown = JSON.parse(text);
    if (isAsWritten(text, value)) return value;
  } catch {
    // No UTF-8, no JSON, or nested too deeply.
  }
  return undefined;
};

/** Decoding that replaces what is no UTF-8 is quicker than decoding that refuses; only where it may have, the latter is asked. */
const textOf = (utf8: Uint8Array): string => {
  const text = Buffer.from(utf8.buffer, utf8.byteOffset, utf8.length).toString();
  return text.includes('\ufffd')
    ? new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(utf8)
    : text;
};

/**
 * Whether the text is what JSON.stringify writes for the value that was read from it.
 *
 * Where nothing is escaped, as in almost every message, that is told by the length alone, and nothing has to be written: every
 * member is in the text at its full length, and a member that was overwritten, or white space, makes the text longer. Where
 * the length does not tell, it is written.
 */
const isAsWritten = (text: string, value: unknown): boolean =>
  (!text.includes('\\') && shortest(value) === text.length) ||
  (JSON.stringify(value) === text && !LONE_SURROGATE.test(text) && !text.includes(PROTO));

/**
 * Characters of a value's shortest JSON in which nothing is escaped. NaN where the length does not tell: a number may be
 * written longer and shorter, names that begin with a digit move to the front when they are read, and a name is refused.
 */
const shortest = (value: unknown): number => {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return Number.NaN;
  if (value === true || value === null) return 4;
  if (value === false) return 5;
  // Brackets, and a comma behind every item but the last.
  let length = 1;
  if (Array.isArray(value)) {
    for (const item of value) length += shortest(item) + 1;
    return Math.max(length, 2);
  }
  // JSON has nothing else.
  const members = value as Readonly<Record<string, unknown>>;
  // Object.keys would make a list of them.
  for (const name in members) {
    if (name.charCodeAt(0) <= LAST_DIGIT || name === '__proto__') return Number.NaN;
    length += name.length + 4 + shortest(members[name]);
  }
  return Math.max(length, 2);
};

const LAST_DIGIT = '9'.charCodeAt(0);

/** Within a string the quotes would be escaped, so this is a member. */
const PROTO = '"__proto__":';

/** JSON.stringify escapes control characters, which begin with `\u0`, and surrogates that stand alone. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud/;
