import type { ErrorObject } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { Execution } from './execution';
import { page } from './page';
import { runHandler } from './runtime';

/** How an invocation of a durable function answers. */
const InvocationAnswer = z.discriminatedUnion('Status', [
  z.object({ Status: z.literal('PENDING') }),
  z.object({ Status: z.literal('SUCCEEDED'), Result: z.string().optional() }),
  z.object({ Status: z.literal('FAILED'), Error: z.custom<ErrorObject>().optional() }),
]);

/** What came of an invocation: the function's own answer, or that it died. */
export type InvocationOutcome =
  z.infer<typeof InvocationAnswer> | { readonly Status: 'DIED'; readonly reason: string };

/** Invokes the function with what it has done so far. Only this invocation's token is good from now on. */
export const invokeDurable = async (execution: Execution, pageSize: number): Promise<InvocationOutcome> => {
  execution.invocations += 1;
  const { items, NextMarker } = page(execution.state(), undefined, pageSize);
  const event = {
    DurableExecutionArn: execution.arn,
    CheckpointToken: execution.renewToken(),
    UpdatedOperationIds: execution.takeChanged().map((operation) => operation.Id),
    InitialExecutionState: { Operations: items, ...(NextMarker !== undefined && { NextMarker }) },
  };
  try {
    const answer = await runHandler(execution.definition, JSON.stringify(event));
    return InvocationAnswer.parse(JSON.parse(answer));
  } catch (error) {
    return { Status: 'DIED', reason: error instanceof Error ? error.message : String(error) };
  }
};
