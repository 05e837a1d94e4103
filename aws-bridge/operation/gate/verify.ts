import { type Gate, GateId } from '../../contract/gate';
import type { OperationError } from '../../contract/progress';
import type { GateAsked } from '../../runtime/gate-asked';
import { AwsFailure } from '../aws-failure';
import { failureToEnter } from '../launch-refusal';
import { isLaunchedByOperation } from '../launch-request';
import { InDoubt } from '../step-failure';
import type { Believes } from '../steps';
import type { EnterTenant } from '../tenant-port';
import { sessionOfGate } from '../tenant-session';
import type { FindOperation } from '../waiters-port';
import { HandleNotOpened, type OpenHandle } from './gate-ports';
import { provisionedProductIdOf, stackKeyOf } from './stack-key';
import { createStanding } from './standing';

/**
 * What a gate turns out to be.
 *
 * - `open`: a stack waits for an approval of its `action`; an update may be what adds a gate to it
 * - `launched`: a stack waits whose launch was approved in a request of its own
 * - `over`: the stack does not wait any more
 * - `unfounded`: what came is not about a stack that waits there; whoever sent it is told nothing and signalled nothing
 * - `unreachable`: whether there is such a stack cannot be found out, so nobody could follow it either
 */
export type Verified =
  | { readonly verdict: 'open'; readonly action: Gate['action'] }
  | { readonly verdict: 'launched' }
  | { readonly verdict: 'over'; readonly status: string }
  | { readonly verdict: 'unfounded' | 'unreachable'; readonly error: OperationError };

const unfounded = (code: string, message: string): Verified => ({
  verdict: 'unfounded',
  error: { code, message },
});

/** A stack's ARN names its account and region; a gate that names others was not made by the gate function. */
const belongsTogether = ({ account, region, stackId }: Gate): boolean =>
  stackId.startsWith(`arn:aws:cloudformation:${region}:${account}:stack/SC-${account}-`);

/**
 * Finds out in the tenant account what a gate is.
 * @returns a function that makes one attempt; it throws where another one may fare better
 */
export const createVerify = (ports: {
  /** The site that this bridge serves. */
  readonly site: string;
  readonly enterTenant: EnterTenant;
  readonly openHandle: OpenHandle;
  readonly findOperation: FindOperation;
}) => {
  const standingOf = createStanding(ports);

  return async (asked: GateAsked, believes: Believes): Promise<Verified> => {
    const { gate } = asked;
    if (gate.site !== ports.site) {
      return unfounded(
        'ForeignSite',
        'The gate belongs to another site than the one that this bridge serves.',
      );
    }
    if (!belongsTogether(gate)) {
      return unfounded('GateMismatched', 'The gate names another account or region than its stack.');
    }
    try {
      const { status, waits } = await standingOf(asked, sessionOfGate(gate), believes);
      switch (waits) {
        case 'not':
          return { verdict: 'over', status };
        case 'at no such handle':
          return unfounded('HandleUnknown', 'The stack has no such wait condition handle.');
        case 'at another handle':
          return unfounded('HandleForeign', 'The wait condition handle is not that of the stack.');
        case 'here':
          return (await isOfALaunch(asked, status, believes))
            ? { verdict: 'launched' }
            : { verdict: 'open', action: status === 'CREATE_IN_PROGRESS' ? 'create' : 'update' };
      }
    } catch (error) {
      if (error instanceof HandleNotOpened) {
        return unfounded('HandleNotOpened', 'The wait condition handle was not sealed for this gate.');
      }
      return unreachable(gate, believes, error);
    }
  };

  /**
   * Only an operation of ours registers for a stack, and a launch does so as soon as it knows that Service Catalog took
   * it. Where that answer was lost it knows a little later.
   */
  async function isOfALaunch({ gate }: GateAsked, status: string, believes: Believes): Promise<boolean> {
    if (gate.action !== 'create' || status !== 'CREATE_IN_PROGRESS') return false;
    const follower = await ports.findOperation(stackKeyOf(gate));
    if (follower !== undefined) return !GateId.safeParse(follower).success;
    if (!believes('LaunchNotKnown') && (await mayBeOfALaunch(gate))) throw new InDoubt('LaunchNotKnown');
    return false;
  }

  /** Service Catalog shows the tenant role the name and the token of what was launched; those of a launch name its operation. */
  async function mayBeOfALaunch(gate: Gate): Promise<boolean> {
    const tenant = await ports.enterTenant(sessionOfGate(gate));
    try {
      return isLaunchedByOperation(await tenant.provisionedProduct({ id: provisionedProductIdOf(gate) }));
    } catch (error) {
      if (error instanceof AwsFailure && !error.transient) return false;
      throw error;
    }
  }
};

const unreachable = (gate: Gate, believes: Believes, thrown: unknown): Verified => {
  if (!(thrown instanceof AwsFailure)) throw thrown;
  const failure = failureToEnter(thrown, gate.account);
  if (failure.kind === 'transient') throw thrown;
  if (!failure.settled && !believes(thrown.message)) throw new InDoubt(thrown.message);
  return { verdict: 'unreachable', error: failure.error };
};
