import * as z from 'zod/mini';
import { OperationId } from '../contract/identifiers';
import { DownstreamFailed } from '../runtime/downstream';
import type { TableCall } from '../runtime/table';
import type { FindWaiter, RegisterWaiter } from './waiters-port';

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

const Found = z.object({
  Item: z.optional(z.object({ operationId: z.optional(z.object({ S: OperationId })) })),
});

/** An entry says who waits until another takes its place, or until some time after it has expired. */
export const createFindWaiter =
  (table: TableCall): FindWaiter =>
  async (stack) => {
    const answer = await table('GetItem', { Key: { key: { S: stack } }, ConsistentRead: true });
    const found = Found.safeParse(answer);
    if (!found.success) throw new DownstreamFailed('dynamodb', found.error);
    return found.data.Item?.operationId?.S;
  };
