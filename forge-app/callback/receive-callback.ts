import { MessageMalformed, open } from '../../aws-bridge/contract/codec';
import { OperationProgressed, type Refusal } from '../../aws-bridge/contract/messages';
import type { OperationProgress } from '../../aws-bridge/contract/progress';
import { BodyTooLarge, SignatureRefused, type SigningKey } from '../../aws-bridge/contract/signature';
import { JiraUnavailable } from '../jira/jira-client';
import type { Requests } from '../request/requests';
import { issueOf } from '../storage/keys';

/** A request to the web trigger, as Forge hands it over: every header has a list of values. */
export interface Callback {
  readonly body: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

export interface CallbackAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string[]>;
  readonly body: string;
}

/** The operation is not one that this site has under way. */
export class OperationUnknown extends Error {
  override readonly name = 'OperationUnknown';
  constructor() {
    super('This site has no such operation, or its request was deleted');
  }
}

/** Another invocation is at work on the request; what this message says is written down. */
export class RequestBusy extends Error {
  override readonly name = 'RequestBusy';
  constructor() {
    super('The request is being updated; send the message again to know that it is done');
  }
}

/**
 * Takes the bridge's news of an operation in. It answers 200 only once the request shows it, so that the bridge
 * goes on telling until then.
 */
export const createReceiveCallback =
  (ports: {
    readonly requests: Requests;
    /** The current key first. */
    readonly keys: () => readonly SigningKey[];
    readonly now: () => Date;
    readonly report: (problem: string) => void;
  }) =>
  async (siteId: string, callback: Callback): Promise<CallbackAnswer> => {
    try {
      const { id, content } = open(OperationProgressed, {
        headers: callback.headers,
        body: Buffer.from(callback.body, 'utf8'),
        keys: ports.keys(),
        now: ports.now(),
      });
      const progress = content.data;
      if (id !== `${progress.operationId}_${progress.sequence}`) {
        throw new MessageMalformed(['webhook-id: not the operation and sequence of the body']);
      }
      await take(ports.requests, siteId, progress);
      return answer(200, { operationId: progress.operationId, sequence: progress.sequence });
    } catch (error) {
      return refusal(error, ports.report);
    }
  };

const take = async (requests: Requests, siteId: string, progress: OperationProgress): Promise<void> => {
  const issueId = progress.site === siteId ? issueOf(progress.operationId) : undefined;
  const record = issueId === undefined ? undefined : await requests.find(issueId);
  if (issueId === undefined || record?.operation?.operationId !== progress.operationId || record.gone) {
    throw new OperationUnknown();
  }
  const applied = await requests.apply(issueId, { type: 'progressed', progress });
  if (!applied || applied.record.gone) throw new OperationUnknown();
  if (applied.effects === 'busy') throw new RequestBusy();
};

/** Seconds after which a message is welcome again. */
const RETRY_AFTER = 30;

/** One answer for whatever is not authentic; every other refusal says what is wrong. */
const refusal = (error: unknown, report: (problem: string) => void): CallbackAnswer => {
  if (error instanceof SignatureRefused) {
    return answer(401, { error: 'Unauthorized', message: 'The message is not authentic' });
  }
  if (error instanceof BodyTooLarge) return answer(413, { error: error.name, message: error.message });
  if (error instanceof MessageMalformed) {
    return answer(400, {
      error: error.name,
      message: 'The message is malformed',
      problems: [...error.problems],
    });
  }
  if (error instanceof OperationUnknown) return answer(410, { error: error.name, message: error.message });
  if (error instanceof RequestBusy) {
    return answer(503, { error: error.name, message: error.message }, RETRY_AFTER);
  }
  report(`A callback could not be taken in: ${error instanceof Error ? error.message : String(error)}`);
  const wait = error instanceof JiraUnavailable ? (error.retryAfterSeconds ?? RETRY_AFTER) : RETRY_AFTER;
  return answer(503, { error: 'Unavailable', message: 'The request could not be updated now' }, wait);
};

const answer = (
  statusCode: number,
  body: Refusal | { readonly operationId: string; readonly sequence: number },
  retryAfter?: number,
): CallbackAnswer => ({
  statusCode,
  headers: {
    'Content-Type': ['application/json'],
    ...(retryAfter !== undefined && { 'Retry-After': [String(Math.ceil(retryAfter))] }),
  },
  body: JSON.stringify(body),
});
