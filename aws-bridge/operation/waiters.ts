import { OperationId } from '../contract/identifiers';
import { NOT_LATER, ROUND_NAME, unlessConditional } from '../runtime/conditions';
import type { TableCall } from '../runtime/table';
import type { FindWaiter } from '../runtime/wake';
import type { FindOperation, RegisterWaiter } from './waiters-port';

/**
 * Keeps the waiters in a DynamoDB table: one entry a stack, of the latest round. A call can arrive long after its invocation was
 * taken for dead and the next one has registered again; who is registered then stays.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export const createRegisterWaiter =
  (table: TableCall): RegisterWaiter =>
  async ({ stack, callbackId, operationId, round, expiresAt }) => {
    const item = {
      key: { S: stack },
      callbackId: { S: callbackId },
      operationId: { S: operationId },
      round: { N: String(round) },
      expiresAt: { N: String(Math.ceil(expiresAt.getTime() / 1000)) },
    };
    const put = table('PutItem', {
      Item: item,
      ConditionExpression: `#operation <> :operation OR ${NOT_LATER}`,
      ExpressionAttributeNames: { '#operation': 'operationId', ...ROUND_NAME },
      ExpressionAttributeValues: { ':operation': item.operationId, ':round': item.round },
    });
    await put.catch(unlessConditional);
  };

/** DynamoDB removes what has expired within days, and by then the stack's name may be another stack's. */
export const createFindOperation =
  (findWaiter: FindWaiter, now: () => Date): FindOperation =>
  async (stack) => {
    const waiter = await findWaiter(stack);
    if (!waiter || waiter.expiresAt.getTime() <= now().getTime()) return undefined;
    return OperationId.safeParse(waiter.operationId).data;
  };
