/*
 * How a text that somebody else chose is written into a comment. The service desk's API takes wiki markup: the example
 * of a body in its description has an image, an attachment and emphasis in it, and `renderedBody` is the HTML made of it.
 * https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/
 *
 * Wiki markup's own escape, a backslash, would be read by whoever sees the text unrendered (e-mail, REST), and two of
 * them are a line break. So what could draw, link or mention something, or forge a line, is written as `\u{…}`, and
 * nothing else is: addresses, ARNs, names in brackets and JSON come out as they are.
 */

/** What could hide or forge a line: controls, formatting (such as a change of the direction of text), unassigned. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
/**
 * What starts a macro, a link, a mention or an image, and the backslash. Not a brace that no name follows, not a
 * bracket around plain words, not the `#!/` of an address.
 */
const MARKUP = /\\|\{(?![\s"}])|\[(?![\w ,."'-]*\])|(?<!#)!|!(?!\/)/gu;

/**
 * Writes a text so that a comment hides nothing of it and shows nothing else, on one line. Different texts are written differently,
 * but what stands for emphasis, as `--` or `_x_`, stays and may be drawn as such: nobody decides by these texts. What people decide
 * by is in a {@link block}.
 * @param limit characters to show; what is cut off is announced
 */
export const printable = (text: string, limit = Number.POSITIVE_INFINITY): string =>
  cut(text, limit, (shown) => oneLine(shown.replace(MARKUP, escaped)));

/** The same in quotation marks, so that where it ends is beyond doubt. */
export const quoted = (text: string, limit = Number.POSITIVE_INFINITY): string =>
  `"${cut(text, limit, (shown) => printable(shown).replaceAll('"', escaped))}"`;

/** The same for a text of the organization's own (a label, a pattern): on one line, its punctuation as it is. */
export const oneLine = (text: string): string => text.replace(INVISIBLE, escaped);

/**
 * The same for a line of a {@link block}: wiki markup has no meaning there, so all is as it is but what is invisible,
 * what would end the block, a mention, and what would pass for such an escape.
 */
export const verbatim = (text: string, limit = Number.POSITIVE_INFINITY): string =>
  cut(text, limit, (shown) => oneLine(shown.replace(IN_BLOCK, escaped)));

/** Lines that are shown exactly, and can be copied. */
export const block = (lines: readonly string[]): string => [BLOCK, ...lines, BLOCK].join('\n');

/** Ends a block that the text was cut off in, since Jira reads one without an end as markup. */
export const closed = (text: string): string =>
  text.split(BLOCK).length % 2 === 0 ? `${text}\n${BLOCK}` : text;

const BLOCK = '{noformat}';
const IN_BLOCK = /\{(?=noformat)|\[(?=~)|\\(?=u\{)/giu;

/** Ends a text with one full stop, unless it has an end. */
export const sentence = (text: string): string => {
  const trimmed = text.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed.replace(/\.{2,}$/, '.') : `${trimmed}.`;
};

const cut = (text: string, limit: number, write: (shown: string) => string): string => {
  if (text.length <= limit) return write(text);
  const all = Array.from(text);
  if (all.length <= limit) return write(text);
  return `${write(all.slice(0, limit).join(''))}… (${all.length} characters)`;
};

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
