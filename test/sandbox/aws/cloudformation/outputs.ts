import type { Stack } from '../stacks';
import { asText, evaluate } from './intrinsics';
import { reachedBy } from './making';
import type { StackRecord } from './stack-record';

/** A stack's outputs, once all of its resources are as they shall be. */
export const outputsOf = (stack: StackRecord): Stack['outputs'] => {
  const { plan } = stack.design;
  const scope = plan.scope(reachedBy(stack));
  return Object.entries(plan.outputs).map(([key, output]) => ({
    key,
    value: asText(evaluate(output.Value, scope), `Output ${key} is malformed: its value must be a string`),
    description: output.Description,
  }));
};
