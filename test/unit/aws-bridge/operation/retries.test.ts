import { AnswerNotUnderstood } from '../../../../aws-bridge/operation/aws-failure';
import { SignalFailed } from '../../../../aws-bridge/operation/gate/gate-ports';
import {
  briefly,
  forADay,
  forHalfAnHour,
  type RetryStrategy,
  untilDelivered,
  whileAStackWaits,
} from '../../../../aws-bridge/operation/retries';
import { AttemptFailed, attemptFailed, InDoubt } from '../../../../aws-bridge/operation/step-failure';
import { CallbackFailed } from '../../../../aws-bridge/operation/callback-port';
import { DownstreamFailed, DownstreamThrottled } from '../../../../aws-bridge/runtime/downstream';
import { AwsRefused } from '../../../../aws-bridge/runtime/signed-fetch';
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

test('an app that is busy for a minute is told within half a minute of it, however often it was told before', () => {
  const busy = new AttemptFailed('callback: answered 503', true);
  for (let time = 0; time < 200; time += 1) {
    let passed = 0;
    let attempt = 0;
    while (passed < 60) {
      const { delay } = untilDelivered(busy, (attempt += 1));
      passed += delay && 'seconds' in delay ? (delay.seconds ?? NaN) : NaN;
    }
    expect(passed).toBeLessThanOrEqual(90);
  }
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

test('the app is told half a minute apart at most for twenty attempts, five minutes for 24 more, then a quarter of an hour', () => {
  const away = new AttemptFailed('callback: answered 503', true);
  const longest = (attempt: number) =>
    Math.max(
      ...Array.from({ length: 200 }, () => {
        const { delay } = untilDelivered(away, attempt);
        return delay && 'seconds' in delay ? (delay.seconds ?? NaN) : NaN;
      }),
    );
  const within = (attempt: number, most: number) => {
    expect(longest(attempt)).toBeLessThanOrEqual(most);
    expect(longest(attempt)).toBeGreaterThan(most * 0.8);
  };
  within(20, 30);
  within(21, 300);
  within(44, 300);
  within(45, 900);
});

test('what is in doubt is tried as what may pass, and keeps its code', () => {
  const doubt = attemptFailed(new InDoubt('NameTaken'));
  expect(doubt).toMatchObject({ name: 'AttemptFailed', code: 'NameTaken', transient: true });
  expect(doubt).toBeInstanceOf(InDoubt);
});

const transient = new AttemptFailed('ThrottlingException', true);
const lasting = new AttemptFailed('sts: AccessDenied', false);

test.each<[string, RetryStrategy, Error, number, number]>([
  ['what may pass, for a day', forADay, transient, 576, 300],
  ['what does not pass by itself, like what is tried for half an hour', forADay, lasting, 20, 300],
  ['what nobody can wait for', forHalfAnHour, transient, 20, 300],
  ['telling an app that is away', untilDelivered, transient, 384, 900],
  ['telling an app that refuses', untilDelivered, lasting, 20, 300],
  ['a signal that may yet be taken', whileAStackWaits, transient, 576, 60],
  ['a signal that was refused', whileAStackWaits, lasting, 7, 60],
  ['a convenience', briefly, transient, 3, 60],
  // Only what a step says of itself counts, not an error that happens to have a word of that name.
  ['what no step has said is transient', forADay, throttled(), 20, 300],
])(
  '%s: so many attempts, and waits that double up to the longest',
  (_what, strategy, error, attempts, longest) => {
    const waits = (attempt: number) =>
      Array.from({ length: 200 }, () => {
        const { delay } = strategy(error, attempt);
        return delay && 'seconds' in delay ? (delay.seconds ?? NaN) : NaN;
      });
    expect(strategy(error, attempts - 1).shouldRetry).toBe(true);
    expect(strategy(error, attempts).shouldRetry).toBe(false);
    expect(Math.max(...waits(1))).toBe(2);
    expect(Math.max(...waits(2))).toBe(Math.min(4, attempts > 2 ? 4 : 2));
    if (attempts > 10) {
      const late = waits(attempts - 1);
      expect(Math.max(...late)).toBeGreaterThan(longest * 0.9);
      expect(Math.max(...late)).toBeLessThanOrEqual(longest);
      expect(Math.min(...late)).toBeLessThan(longest * 0.1);
    }
  },
);

test('all attempts of a launch and three messages, and every look, stay below 3,000 durable operations', () => {
  const attempts = (strategy: RetryStrategy) => {
    let attempt = 1;
    while (strategy(new AttemptFailed('x', true), attempt).shouldRetry) attempt += 1;
    return attempt;
  };
  expect(attempts(forADay) + 3 * attempts(untilDelivered)).toBeLessThan(3000 - 1260);
});

test('a failure keeps its code and loses its words', () => {
  const kept = [
    throttled(),
    awsRefusal('AccessDenied', 'arn:aws:iam::1:role/secret', 'sts'),
    new AnswerNotUnderstood('sts', new SyntaxError('secret')),
    new CallbackFailed('answered 503'),
    new SignalFailed('answered 503', true),
    new SignalFailed('answered 403', false),
    new AwsRefused('kms', 'AccessDeniedException', 400),
    new DownstreamFailed('dynamodb', new Error('secret')),
    new DownstreamThrottled('kms', new Error('secret')),
    new TypeError('secret is not a function'),
    'secret',
  ].map(attemptFailed);
  expect(kept.map(({ name, message, code, transient }) => [name, message === code, code, transient])).toEqual(
    (
      [
        ['servicecatalog: ThrottlingException', true],
        ['sts: AccessDenied', false],
        ['sts: AnswerNotUnderstood (SyntaxError)', false],
        ['callback: answered 503', true],
        ['signal: answered 503', true],
        ['signal: answered 403', false],
        ['kms answered 400 AccessDeniedException', false],
        ['dynamodb failed', true],
        ['kms throttles', true],
        ['Unexpected TypeError', false],
        ['Unexpected string', false],
      ] as const
    ).map(([code, transient]) => ['AttemptFailed', true, code, transient]),
  );
  const own = new AttemptFailed('NameTaken', true);
  expect(attemptFailed(own)).toBe(own);
});
