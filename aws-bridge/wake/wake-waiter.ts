import type { Log } from '../runtime/log';
import { waiterKey } from '../runtime/waiter-key';
import { decide, StackEvent } from './stack-event';

/** An operation that waits, until a time at which its callback has given up. */
export interface Waiter {
  readonly callbackId: string;
  readonly expiresAt: Date;
}

/** Whether a callback was still awaited. */
export type CallbackCompletion = 'completed' | 'no-longer-awaited';

/**
 * Wakes the operation that waits for a stack. It hands over no facts: whoever is woken asks Service Catalog, so a
 * forged, late or doubled event costs a question and nothing else.
 * @throws what a port throws, so that Lambda repeats the event
 */
export const createWakeWaiter =
  (ports: {
    /** Whoever waits under a key, if anybody does. */
    readonly findWaiter: (key: string) => Promise<Waiter | undefined>;
    readonly completeCallback: (callbackId: string) => Promise<CallbackCompletion>;
    readonly now: () => Date;
    readonly log: Log;
  }) =>
  async (received: unknown): Promise<void> => {
    const event = StackEvent.parse(received);
    const decision = decide(event);
    if ('ignored' in decision) {
      // The stack is whatever the sender wrote there.
      ports.log({ outcome: 'ignored', reason: decision.ignored });
      return;
    }
    const stack = event.detail['stack-id'];
    const waiter = await ports.findWaiter(waiterKey(decision.wake));
    // DynamoDB removes what has expired within days, not at once.
    if (!waiter || waiter.expiresAt.getTime() <= ports.now().getTime()) {
      ports.log({ outcome: 'nobody-waits', stack });
      return;
    }
    ports.log({ outcome: await ports.completeCallback(waiter.callbackId), stack });
  };
