import { parseMessage } from '../contract/codec';
import { WebhookMessage } from '../contract/messages';
import { createGateItems } from '../runtime/gate-items';
import type { SignedFetch } from '../runtime/signed-fetch';
import type { OperationFunction, StartExecution } from '../runtime/start-execution';
import type { TableCall } from '../runtime/table';
import { createCompleteCallback } from '../runtime/wake';
import { createDecideGate } from './decide-gate';
import { createFindExecution } from './durable-executions';
import { createReportOperations } from './report-operations';
import { createTestConnection } from './test-connection';

/*
 * What the ingress reads by schemas, which take as long to build as all the rest of it takes to load. Taking an approved
 * operation needs none of them, so this is loaded when it is needed first.
 */

/**
 * Reads what is not surely a message.
 * @throws MessageMalformed with every failing path
 */
export const parseWebhook = (value: unknown): WebhookMessage => parseMessage(WebhookMessage, value);

/** What answers every message but an approved operation: it reads what AWS answers. */
export const createOtherMessages = (ports: {
  readonly lambda: SignedFetch;
  readonly table: TableCall;
  readonly operation: OperationFunction;
  readonly startExecution: StartExecution;
  readonly now: () => Date;
}) => {
  const { lambda, startExecution, now } = ports;
  const findExecution = createFindExecution(lambda, ports.operation);
  return {
    decideGate: createDecideGate({
      settle: createGateItems(ports.table).settle,
      completeCallback: createCompleteCallback(lambda),
      now,
    }),
    reportOperations: createReportOperations({ findExecution }),
    testConnection: createTestConnection({ startExecution, findExecution }),
  };
};
