import type { DurableExecutionConfig } from '@aws/durable-execution-sdk-js';
import {
  CheckpointDurableExecutionCommand,
  GetDurableExecutionStateCommand,
  type LambdaClient,
} from '@aws-sdk/client-lambda';

type Transport = NonNullable<DurableExecutionConfig['durableExecutionClient']>;

/**
 * Lambda as the durable SDK's transport. Its own `DurableExecutionApiClient` does the same, but loads the client with
 * a dynamic import, which Jest's module registry does not have.
 */
export const lambdaTransport = (client: LambdaClient): Transport => ({
  checkpoint: async (request) => client.send(new CheckpointDurableExecutionCommand(request)),
  getExecutionState: async (request) => client.send(new GetDurableExecutionStateCommand(request)),
});
