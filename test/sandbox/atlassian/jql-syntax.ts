/** A query that Jira refuses; the messages are those of its 400. */
export class JqlRefused extends Error {
  override readonly name = 'JqlRefused';
}

/** One condition: a field, an operator in lower case, and what it is compared with. */
export interface Clause {
  readonly kind: 'clause';
  readonly field: string;
  readonly operator: string;
  /** Empty for `is empty`. */
  readonly values: readonly string[];
  /** As it was written. */
  readonly text: string;
}

export type Query = { readonly kind: 'and' | 'or' | 'not'; readonly parts: readonly Query[] } | Clause;

interface Token {
  readonly kind: 'word' | 'quoted' | 'sign';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /\s+|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(!=|!~|>=|<=|=|>|<|~|\(|\)|,)|([^\s"'()=<>!~,]+)/suy;

const tokensOf = (jql: string): Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < jql.length) {
    const start = TOKEN.lastIndex;
    const part = TOKEN.exec(jql);
    if (!part) throw misunderstood(jql.slice(start));
    const [, quoted, sign, word] = part;
    const end = TOKEN.lastIndex;
    if (quoted !== undefined) {
      const text = quoted.slice(1, -1).replaceAll(/\\(.)/gsu, '$1');
      tokens.push({ kind: 'quoted', text, start, end });
    } else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, start, end });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, start, end });
  }
  return tokens;
};

const misunderstood = (text: string): JqlRefused =>
  new JqlRefused(`Error in the JQL query: the sandbox does not understand '${text.trim()}'.`);

/**
 * Reads a query. AND binds closer than OR, NOT closest.
 * @throws JqlRefused for what is no query, and for one without any restriction
 */
export const parse = (
  jql: string,
): {
  readonly where: Query;
  readonly order: { readonly field: string; readonly descending: boolean } | undefined;
} => {
  const tokens = tokensOf(jql);
  let at = 0;
  const word = (ahead = 0): string => {
    const token = tokens[at + ahead];
    return token?.kind === 'word' ? token.text.toLowerCase() : '';
  };
  const rest = (): JqlRefused => misunderstood(jql.slice(tokens[at]?.start ?? jql.length));
  const sign = (text: string): boolean => {
    const token = tokens[at];
    if (token?.kind !== 'sign' || token.text !== text) return false;
    at += 1;
    return true;
  };
  const taken = (text: string): boolean => {
    if (word() !== text) return false;
    at += 1;
    return true;
  };

  const value = (): string => {
    const token = tokens[at];
    if (!token || token.kind === 'sign') throw rest();
    at += 1;
    if (token.kind === 'word' && tokens[at]?.text === '(') {
      at -= 1;
      throw rest();
    }
    return token.text;
  };

  const list = (): string[] => {
    if (!sign('(')) throw rest();
    const values = [value()];
    while (sign(',')) values.push(value());
    if (!sign(')')) throw rest();
    return values;
  };

  const operatorAndValues = (): Pick<Clause, 'operator' | 'values'> => {
    if (taken('is')) {
      const operator = taken('not') ? 'is not' : 'is';
      if (!taken('empty') && !taken('null')) throw rest();
      return { operator, values: [] };
    }
    if (taken('in')) return { operator: 'in', values: list() };
    if (word() === 'not' && word(1) === 'in') {
      at += 2;
      return { operator: 'not in', values: list() };
    }
    const operator = tokens[at];
    if (operator?.kind !== 'sign' || ['(', ')', ','].includes(operator.text)) throw rest();
    at += 1;
    return { operator: operator.text, values: [value()] };
  };

  const clause = (): Query => {
    const first = tokens[at];
    if (!first || first.kind === 'sign') throw rest();
    at += 1;
    const { operator, values } = operatorAndValues();
    const text = jql.slice(first.start, tokens[at - 1]?.end);
    return { kind: 'clause', field: first.text, operator, values, text };
  };

  const term = (): Query => {
    if (taken('not')) return { kind: 'not', parts: [term()] };
    if (!sign('(')) return clause();
    const inner = either();
    if (!sign(')')) throw rest();
    return inner;
  };

  const joined = (kind: 'and' | 'or', part: () => Query): Query => {
    const parts = [part()];
    while (taken(kind)) parts.push(part());
    return parts.length === 1 && parts[0] ? parts[0] : { kind, parts };
  };
  const either = (): Query => joined('or', () => joined('and', term));

  if (tokens.length === 0 || (word() === 'order' && word(1) === 'by')) {
    throw new JqlRefused(
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  }
  const where = either();
  if (!taken('order')) {
    if (at < tokens.length) throw rest();
    return { where, order: undefined };
  }
  if (!taken('by')) throw rest();
  const field = value().toLowerCase();
  // Without a direction, Jira sorts dates and keys from the smallest on.
  const descending = taken('desc');
  if (!descending) taken('asc');
  if (at < tokens.length) throw rest();
  return { where, order: { field, descending } };
};
