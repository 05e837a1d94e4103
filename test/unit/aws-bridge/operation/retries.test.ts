import {
  briefly,
  forADay,
  type RetryStrategy,
  untilDelivered,
  whileAStackWaits,
} from '../../../../aws-bridge/operation/retries';
import { AttemptFailed, attemptFailed } from '../../../../aws-bridge/operation/step-failure';
import { CallbackFailed } from '../../../../aws-bridge/operation/callback-port';
import { awsRefusal, throttled } from './builders';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Seconds that a step is tried for in all, and the longest single wait. */
const patience = (strategy: RetryStrategy, error: Error) => {
  const waits: number[] = [];
  for (let attempt = 1; ; attempt++) {
    const { shouldRetry, delay } = strategy(error, attempt);
    if (!shouldRetry) break;
    waits.push(delay && 'seconds' in delay ? (delay.seconds ?? 0) : NaN);
  }
  return { total: waits.reduce((sum, wait) => sum + wait, 0), longest: Math.max(...waits) };
};

test('what may pass is tried for about a day, never waiting more than five minutes', () => {
  const { total, longest } = patience(forADay, new AttemptFailed('ThrottlingException', true));
  expect(total).toBeGreaterThan(0.8 * DAY);
  expect(total).toBeLessThan(1.2 * DAY);
  expect(longest).toBeLessThanOrEqual(300);
});

test('what time does not help is tried for less than two hours', () => {
  expect(patience(forADay, new AttemptFailed('sts: AccessDenied', false)).total).toBeLessThan(2 * HOUR);
});

test('the app is told again for days', () => {
  const { total, longest } = patience(untilDelivered, new AttemptFailed('callback: answered 503', true));
  expect(total).toBeGreaterThan(1.6 * DAY);
  expect(longest).toBeLessThanOrEqual(900);
});

test('a signal is tried for hours where only time is missing, and for minutes where it was refused', () => {
  expect(patience(whileAStackWaits, new AttemptFailed('signal: answered 503', true)).total).toBeGreaterThan(
    4 * HOUR,
  );
  expect(patience(whileAStackWaits, new AttemptFailed('signal: answered 403', false)).total).toBeLessThan(
    HOUR / 6,
  );
});

test('registering, a convenience, holds nobody up', () => {
  expect(patience(briefly, new AttemptFailed('dynamodb: NotAnswered', true)).total).toBeLessThan(60);
});

test('all attempts of a launch and three messages, and every look, stay below 3,000 durable operations', () => {
  const attempts = (strategy: RetryStrategy) => {
    let attempt = 1;
    while (strategy(new AttemptFailed('x', true), attempt).shouldRetry) attempt += 1;
    return attempt;
  };
  expect(attempts(forADay) + 3 * attempts(untilDelivered)).toBeLessThan(3000 - 1200);
});

test('a failure keeps its code and loses its words', () => {
  const kept = [
    attemptFailed(throttled()),
    attemptFailed(awsRefusal('AccessDenied', 'arn:aws:iam::1:role/secret', 'sts')),
    attemptFailed(new CallbackFailed('answered 503')),
    attemptFailed(new TypeError('secret is not a function')),
    attemptFailed('secret'),
  ];
  expect(kept.map(({ message, transient }) => [message, transient])).toEqual([
    ['servicecatalog: ThrottlingException', true],
    ['sts: AccessDenied', false],
    ['callback: answered 503', true],
    ['Unexpected TypeError', false],
    ['Unexpected string', false],
  ]);
});
