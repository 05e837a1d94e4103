/** A pattern of a template that cannot be carried over exactly into this engine's regular expressions. */
export class PatternNotUnderstood extends Error {
  override readonly name = 'PatternNotUnderstood';
}

/**
 * Carries an AllowedPattern over into an ECMAScript pattern (flag `v`) that matches the same texts.
 *
 * CloudFormation uses Java's regular expressions. Taken as they are, some would be refused (`\-` outside of a
 * class) and some would quietly mean something else (`\A`, `\h`, `\p{Alpha}`, `[a-z&&[^b]]`). So the pattern is read
 * piece by piece: what means the same is kept, what can be written otherwise is, and the rest is not understood -
 * possessive quantifiers, inline flags, atomic groups, nested classes, back references (one to a group that took
 * no part fails in Java and succeeds here), `\Q…\E`.
 * @throws PatternNotUnderstood
 * @see https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html
 */
export const ecmaScriptPattern = (javaPattern: string): string => {
  const pattern = new Reader(javaPattern);
  let written = '';
  while (!pattern.ended) written += piece(pattern);
  return written;
};

class Reader {
  readonly #text: readonly string[];
  #at = 0;
  constructor(text: string) {
    this.#text = Array.from(text);
  }
  get ended(): boolean {
    return this.#at >= this.#text.length;
  }
  /** The next character, without taking it. */
  peek(): string {
    return this.#text[this.#at] ?? '';
  }
  take(): string {
    const character = this.peek();
    if (character === '') throw new PatternNotUnderstood('it ends too early');
    this.#at += 1;
    return character;
  }
  /** Takes what matches from here on. */
  takeIf(expected: RegExp): string | undefined {
    const found = expected.exec(this.#text.slice(this.#at).join(''));
    if (found?.index !== 0) return undefined;
    this.#at += Array.from(found[0]).length;
    return found[0];
  }
}

const literal = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Java's `.` and `\s` are narrower than ECMAScript's. */
const DOT = '[^\\n\\r\\u0085\\u2028\\u2029]';
const SPACE = ' \\t\\n\\v\\f\\r';
/** Java's POSIX classes are about US-ASCII; the same names mean other things in ECMAScript. */
const POSIX: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\u{0}-\\u{7f}',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '\\u{21}-\\u{2f}\\u{3a}-\\u{40}\\u{5b}-\\u{60}\\u{7b}-\\u{7e}',
  Graph: '\\u{21}-\\u{7e}',
  Print: '\\u{20}-\\u{7e}',
  Blank: ' \\t',
  Cntrl: '\\u{0}-\\u{1f}\\u{7f}',
  XDigit: '0-9a-fA-F',
  Space: SPACE,
};
/** Unicode's general categories have the same names in both. */
const CATEGORY =
  /^(?:L|Lu|Ll|Lt|Lm|Lo|M|Mn|Mc|Me|N|Nd|Nl|No|P|Pc|Pd|Ps|Pe|Pi|Pf|Po|S|Sm|Sc|Sk|So|Z|Zs|Zl|Zp)$/;

const piece = (pattern: Reader): string => {
  const character = pattern.take();
  switch (character) {
    case '\\':
      return escape(pattern, false);
    case '[':
      return characterClass(pattern);
    case '.':
      return DOT;
    case '(':
      return group(pattern);
    case '*':
    case '+':
    case '?':
      return quantifier(character, pattern);
    case '{': {
      const bounds = pattern.takeIf(/^\d+(?:,\d*)?\}/);
      if (bounds === undefined) throw new PatternNotUnderstood('a { that opens no quantifier');
      return quantifier(`{${bounds}`, pattern);
    }
    case '^':
    case '$':
    case '|':
    case ')':
      return character;
    default:
      return /[A-Za-z0-9 ]/.test(character) ? character : literal(character);
  }
};

const quantifier = (written: string, pattern: Reader): string => {
  const lazy = pattern.takeIf(/^\?/) ?? '';
  if (/[*+?{]/.test(pattern.peek())) throw new PatternNotUnderstood('a possessive or doubled quantifier');
  return written + lazy;
};

const group = (pattern: Reader): string => {
  if (pattern.peek() !== '?') return '(';
  const kind = pattern.takeIf(/^\?(?::|=|!|<=|<!|<[A-Za-z][A-Za-z0-9]*>)/);
  if (kind === undefined) throw new PatternNotUnderstood('an inline flag or a group that only Java knows');
  return `(${kind}`;
};

const escape = (pattern: Reader, inClass: boolean): string => {
  const hexadecimal = pattern.takeIf(/^(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|x\{[0-9A-Fa-f]{1,6}\})/);
  if (hexadecimal !== undefined) return `\\u{${hexadecimal.replace(/[xu{}]/g, '')}}`;
  const property = pattern.takeIf(/^[pP](?:\{\w+\}|[LMNPSZ])/);
  if (property !== undefined) return unicode(property, inClass);
  const character = pattern.take();
  if (!/[A-Za-z0-9]/.test(character)) return literal(character);
  if (/[dDwWtnrf]/.test(character)) return `\\${character}`;
  if (character === 's') return inClass ? SPACE : `[${SPACE}]`;
  if (character === 'S') return `[^${SPACE}]`;
  if (!inClass) {
    // The whole value has to match, so the ends of the input are the ends of a line.
    if (character === 'A') return '^';
    if (character === 'z' || character === 'Z') return '$';
    if (/[bB]/.test(character)) return `\\${character}`;
  }
  throw new PatternNotUnderstood(`the escape \\${character}`);
};

const unicode = (property: string, inClass: boolean): string => {
  const name = property.slice(1).replace(/^\{(?:Is)?|\}$/g, '');
  const negated = property.startsWith('P');
  if (CATEGORY.test(name)) return `\\${negated ? 'P' : 'p'}{${name}}`;
  const members = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined;
  if (members === undefined) throw new PatternNotUnderstood(`the class ${name}`);
  if (negated) return `[^${members}]`;
  return inClass ? members : `[${members}]`;
};

const characterClass = (pattern: Reader): string => {
  const negation = pattern.takeIf(/^\^/) ?? '';
  const members: string[] = [];
  while (pattern.peek() !== ']') {
    if (pattern.takeIf(/^&&/) !== undefined) throw new PatternNotUnderstood('an intersection of classes');
    const character = pattern.take();
    if (character === '[') throw new PatternNotUnderstood('a class within a class');
    if (character === '\\') members.push(escape(pattern, true));
    else if (character === '-') members.push(isRange(members, pattern) ? '-' : literal('-'));
    else members.push(/[A-Za-z0-9 ]/.test(character) ? character : literal(character));
  }
  pattern.take();
  if (members.length === 0) throw new PatternNotUnderstood('an empty class');
  return `[${negation}${members.join('')}]`;
};

/** A hyphen stands for itself at either end of a class, and next to another range or a class such as \w. */
const isRange = (members: readonly string[], pattern: Reader): boolean => {
  const before = members.at(-1);
  const single = (member: string | undefined): boolean =>
    member !== undefined && /^(?:[A-Za-z0-9 ]|\\u\{[0-9a-f]+\}|\\[tnrf])$/i.test(member);
  return single(before) && members.at(-2) !== '-' && pattern.peek() !== ']';
};
