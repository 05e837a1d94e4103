import fc from 'fast-check';
import { type DeliveryAnswer, judgeDelivery } from '../../../../forge-app/delivery/judge-delivery';

const SINCE = new Date('2026-01-15T09:00:00Z');
const answered = (status: number, retryAfterSeconds: number | null = null): DeliveryAnswer => ({
  status,
  retryAfterSeconds,
  message: null,
});
const attempt = (attempts: number, hours = 0, random = 0.5) => ({
  attempts,
  since: SINCE,
  now: new Date(SINCE.getTime() + hours * 3_600_000),
  random: () => random,
});

test.each([200, 202])('%d means that the bridge has it', (status) => {
  expect(judgeDelivery(answered(status), attempt(0))).toEqual({ outcome: 'accepted' });
});

test.each([400, 409, 413])('%d will not change, so it is given up at once', (status) => {
  expect(judgeDelivery(answered(status), attempt(0))).toMatchObject({ outcome: 'give up' });
});

test.each([401, 403, 404, 408, 429, 500, 502, 503, 504])('%d is tried again', (status) => {
  expect(judgeDelivery(answered(status), attempt(0))).toMatchObject({ outcome: 'retry' });
});

test.each([199, 300])('%d is no yes', (status) => {
  expect(judgeDelivery(answered(status), attempt(0))).toMatchObject({ outcome: 'retry' });
});

test.each<[DeliveryAnswer, string]>([
  [answered(400), 'the bridge does not understand the message (400)'],
  [answered(409), 'the bridge knows something else under the same id (409)'],
  [answered(413), 'the message is larger than the bridge takes (413)'],
  [
    { ...answered(400), message: 'data.order' },
    'the bridge does not understand the message (400): data.order',
  ],
  [answered(401), 'the bridge refuses the signature (401)'],
  [answered(503), 'the bridge answered 503'],
  [{ status: 503, retryAfterSeconds: null, message: 'busy' }, 'the bridge answered 503: busy'],
  [{ status: null, message: 'TypeError' }, 'the bridge cannot be reached (TypeError)'],
  [{ status: 'not set up', message: 'the variable X is not set' }, 'the variable X is not set'],
  [
    { status: 'not judged', message: 'Jira is away' },
    'whether the request still stands as it was decided cannot be told (Jira is away)',
  ],
])('the agents read what is the matter: %j', (answer, problem) => {
  expect(judgeDelivery(answer, attempt(0))).toMatchObject({ problem });
});

test('what is given up says for how long it was so', () => {
  expect(judgeDelivery(answered(503), attempt(50, 24))).toEqual({
    outcome: 'give up',
    problem: 'the bridge answered 503, and so it was for 24 hours',
  });
});

test('the agents are told at the fifth attempt, and at once of what only they can put right', () => {
  const told = (answer: DeliveryAnswer, attempts: number) => {
    const verdict = judgeDelivery(answer, attempt(attempts));
    return verdict.outcome === 'retry' && verdict.tellAgents;
  };
  expect([0, 3, 4, 5].map((attempts) => told(answered(503), attempts))).toEqual([false, false, true, false]);
  const lacking: DeliveryAnswer = { status: 'not set up', message: '' };
  expect([0, 4].map((attempts) => told(lacking, attempts))).toEqual([true, false]);
});

test('a bridge that cannot be reached is tried again', () => {
  expect(judgeDelivery({ status: null, message: 'TypeError' }, attempt(3))).toMatchObject({
    outcome: 'retry',
  });
});

test('an app that is not set up is no bridge that cannot be reached, and the agents are told at once', () => {
  const message = 'the variable X is not set. Set it with "forge variables set --encrypt X"';
  expect(judgeDelivery({ status: 'not set up', message }, attempt(0))).toMatchObject({
    outcome: 'retry',
    tellAgents: true,
    problem: message,
  });
});

test('after 24 hours it is given up', () => {
  expect(judgeDelivery(answered(503), attempt(50, 23.99))).toMatchObject({ outcome: 'retry' });
  expect(judgeDelivery(answered(503), attempt(50, 24))).toMatchObject({ outcome: 'give up' });
});

test('the agents are told once in a series of attempts', () => {
  const told = Array.from({ length: 30 }, (_, attempts) =>
    judgeDelivery(answered(401), attempt(attempts)),
  ).filter((verdict) => verdict.outcome === 'retry' && verdict.tellAgents);
  expect(told).toHaveLength(1);
});

test('a delay is one that the queue takes, at least what the bridge asked for and never zero', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 5_000 })),
      (attempts, random, retryAfter) => {
        const verdict = judgeDelivery(answered(503, retryAfter), attempt(attempts, 1, random));
        if (verdict.outcome !== 'retry') throw new Error('not retried');
        expect(Number.isInteger(verdict.delaySeconds)).toBe(true);
        expect(verdict.delaySeconds).toBeGreaterThanOrEqual(Math.max(1, Math.min(900, retryAfter ?? 0)));
        expect(verdict.delaySeconds).toBeLessThanOrEqual(900);
      },
    ),
  );
});

test('delays grow and are spread', () => {
  const delay = (attempts: number, random: number): number => {
    const verdict = judgeDelivery(answered(503), attempt(attempts, 0, random));
    return verdict.outcome === 'retry' ? verdict.delaySeconds : NaN;
  };
  expect([0, 1, 2, 3].map((attempts) => delay(attempts, 0.99))).toEqual([15, 30, 60, 119]);
  expect(delay(3, 0)).toBe(60);
});

test('attempts are five minutes apart at most in the first hour, and a quarter of an hour afterwards', () => {
  const delay = (milliseconds: number): number => {
    const verdict = judgeDelivery(answered(503), attempt(50, milliseconds / 3_600_000, 0.9999));
    return verdict.outcome === 'retry' ? verdict.delaySeconds : NaN;
  };
  expect([0, 3_599_999, 3_600_000, 80_000_000].map(delay)).toEqual([300, 300, 900, 900]);
});
