import type { DurableContext } from '@aws/durable-execution-sdk-js';

/** What somebody outside says to a callback once it is open. */
export interface CallbackAnswer {
  /** Name of the callback operation. */
  readonly operation: string;
  /** Without it and `failure` the callback succeeds without a result. */
  readonly success?: string;
  readonly failure?: string;
  /** For waitForCallback: only once its submitter is done. */
  readonly afterSubmitter?: boolean;
}

/** A durable handler and what happens around it. */
export interface Scenario {
  readonly payload: object;
  readonly handler: (input: { readonly key: string }, context: DurableContext) => Promise<unknown>;
  readonly answers?: readonly CallbackAnswer[];
  /** What its outcome must have, so that two engines do not agree on something else than was meant. */
  readonly ends?: object;
}
