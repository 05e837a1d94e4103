import { AwsRefused } from './signed-fetch';

/*
 * What the waiters' table is to write only if nobody else has written otherwise.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
 */

/** No later round than `:round` is registered there; where nobody has waited yet there is none. */
export const NOT_LATER = 'attribute_not_exists(#round) OR #round <= :round';
export const ROUND_NAME = { '#round': 'round' } as const;

/** Takes for done what is not written because of its condition. */
export const unlessConditional = (error: unknown): void => {
  if (error instanceof AwsRefused && error.code === 'ConditionalCheckFailedException') return;
  throw error;
};
