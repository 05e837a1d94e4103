import { runInNewContext } from 'node:vm';
import { ecmaScriptPattern } from './template-pattern';

/** Milliseconds that one parameter's pattern may take. An ordinary one takes microseconds. */
const TIME_LIMIT = 250;
/** By how much longer it may take when it is tried once more: a machine that paused is not the pattern's fault. */
const PATIENCE = 4;
/** Slow patterns after which no more are tried, so that an order takes five seconds of an invocation's 25 at most. */
const SLOW_PATTERNS = 4;

/**
 * - `match`, `no-match`: for all texts together
 * - `unchecked`: nobody can tell here: the pattern cannot be carried over, or it takes too long
 */
export type PatternResult = 'match' | 'no-match' | 'unchecked';
export type PatternCheck = (pattern: string, texts: readonly string[]) => PatternResult;

/**
 * Matches templates' patterns against whole values, for one order.
 *
 * A pattern comes from the organization's own templates, a value from whoever raises a request, so the one who
 * writes `(a+)+$` and the one who sends forty a's are different people: a careless pattern must not let a reporter
 * hold up an invocation. The engine backtracks and offers no limit of its own, but a script in a context can be
 * stopped in the midst of a match. Nothing but this one expression runs there, and it sees two strings.
 */
export const createPatternCheck = (timeLimit = TIME_LIMIT): PatternCheck => {
  let slow = 0;
  return (pattern, texts) => {
    if (slow >= SLOW_PATTERNS) return 'unchecked';
    for (const timeout of [timeLimit, timeLimit * PATIENCE]) {
      try {
        return matchWithin(timeout, pattern, texts) ? 'match' : 'no-match';
      } catch (error) {
        if (!hasCode(error, 'ERR_SCRIPT_EXECUTION_TIMEOUT')) return 'unchecked';
      }
    }
    slow += 1;
    return 'unchecked';
  };
};

/** @throws Error for a pattern that cannot be carried over, or that takes longer than so many milliseconds */
const matchWithin = (timeout: number, pattern: string, texts: readonly string[]): boolean => {
  const whole = `^(?:${ecmaScriptPattern(pattern)})$`;
  const script = "texts.every((text) => new RegExp(whole, 'v').test(text))";
  return runInNewContext(script, { whole, texts: [...texts] }, { timeout }) === true;
};

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
