import type { GateReminder } from '../../aws-bridge/contract/gate';
import { whoIsAsked } from '../approval/judge-approval';
import { OperationUnknown, RequestBusy } from '../callback/refusal';
import type { Issues } from '../jira/issue';
import type { CustomerRequests } from '../jira/request';
import { sameStatus } from '../jira/transitions';
import { isOpen } from '../request/decide';
import { ENTITY_PROPERTY } from '../request/entity-property';
import type { RequestRecord } from '../request/record';
import { IssueUnseen, type Requests } from '../request/requests';
import type { SettingsReading } from '../settings/project-settings';

interface Ports {
  readonly requests: Requests;
  readonly requestOf: (gateId: string) => Promise<string | undefined>;
  readonly issues: Issues;
  readonly customers: Pick<CustomerRequests, 'approvalsOf'>;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
}

const UNSEEN = { type: 'unseen' } as const;

/** Reminds those who have still to decide about a gate, once for each reminder; the agents, where nobody can. */
export const createRemind = (ports: Ports) => {
  const { requests } = ports;

  /** Who can decide as the request stands now. */
  const askedOn = async ({ issueId, projectId }: RequestRecord): Promise<readonly string[] | 'unseen'> => {
    const issue = await ports.issues.issue(issueId, ENTITY_PROPERTY);
    if (!issue) return 'unseen';
    // Elsewhere there may be no approvals to ask for, and those there are would not count.
    if (issue.projectId !== projectId) return [];
    const settings = await ports.settingsOf(projectId);
    const waits =
      settings.outcome !== 'read' || sameStatus(issue.status, settings.settings.statuses.awaitingApproval);
    return waits ? whoIsAsked(await ports.customers.approvalsOf(issueId)) : [];
  };

  return async ({ gateId, reminder }: GateReminder): Promise<void> => {
    const issueId = await ports.requestOf(gateId);
    const record = issueId === undefined ? undefined : await requests.find(issueId);
    if (issueId === undefined || !record || record.gone) throw new OperationUnknown();
    const due = isOpen(record) && record.reminders < reminder;
    const asked = due ? await askedOn(record) : [];
    const event = asked === 'unseen' ? UNSEEN : ({ type: 'undecided', reminder, asked } as const);
    const applied = await requests.apply(issueId, ...(due ? [event] : []));
    if (!applied || applied.record.gone) throw new OperationUnknown();
    if (asked === 'unseen') throw new IssueUnseen(issueId);
    if (applied.effects === 'busy') throw new RequestBusy();
  };
};
