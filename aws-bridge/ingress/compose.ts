import { open } from '../contract/codec';
import { WebhookMessage } from '../contract/messages';
import { awsConfiguration, type Environment, required } from '../runtime/environment';
import { createGateItems } from '../runtime/gate-items';
import type { HttpAnswer } from '../runtime/http-event';
import { invocationTokenCheckFrom } from '../runtime/invocation-token';
import { consoleLog, type Log } from '../runtime/log';
import { createSignedEndpoint } from '../runtime/signed-endpoint';
import { createSignedFetch } from '../runtime/signed-fetch';
import { createSigningKeys } from '../runtime/signing-keys';
import { createStartExecution, operationFunction } from '../runtime/start-execution';
import { createSecretReader } from '../runtime/stored-secret';
import { createTableCall } from '../runtime/table';
import { createCompleteCallback } from '../runtime/wake';
import { createDecideGate } from './decide-gate';
import { createFindExecution } from './durable-executions';
import { createReportOperations } from './report-operations';
import { createStartOperation } from './start-operation';
import { createTestConnection } from './test-connection';
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
  const gates = createGateItems(createTableCall(dynamodb, required(env, 'WAITERS_TABLE')));
  const operation = operationFunction(required(env, 'OPERATION_FUNCTION'));
  const startExecution = createStartExecution(lambda, operation);
  const findExecution = createFindExecution(lambda, operation);
  return createSignedEndpoint(
    {
      path: '/webhook',
      site: required(env, 'SITE_ID'),
      open: (sealed) => open(WebhookMessage, sealed),
    },
    {
      signingKeys: createSigningKeys({
        readSecret: createSecretReader(secretsManager, required(env, 'WEBHOOK_SECRET_ID')),
        now,
      }),
      checkToken: invocationTokenCheckFrom(env, now),
      respond: createWebhook({
        startOperation: createStartOperation({ startExecution }),
        decideGate: createDecideGate({
          settle: gates.settle,
          completeCallback: createCompleteCallback(lambda),
          now,
        }),
        reportOperations: createReportOperations({ findExecution }),
        testConnection: createTestConnection({ startExecution, findExecution }),
      }),
      now,
      log,
    },
  );
};
