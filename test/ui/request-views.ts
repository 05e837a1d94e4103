import { decide, type RequestEvent } from '../../forge-app/request/decide';
import type { RequestRecord } from '../../forge-app/request/record';
import { agentView } from '../../forge-app/pages/request/agent-view';
import { customerView } from '../../forge-app/pages/request/customer-view';
import type { AgentView, CustomerView } from '../../forge-app/pages/request/view';
import {
  aFixedOrder,
  anOperation,
  aProgress,
  aRequest,
  FORM,
  NOW,
} from '../unit/forge-app/request/a-request';

/** A request whose order was just fixed, and everything that happened to it since, a minute apart. */
export const aRequestAfter = (...events: readonly RequestEvent[]): RequestRecord =>
  [{ type: 'fixed', fixed: aFixedOrder(), summary: 'To decide.' } as const, ...events].reduce<RequestRecord>(
    (record, event, minute) => {
      const at = new Date(NOW.getTime() + minute * 60_000);
      return { ...decide(record, event, at).record, outbox: [] };
    },
    aRequest({ fixed: null }),
  );

export const APPROVED: RequestEvent = { type: 'decided', handover: anOperation() };

export const told = (overrides: Parameters<typeof aProgress>[0]): RequestEvent => ({
  type: 'progressed',
  progress: aProgress(overrides),
});

const beside = { property: { value: FORM }, accountName: null };

export const aCustomersView = (record: RequestRecord, property: unknown = FORM): CustomerView =>
  customerView(record, { ...beside, property: { value: property } });

export const anAgentsView = (record: RequestRecord, isAgent = true): AgentView =>
  agentView(record, { ...beside, names: new Map([['bob', 'Bob Builder']]), isAgent });
