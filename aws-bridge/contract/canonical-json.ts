/** The value cannot be written as canonical JSON: `path` says where, `problem` what. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
  readonly path: string;
  readonly problem: string;
  constructor(path: string, problem: string) {
    super(`${path || 'the value'}: ${problem}`);
    this.path = path;
    this.problem = problem;
  }
}

/**
 * Writes a JSON value as RFC 8785 (JSON Canonicalization Scheme) asks: members sorted by UTF-16 code units, no
 * white space, numbers and strings as ECMAScript writes them.
 *
 * Refuses what two readers could take for different things: undefined, NaN and infinities, lone surrogates, and
 * anything that is not plain data.
 * @throws NotCanonical
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export const canonicalJson = (value: unknown): string => write(value, '');

const write = (value: unknown, path: string): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value, path);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonical(path, 'not a finite number');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, index) => write(item, `${path}[${index}]`)).join(',')}]`;
  }
  if (typeof value === 'object' && isPlain(value)) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${text(key, path)}:${write(member, join(path, key))}`).join(',')}}`;
  }
  throw new NotCanonical(path, `${typeof value} is not JSON`);
};

const text = (value: string, path: string): string => {
  if (!value.isWellFormed()) throw new NotCanonical(path, 'a lone surrogate');
  return JSON.stringify(value);
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const join = (path: string, key: string): string => (path ? `${path}.${key}` : key);
