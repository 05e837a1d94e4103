/** A DynamoDB attribute value, of the two types that the waiters' table has. */
interface Attribute {
  readonly S?: string;
  readonly N?: string;
}
type Item = Readonly<Record<string, Attribute>>;

interface Input {
  readonly TableName: string;
  readonly Key?: { readonly key: Attribute };
  readonly Item?: Item;
  readonly ConsistentRead?: boolean;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly ReturnValues?: string;
}

/** A refusal in DynamoDB's words: its error's name. */
export class TableRefused extends Error {
  override readonly name = 'TableRefused';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const invalid = (what: string): TableRefused => new TableRefused('ValidationException', what);

/** The waiters' table: one item a key, reads that are consistent, and the expressions that the bridge writes. */
export const createTable = (tableName: string) => {
  const items = new Map<string, Item>();

  const nameIn = (input: Input, name: string): string => {
    if (!name.startsWith('#')) return name;
    const meant = input.ExpressionAttributeNames?.[name];
    if (meant === undefined) throw invalid(`An expression attribute name is not defined: ${name}`);
    return meant;
  };
  const valueIn = (input: Input, name: string): Attribute => {
    const meant = input.ExpressionAttributeValues?.[name];
    if (meant === undefined) throw invalid(`An expression attribute value is not defined: ${name}`);
    return meant;
  };

  const holds = (input: Input, condition: string, item: Item | undefined): boolean => {
    const [, existence, attribute = ''] = /^attribute_(not_exists|exists)\((#?\w+)\)$/.exec(condition) ?? [];
    if (existence !== undefined) {
      return (item?.[nameIn(input, attribute)] !== undefined) === (existence === 'exists');
    }
    const [, left = '', operator, right = ''] = /^(#?\w+) (=|<>|<=|>) (:\w+)$/.exec(condition) ?? [];
    if (operator === undefined)
      throw invalid(`The simulation's table does not model the condition ${condition}`);
    const [there, asked] = [item?.[nameIn(input, left)], valueIn(input, right)];
    const same = there !== undefined && there.S === asked.S && there.N === asked.N;
    if (operator === '=' || operator === '<>') return same === (operator === '=');
    return there?.N !== undefined && Number(there.N) > Number(asked.N) === (operator === '>');
  };

  const check = (input: Input, item: Item | undefined): void => {
    const conditions = input.ConditionExpression?.split(' AND ') ?? [];
    const alternatives = (condition: string): readonly string[] =>
      condition.replace(/^\((.+ OR .+)\)$/, '$1').split(' OR ');
    if (conditions.every((condition) => alternatives(condition).some((one) => holds(input, one, item))))
      return;
    throw new TableRefused('ConditionalCheckFailedException', 'The conditional request failed');
  };

  const keyOf = ({ Key, Item: item }: Input): string => {
    const key = (Key?.key ?? item?.['key'])?.S;
    if (key === undefined) throw invalid('The provided key element does not match the schema');
    return key;
  };

  const operations: Readonly<Record<string, (input: Input, key: string) => object>> = {
    GetItem: (input, key) => {
      if (!input.ConsistentRead) throw invalid('The simulation models consistent reads only');
      const item = items.get(key);
      return item ? { Item: item } : {};
    },
    PutItem: (input, key) => {
      check(input, items.get(key));
      items.set(key, structuredClone(input.Item ?? {}));
      return {};
    },
    UpdateItem: (input, key) => {
      const item = items.get(key);
      check(input, item);
      const [, assignments] = /^SET (.+)$/.exec(input.UpdateExpression ?? '') ?? [];
      if (assignments === undefined) throw invalid('The simulation models updates that set only');
      const changes = assignments.split(', ').map((assignment) => {
        const [name = '', value = ''] = assignment.split(' = ');
        return [nameIn(input, name), valueIn(input, value)] as const;
      });
      const updated = { key: { S: key }, ...item, ...Object.fromEntries(changes) };
      items.set(key, updated);
      return input.ReturnValues === 'ALL_NEW' ? { Attributes: updated } : {};
    },
  };

  return {
    items: items as ReadonlyMap<string, Item>,
    /** @throws TableRefused */
    call: (operation: string, input: Input): object => {
      const run = operations[operation];
      if (!run) throw invalid(`The simulation's table does not model ${operation}`);
      if (input.TableName !== tableName)
        throw new TableRefused('ResourceNotFoundException', 'Requested resource not found');
      return run(input, keyOf(input));
    },
  };
};
