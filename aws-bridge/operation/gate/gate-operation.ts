import { type DurableContext, StepError } from '@aws/durable-execution-sdk-js';
import type { OperationProgress } from '../../contract/progress';
import type { GateAsked } from '../../runtime/gate-asked';
import { gateDigestOf } from '../../contract/gate';
import type { Settlement } from '../../runtime/gate-items';
import type { TellApp } from '../callback-port';
import { errorName } from '../error-name';
import { createFollowing } from '../following';
import { type Finding, progressOf } from '../progress';
import { forADay, forHalfAnHour } from '../retries';
import { AttemptFailed } from '../step-failure';
import { createSteps } from '../steps';
import { createTelling } from '../telling';
import { sessionOfGate } from '../tenant-session';
import { createAwaitDecision, type DecisionPorts, type Waited } from './await-decision';
import {
  approvedTooLate,
  letOn,
  lostGate,
  notLetOn,
  notSignalled,
  refusedGate,
  withdrawnGate,
} from './endings';
import { followedStack } from './followed-stack';
import { createSignalling } from './signalling';
import { approvedSignal, declinedSignal, expiredSignal, launchedSignal, refusedSignal } from './signals';
import { stackKeyOf } from './stack-key';
import { createVerify } from './verify';

export interface GateOperationPorts extends DecisionPorts {
  /** The site that this bridge serves. */
  readonly site: string;
  readonly tellApp: TellApp;
}

/**
 * One gate: from a stack that waits to what became of it.
 *
 * As with a launch, this runs again from the top whenever the engine resumes it: time, chance and calls are inside of
 * steps. The handle's URL is opened inside of the steps that compare or use it and never leaves them.
 * @returns the last progress; where no request was raised nobody was told of it
 */
export const createGateOperation =
  (ports: GateOperationPorts) =>
  async (
    asked: GateAsked,
    context: Pick<DurableContext, 'step' | 'createCallback'>,
  ): Promise<OperationProgress> => {
    const { gate } = asked;
    const { gateId } = gate;
    const subject = { operationId: gateId, site: gate.site };
    const steps = createSteps(context, gateId, ports.log);
    const tell = createTelling(subject, steps, ports);
    const follow = createFollowing({ context, steps, tell }, ports);
    const verify = createVerify(ports);
    const signalling = createSignalling(asked, steps, ports);
    const momentOf = (step: string) =>
      steps.run(step, forADay, () => Promise.resolve(ports.now().toISOString()));

    /** No request was raised, so there is nobody to tell; the log has it, and a stack that waits its reason. */
    const untold = (finding: Finding): OperationProgress => {
      ports.log({
        outcome: 'ended-untold',
        operationId: gateId,
        state: finding.state,
        reason: finding.errors[0]?.code,
      });
      return progressOf(subject, 1, finding);
    };

    const settle = (outcome: 'expired' | 'withdrawn'): Promise<Settlement> =>
      steps.run('settle', forADay, async () => {
        const settlement = { outcome, at: ports.now().toISOString() };
        const { gate: kept } = await ports.gates.settle(gateId, settlement);
        if (!kept?.settlement) throw new AttemptFailed('GateNotKept', false);
        return kept.settlement;
      });

    const conclude = async (
      { outcome, by, reason }: Settlement,
      requestKey: string | undefined,
    ): Promise<OperationProgress> => {
      const session = sessionOfGate(gate, { requestKey, approver: by });
      const settled = (signalled: boolean) => ({ outcome, reason, signalled });
      const followed = (signalled: boolean) => followedStack(asked, settled(signalled), session, ports);
      const followUnsignalled = async () =>
        follow(followed(false), notSignalled(await momentOf('not signalled')));
      if (outcome !== 'approved') {
        const signal =
          outcome === 'declined'
            ? declinedSignal(gateId, requestKey, reason)
            : expiredSignal(gateId, requestKey);
        const sent = await signalling.end(signal);
        return sent ? follow(followed(true)) : followUnsignalled();
      }
      const sent = await signalling.letOn(approvedSignal(gateId, requestKey), session);
      if (sent?.stopped !== undefined) return tell(approvedTooLate(sent.at, sent.stopped));
      return sent ? follow(followed(true), letOn(sent.at)) : followUnsignalled();
    };

    const ended = async (waited: Waited): Promise<OperationProgress> => {
      const { requestKey } = waited;
      if (waited.because === 'decided') {
        return conclude(waited.settlement, waited.settlement.requestKey ?? requestKey);
      }
      // Whoever writes first settles it: a decision may have come this very moment.
      const outcome = waited.because === 'over time' ? 'expired' : 'withdrawn';
      const settlement = await settle(outcome);
      if (settlement.outcome !== 'withdrawn') {
        return conclude(settlement, settlement.requestKey ?? requestKey);
      }
      if (waited.because !== 'refused') {
        const status = waited.because === 'stack stopped waiting' ? waited.status : undefined;
        return tell(withdrawnGate(settlement.at, status));
      }
      await signalling.end(refusedSignal(gateId, waited.reason));
      return untold(refusedGate(settlement.at, { code: 'RequestNotRaised', message: waited.reason }));
    };

    try {
      const verified = await steps.run('verify', forADay, (_attempt, believes) => verify(asked, believes));
      const at = await momentOf('verified');
      switch (verified.verdict) {
        case 'over':
          return untold(withdrawnGate(at, verified.status));
        case 'unfounded':
          return untold(refusedGate(at, verified.error));
        case 'unreachable': {
          const { message, remedy = '' } = verified.error;
          await signalling.end(refusedSignal(gateId, `${message} ${remedy}`));
          return untold(refusedGate(at, verified.error));
        }
        case 'launched': {
          // The launch's operation follows the stack, and tells of it what became of it.
          const sent = await signalling.letOn(launchedSignal(gateId), sessionOfGate(gate));
          if (sent?.stopped !== undefined) return untold(withdrawnGate(sent.at, sent.stopped));
          if (sent) return untold(letOn(sent.at));
          await signalling.end(refusedSignal(gateId, notLetOn.message));
          return untold(refusedGate(at, notLetOn));
        }
        case 'open': {
          const shown = { ...gate, action: verified.action };
          await steps.run('keep', forHalfAnHour, () =>
            ports.gates.keep({
              gateId,
              digest: gateDigestOf(shown),
              stack: stackKeyOf(gate),
              deadline: new Date(gate.deadline),
            }),
          );
          return await ended(await createAwaitDecision({ context, steps }, ports)({ ...asked, gate: shown }));
        }
      }
    } catch (error) {
      return lost(error);
    }

    /** A step that had to be given up, or a mistake of ours. A stack that nobody decided about is not left waiting. */
    async function lost(error: unknown): Promise<OperationProgress> {
      const code = error instanceof StepError ? error.message : errorName(error);
      const at = await momentOf('lose track');
      const settlement = await steps.tryTo('settle what was lost', forHalfAnHour, async () => {
        const { gate: kept } = await ports.gates.settle(gateId, { outcome: 'withdrawn', at });
        return { outcome: kept?.settlement?.outcome };
      });
      if (settlement?.outcome === undefined || settlement.outcome === 'withdrawn') {
        await signalling.end(refusedSignal(gateId, `Gatehouse could not ask for the approval (${code})`));
      }
      return tell(lostGate(gate, at, code));
    }
  };
