import { MessageMalformed, open } from '../../aws-bridge/contract/codec';
import type { Gate, GateRaised, GateReminder } from '../../aws-bridge/contract/gate';
import { CallbackMessage } from '../../aws-bridge/contract/messages';
import type { OperationProgress } from '../../aws-bridge/contract/progress';
import type { SigningKey } from '../../aws-bridge/contract/signature';
import { isEarlierAttempt } from '../request/attempts';
import type { Place } from '../request/check-order';
import { isUndecidedEnd } from '../request/decide';
import type { LookForDecision } from '../request/look-for-decision';
import { kindOf } from '../request/record';
import type { Requests } from '../request/requests';
import { answer, type CallbackAnswer, OperationUnknown, refusal, RequestBusy } from './refusal';

/** A request to the web trigger, as Forge hands it over: every header has a list of values. */
export interface Callback {
  readonly body: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

interface Ports {
  readonly requests: Requests;
  /** The issue of an operation's request; undefined where the site has none. */
  readonly requestOf: (operationId: string) => Promise<string | undefined>;
  readonly raiseGate: (gate: Gate) => Promise<GateRaised>;
  readonly remind: (reminder: GateReminder) => Promise<void>;
  readonly lookForDecision: LookForDecision;
  /** Takes in the callback of a connection test; false where nobody waits for it. */
  readonly takeTest: (testId: string, isSignedWith: (key: SigningKey) => boolean) => Promise<boolean>;
  /** The current key first. */
  readonly keys: () => Promise<readonly SigningKey[]>;
  readonly now: () => Date;
  readonly report: (problem: string) => void;
}

/**
 * Takes in what the bridge tells. It answers 200 only once the request shows it, so that the bridge goes on telling
 * until then.
 */
export const createReceiveCallback =
  (ports: Ports) =>
  async (place: Place, callback: Callback): Promise<CallbackAnswer> => {
    try {
      const opened = (keys: readonly SigningKey[]) =>
        open(CallbackMessage, {
          headers: callback.headers,
          body: Buffer.from(callback.body, 'utf8'),
          keys,
          now: ports.now(),
        });
      const { id, content } = opened(await ports.keys());
      if (id !== idOf(content)) throw new MessageMalformed(['webhook-id: not the one that the body has']);
      if (content.data.site !== place.siteId) throw new OperationUnknown();
      if (content.type !== 'connection.answered') return answer(200, await take(ports, place, content));
      const { testId } = content.data;
      const isSignedWith = (key: SigningKey): boolean => isAuthentic(() => opened([key]));
      if (!(await ports.takeTest(testId, isSignedWith))) throw new OperationUnknown();
      return answer(200, { testId });
    } catch (error) {
      return refusal(error, ports.report);
    }
  };

const isAuthentic = (opened: () => unknown): boolean => {
  try {
    opened();
    return true;
  } catch {
    return false;
  }
};

/** What makes a repeat of a message one. */
const idOf = ({ type, data }: CallbackMessage): string => {
  switch (type) {
    case 'operation.progressed':
      return `${data.operationId}_${data.sequence}`;
    case 'gate.opened':
      return `${data.gateId}_opened`;
    case 'gate.undecided':
      return `${data.gateId}_undecided_${data.reminder}`;
    case 'connection.answered':
      return `${data.testId}_answered`;
  }
};

const take = async (
  ports: Ports,
  place: Place,
  { type, data }: Exclude<CallbackMessage, { readonly type: 'connection.answered' }>,
): Promise<object> => {
  switch (type) {
    case 'operation.progressed':
      await takeProgress(ports, place, data);
      return { operationId: data.operationId, sequence: data.sequence };
    case 'gate.opened':
      return ports.raiseGate(data);
    case 'gate.undecided':
      await ports.remind(data);
      return { gateId: data.gateId, reminder: data.reminder };
  }
};

const takeProgress = async (
  { requests, requestOf, lookForDecision }: Ports,
  place: Place,
  progress: OperationProgress,
): Promise<void> => {
  const issueId = await requestOf(progress.operationId);
  const request = issueId === undefined ? undefined : await requests.load(issueId);
  if (!request) throw new OperationUnknown();
  const { record } = request;
  // What comes late of a launch that another one has followed is no news.
  if (isEarlierAttempt(record, place.siteId, progress.operationId)) return;
  // A launch that nobody has approved is none that the bridge could have news of.
  const sent = record.handover !== null || record.takenBack !== null;
  const underWay = (sent || kindOf(record) === 'gate') && !record.gone;
  if (!underWay || record.operationId !== progress.operationId) {
    throw new OperationUnknown();
  }
  const applied = await requests.apply(request, { type: 'progressed', progress });
  if (!applied || applied.record.gone) throw new OperationUnknown();
  if (applied.effects === 'busy') throw new RequestBusy();
  // Now that the request is closed, nobody can decide any more; somebody may have done so until now.
  if (isUndecidedEnd(applied.record)) await lookForDecision(place, record.issueId);
};
