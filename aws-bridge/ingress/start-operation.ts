import { canonicalJson } from '../contract/canonical-json';
import type { Accepted, ApprovedOperation } from '../contract/messages';
import { digestOf } from '../contract/order-digest';
import { MessageMalformed } from '../contract/signed-json';
import type { StartExecution } from '../runtime/start-execution';

/** Operations that one warm instance remembers to have started. */
const REMEMBERED = 1_000;

/**
 * Starts an approved operation.
 *
 * Whether it was started before is the service's to know, and it is asked every time: an instance remembers only
 * in order to say 200 instead of 202 to a sender that repeats itself.
 */
export const createStartOperation = (ports: { readonly startExecution: StartExecution }) => {
  const started = new Map<string, string>();

  return async (
    operation: ApprovedOperation,
  ): Promise<{ readonly repeated: boolean; readonly accepted: Accepted }> => {
    const { operationId, order, digest } = operation;
    if (digestOf(order) !== digest) {
      throw new MessageMalformed(['data.digest: is not the digest of data.order']);
    }
    // Canonical, so that a repeat is the same payload to the last byte, in whatever order its members came.
    const execution = await ports.startExecution(operationId, canonicalJson(operation));
    const what = `${execution ?? ''} ${digest}`;
    const repeated = execution !== undefined && started.get(operationId) === what;
    started.delete(operationId);
    started.set(operationId, what);
    for (const oldest of started.keys()) {
      if (started.size <= REMEMBERED) break;
      started.delete(oldest);
    }
    return { repeated, accepted: { operationId } };
  };
};
