import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { type Approval, judgeApproval } from '../approval/judge-approval';
import type { Issue } from '../jira/issue';
import { sameStatus } from '../jira/transitions';
import type { ProjectSettings, SettingsReading } from '../settings/project-settings';
import type { RequestEvent } from './decide';
import {
  ACCOUNT_NOT_ALLOWED,
  approvalVoid,
  BY_SETTINGS,
  CLOSED_BEFORE_LAUNCH,
  MOVED_TO_ANOTHER_PROJECT,
  MOVED_WITHOUT_APPROVAL,
  NOT_OFFERED,
  type Obstacle,
  ORDER_CHANGED,
  settingsUnusable,
  standsElsewhere,
} from './decision-comments';
import { holdsForm } from './form-digest';
import type { FixedOrder, RequestRecord } from './record';

/** What a request looks like at one moment. */
export interface Evidence {
  readonly siteId: string;
  readonly issue: Pick<Issue, 'status' | 'property' | 'projectId'>;
  /** Those of the project in which the order was fixed. */
  readonly settings: SettingsReading;
  readonly approvals: readonly Approval[];
  /** Ids of the reporter's organizations; undefined where they were not asked for. */
  readonly organizations: readonly string[] | undefined;
}

export type Conclusion =
  Extract<RequestEvent, { readonly type: 'approved' | 'declined' | 'blocked' | 'waiting' }> | undefined;

/** What the approvals, the status and the order together mean for a request; undefined where nothing has changed. */
export const conclude = (record: RequestRecord, evidence: Evidence): Conclusion => {
  const { fixed } = record;
  const { issue, approvals } = evidence;
  if (fixed === null) return undefined;
  if (issue.projectId !== record.projectId) return blocked(MOVED_TO_ANOTHER_PROJECT);
  const settings = evidence.settings.outcome === 'read' ? evidence.settings.settings : undefined;
  const judged = judgeApproval({
    approvals,
    fixedAt: new Date(fixed.at),
    reporter: fixed.order.requester,
    required: fixed.approvalRequired || settingOf(settings, fixed)?.approval === 'required',
    separationOfDuties: settings?.separationOfDuties ?? true,
  });
  if (judged.verdict === 'declined') return { type: 'declined' };
  const decided = judged.verdict === 'approved' || judged.verdict === 'void';
  if (!settings) return decided ? blocked(settingsUnusable(faultsOf(evidence.settings))) : undefined;
  switch (judged.verdict) {
    case 'void':
      return blocked(approvalVoid(judged.reason));
    case 'approved':
      return approved(record, fixed, evidence, settings, judged.approval);
    case 'pending':
    case 'none':
      return undecided(record, issue.status, settings);
  }
};

const undecided = (record: RequestRecord, status: string, { statuses }: ProjectSettings): Conclusion => {
  if (sameStatus(status, statuses.awaitingApproval)) return { type: 'waiting' };
  if (sameStatus(status, statuses.approved) || sameStatus(status, statuses.done)) {
    return blocked(MOVED_WITHOUT_APPROVAL);
  }
  return record.blockedBy === BY_SETTINGS ? { type: 'waiting' } : undefined;
};

const approved = (
  record: RequestRecord,
  fixed: FixedOrder,
  { siteId, issue, organizations }: Evidence,
  settings: ProjectSettings,
  approval: ApprovedOperation['approval'],
): Conclusion => {
  const { statuses } = settings;
  const stands = (...names: readonly string[]) => names.some((name) => sameStatus(issue.status, name));
  if (!holdsForm(issue.property, fixed.formDigest)) return blocked(ORDER_CHANGED);
  if (stands(statuses.declined, statuses.failed, statuses.done)) return blocked(CLOSED_BEFORE_LAUNCH);
  if (approval !== null && !stands(statuses.approved)) {
    // Jira is about to move it on, or somebody has sent it back.
    if (stands(statuses.awaitingApproval)) return { type: 'waiting' };
    return blocked(standsElsewhere(issue.status, statuses.approved));
  }
  if (settingOf(settings, fixed) === undefined) return blocked(NOT_OFFERED);
  if (!mayUse(fixed, settings, organizations)) return blocked(ACCOUNT_NOT_ALLOWED);
  return { type: 'approved', operation: operationOf(siteId, record, fixed, approval) };
};

const blocked = (obstacle: Obstacle): Conclusion => ({ type: 'blocked', ...obstacle });

const settingOf = (settings: ProjectSettings | undefined, fixed: FixedOrder) =>
  settings?.products.find(
    ({ productId, requestTypeId }) =>
      productId === fixed.order.productId && requestTypeId === fixed.requestTypeId,
  );

const mayUse = (
  { order }: FixedOrder,
  settings: ProjectSettings,
  organizations: Evidence['organizations'],
): boolean => {
  const account = settings.accounts.find(({ id }) => id === order.account);
  if (!account?.regions.includes(order.region)) return false;
  if (account.organizations === 'everyone' || organizations === undefined) return true;
  return account.organizations.some((id) => organizations.includes(id));
};

/** Whether it depends on the reporter's organizations if the account may be used. */
export const asksForOrganizations = (fixed: FixedOrder, settings: SettingsReading): boolean =>
  settings.outcome === 'read' &&
  settings.settings.accounts.some(
    ({ id, organizations }) => id === fixed.order.account && organizations !== 'everyone',
  );

const faultsOf = (settings: SettingsReading): string =>
  settings.outcome === 'unusable'
    ? settings.problems.map(({ path, value, fix }) => `${path} is ${value}: ${fix}`).join(' ')
    : 'The project’s property "gatehouse" is not there.';

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

/**
 * Whether an operation that the bridge has not confirmed is still stood behind.
 * - `recalled`: it is not; an approval by others or of another time is another one, too
 * - `unjudged`: that cannot be told now
 */
export const standingOf = (
  operation: ApprovedOperation,
  conclusion: Conclusion,
): 'stands' | 'recalled' | 'unjudged' => {
  if (conclusion?.type === 'approved') {
    return sameApproval(operation, conclusion.operation) ? 'stands' : 'recalled';
  }
  return conclusion?.type === 'blocked' && conclusion.by === BY_SETTINGS ? 'unjudged' : 'recalled';
};

/** Jira may list the approvers in another order the next time. */
const sameApproval = (one: ApprovedOperation, other: ApprovedOperation): boolean => {
  const shape = ({ digest, approval }: ApprovedOperation) =>
    JSON.stringify([digest, approval && [approval.approvedAt, [...approval.approvers].sort()]]);
  return shape(one) === shape(other);
};
