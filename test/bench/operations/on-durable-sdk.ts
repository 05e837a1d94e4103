import { LambdaClient } from '@aws-sdk/client-lambda';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { type Credentials, STSClient } from '@aws-sdk/client-sts';
import { DurableExecutionApiClient } from '@aws/durable-execution-sdk-js';
import { composeBareDurable } from '../baselines/bare-durable';
import { ENVIRONMENT } from '../quick-aws';
import type { createQuickExecutions } from '../quick-executions';
import { onExecutions, type RunOperation } from './operation';
import { register, tell } from './register';

/** The bare durable handler, which has the same calls made in steps of the durable SDK, and registers, too. */
export const createOnDurableSdk = (executions: ReturnType<typeof createQuickExecutions>): RunOperation => {
  const sts = new STSClient();
  const { requestHandler } = sts.config;
  const session = (region: string, { AccessKeyId, SecretAccessKey, SessionToken }: Credentials) => ({
    region,
    requestHandler,
    credentials: {
      accessKeyId: AccessKeyId ?? '',
      secretAccessKey: SecretAccessKey ?? '',
      sessionToken: SessionToken ?? '',
    },
  });
  return onExecutions(
    executions,
    composeBareDurable(ENVIRONMENT, undefined, {
      sts,
      serviceCatalogIn: (region, credentials) => new ServiceCatalogClient(session(region, credentials)),
      cloudFormationIn: (region, credentials) => new CloudFormationClient(session(region, credentials)),
      register,
      tell,
      durableExecutionClient: new DurableExecutionApiClient(new LambdaClient()),
    }),
  );
};
