import * as z from 'zod/mini';
import { DownstreamFailed } from '../runtime/downstream';
import { type SignedFetch, uriEncoded } from '../runtime/signed-fetch';
import type { OperationFunction } from '../runtime/start-execution';
import type { ExecutionFound, FindExecution } from './report-operations';

const Executions = z.object({
  DurableExecutions: z.optional(
    z.array(
      z.object({
        DurableExecutionArn: z.string(),
        DurableExecutionName: z.string(),
        Status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'STOPPED']),
      }),
    ),
  ),
  NextMarker: z.nullish(z.string()),
});
const Execution = z.object({ Result: z.optional(z.string()) });

/**
 * Pages of executions that are looked through for one name. The filter leaves one execution in practice; whether Lambda
 * filters before it makes pages, or leaves pages empty, is not documented.
 */
const MAX_PAGES = 5;
/** Executions in a page; Lambda gives no more. */
const PAGE_SIZE = '1000';

/**
 * Finds the newest execution of a name, on whatever version it started. There is none only where the last page has been
 * seen: what has not been looked through may hold it.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_ListDurableExecutionsByFunction.html
 */
export const createFindExecution = (lambda: SignedFetch, { arn }: OperationFunction): FindExecution => {
  const list = async (name: string, marker: string | undefined): Promise<z.infer<typeof Executions>> =>
    parsed(
      Executions,
      await lambda({
        method: 'GET',
        path: `/2025-12-01/functions/${uriEncoded(arn)}/durable-executions`,
        query: {
          DurableExecutionName: name,
          MaxItems: PAGE_SIZE,
          ...(marker !== undefined && { Marker: marker }),
        },
      }),
    );

  const result = async (executionArn: string): Promise<string | undefined> =>
    parsed(
      Execution,
      await lambda({
        method: 'GET',
        path: `/2025-12-01/durable-executions/${uriEncoded(executionArn)}`,
        // The result among it; AWS's pages disagree on whether it comes unasked.
        query: { IncludeExecutionData: 'true' },
      }),
    ).Result;

  return async (name): Promise<ExecutionFound> => {
    let marker: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const { DurableExecutions = [], NextMarker } = await list(name, marker);
      // The filter is documented as a match, not as equality.
      const found = DurableExecutions.find((execution) => execution.DurableExecutionName === name);
      if (found?.Status === 'RUNNING') return { status: 'running' };
      if (found?.Status === 'SUCCEEDED') {
        return { status: 'succeeded', result: await result(found.DurableExecutionArn) };
      }
      if (found) return { status: 'failed' };
      if (!NextMarker) return { status: 'none' };
      marker = NextMarker;
    }
    throw new DownstreamFailed('lambda', new RangeError(`more than ${MAX_PAGES} pages of executions`));
  };
};

const parsed = <Schema extends z.ZodMiniType>(
  schema: Schema,
  { text }: { readonly text: string },
): z.infer<Schema> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DownstreamFailed('lambda', new TypeError('the answer is not JSON'));
  }
  const answer = schema.safeParse(value);
  if (!answer.success) throw new DownstreamFailed('lambda', answer.error);
  return answer.data;
};
