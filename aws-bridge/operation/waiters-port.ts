/** Registers who waits for a stack. */
export type RegisterWaiter = (waiter: {
  /** As waiterKey writes it. */
  readonly stack: string;
  readonly callbackId: string;
  /** After this nobody waits any more. */
  readonly expiresAt: Date;
}) => Promise<void>;
