import {
  CheckpointDurableExecutionCommand,
  LambdaClient,
  type OperationUpdate,
} from '@aws-sdk/client-lambda';
import {
  DescribeRecordCommand,
  ListLaunchPathsCommand,
  ProvisionProductCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { ENVIRONMENT, REGION } from '../quick-aws';
import type { createQuickExecutions, DurableFunction } from '../quick-executions';
import { onExecutions, type RunOperation } from './operation';
import { register, tell } from './register';

/**
 * The calls of a launch one after the other, each followed by its checkpoint, on the SDK's clients alone: no durable SDK, no
 * check, no decision. It knows beforehand what it will be answered.
 */
export const createByHand = (executions: ReturnType<typeof createQuickExecutions>): RunOperation => {
  const credentials = {
    accessKeyId: ENVIRONMENT.AWS_ACCESS_KEY_ID,
    secretAccessKey: ENVIRONMENT.AWS_SECRET_ACCESS_KEY,
  };
  const configuration = { region: REGION, credentials, maxAttempts: 1 };
  const sts = new STSClient(configuration);
  const lambda = new LambdaClient(configuration);
  const { requestHandler } = sts.config;
  let path: string | undefined;
  let serviceCatalog = new ServiceCatalogClient(configuration);
  let record = '';

  const handler: DurableFunction = async (event) => {
    // The event is Lambda's, and the payload the one that was started with.
    const { DurableExecutionArn, CheckpointToken, InitialExecutionState } = event as {
      DurableExecutionArn: string;
      CheckpointToken: string;
      InitialExecutionState: { Operations: { Id: string; ExecutionDetails?: { InputPayload: string } }[] };
    };
    const [execution, ...done] = InitialExecutionState.Operations;
    const { operationId, requestKey, order } = JSON.parse(
      execution?.ExecutionDetails?.InputPayload ?? '',
    ) as {
      operationId: string;
      requestKey: string;
      order: { account: string; productId: string; provisioningArtifactId: string; name: string };
    };
    let token: string | undefined = CheckpointToken;
    const checkpoint = async (...Updates: OperationUpdate[]): Promise<void> => {
      const answer = await lambda.send(
        new CheckpointDurableExecutionCommand({ DurableExecutionArn, CheckpointToken: token, Updates }),
      );
      token = answer.CheckpointToken;
    };
    const step = async (Name: string, result: unknown): Promise<void> =>
      checkpoint(
        { Id: Name, Type: 'STEP', Action: 'START', Name },
        { Id: Name, Type: 'STEP', Action: 'SUCCEED', Name, Payload: JSON.stringify(result) },
      );
    const waitFor = async (Name: string): Promise<void> => {
      await checkpoint({
        Id: Name,
        Type: 'CALLBACK',
        Action: 'START',
        Name,
        CallbackOptions: { TimeoutSeconds: 300 },
      });
      await register(`SC-${order.account}`, `callback-${Name}`);
      await step(`register ${Name}`, null);
    };
    const describe = async (Name: string): Promise<void> => {
      const { RecordDetail, RecordOutputs } = await serviceCatalog.send(
        new DescribeRecordCommand({ Id: record }),
      );
      await step(Name, { status: RecordDetail?.Status, outputs: RecordOutputs });
    };

    if (done.length === 0) {
      const { Credentials } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${order.account}:role/${ENVIRONMENT.TENANT_ROLE_NAME}`,
          RoleSessionName: requestKey,
          ExternalId: ENVIRONMENT.EXTERNAL_ID,
        }),
      );
      serviceCatalog = new ServiceCatalogClient({
        region: REGION,
        maxAttempts: 1,
        requestHandler,
        credentials: {
          accessKeyId: Credentials?.AccessKeyId ?? '',
          secretAccessKey: Credentials?.SecretAccessKey ?? '',
          sessionToken: Credentials?.SessionToken ?? '',
        },
      });
      if (path === undefined) {
        const listed = await serviceCatalog.send(new ListLaunchPathsCommand({ ProductId: order.productId }));
        path = listed.LaunchPathSummaries?.[0]?.Id ?? '';
      }
      const { RecordDetail } = await serviceCatalog.send(
        new ProvisionProductCommand({
          ProductId: order.productId,
          ProvisioningArtifactId: order.provisioningArtifactId,
          PathId: path,
          ProvisionedProductName: `${order.name}-${operationId}`,
          ProvisionToken: operationId,
        }),
      );
      record = RecordDetail?.RecordId ?? '';
      await step('launch', { record });
      await waitFor('stack event 1');
      await tell(JSON.stringify({ operationId, sequence: 1 }));
      await step('tell 1', 'delivered');
      await describe('describe 1');
      return { Status: 'PENDING' };
    }
    await waitFor('stack event 2');
    await describe('describe 2');
    await tell(JSON.stringify({ operationId, sequence: 2 }));
    await step('tell 2', 'delivered');
    return { Status: 'SUCCEEDED', Result: '{}' };
  };
  return onExecutions(executions, handler);
};
