import { awsConfiguration, type Environment, required } from '../runtime/environment';
import type { HttpAnswer } from '../runtime/http-event';
import { invocationTokenCheckFrom } from '../runtime/invocation-token';
import { consoleLog, type Log } from '../runtime/log';
import { createSignedEndpoint } from '../runtime/signed-endpoint';
import { createSignedFetch } from '../runtime/signed-fetch';
import { createSigningKeys } from '../runtime/signing-keys';
import { createStartExecution, operationFunction } from '../runtime/start-execution';
import { createSecretReader } from '../runtime/stored-secret';
import { createTableCall } from '../runtime/table';
import { openWebhook } from './open-webhook';
import { createStartOperation } from './start-operation';
import { createWebhook } from './webhook';

/** Milliseconds for one call; a sender waits 25 seconds, and a start has to be answered well within them. */
const CALL_TIMEOUT = 5_000;

/** The ingress: takes signed messages from the Forge app, starts what they approve and writes down what they decide. */
export const composeIngress = (
  env: Environment,
  now: () => Date = () => new Date(),
  log: Log = consoleLog,
): ((event: unknown) => Promise<HttpAnswer>) => {
  const lambda = createSignedFetch('lambda', awsConfiguration(env, 'LAMBDA'), { now, timeout: CALL_TIMEOUT });
  const secretsManager = createSignedFetch('secretsmanager', awsConfiguration(env, 'SECRETS_MANAGER'), {
    now,
    timeout: CALL_TIMEOUT,
  });
  const dynamodb = createSignedFetch('dynamodb', awsConfiguration(env, 'DYNAMODB'), {
    now,
    timeout: CALL_TIMEOUT,
  });
  const table = createTableCall(dynamodb, required(env, 'WAITERS_TABLE'));
  const operation = operationFunction(required(env, 'OPERATION_FUNCTION'));
  const startExecution = createStartExecution(lambda, operation);
  const others = async () =>
    (await import('./by-schema')).createOtherMessages({ lambda, table, operation, startExecution, now });
  return createSignedEndpoint(
    { path: '/webhook', site: required(env, 'SITE_ID'), open: openWebhook },
    {
      signingKeys: createSigningKeys({
        readSecret: createSecretReader(secretsManager, required(env, 'WEBHOOK_SECRET_ID')),
        now,
      }),
      checkToken: invocationTokenCheckFrom(env, now),
      respond: createWebhook({
        startOperation: createStartOperation({ startExecution }),
        decideGate: async (decision) => (await others()).decideGate(decision),
        reportOperations: async (ids) => (await others()).reportOperations(ids),
        testConnection: async (test) => (await others()).testConnection(test),
      }),
      now,
      log,
    },
  );
};
