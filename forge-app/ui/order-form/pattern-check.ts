import type { PatternCheck } from '../../order/pattern-check';
import { ecmaScriptPattern } from '../../order/template-pattern';

/** Characters up to which even a careless pattern takes no time that anybody would notice. */
const SHORT = 24;

/** A repetition of something that is itself repeated: where texts do not match, the time may double with each character. */
const NESTED = /\((?:[^()\\]|\\.)*(?:[*+]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\d*\})/;

/**
 * Matches templates' patterns in the browser. Nothing stops a match there, so a careless pattern is left to the server where the
 * text is long; everything else comes out as it does there.
 */
export const patternCheck: PatternCheck = (pattern, texts) => {
  try {
    const whole = new RegExp(`^(?:${ecmaScriptPattern(pattern)})$`, 'v');
    if (NESTED.test(pattern) && texts.some((text) => text.length > SHORT)) return 'match';
    return texts.every((text) => whole.test(text)) ? 'match' : 'no-match';
  } catch {
    return 'unchecked';
  }
};
