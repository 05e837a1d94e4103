import { canonicalJson } from '../contract/canonical-json';
import type { SealedValue } from '../contract/sealed-value';
import { DownstreamFailed, DownstreamThrottled } from '../runtime/downstream';
import type { GateAsked } from '../runtime/gate-asked';
import { type Log, namesOf } from '../runtime/log';
import type { PreSignedPut } from '../runtime/pre-signed-put';
import { AlreadyStarted } from '../runtime/refusals';
import { waiterKey } from '../runtime/waiter-key';
import type { Wake } from '../runtime/wake';
import { answerOf } from './answer';
import { type Decision, decide } from './decide';
import { GateEvent } from './gate-event';
import { persistently } from './persistently';
import { responseUrl } from './response-url';

/** What was received is no event of CloudFormation's for a gate. Names the members that are wrong, never their values. */
export class GateEventMalformed extends Error {
  override readonly name = 'GateEventMalformed';
  constructor(members: readonly string[]) {
    super(`This is not an event of a custom resource: ${members.join(', ')}`);
  }
}

/** S3 did not take the answer for CloudFormation. */
export class AnswerNotTaken extends Error {
  override readonly name = 'AnswerNotTaken';
  readonly status: number;
  constructor(status: number) {
    super(`S3 answered ${status} to the answer for CloudFormation`);
    this.status = status;
  }
}

interface Ports {
  readonly seal: (value: string, context: string) => Promise<SealedValue>;
  /** @throws AlreadyStarted where the gate's execution was started before */
  readonly startExecution: (name: string, payload: string) => Promise<unknown>;
  readonly wake: Wake;
  readonly put: PreSignedPut;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Takes an event of the custom resource `Custom::ApprovalGate` and answers it.
 *
 * Whatever is thrown makes Lambda repeat the event, and a repeated event is answered the same: the gate's execution is
 * named after what it is about, so it starts once.
 * @param gate.site the site that gates are raised in
 * @param gate.region where this function is
 * @throws GateEventMalformed, PreSignedUrlRefused where nobody can be answered
 * @throws AnswerNotTaken, and what the ports throw
 */
export const createHandleGateEvent =
  (gate: { readonly site: string; readonly region: string }, ports: Ports) =>
  async (received: unknown): Promise<void> => {
    const event = GateEvent.safeParse(received);
    if (!event.success) {
      const members = [...new Set(event.error.issues.map(({ path }) => String(path[0] ?? 'event')))];
      ports.log({ outcome: 'malformed', reason: members.join(' ') });
      throw new GateEventMalformed(members);
    }
    const { RequestType, StackId } = event.data;
    const line = { request: RequestType, stack: StackId.arn };
    let operationId: string | undefined;
    try {
      const url = responseUrl(event.data.ResponseURL, { region: gate.region, stackId: StackId.arn });
      const decision = decide(event.data, { site: gate.site, now: ports.now() });
      if (decision.does === 'ask') operationId = decision.gate.gateId;
      const done = await carryOut(decision, ports);
      await answer(url, answerOf(event.data, decision), ports);
      ports.log({ ...line, ...done, operationId });
    } catch (error) {
      ports.log({ ...line, outcome: 'not-answered', operationId, reason: namesOf(error) });
      throw error;
    }
  };

const carryOut = async (
  decision: Decision,
  ports: Ports,
): Promise<{ readonly outcome: string; readonly reason?: string }> => {
  switch (decision.does) {
    case 'ask':
      return { outcome: await ask(decision, ports) };
    case 'pass':
      return { outcome: decision.because };
    case 'refuse':
      return { outcome: 'refused', reason: decision.code };
    case 'wake':
      return wake(waiterKey(decision.stack), ports);
  }
};

const ask = async (
  { gate, handle }: Extract<Decision, { does: 'ask' }>,
  ports: Ports,
): Promise<'asked' | 'asked-before'> => {
  try {
    await persistently(
      async () => {
        const sealedHandle = await ports.seal(handle.url, gate.gateId);
        const asked: GateAsked = { kind: 'gate', gate, handle: handle.handle, sealedHandle };
        await ports.startExecution(gate.gateId, canonicalJson(asked));
      },
      { mayPass: isDownstream, pause: ports.pause },
    );
    return 'asked';
  } catch (error) {
    // With another payload, because it was asked at another moment and is sealed under another key: the first counts.
    if (error instanceof AlreadyStarted) return 'asked-before';
    throw error;
  }
};

/** What becomes of the stack tells the same, a little later: that nobody could be woken is no reason to hold it. */
const wake = async (
  key: string,
  ports: Ports,
): Promise<{ readonly outcome: string; readonly reason?: string }> => {
  try {
    return { outcome: await ports.wake(key) };
  } catch (error) {
    return { outcome: 'not-woken', reason: namesOf(error) };
  }
};

const answer = (url: string, body: string, ports: Ports): Promise<void> =>
  persistently(
    async () => {
      const status = await ports.put(url, body);
      if (status < 200 || status >= 300) throw new AnswerNotTaken(status);
    },
    { mayPass: (error) => isDownstream(error) || mayBeTaken(error), pause: ports.pause },
  );

const isDownstream = (error: unknown): boolean =>
  error instanceof DownstreamFailed || error instanceof DownstreamThrottled;

const mayBeTaken = (error: unknown): boolean =>
  error instanceof AnswerNotTaken && (error.status >= 500 || error.status === 429);
