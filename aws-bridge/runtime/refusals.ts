import type { Refusal } from '../contract/messages';
import { BodyTooLarge, MAX_BODY_BYTES, SignatureRefused } from '../contract/signature';
import { MessageMalformed } from '../contract/signed-json';
import { DownstreamFailed, DownstreamThrottled } from './downstream';
import { InvocationTokenRefused } from './invocation-token';
import { namesOf } from './log';

/** Nothing is served under this path. */
export class UnknownPath extends Error {
  override readonly name = 'UnknownPath';
}

/** The path is served, but not for this method. */
export class WrongMethod extends Error {
  override readonly name = 'WrongMethod';
}

/** The message belongs to another Atlassian site than the one that this bridge serves. */
export class WrongSite extends Error {
  override readonly name = 'WrongSite';
}

/** An operation was already started, for another order. */
export class AlreadyStarted extends Error {
  override readonly name = 'AlreadyStarted';
}

/** Nobody waits for a decision about the gate: it is over, or there never was one. */
export class GateClosed extends Error {
  override readonly name = 'GateClosed';
}

/** The gate was decided otherwise, or is another than the one that the decision is about. */
export class DecidedOtherwise extends Error {
  override readonly name = 'DecidedOtherwise';
}

/** An answer that refuses. `reason` is for the log; everything else goes to the sender. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Refusal;
  readonly reason: string | undefined;
}

interface Row {
  readonly matches: (error: unknown) => RefusedAnswer | undefined;
}

const row = <Refused extends Error>(
  type: new (...parameters: never[]) => Refused,
  status: number,
  error: string,
  message: string,
  more: (error: Refused) => {
    readonly headers?: Readonly<Record<string, string>>;
    readonly problems?: readonly string[];
    readonly reason?: string;
  } = () => ({}),
): Row => ({
  matches: (thrown) => {
    if (!(thrown instanceof type)) return undefined;
    const { headers = {}, problems, reason } = more(thrown);
    return {
      status,
      headers,
      body: { error, message, ...(problems && { problems: [...problems] }) },
      reason,
    };
  },
});

/** Problems that one answer lists. */
const MAX_PROBLEMS = 20;

const unauthenticated = (type: new (...parameters: never[]) => Error & { readonly reason: string }): Row =>
  row(type, 401, 'unauthenticated', 'The message could not be authenticated.', ({ reason }) => ({ reason }));

const later = { headers: { 'retry-after': '15' } };

/** What a sender is told of each error. Of an error that is not here it is told that it may try again. */
const ROWS: readonly Row[] = [
  row(UnknownPath, 404, 'not-found', 'Nothing is served under this path.'),
  row(WrongMethod, 405, 'method-not-allowed', 'This path is served for POST only.', () => ({
    headers: { allow: 'POST' },
  })),
  row(BodyTooLarge, 413, 'too-large', `A body has ${MAX_BODY_BYTES} bytes at most.`),
  unauthenticated(SignatureRefused),
  unauthenticated(InvocationTokenRefused),
  row(MessageMalformed, 400, 'malformed', 'The message is malformed.', ({ problems }) => ({
    problems: problems.slice(0, MAX_PROBLEMS),
  })),
  row(WrongSite, 400, 'wrong-site', 'The message belongs to another site than this bridge serves.'),
  row(AlreadyStarted, 409, 'already-started', 'This operation was already started for another order.'),
  row(
    DecidedOtherwise,
    409,
    'decided-otherwise',
    'This gate was decided otherwise, or shows something else.',
  ),
  row(GateClosed, 410, 'gate-closed', 'The decision came too late: nothing waits for it any more.'),
  row(DownstreamThrottled, 429, 'throttled', 'Too many messages at once; try again later.', (error) => ({
    headers: { 'retry-after': '5' },
    reason: namesOf(error),
  })),
  row(DownstreamFailed, 503, 'unavailable', 'The bridge cannot do this now; try again later.', (error) => ({
    ...later,
    reason: `${error.service}: ${namesOf(error)}`,
  })),
];

export const refusalOf = (error: unknown): RefusedAnswer => {
  for (const { matches } of ROWS) {
    const answer = matches(error);
    if (answer) return answer;
  }
  return {
    status: 503,
    ...later,
    body: { error: 'unavailable', message: 'The bridge cannot do this now; try again later.' },
    reason: namesOf(error),
  };
};
