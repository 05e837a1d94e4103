import { AlreadyStarted } from './refusals';
import { AwsRefused, type SignedFetch, uriEncoded } from './signed-fetch';

/** The operation function's ARN, and the alias that it is invoked through. */
export interface OperationFunction {
  readonly arn: string;
  readonly alias: string;
}

const ARN = /^(arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+):([\w$-]+)$/;

/**
 * Takes an ARN with its alias apart.
 * @throws TypeError without an alias: a durable execution stays on the version that it started on, so the bare
 * function, which is `$LATEST`, must not be invoked
 */
export const operationFunction = (qualifiedArn: string): OperationFunction => {
  const [, arn, alias] = ARN.exec(qualifiedArn) ?? [];
  if (arn === undefined || alias === undefined) {
    throw new TypeError(
      `OPERATION_FUNCTION is ${qualifiedArn}; expected the function's ARN with an alias, such as …:function:operation:live`,
    );
  }
  return { arn, alias };
};

/**
 * Starts the operation durably under its name, or finds it started.
 * @returns the execution's ARN, where the service tells it
 * @throws AlreadyStarted for another payload under the same name
 */
export type StartExecution = (name: string, payload: string) => Promise<string | undefined>;

/**
 * Starts an execution under an operation's name.
 *
 * Lambda answers a repeat of the same payload with the execution that there is, and another payload under the same
 * name with an error. That is what makes a redelivery harmless.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-idempotency.html
 */
export const createStartExecution =
  (lambda: SignedFetch, { arn, alias }: OperationFunction): StartExecution =>
  async (name, payload) => {
    try {
      const { headers } = await lambda({
        method: 'POST',
        path: `/2015-03-31/functions/${uriEncoded(arn)}/invocations`,
        query: { Qualifier: alias },
        headers: {
          'content-type': 'application/json',
          'x-amz-invocation-type': 'Event',
          'x-amz-durable-execution-name': name,
        },
        body: payload,
      });
      return headers.get('x-amz-durable-execution-arn') ?? undefined;
    } catch (error) {
      if (error instanceof AwsRefused && error.code === 'DurableExecutionAlreadyStartedException') {
        throw new AlreadyStarted(undefined, { cause: error });
      }
      throw error;
    }
  };
