import { block, closed, printable, verbatim } from '../order/printable';

/** Characters of a comment: Jira takes 32,767, and the reference and a note on what was cut off fit into the rest. */
const LONGEST = 30_000;
/** Characters of any one text that AWS reported: no single one may crowd out the others. */
const LONGEST_TEXT = 4_000;

/** A text that somebody typed or AWS reported, as a part of a line of ours: its own line breaks mean nothing there. */
export const plain = (text: string): string => printable(text.replace(/\s+/g, ' '), LONGEST_TEXT);

/** The same to be copied, as a block of lines of its own. */
export const copyable = (text: string): string => block([verbatim(text, LONGEST_TEXT)]);

/** What is written down until it can be posted, so no longer than what can be. Parts that are not there are left out. */
export const joined = (...parts: readonly (string | null | undefined)[]): string =>
  fitting(parts.filter((part) => part !== null && part !== undefined && part !== '').join('\n\n'));

export const fitting = (body: string): string =>
  body.length > LONGEST
    ? `${closed(`${body.slice(0, LONGEST).replace(/\p{Surrogate}$/u, '')}…`)}\n(The rest is left out.)`
    : body;
