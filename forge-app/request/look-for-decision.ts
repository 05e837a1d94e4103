import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { judgeApproval } from '../approval/judge-approval';
import type { Issue, Issues } from '../jira/issue';
import type { CustomerRequests } from '../jira/request';
import { sameStatus } from '../jira/transitions';
import type { ProjectSettings, SettingsReading } from '../settings/project-settings';
import type { CheckOrder, Place } from './check-order';
import { approvalVoid, CLOSED_BEFORE_LAUNCH, MOVED_WITHOUT_APPROVAL, ORDER_CHANGED } from './comments';
import { isOpen, isUnchecked, type RequestEvent } from './decide';
import { holdsForm } from './form-digest';
import type { FixedOrder, RequestRecord } from './record';
import type { Applied, Requests } from './requests';

interface Ports {
  readonly requests: Requests;
  readonly issues: Issues;
  readonly approvals: Pick<CustomerRequests, 'approvalsOf'>;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
  readonly checkOrder: CheckOrder;
}

/**
 * Looks whether a request has been decided, and takes the decision in. Asks the approvals API, because a status
 * proves nothing.
 * @returns undefined where the issue is none of ours
 */
export type LookForDecision = (place: Place, issueId: string) => Promise<Applied | undefined>;

export const createLookForDecision = (ports: Ports): LookForDecision => {
  const { requests } = ports;

  return async (place, issueId) => {
    const record = await requests.find(issueId);
    if (!record) return undefined;
    if (isUnchecked(record)) return ports.checkOrder(place, issueId);
    if (!isOpen(record) && !awaitsResumption(record)) return requests.apply(issueId);
    const issue = await ports.issues.issue(issueId, place.appId);
    if (!issue) return requests.apply(issueId, { type: 'gone' });
    const settings = await ports.settingsOf(record.projectId);
    if (settings.outcome !== 'read') return requests.apply(issueId);
    const approvals = await ports.approvals.approvalsOf(issueId);
    const event = conclude(place.siteId, record, issue, settings.settings, approvals);
    return requests.apply(issueId, ...(event === undefined ? [] : [event]));
  };
};

/** Stuck on its way to the bridge: an agent may send it on again. */
const awaitsResumption = (record: RequestRecord): boolean =>
  record.state === 'stuck' && record.operation !== null && record.delivery?.acceptedAt === null;

/** What the approvals, the status and the order together mean for a request; undefined where nothing has changed. */
export const conclude = (
  siteId: string,
  record: RequestRecord,
  issue: Pick<Issue, 'status' | 'property'>,
  settings: ProjectSettings,
  approvals: Parameters<typeof judgeApproval>[0]['approvals'],
): RequestEvent | undefined => {
  const { fixed, operation } = record;
  const { statuses } = settings;
  const stands = (...names: readonly string[]) => names.some((name) => sameStatus(issue.status, name));
  if (fixed === null) return undefined;
  if (operation !== null) return stands(statuses.approved) ? { type: 'approved', operation } : undefined;
  const judged = judgeApproval({
    approvals,
    fixedAt: new Date(fixed.at),
    reporter: fixed.order.requester,
    required: fixed.approvalRequired,
    separationOfDuties: settings.separationOfDuties,
  });
  switch (judged.verdict) {
    case 'declined':
      return { type: 'declined' };
    case 'void':
      return { type: 'blocked', by: `void: ${judged.reason}`, reason: approvalVoid(judged.reason) };
    case 'approved':
      if (!holdsForm(issue.property, fixed.formDigest)) {
        return { type: 'blocked', by: 'order changed', reason: ORDER_CHANGED };
      }
      if (stands(statuses.declined)) {
        return { type: 'blocked', by: 'closed', reason: CLOSED_BEFORE_LAUNCH };
      }
      return { type: 'approved', operation: operationOf(siteId, record, fixed, judged.approval) };
    case 'pending':
    case 'none':
      if (stands(statuses.awaitingApproval)) return { type: 'waiting' };
      if (stands(statuses.approved, statuses.done)) {
        return { type: 'blocked', by: 'no approval', reason: MOVED_WITHOUT_APPROVAL };
      }
      return undefined;
  }
};

const operationOf = (
  siteId: string,
  record: RequestRecord,
  fixed: FixedOrder,
  approval: ApprovedOperation['approval'],
): ApprovedOperation => ({
  operationId: record.operationId,
  kind: 'launch',
  site: siteId,
  requestKey: record.requestKey,
  order: fixed.order,
  digest: fixed.digest,
  approval,
});
