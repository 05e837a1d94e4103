import { MessageMalformed } from '../../aws-bridge/contract/codec';
import { BodyTooLarge, SignatureRefused } from '../../aws-bridge/contract/signature';
import { JiraUnavailable } from '../jira/jira-client';

/** An answer of the web trigger, as Forge takes it. */
export interface CallbackAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string[]>;
  readonly body: string;
}

/** Seconds after which a message is welcome again. */
const RETRY_AFTER = 30;

/** The operation is not one that this site has under way. */
export class OperationUnknown extends Error {
  override readonly name = 'OperationUnknown';
  constructor() {
    super('This site has no such operation, or its request was deleted');
  }
}

/** Another invocation is at work on the request; what this message says is written down, or to be said again. */
export class RequestBusy extends Error {
  override readonly name = 'RequestBusy';
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds = RETRY_AFTER) {
    super('The request is being updated; send the message again to know that it is done');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Nobody can be asked to decide about a gate. The message tells an administrator what to do. */
export class GateNotTaken extends Error {
  override readonly name = 'GateNotTaken';
}

/** Another gate is known under this id. */
export class GateContradicted extends Error {
  override readonly name = 'GateContradicted';
  constructor() {
    super('This site knows another gate under this id');
  }
}

/** One answer for whatever is not authentic; every other refusal says what is wrong. */
export const refusal = (error: unknown, report: (problem: string) => void): CallbackAnswer => {
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
  if (error instanceof GateContradicted) return answer(409, { error: error.name, message: error.message });
  if (error instanceof GateNotTaken) {
    report(`A stack in AWS cannot be approved. ${error.message}`);
    return answer(422, { error: error.name, message: error.message });
  }
  if (error instanceof RequestBusy) {
    return answer(503, { error: error.name, message: error.message }, error.retryAfterSeconds);
  }
  report(`A callback could not be taken in: ${error instanceof Error ? error.message : String(error)}`);
  const wait = error instanceof JiraUnavailable ? (error.retryAfterSeconds ?? RETRY_AFTER) : RETRY_AFTER;
  return answer(503, { error: 'Unavailable', message: 'The request could not be updated now' }, wait);
};

export const answer = (statusCode: number, body: object, retryAfter?: number): CallbackAnswer => ({
  statusCode,
  headers: {
    'Content-Type': ['application/json'],
    ...(retryAfter !== undefined && { 'Retry-After': [String(Math.ceil(retryAfter))] }),
  },
  body: JSON.stringify(body),
});
