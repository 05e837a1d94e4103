import type { GateAsked } from '../../runtime/gate-asked';
import type { Followed } from '../following';
import { type Finding, fitting } from '../progress';
import { firstFailure, reachAttemptsStart } from '../stack-failure';
import type { EnterTenant } from '../tenant-port';
import type { TenantSession } from '../tenant-session';
import { quietAtFirst } from '../time-limit';
import { MOST_ROUNDS } from './await-decision';
import { FAILED_WITHOUT_REASON, lostGate, type Settled, settledGate } from './endings';
import { LONG_GONE } from './stack-meaning';
import { stackKeyOf } from './stack-key';

/** The stack of a gate that was settled, to be followed. */
export const followedStack = (
  { gate }: GateAsked,
  settled: Settled,
  session: TenantSession,
  ports: { readonly enterTenant: EnterTenant; readonly now: () => Date },
): Followed => ({
  operationId: gate.gateId,
  site: gate.site,
  stack: stackKeyOf(gate),
  quiet: quietAtFirst('CFN_STACK'),
  roundsBefore: MOST_ROUNDS,
  look: async () => {
    const tenant = await ports.enterTenant(session);
    const stack = await tenant.stack(gate.stackId);
    const at = ports.now().toISOString();
    const found = settledGate(gate, settled, stack?.status ?? LONG_GONE, at);
    return found.state === 'succeeded' ? fitting({ ...found, outputs: [...(stack?.outputs ?? [])] }) : found;
  },
  explain: async (failure): Promise<Finding> => {
    const tenant = await ports.enterTenant(session);
    const events = await tenant.stackEvents(gate.stackId, (read) => !reachAttemptsStart(read));
    const failedResource = firstFailure(events);
    const errors = failure.errors.length === 0 ? [FAILED_WITHOUT_REASON] : failure.errors;
    return fitting({ ...failure, errors, ...(failedResource && { failedResource }) });
  },
  givenUp: (at) => lostGate(gate, at, 'StillUnderWay'),
});
