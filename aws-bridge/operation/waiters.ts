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
  Item: z.optional(
    z.object({
      operationId: z.optional(z.object({ S: OperationId })),
      expiresAt: z.optional(z.object({ N: z.string() })),
    }),
  ),
});

/** DynamoDB removes what has expired within days, and by then the stack's name may be another stack's. */
export const createFindWaiter =
  (table: TableCall, now: () => Date): FindWaiter =>
  async (stack) => {
    const answer = await table('GetItem', { Key: { key: { S: stack } }, ConsistentRead: true });
    const found = Found.safeParse(answer);
    if (!found.success) throw new DownstreamFailed('dynamodb', found.error);
    const { operationId, expiresAt } = found.data.Item ?? {};
    return Number(expiresAt?.N ?? 0) * 1000 > now().getTime() ? operationId?.S : undefined;
  };
