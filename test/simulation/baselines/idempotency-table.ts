import { z } from 'zod';
import { AwsError } from '../../sandbox/aws/service';
import { type Attribute, ExpressionNotModelled, holds, type Item, nameOf, valueOf } from './conditions';

const attribute = z.custom<Attribute>((value) => typeof value === 'object' && value !== null);
const item = z.record(z.string(), attribute);
const KEY = 'id';
const key = z.strictObject({ [KEY]: z.strictObject({ S: z.string() }) });
const names = { ExpressionAttributeNames: z.record(z.string(), z.string()).optional() };
const values = { ExpressionAttributeValues: item.optional() };

// Members that are not here are not modelled.
const GetInput = z.strictObject({ TableName: z.string(), Key: key, ConsistentRead: z.literal(true) });
const DeleteInput = z.strictObject({ TableName: z.string(), Key: key });
const PutInput = z.strictObject({
  ...{ TableName: z.string(), Item: item, ...names, ...values },
  ConditionExpression: z.string().optional(),
  ReturnValuesOnConditionCheckFailure: z.enum(['NONE', 'ALL_OLD']).optional(),
});
const UpdateInput = z.strictObject({
  ...{ TableName: z.string(), Key: key, ...names, ...values },
  UpdateExpression: z.string(),
});

/** A write whose condition does not hold; with what is there, where that was asked for. */
export class ConditionFailed extends AwsError {
  readonly item: Item | undefined;
  constructor(there: Item | undefined) {
    super('ConditionalCheckFailedException', 'The conditional request failed');
    this.item = there;
  }
}

/**
 * A DynamoDB table as a store of idempotency records needs it: one item a key, and the calls that such a store makes.
 * Every input that is not exactly one of those is an error.
 */
export const createIdempotencyTable = (tableName: string) => {
  const items = new Map<string, Item>();

  const known = <Input extends { readonly TableName: string }>(
    schema: z.ZodType<Input>,
    given: object,
  ): Input => {
    const input = schema.parse(given);
    if (input.TableName !== tableName)
      throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    return input;
  };

  const put = (given: object): object => {
    const input = known(PutInput, given);
    const id = key.parse({ [KEY]: input.Item[KEY] })[KEY].S;
    const there = items.get(id);
    if (input.ConditionExpression !== undefined && !holds(input.ConditionExpression, there, input))
      throw new ConditionFailed(input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? there : undefined);
    items.set(id, input.Item);
    return {};
  };

  const update = (given: object): object => {
    const input = known(UpdateInput, given);
    const [, assignments] = /^SET (.+)$/.exec(input.UpdateExpression) ?? [];
    if (assignments === undefined) throw new ExpressionNotModelled(input.UpdateExpression, 'no SET');
    const changes = assignments.split(', ').map((assignment) => {
      const [, name, value] = /^(#?\w+) = (:\w+)$/.exec(assignment) ?? [];
      if (name === undefined || value === undefined)
        throw new ExpressionNotModelled(input.UpdateExpression, assignment);
      return [nameOf(name, input), valueOf(value, input)] as const;
    });
    const id = input.Key[KEY].S;
    items.set(id, { ...(items.get(id) ?? input.Key), ...Object.fromEntries(changes) });
    return {};
  };

  const operations: Readonly<Record<string, (given: object) => object>> = {
    PutItem: put,
    UpdateItem: update,
    GetItem: (given) => {
      const there = items.get(known(GetInput, given).Key[KEY].S);
      return there === undefined ? {} : { Item: there };
    },
    DeleteItem: (given) => {
      items.delete(known(DeleteInput, given).Key[KEY].S);
      return {};
    },
  };

  return {
    items: items as ReadonlyMap<string, Item>,
    /** @throws AwsError as DynamoDB refuses; anything else is not modelled */
    call: (operation: string, input: object): object => {
      const run = operations[operation];
      if (!run) throw new ExpressionNotModelled(operation, operation);
      return run(input);
    },
  };
};
