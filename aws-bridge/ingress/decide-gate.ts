import type { GateDecision } from '../contract/gate';
import type { DecisionAccepted } from '../contract/messages';
import type { GateItems } from '../runtime/gate-items';
import { DecidedOtherwise, GateClosed } from '../runtime/refusals';
import type { CompleteCallback } from '../runtime/wake';

/**
 * Writes down what was decided about a gate, and wakes the operation that waits for it. The operation reads the
 * decision where it was written: waking carries none.
 *
 * Whoever repeats a decision wakes the operation again, in case that was what had failed.
 * @throws GateClosed, DecidedOtherwise from the function
 */
export const createDecideGate =
  (ports: {
    readonly settle: GateItems['settle'];
    /** Completes a callback; one that nobody awaits any more is no error. */
    readonly completeCallback: CompleteCallback;
    readonly now: () => Date;
  }) =>
  async (
    decision: GateDecision,
  ): Promise<{ readonly repeated: boolean; readonly accepted: DecisionAccepted }> => {
    const { gateId, digest, decision: outcome, approvers, decidedAt, requestKey, reason } = decision;
    const { settled, gate } = await ports.settle(
      gateId,
      {
        outcome,
        at: decidedAt,
        requestKey,
        ...(approvers[0] !== undefined && { by: approvers[0] }),
        ...(reason !== null && reason !== '' && { reason }),
      },
      { digest, now: ports.now() },
    );
    if (!gate) throw new GateClosed();
    if (!settled) {
      if (gate.digest !== digest) throw new DecidedOtherwise();
      const standing = gate.settlement?.outcome;
      // Not settled, and yet it could not be: the deadline has passed.
      if (standing === undefined || standing === 'expired' || standing === 'withdrawn')
        throw new GateClosed();
      if (standing !== outcome) throw new DecidedOtherwise();
    }
    if (gate.callbackId !== undefined) await ports.completeCallback(gate.callbackId);
    return { repeated: !settled, accepted: { gateId } };
  };
