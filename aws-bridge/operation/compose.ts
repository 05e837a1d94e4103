import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { STSClient } from '@aws-sdk/client-sts';
import { DurableExecutionApiClient, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { AWS_CALL_TIMEOUT, awsConfiguration, type Environment, required } from '../runtime/environment';
import { consoleLog, type Log } from '../runtime/log';
import { createSignedFetch } from '../runtime/signed-fetch';
import { createSigningKeys } from '../runtime/signing-keys';
import { createGateItems } from '../runtime/gate-items';
import { createPreSignedPut } from '../runtime/pre-signed-put';
import { createSecretReader } from '../runtime/stored-secret';
import { createFindWaiter } from '../runtime/wake';
import { createTableCall } from '../runtime/table';
import { createAnswerTest, createRaiseRequest, createRemindApprovers, createTellApp } from './callback';
import { createDurableApi } from './durable-api';
import { createEnterTenant } from './enter-tenant';
import { createAnnounce } from './gate/announce';
import { createOpenHandle } from './gate/open-handle';
import { createSendSignal } from './gate/send-signal';
import { createLaunchPathMemory } from './launch-paths';
import { createOpenSealed } from './open-sealed';
import { createOperation } from './operation';
import { createTenant } from './tenant';
import { createFindOperation, createRegisterWaiter } from './waiters';

/** The operation function. What it keeps - sessions, launch paths, keys - lives as long as its environment. */
export const composeOperation = (
  env: Environment,
  now: () => Date = () => new Date(),
  log: Log = consoleLog,
) => {
  const sts = new STSClient(awsConfiguration(env, 'STS'));
  const signed = { now, timeout: AWS_CALL_TIMEOUT };
  const secretsManager = createSignedFetch(
    'secretsmanager',
    awsConfiguration(env, 'SECRETS_MANAGER'),
    signed,
  );
  const dynamodb = createSignedFetch('dynamodb', awsConfiguration(env, 'DYNAMODB'), signed);
  const table = createTableCall(dynamodb, required(env, 'WAITERS_TABLE'));
  const kms = createSignedFetch('kms', awsConfiguration(env, 'KMS'), signed);
  const formerKeys = env['FORMER_SEALED_VALUES_KEYS'];
  const openSealed = createOpenSealed(kms, [
    required(env, 'SEALED_VALUES_KEY'),
    ...(formerKeys ? formerKeys.split(',') : []),
  ]);
  const approvalsTopic = env['APPROVALS_TOPIC'];
  // The tenants' clients are made anew for every session; they share connections.
  const { requestHandler } = sts.config;

  const enterTenant = createEnterTenant({
    sts,
    roleName: required(env, 'TENANT_ROLE_NAME'),
    externalId: required(env, 'EXTERNAL_ID'),
    open: ({ region }, credentials, expired) => {
      const session = { region, credentials, requestHandler };
      return createTenant({
        serviceCatalog: new ServiceCatalogClient({ ...awsConfiguration(env, 'SERVICE_CATALOG'), ...session }),
        cloudFormation: new CloudFormationClient({ ...awsConfiguration(env, 'CLOUDFORMATION'), ...session }),
        expired,
      });
    },
    now,
  });
  const app = {
    url: required(env, 'CALLBACK_URL'),
    signingKeys: createSigningKeys({
      readSecret: createSecretReader(secretsManager, required(env, 'CALLBACK_SECRET_ID')),
      now,
    }),
    now,
  };
  const operation = createOperation({
    site: required(env, 'SITE_ID'),
    enterTenant,
    paths: createLaunchPathMemory(),
    openSealed,
    registerWaiter: createRegisterWaiter(table),
    tellApp: createTellApp(app),
    answerTest: createAnswerTest(app),
    gate: {
      openHandle: createOpenHandle(openSealed),
      gates: createGateItems(table),
      findOperation: createFindOperation(createFindWaiter(table), now),
      sendSignal: createSendSignal(
        createPreSignedPut(awsConfiguration(env, 'S3').endpoint, { timeout: AWS_CALL_TIMEOUT }),
      ),
      raiseRequest: createRaiseRequest(app),
      remindApprovers: createRemindApprovers(app),
      announce: approvalsTopic
        ? createAnnounce(createSignedFetch('sns', awsConfiguration(env, 'SNS'), signed), approvalsTopic)
        : undefined,
    },
    log,
    now,
  });
  const lambda = new LambdaClient(awsConfiguration(env, 'LAMBDA'));
  return withDurableExecution(operation, {
    durableExecutionClient: createDurableApi(new DurableExecutionApiClient(lambda), log),
  });
};
