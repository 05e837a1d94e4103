import type { GateReminder } from '../../aws-bridge/contract/gate';
import { whoIsAsked } from '../approval/judge-approval';
import { OperationUnknown, RequestBusy } from '../callback/refusal';
import type { CustomerRequests } from '../jira/request';
import { isOpen } from '../request/decide';
import type { Requests } from '../request/requests';

/** Reminds those who have still to decide about a gate, once for each reminder. */
export const createRemind =
  (ports: {
    readonly requests: Requests;
    readonly requestOf: (gateId: string) => Promise<string | undefined>;
    readonly customers: Pick<CustomerRequests, 'approvalsOf'>;
  }) =>
  async ({ gateId, reminder }: GateReminder): Promise<void> => {
    const { requests } = ports;
    const issueId = await ports.requestOf(gateId);
    const record = issueId === undefined ? undefined : await requests.find(issueId);
    if (issueId === undefined || !record || record.gone) throw new OperationUnknown();
    const due = isOpen(record) && record.reminders < reminder;
    const asked = due ? whoIsAsked(await ports.customers.approvalsOf(issueId)) : [];
    const applied = await requests.apply(
      issueId,
      ...(due ? [{ type: 'undecided', reminder, asked } as const] : []),
    );
    if (!applied || applied.record.gone) throw new OperationUnknown();
    if (applied.effects === 'busy') throw new RequestBusy();
  };
