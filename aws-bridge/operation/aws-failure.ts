import { isNativeError } from 'node:util/types';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { $ZodError } from 'zod/v4/core';
import * as z from 'zod/mini';
import { errorName } from './error-name';

export type AwsServiceCalled = 'sts' | 'servicecatalog' | 'cloudformation';

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

/**
 * AWS answered, and what it said cannot be understood. Neither did it refuse nor does time help much, so it is tried
 * for a while only, and then somebody is told. `message` has no word of the answer.
 */
export class AnswerNotUnderstood extends Error {
  override readonly name = 'AnswerNotUnderstood';
  constructor(service: AwsServiceCalled, cause: unknown) {
    const why = cause instanceof $ZodError ? 'unexpected shape' : errorName(cause);
    super(`${service}: AnswerNotUnderstood (${why})`, { cause });
  }
}

/** The credentials in hand are too old. */
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);
/** A service does not know the credentials in hand: not yet, or because the region is not enabled. */
const UNKNOWN_CREDENTIALS = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidToken',
  'InvalidTokenException',
  'InvalidAccessKeyId',
]);
/**
 * A signature is too old, or not yet valid: an environment was frozen between signing and sending, or its clock is
 * wrong. The SDK counts lacks of rights among them, which are none here.
 */
const CLOCK_SKEW = new Set([
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
]);
/** The SDK takes it for throttling. Service Catalog means a quota, which time does not raise. */
const QUOTA = 'LimitExceededException';

/** Whether a service does not know the credentials in hand. That may only be a delay, yet not for long. */
export const isUnknownCredentials = (failure: AwsFailure): boolean => UNKNOWN_CREDENTIALS.has(failure.code);

/** Whether new credentials may help. */
export const isOfItsCredentials = (failure: AwsFailure): boolean =>
  EXPIRED.has(failure.code) || isUnknownCredentials(failure);

const Thrown = z.object({
  name: z.string(),
  message: z.catch(z.string(), ''),
  code: z.catch(z.optional(z.string()), undefined),
  /** Of errors that AWS answered with and the SDK could read. */
  $fault: z.catch(z.optional(z.string()), undefined),
  $metadata: z.catch(z.optional(z.object({ httpStatusCode: z.optional(z.number()) })), undefined),
});
type Thrown = z.infer<typeof Thrown>;

/** Names of the operating system's errors (`EPROTO`), of Node's HTTP parser, and of a body that was cut off. */
const CONNECTION_BROKE = /^(E(?!RR_)[A-Z0-9_]+|HPE_[A-Z_]+|ERR_STREAM_PREMATURE_CLOSE)$/;

const MISTAKES = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

/** The SDK notes on an error how often it sent the request; one without an answer's status is of the connection. */
const neverAnswered = ({ name, code, $metadata }: Thrown): boolean =>
  name === 'TimeoutError' ||
  (code !== undefined && CONNECTION_BROKE.test(code)) ||
  ($metadata !== undefined && $metadata.httpStatusCode === undefined && !MISTAKES.has(name));

const onlyTimeIsMissing = (thrown: Thrown, status: number, error: unknown): boolean =>
  status >= 500 ||
  status === 429 ||
  status === 408 ||
  EXPIRED.has(thrown.name) ||
  CLOCK_SKEW.has(thrown.name) ||
  (isSdkError(error) && thrown.name !== QUOTA && (isThrottlingError(error) || isTransientError(error)));

const isSdkError = (error: unknown): error is Parameters<typeof isThrottlingError>[0] => isNativeError(error);

/**
 * Translates what calling an SDK client threw, its answer's parsing included.
 *
 * Where the connection broke, or no answer came in time, whether the call took effect is unknown: that is transient.
 * Which of AWS's errors are a matter of time - throttling, some services' timeouts - the SDK knows.
 * @returns AwsFailure, AnswerNotUnderstood, or what was thrown where it has nothing to do with AWS: a mistake of ours
 */
export const awsFailure = (service: AwsServiceCalled, thrown: unknown): unknown => {
  if (thrown instanceof $ZodError) return new AnswerNotUnderstood(service, thrown);
  const { success, data } = Thrown.safeParse(thrown);
  if (!success) return thrown;
  const failure = (code: string, transient: boolean) =>
    new AwsFailure({ service, code, words: data.message, transient });
  if (neverAnswered(data)) return failure(`Unreachable (${data.code ?? data.name})`, true);
  const status = data.$metadata?.httpStatusCode;
  if (status === undefined) return thrown;
  if (onlyTimeIsMissing(data, status, thrown)) return failure(data.name, true);
  return data.$fault === undefined ? new AnswerNotUnderstood(service, thrown) : failure(data.name, false);
};
