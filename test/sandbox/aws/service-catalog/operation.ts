import type { z } from 'zod';
import type { RoleCaller } from '../iam/caller';
import { AwsError, type AwsCall } from '../service';
import { type Refusal, undeclared } from './refusals';
import { parseInput } from '../validation';

/** Who calls, as Service Catalog looks at it. */
export interface Caller {
  readonly account: string;
  readonly region: string;
  /** The role with its path: `arn:aws:iam::ACCOUNT:role/PATH/NAME`. Portfolios are granted to it. */
  readonly roleArn: string;
  /** The session: `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`. Records remember it. */
  readonly sessionArn: string;
  /** As IAM weighs it. */
  readonly session: RoleCaller;
}

export interface Operation {
  /** What it takes, within the limits of the API's model. */
  readonly input: z.ZodType;
  /** The errors that the API's model declares for it. */
  readonly refuses: readonly Refusal[];
  answer(call: AwsCall, caller: Caller): object;
}

export type Operations = Readonly<Record<string, Operation>>;

/**
 * An operation whose input is checked before it is answered. An error that the model does not declare for it is a
 * defect of the stand-in: the real service could not answer so.
 */
export const operation = <Input>(definition: {
  readonly input: z.ZodType<Input>;
  readonly refuses: readonly Refusal[];
  answer(input: Input, caller: Caller): object;
}): Operation => ({
  input: definition.input,
  refuses: definition.refuses,
  answer: (call, caller) => {
    const input = parseInput(call.operation, definition.input, call.input);
    try {
      return definition.answer(input, caller);
    } catch (error) {
      if (!(error instanceof AwsError) || undeclared.includes(error.code)) throw error;
      if (definition.refuses.some((code) => code === error.code)) throw error;
      throw new Error(`${call.operation} cannot answer ${error.code} in the real service`, { cause: error });
    }
  },
});
