/** How an attempt to hand an operation to the bridge went. */
export type DeliveryAnswer =
  /** The bridge answered. `retryAfterSeconds` is its `Retry-After`. */
  | { readonly status: number; readonly retryAfterSeconds: number | null; readonly message: string | null }
  /** No answer came. */
  | { readonly status: null; readonly message: string }
  /** Nothing was sent, because the app lacks what it takes. `message` says what to do. */
  | { readonly status: 'not set up'; readonly message: string }
  /** Nothing was sent, because it could not be told whether the request still stands, or what became of it. */
  | { readonly status: 'not judged'; readonly message: string };

export type DeliveryFailure =
  | {
      readonly outcome: 'retry';
      readonly delaySeconds: number;
      readonly problem: string;
      /** Said once in a series of attempts. */
      readonly tellAgents: boolean;
    }
  | { readonly outcome: 'give up'; readonly problem: string };

export type DeliveryVerdict = { readonly outcome: 'accepted' } | DeliveryFailure;

/** Hours after the decision during which a hand-over is tried. */
export const GIVE_UP_HOURS = 24;
/** The attempt after which the agents are told: two to six minutes into an outage. */
export const TELL_AGENTS_AT = 5;
/** Forge delays a queued event by at most fifteen minutes. */
const LONGEST_DELAY = 900;
/** Seconds between two attempts at most, for as long as it may be over any minute: the first hour. */
const LONGEST_AT_FIRST = 300;
const FIRST_HOUR = 3_600_000;
const FIRST_DELAY = 15;

/** Answers that will not change however often the same message is sent. */
const PERMANENT: Readonly<Record<number, string>> = {
  400: 'the bridge does not understand the message',
  409: 'the bridge knows something else under the same id',
  413: 'the message is larger than the bridge takes',
};

/**
 * What an answer of the bridge means. A refused signature is tried again as well: during a rotation one side has the
 * new secret before the other.
 * @param attempt.attempts attempts made before this one
 * @param attempt.random in [0, 1)
 */
export const judgeDelivery = (
  answer: DeliveryAnswer,
  attempt: {
    readonly attempts: number;
    readonly since: Date;
    readonly now: Date;
    readonly random: () => number;
  },
): DeliveryVerdict => {
  const { status } = answer;
  if (typeof status === 'number' && status >= 200 && status < 300) return { outcome: 'accepted' };
  const problem = describe(answer);
  if (typeof status === 'number' && status in PERMANENT) return { outcome: 'give up', problem };
  const made = attempt.attempts + 1;
  const elapsed = attempt.now.getTime() - attempt.since.getTime();
  if (elapsed >= GIVE_UP_HOURS * 3_600_000) {
    return { outcome: 'give up', problem: `${problem}, and so it was for ${GIVE_UP_HOURS} hours` };
  }
  const longest = elapsed < FIRST_HOUR ? LONGEST_AT_FIRST : LONGEST_DELAY;
  const wait = backoff(attempt.attempts, longest, attempt.random);
  const asked = typeof answer.status === 'number' ? answer.retryAfterSeconds : null;
  return {
    outcome: 'retry',
    delaySeconds: Math.min(LONGEST_DELAY, Math.max(wait, asked ?? 0)),
    problem,
    // What nobody but the app's operator can put right is not waited for.
    tellAgents: made === (status === 'not set up' ? 1 : TELL_AGENTS_AT),
  };
};

/** Whole seconds, spread evenly over the upper half of an exponentially growing span. */
const backoff = (attempts: number, longest: number, random: () => number): number => {
  const span = Math.min(longest, FIRST_DELAY * 2 ** Math.min(attempts, 10));
  return Math.max(1, Math.round(span * (0.5 + random() / 2)));
};

const describe = (answer: DeliveryAnswer): string => {
  if (answer.status === null) return `the bridge cannot be reached (${answer.message})`;
  if (answer.status === 'not set up') return answer.message;
  if (answer.status === 'not judged') {
    return `whether the request still stands as it was decided cannot be told (${answer.message})`;
  }
  if (answer.status === 401) return 'the bridge refuses the signature (401)';
  const known = PERMANENT[answer.status];
  const said = answer.message === null ? '' : `: ${answer.message}`;
  return known === undefined
    ? `the bridge answered ${answer.status}${said}`
    : `${known} (${answer.status})${said}`;
};
