import type { Log } from '../runtime/log';
import { waiterKey } from '../runtime/waiter-key';
import type { Wake } from '../runtime/wake';
import { decide, StackEvent } from './stack-event';

/**
 * Wakes the operation that waits for a stack. It hands over no facts: whoever is woken asks for them, so a forged, late or
 * doubled event costs a question and nothing else.
 * @throws what a port throws, so that Lambda repeats the event
 */
export const createWakeWaiter =
  (ports: { readonly wake: Wake; readonly log: Log }) =>
  async (received: unknown): Promise<void> => {
    const event = StackEvent.parse(received);
    const decision = decide(event);
    if ('ignored' in decision) {
      // The stack is whatever the sender wrote there.
      ports.log({ outcome: 'ignored', reason: decision.ignored });
      return;
    }
    const outcome = await ports.wake(waiterKey(decision.wake));
    ports.log({ outcome, stack: event.detail['stack-id'] });
  };
