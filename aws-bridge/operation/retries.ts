import { createRetryStrategy, JitterStrategy } from '@aws/durable-execution-sdk-js';
import { AttemptFailed } from './step-failure';

export type RetryStrategy = ReturnType<typeof createRetryStrategy>;

const backoff = (maxAttempts: number, maxDelay: { minutes: number } | { seconds: number }): RetryStrategy =>
  createRetryStrategy({
    maxAttempts,
    initialDelay: { seconds: 2 },
    maxDelay,
    backoffRate: 2,
    jitter: JitterStrategy.FULL,
  });

const patiently =
  (transient: RetryStrategy, other: RetryStrategy): RetryStrategy =>
  (error, attemptsMade) =>
    (error instanceof AttemptFailed && error.transient ? transient : other)(error, attemptsMade);

/**
 * Attempts in a row after which what may only be a delay is believed. With the launch's backoff that is about a minute, which
 * roles and shares rarely exceed.
 */
export const PATIENCE = 7;

/*
 * An execution has at most 3,000 durable operations, and it is not documented whether an attempt counts as one. The
 * numbers below stay below that together with time-limit.ts, unless AWS, the app and the table fail for days at once.
 */

/** What nobody can wait for much longer. */
export const forHalfAnHour = backoff(20, { minutes: 5 });

/** A wait is half of the longest on average, so 576 attempts are about a day; half an hour where time does not help. */
export const forADay = patiently(backoff(576, { minutes: 5 }), forHalfAnHour);

/** Attempts of about the first four minutes, and of the first hour. */
const AT_ONCE = 20;
const AT_FIRST = 44;

const slowingDown =
  (atOnce: RetryStrategy, atFirst: RetryStrategy, then: RetryStrategy): RetryStrategy =>
  (error, attemptsMade) => {
    if (attemptsMade <= AT_ONCE) return atOnce(error, attemptsMade);
    return (attemptsMade <= AT_FIRST ? atFirst : then)(error, attemptsMade);
  };

/**
 * Until the app is back: about two days. An app that is only busy, for the minute that a dead invocation of its own has left
 * reserved, is told within half a minute of it; one that is back within five minutes in the first hour, a quarter of an hour later.
 */
export const untilDelivered = patiently(
  slowingDown(backoff(384, { seconds: 30 }), backoff(384, { minutes: 5 }), backoff(384, { minutes: 15 })),
  forHalfAnHour,
);

/** What a stack waits for: a refusal that may pass is tried again for about a minute, as it is not waited out. */
export const whileAStackWaits = patiently(backoff(576, { minutes: 1 }), backoff(7, { minutes: 1 }));

/** For what is only a convenience. */
export const briefly = backoff(3, { minutes: 1 });
