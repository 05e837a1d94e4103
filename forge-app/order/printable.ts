/** What could hide or forge a line: controls, formatting (such as a change of the direction of text), unassigned. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;
/** Characters that start a link, an image, a mention or a macro where wiki markup is rendered, and our own escape. */
const MARKUP = new Set(['{', '[', '!', '"', '\\']);

/**
 * Writes a text that somebody else chose so that a comment shows all of it and nothing but it: on one line, with
 * everything that could hide, forge or draw something written as `\u{…}`. Different texts are written differently.
 * @param limit characters to show; what is cut off is announced. Only for texts that nobody decides by.
 */
export const printable = (text: string, limit = Number.POSITIVE_INFINITY): string => {
  const all = Array.from(text);
  const written = all
    .slice(0, limit)
    .map((character) => (MARKUP.has(character) || INVISIBLE.test(character) ? escaped(character) : character))
    .join('');
  return all.length > limit ? `${written}… (${all.length} characters)` : written;
};

/** The same for a text of the organization's own (a label, a pattern): on one line, its punctuation as it is. */
export const oneLine = (text: string): string =>
  Array.from(text, (character) => (INVISIBLE.test(character) ? escaped(character) : character)).join('');

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
