import * as z from 'zod/mini';
import { DownstreamFailed } from './downstream';
import { AwsRefused, type SignedFetch, uriEncoded } from './signed-fetch';
import type { TableCall } from './table';

/** An operation that waits, until a time at which its callback has given up. */
export interface Waiter {
  readonly callbackId: string;
  readonly operationId: string | undefined;
  readonly expiresAt: Date;
}
/** Finds whoever waits under a key, if anybody does. */
export type FindWaiter = (key: string) => Promise<Waiter | undefined>;

/** Completes a callback, or finds that nobody awaits it any more. */
export type CompleteCallback = (callbackId: string) => Promise<'completed' | 'no-longer-awaited'>;

/** What became of waking whoever waits under a key. */
export type Waking = 'completed' | 'no-longer-awaited' | 'nobody-waits';
/** Wakes whoever waits under a key. It hands over no facts: whoever is woken looks for itself. */
export type Wake = (key: string) => Promise<Waking>;

/** An item of the waiters' table is not what the operation function writes. */
export class WaiterMalformed extends Error {
  override readonly name = 'WaiterMalformed';
  constructor(key: string) {
    super(`The waiter ${key} needs callbackId (S) and expiresAt (N, epoch seconds)`);
  }
}

/** @throws what a port throws */
export const createWake =
  (ports: {
    readonly findWaiter: FindWaiter;
    readonly completeCallback: CompleteCallback;
    readonly now: () => Date;
  }): Wake =>
  async (key) => {
    const waiter = await ports.findWaiter(key);
    // DynamoDB removes what has expired within days, not at once.
    if (!waiter || waiter.expiresAt.getTime() <= ports.now().getTime()) return 'nobody-waits';
    return ports.completeCallback(waiter.callbackId);
  };

const Answer = z.object({ Item: z.optional(z.unknown()) });
const Item = z.object({
  callbackId: z.object({ S: z.string().check(z.minLength(1)) }),
  operationId: z.optional(z.object({ S: z.string() })),
  expiresAt: z.object({ N: z.string().check(z.regex(/^\d{1,12}$/)) }),
});

/**
 * Looks a waiter up in the waiters' table.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
 */
export const createFindWaiter =
  (table: TableCall): FindWaiter =>
  async (key) => {
    // Consistent: what wakes may follow the registration closely.
    const answer = Answer.safeParse(
      await table('GetItem', { Key: { key: { S: key } }, ConsistentRead: true }),
    );
    if (!answer.success) throw new DownstreamFailed('dynamodb', answer.error);
    if (answer.data.Item === undefined) return undefined;
    const waiter = Item.safeParse(answer.data.Item);
    if (!waiter.success) throw new WaiterMalformed(key);
    const { callbackId, operationId, expiresAt } = waiter.data;
    return {
      callbackId: callbackId.S,
      operationId: operationId?.S,
      expiresAt: new Date(Number(expiresAt.N) * 1000),
    };
  };

/** Closed, timed out, or of an execution that is past its retention: nobody is left to wake. */
const NOBODY_LEFT = new Set(['CallbackTimeoutException', 'ResourceNotFoundException']);

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackSuccess.html */
export const createCompleteCallback =
  (lambda: SignedFetch): CompleteCallback =>
  async (callbackId) => {
    try {
      await lambda({
        method: 'POST',
        path: `/2025-12-01/durable-execution-callbacks/${uriEncoded(callbackId)}/succeed`,
      });
      return 'completed';
    } catch (error) {
      if (error instanceof AwsRefused && NOBODY_LEFT.has(error.code)) return 'no-longer-awaited';
      throw error;
    }
  };
