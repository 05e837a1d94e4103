import { OperationId } from '../contract/identifiers';
import type { TableCall } from '../runtime/table';
import type { FindWaiter } from '../runtime/wake';
import type { FindOperation, RegisterWaiter } from './waiters-port';

/**
 * Keeps the waiters in a DynamoDB table: one entry a stack, the latest.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export const createRegisterWaiter =
  (table: TableCall): RegisterWaiter =>
  async ({ stack, callbackId, operationId, expiresAt }) => {
    const item = {
      key: { S: stack },
      callbackId: { S: callbackId },
      operationId: { S: operationId },
      expiresAt: { N: String(Math.ceil(expiresAt.getTime() / 1000)) },
    };
    await table('PutItem', { Item: item });
  };

/** DynamoDB removes what has expired within days, and by then the stack's name may be another stack's. */
export const createFindOperation =
  (findWaiter: FindWaiter, now: () => Date): FindOperation =>
  async (stack) => {
    const waiter = await findWaiter(stack);
    if (!waiter || waiter.expiresAt.getTime() <= now().getTime()) return undefined;
    return OperationId.safeParse(waiter.operationId).data;
  };
