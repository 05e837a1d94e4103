/** A DynamoDB attribute value, of the types that are compared here; the rest is kept as it is. */
export interface Attribute {
  readonly S?: string;
  readonly N?: string;
}
export type Item = Readonly<Record<string, Attribute>>;

export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

/** Something of DynamoDB's that is not modelled here. */
export class ExpressionNotModelled extends Error {
  override readonly name = 'ExpressionNotModelled';
  constructor(expression: string, at: string) {
    super(`The simulated table does not model "${at}" in the expression "${expression}"`);
  }
}

export const nameOf = (given: string, { ExpressionAttributeNames: names = {} }: Placeholders): string => {
  const meant = given.startsWith('#') ? names[given] : given;
  if (meant === undefined) throw new ExpressionNotModelled(given, `${given}, which is not defined`);
  return meant;
};

export const valueOf = (
  given: string,
  { ExpressionAttributeValues: values = {} }: Placeholders,
): Attribute => {
  const meant = values[given];
  if (meant === undefined) throw new ExpressionNotModelled(given, `${given}, which is not defined`);
  return meant;
};

const equal = (there: Attribute, asked: Attribute): boolean =>
  asked.N === undefined ? there.S === asked.S : there.N !== undefined && Number(there.N) === Number(asked.N);

/** Values of two types are in no order. */
const less = (there: Attribute, asked: Attribute): boolean =>
  there.N !== undefined && asked.N !== undefined && Number(there.N) < Number(asked.N);

const TOKEN = /\s*(attribute_not_exists|attribute_exists|AND\b|OR\b|[()]|<(?![=>])|=|[#:]?\w+)/y;

const tokensOf = (expression: string): readonly string[] => {
  const tokens: string[] = [];
  for (let at = 0; at < expression.trimEnd().length;) {
    TOKEN.lastIndex = at;
    const [whole, token] = TOKEN.exec(expression) ?? [];
    if (whole === undefined || token === undefined)
      throw new ExpressionNotModelled(expression, expression.slice(at));
    tokens.push(token);
    at += whole.length;
  }
  return tokens;
};

/**
 * Whether a condition holds for an item: whether attributes are there, equality and order of texts and numbers, put together
 * with AND, OR and parentheses. An attribute that is not there is equal to nothing, and less than nothing.
 * @throws ExpressionNotModelled
 */
export const holds = (expression: string, item: Item | undefined, placeholders: Placeholders): boolean => {
  const tokens = tokensOf(expression);
  let next = 0;
  const take = (expected?: string): string => {
    const token = tokens[next];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new ExpressionNotModelled(expression, tokens.slice(next).join(' '));
    next += 1;
    return token;
  };
  const attribute = (name: string): Attribute | undefined => item?.[nameOf(name, placeholders)];

  const term = (): boolean => {
    const first = take();
    if (first === '(') {
      const inside = either();
      take(')');
      return inside;
    }
    if (first === 'attribute_exists' || first === 'attribute_not_exists') {
      take('(');
      const there = attribute(take()) !== undefined;
      take(')');
      return there === (first === 'attribute_exists');
    }
    if (!/^#?\w+$/.test(first)) throw new ExpressionNotModelled(expression, first);
    const operator = take();
    if (operator !== '=' && operator !== '<') throw new ExpressionNotModelled(expression, operator);
    const [there, asked] = [attribute(first), valueOf(take(), placeholders)];
    return there !== undefined && (operator === '=' ? equal : less)(there, asked);
  };
  // Both sides are read in any case.
  const both = (): boolean => {
    let held = term();
    while (tokens[next] === 'AND') {
      next += 1;
      held = term() && held;
    }
    return held;
  };
  const either = (): boolean => {
    let held = both();
    while (tokens[next] === 'OR') {
      next += 1;
      held = both() || held;
    }
    return held;
  };

  const held = either();
  if (next < tokens.length) throw new ExpressionNotModelled(expression, tokens.slice(next).join(' '));
  return held;
};
