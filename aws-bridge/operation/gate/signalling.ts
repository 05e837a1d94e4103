import type { GateAsked } from '../../runtime/gate-asked';
import { whileAStackWaits } from '../retries';
import type { Steps } from '../steps';
import type { EnterTenant } from '../tenant-port';
import type { TenantSession } from '../tenant-session';
import type { OpenHandle, SendSignal, Signal } from './gate-ports';
import { stateOfStack } from './stack-meaning';
import { createStanding, type Standing } from './standing';

/** Milliseconds after its deadline from which a stack has surely given up; its wait began a little later than the gate. */
const SURELY_OVER = 15 * 60_000;

/** What came of a signal: taken, or not sent because the stack had `stopped` waiting by itself. */
export interface Sent {
  readonly at: string;
  /** Its status. */
  readonly stopped?: string;
}

/**
 * Signals the stack of a gate. Both are undefined where CloudFormation did not take the signal in the end; then the
 * stack shows what became of it.
 */
export const createSignalling = (
  asked: GateAsked,
  steps: Steps,
  ports: {
    readonly enterTenant: EnterTenant;
    readonly openHandle: OpenHandle;
    readonly sendSignal: SendSignal;
    readonly now: () => Date;
  },
) => {
  const standingOf = createStanding(ports);
  const send = async (signal: Signal): Promise<Sent> => {
    await ports.sendSignal(await ports.openHandle(asked), signal);
    return { at: ports.now().toISOString() };
  };

  return {
    /**
     * Lets the stack go on, if it still waits. That it stopped by itself is found out before anything is sent: after
     * an attempt whose answer was lost, a stack that does not wait may have gone on because of it.
     */
    letOn: async (signal: Signal, session: TenantSession): Promise<Sent | undefined> => {
      const standing = await steps.tryTo(
        'look before the signal',
        whileAStackWaits,
        async (_attempt, believes) => {
          const { status, waits } = await standingOf(asked, session, believes);
          return { status, waits, at: ports.now().toISOString() };
        },
      );
      if (!standing) return undefined;
      const { status, waits, at } = standing;
      if (waits !== 'here') return wentOn(status, waits) ? { at } : { at, stopped: status };
      return steps.tryTo('signal', whileAStackWaits, async (attempt, believes) => {
        if (attempt > 1) {
          const now = await standingOf(asked, session, believes);
          if (now.waits !== 'here') return { at: ports.now().toISOString() };
        }
        return send(signal);
      });
    },

    /** Has the stack undone. It does no harm to one that has ended, and needs nothing of the tenant account. */
    end: (signal: Signal): Promise<Sent | undefined> =>
      steps.tryTo('signal', whileAStackWaits, async () => {
        const over = Date.parse(asked.gate.deadline) + SURELY_OVER;
        if (ports.now().getTime() > over) return { at: ports.now().toISOString() };
        return send(signal);
      }),
  };
};

const wentOn = (status: string, waits: Standing['waits']): boolean => {
  const state = stateOfStack(status);
  return waits === 'not' && (state === 'succeeded' || state === 'provisioning');
};
