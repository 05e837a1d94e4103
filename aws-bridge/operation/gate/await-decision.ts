import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { GateAsked } from '../../runtime/gate-asked';
import type { Settlement } from '../../runtime/gate-items';
import type { Log } from '../../runtime/log';
import { CallbackFailed, type Raised } from '../callback-port';
import { briefly } from '../retries';
import { createRounds } from '../rounds';
import type { Steps } from '../steps';
import type { EnterTenant } from '../tenant-port';
import { sessionOfGate } from '../tenant-session';
import type { RegisterWaiter } from '../waiters-port';
import type { GatePorts } from './gate-ports';
import { dueAt } from './schedule';
import { stackKeyOf } from './stack-key';
import { createStanding } from './standing';

/** Seconds between two looks: what a lost event costs at most. */
const LONGEST_WAIT = 1800;
/** Seconds after which an app that did not take a message is told again, to begin with and at most. */
const AGAIN_AFTER = { first: 15, atFirst: 300, longest: 900 };
/** Messages of about the first hour, in which an app that is back is told within {@link AGAIN_AFTER.atFirst}. */
const FIRST_HOUR = 16;
/** Half of them are more than twelve hours have, even if the app is away for all of them. */
export const MOST_ROUNDS = 160;

/** Looks in a round after which it is believed that a stack, or its handle, is not there. */
const LOOKS = 3;

/** Not before the app wants it, and yet seldom enough for the rounds to last. */
const againAfter = (failures: number, { earliest = 0 }: Untaken): number => {
  const { first, atFirst, longest } = AGAIN_AFTER;
  const growing = Math.min(first * 2 ** Math.min(failures, 16), failures < FIRST_HOUR ? atFirst : longest);
  return Math.min(Math.max(growing, earliest), longest);
};

export interface DecisionPorts extends GatePorts {
  readonly enterTenant: EnterTenant;
  readonly registerWaiter: RegisterWaiter;
  readonly now: () => Date;
  readonly log: Log;
}

/** Why a gate's waiting is over. The request is known wherever it was raised as far as we know. */
export type Waited = { readonly requestKey: string | undefined } & (
  | { readonly because: 'decided'; readonly settlement: Settlement }
  | { readonly because: 'over time' }
  | { readonly because: 'stack stopped waiting'; readonly status: string }
  | { readonly because: 'refused'; readonly reason: string }
);

/** `earliest` is the seconds before which the app does not want to be told again. */
type Untaken = { readonly taken: 'not now'; readonly earliest?: number };

/**
 * Has the request raised, reminds the approvers, and waits until somebody has decided, nobody did in time, or the stack
 * waits no more.
 *
 * The app is told once in a round, so that the stack and the clock are seen to even while the app is away.
 */
export const createAwaitDecision = (
  durable: { readonly context: Pick<DurableContext, 'createCallback'>; readonly steps: Steps },
  ports: DecisionPorts,
) => {
  const { steps } = durable;
  const inRounds = createRounds(durable, ports);
  const standingOf = createStanding(ports);

  return async (asked: GateAsked): Promise<Waited> => {
    const { gate } = asked;
    const operationId = gate.gateId;
    let requestKey: string | undefined;
    let failures = 0;
    let reminded = 0;

    /** What the app does not take now it is told again in a later round, so its failure is none of the step's. */
    const telling = <Answer>(step: string, tell: () => Promise<Answer>): Promise<Answer | Untaken> =>
      steps.run(step, briefly, async () => {
        try {
          return await tell();
        } catch (error) {
          if (!(error instanceof CallbackFailed)) throw error;
          ports.log({ outcome: 'attempt-failed', operationId, step, reason: error.message });
          const { retryAfter: earliest } = error;
          return { taken: 'not now', ...(earliest !== undefined && { earliest }) };
        }
      });

    const raise = async (n: number): Promise<Raised | Untaken> => {
      const raised = await telling(`tell opened ${n}`, () => ports.raiseRequest(gate));
      const { announce } = ports;
      if (raised.taken === true && announce) {
        await steps.tryTo('announce', briefly, () => announce(gate, raised.link));
      }
      return raised;
    };

    const remind = (reminder: number, at: string): Promise<object> =>
      telling(`tell undecided ${reminder} at ${at}`, async () => ({
        taken: await ports.remindApprovers(
          { gateId: gate.gateId, site: gate.site, reminder, deadline: gate.deadline },
          at,
        ),
      }));

    const waited = await inRounds<Waited>({
      operationId,
      event: 'decision',
      stack: stackKeyOf(gate),
      most: MOST_ROUNDS,
      before: 0,
      begin: async (n) => {
        const at = await steps.run(`moment ${n}`, briefly, () => Promise.resolve(ports.now().toISOString()));
        const due = dueAt(gate, new Date(at));
        if (due.over) {
          if (requestKey === undefined) ports.log({ outcome: 'given-up', operationId, step: 'tell opened' });
          return { end: { because: 'over time', requestKey } };
        }
        const longest = Math.min(due.next, LONGEST_WAIT);
        if (requestKey === undefined) {
          const raised = await raise(n);
          if (raised.taken === 'not now') return Math.min(againAfter(failures++, raised), longest);
          if (!raised.taken) return { end: { because: 'refused', reason: raised.reason, requestKey } };
          ({ requestKey } = raised);
          // The request itself is reminder enough of what came due before it was there.
          reminded = due.reminders;
        } else if (due.reminders > reminded) {
          const told = await remind(due.reminders, at);
          if ('taken' in told && told.taken === 'not now') return Math.min(AGAIN_AFTER.longest, longest);
          reminded = due.reminders;
        }
        return longest;
      },
      alsoRegister: (registration) => ports.gates.register(gate.gateId, registration),
      look: async (n) => {
        const seen = await steps.tryTo(`look ${n}`, briefly, async (_attempt, believes) => {
          const kept = await ports.gates.read(gate.gateId);
          if (kept?.settlement) return { settlement: kept.settlement };
          const session = sessionOfGate(gate, { requestKey });
          const { status, waits } = await standingOf(asked, session, (code) => believes(code, LOOKS));
          return waits === 'here' ? {} : { status };
        });
        if (seen?.settlement) {
          return { end: { because: 'decided', settlement: seen.settlement, requestKey } };
        }
        if (seen?.status !== undefined) {
          return { end: { because: 'stack stopped waiting', status: seen.status, requestKey } };
        }
        return undefined;
      },
    });
    return waited ?? { because: 'over time', requestKey };
  };
};
