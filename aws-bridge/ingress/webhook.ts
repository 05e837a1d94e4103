import type { WebhookMessage } from '../contract/messages';
import type { Accepting } from '../runtime/signed-endpoint';
import type { createDecideGate } from './decide-gate';
import type { createReportOperations } from './report-operations';
import type { createStartOperation } from './start-operation';
import type { createTestConnection } from './test-connection';

/** Which use case answers which message. */
export const createWebhook =
  (useCases: {
    readonly startOperation: ReturnType<typeof createStartOperation>;
    readonly decideGate: ReturnType<typeof createDecideGate>;
    readonly reportOperations: ReturnType<typeof createReportOperations>;
    readonly testConnection: ReturnType<typeof createTestConnection>;
  }) =>
  async (message: WebhookMessage): Promise<Accepting> => {
    switch (message.type) {
      case 'operation.approved': {
        const { repeated, accepted } = await useCases.startOperation(message.data);
        return repeated
          ? { status: 200, body: accepted, outcome: 'repeated' }
          : { status: 202, body: accepted, outcome: 'started' };
      }
      case 'gate.decided': {
        const { repeated, accepted } = await useCases.decideGate(message.data);
        return repeated
          ? { status: 200, body: accepted, outcome: 'repeated' }
          : { status: 202, body: accepted, outcome: 'decided' };
      }
      case 'operations.requested': {
        const body = await useCases.reportOperations(message.data.operationIds);
        return { status: 200, body, outcome: 'reported' };
      }
      case 'connection.tested': {
        const body = await useCases.testConnection(message.data);
        return { status: 200, body, outcome: 'tested' };
      }
    }
  };
