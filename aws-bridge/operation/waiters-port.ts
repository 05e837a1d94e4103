import type { OperationId } from '../contract/identifiers';

/** Registers who waits for a stack. */
export type RegisterWaiter = (waiter: {
  /** As waiterKey writes it. */
  readonly stack: string;
  readonly callbackId: string;
  readonly operationId: OperationId;
  /** Counts the rounds of an operation. What is registered for an earlier one takes no later one's place. */
  readonly round: number;
  /** After this nobody waits any more. */
  readonly expiresAt: Date;
}) => Promise<void>;

/** The operation that waits for a stack; undefined where none does. @param stack as waiterKey writes it */
export type FindOperation = (stack: string) => Promise<OperationId | undefined>;
