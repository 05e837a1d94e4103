import * as z from 'zod/mini';

export type AwsServiceCalled = 'sts' | 'servicecatalog' | 'cloudformation' | 'dynamodb';

/**
 * A call to AWS that did not succeed. Its message names the service and the error's code only: messages of errors are
 * kept in the execution's history. What AWS said is in `words`, for the person who asked.
 */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';
  readonly service: AwsServiceCalled;
  /** The error's real name, such as `ResourceNotFoundException`. */
  readonly code: string;
  readonly words: string;
  /** The same call may succeed later without anybody doing anything. */
  readonly transient: boolean;
  constructor(failure: {
    readonly service: AwsServiceCalled;
    readonly code: string;
    readonly words: string;
    readonly transient: boolean;
  }) {
    super(`${failure.service}: ${failure.code}`);
    this.service = failure.service;
    this.code = failure.code;
    this.words = failure.words;
    this.transient = failure.transient;
  }
}

/** Codes that AWS answers with status 400 although only time is missing. */
const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'ProvisionedThroughputExceededException',
  'PriorRequestNotComplete',
]);
/** The credentials in hand are too old; new ones are had by asking again. */
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);

export const isExpired = (failure: AwsFailure): boolean => EXPIRED.has(failure.code);

const Thrown = z.object({
  name: z.string(),
  message: z.catch(z.string(), ''),
  $metadata: z.catch(z.optional(z.object({ httpStatusCode: z.optional(z.number()) })), undefined),
});

/**
 * Translates what an SDK client threw.
 *
 * An error without an HTTP status never got an answer that could be read: the connection broke, or the answer did
 * not come in time. Whether the call took effect is then unknown, so it counts as transient.
 */
export const awsFailure = (service: AwsServiceCalled, thrown: unknown): AwsFailure => {
  const { success, data } = Thrown.safeParse(thrown);
  if (!success) return new AwsFailure({ service, code: 'Unreadable', words: '', transient: true });
  const status = data.$metadata?.httpStatusCode;
  const transient =
    status === undefined ||
    status >= 500 ||
    status === 429 ||
    status === 408 ||
    THROTTLED.has(data.name) ||
    EXPIRED.has(data.name);
  const code = status === undefined ? `Unreachable (${data.name})` : data.name;
  return new AwsFailure({ service, code, words: data.message, transient });
};
