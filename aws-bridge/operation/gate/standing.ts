import type { GateAsked } from '../../runtime/gate-asked';
import type { EnterTenant } from '../tenant-port';
import type { TenantSession } from '../tenant-session';
import { InDoubt } from '../step-failure';
import type { Believes } from '../steps';
import type { OpenHandle } from './gate-ports';
import { canWait, LONG_GONE } from './stack-meaning';

/** How a gate's stack stands. */
export interface Standing {
  readonly status: string;
  /** It waits, and at this gate's handle. Otherwise which of both is not so. */
  readonly waits: 'here' | 'at no such handle' | 'at another handle' | 'not';
}

/**
 * Looks in the tenant account whether the stack waits, and whether what it waits at is what would be signalled. The
 * handle's URL is its physical id, so it is opened here, compared, and kept nowhere.
 *
 * CloudFormation may not show everywhere at once what it made a moment ago, and one look that finds nothing must not
 * leave a stack waiting that nobody would care for any more.
 * @returns a function that throws InDoubt for nothing found that is not to be believed yet
 */
export const createStanding =
  (ports: { readonly enterTenant: EnterTenant; readonly openHandle: OpenHandle }) =>
  async (asked: GateAsked, session: TenantSession, believes: Believes): Promise<Standing> => {
    const { gate, handle } = asked;
    const url = await ports.openHandle(asked);
    const tenant = await ports.enterTenant(session);
    const stack = await tenant.stack(gate.stackId);
    if (!stack && !believes('StackNotFound')) throw new InDoubt('StackNotFound');
    const status = stack?.status ?? LONG_GONE;
    if (!canWait(status)) return { status, waits: 'not' };
    const physicalId = await tenant.physicalId(gate.stackId, handle);
    if (physicalId === undefined) {
      if (!believes('HandleNotFound')) throw new InDoubt('HandleNotFound');
      return { status, waits: 'at no such handle' };
    }
    return { status, waits: physicalId === url ? 'here' : 'at another handle' };
  };
