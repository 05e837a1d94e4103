import type { GateDecision } from '../../aws-bridge/contract/gate';
import { canonicalJson } from '../../aws-bridge/contract/canonical-json';
import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { type Approval, judgeApproval, type Verdict } from '../approval/judge-approval';
import { takesGate } from '../gate/taking-project';
import type { Issue } from '../jira/issue';
import { earlierOperationIds } from '../order/operation-id';
import { sameStatus } from '../jira/transitions';
import { accountOf } from '../settings/account-of';
import { type Memberships, mayUse } from '../settings/may-use';
import type { AccountSetting, ProjectSettings, SettingsReading } from '../settings/project-settings';
import type { RequestEvent } from './decide';
import {
  ACCOUNT_NOT_ALLOWED,
  approvalVoid,
  BY_SETTINGS,
  CLOSED,
  GATE_NOT_TAKEN,
  MOVED_TO_ANOTHER_PROJECT,
  MOVED_WITHOUT_APPROVAL,
  NOT_OFFERED,
  type Obstacle,
  ORDER_CHANGED,
  settingsUnusable,
  SHOWN_OTHERWISE,
  standsElsewhere,
} from './decision-comments';
import { holdsForm } from './form-digest';
import { isWhole } from './still-shown';
import {
  type Fixed,
  type FixedGate,
  type FixedOrder,
  type Handover,
  hasEnded,
  isGateDecision,
  kindOf,
  type RequestRecord,
} from './record';

/** What a request looks like at one moment. */
export interface Evidence {
  readonly siteId: string;
  readonly issue: Pick<Issue, 'status' | 'closed' | 'property' | 'projectId'>;
  /** Those of the project in which the order was fixed. */
  readonly settings: SettingsReading;
  readonly approvals: readonly Approval[];
  /** What the reporter belongs to; undefined where it was not asked for. */
  readonly memberships: Memberships | undefined;
  /** What whoever declined wrote about it; null where they wrote nothing, or were not asked for. */
  readonly reason: string | null;
  /** Since when it shows what was fixed, as it was written; null where it does not, undefined where it was not looked at. */
  readonly shown: Date | null | undefined;
}

export type Conclusion =
  | Extract<RequestEvent, { readonly type: 'decided' | 'declined' | 'withdrawn' | 'blocked' | 'waiting' }>
  | undefined;

/** What the approvals, the status and what is decided about together mean; undefined where nothing has changed. */
export const conclude = (record: RequestRecord, evidence: Evidence): Conclusion => {
  const { fixed } = record;
  const { issue, approvals } = evidence;
  if (fixed === null) return undefined;
  if (issue.projectId !== record.projectId) return blocked(MOVED_TO_ANOTHER_PROJECT[fixed.kind]);
  const settings = evidence.settings.outcome === 'read' ? evidence.settings.settings : undefined;
  const judged = judgeApproval({
    kind: fixed.kind,
    approvals,
    shownSince: evidence.shown ?? undefined,
    approvedBlind: fixed.approvedBlind,
    reporter: fixed.kind === 'gate' ? fixed.reporter : fixed.order.requester,
    typedEmail: fixed.kind === 'gate' ? fixed.gate.requesterEmail : null,
    required:
      fixed.kind === 'gate' || fixed.approvalRequired || settingOf(settings, fixed)?.approval === 'required',
    separationOfDuties: settings?.separationOfDuties ?? true,
  });
  // Its status is that of its end, so it says nothing about the decision.
  if (fixed.kind === 'gate' && hasEnded(record)) return onEndedGate(record, fixed, evidence, judged);
  if (judged.verdict === 'declined') {
    return fixed.kind === 'gate'
      ? gateDeclined(record, fixed, evidence, judged)
      : { type: 'declined', by: judged.decliners, at: judged.declinedAt };
  }
  const decided = judged.verdict === 'approved' || judged.verdict === 'void';
  if (!settings) return decided ? blocked(settingsUnusable(faultsOf(evidence.settings))) : undefined;
  switch (judged.verdict) {
    case 'void':
      return blocked(approvalVoid(judged.reason));
    case 'approved':
      return approved(record, fixed, evidence, settings, judged.approval);
    case 'pending':
    case 'none':
      return undecided(record, issue, settings);
  }
};

const undecided = (
  record: RequestRecord,
  { status, closed }: Evidence['issue'],
  { statuses }: ProjectSettings,
): Conclusion => {
  if (sameStatus(status, statuses.awaitingApproval)) return { type: 'waiting' };
  if (sameStatus(status, statuses.approved) || sameStatus(status, statuses.done)) {
    return blocked(MOVED_WITHOUT_APPROVAL);
  }
  // A stack waits on all the same.
  if (closed && kindOf(record) === 'launch') return { type: 'withdrawn' };
  return record.blockedBy === BY_SETTINGS ? { type: 'waiting' } : undefined;
};

const approved = (
  record: RequestRecord,
  fixed: Fixed,
  { siteId, issue, memberships, shown }: Evidence,
  settings: ProjectSettings,
  approval: ApprovedOperation['approval'],
): Conclusion => {
  const { statuses } = settings;
  const stands = (...names: readonly string[]) => names.some((name) => sameStatus(issue.status, name));
  if (fixed.kind === 'launch' && !holdsForm(issue.property, fixed.formDigest)) return blocked(ORDER_CHANGED);
  if (!isWhole(fixed) || (approval !== null && shown === null)) return blocked(SHOWN_OTHERWISE[fixed.kind]);
  if (stands(statuses.declined, statuses.failed, statuses.done)) return blocked(CLOSED[fixed.kind]);
  // Nobody approves it, so that closing it is how its reporter takes it back.
  if (approval === null && issue.closed && fixed.kind === 'launch') return { type: 'withdrawn' };
  if (approval !== null && !stands(statuses.approved)) {
    // Jira is about to move it on, or somebody has sent it back.
    if (stands(statuses.awaitingApproval)) return { type: 'waiting' };
    return blocked(standsElsewhere(issue.status, statuses.approved, fixed.kind));
  }
  if (fixed.kind === 'gate') {
    if (!takesGate(settings, fixed.gate)) return blocked(GATE_NOT_TAKEN);
    return approval === null ? undefined : gateApproved(record, fixed, siteId, approval);
  }
  if (settingOf(settings, fixed) === undefined) return blocked(NOT_OFFERED);
  if (!mayStillUse(fixed, settings, memberships)) return blocked(ACCOUNT_NOT_ALLOWED);
  return { type: 'decided', handover: operationOf(siteId, record, fixed, approval) };
};

/** Somebody may have decided while it ended; they are told that it was too late. */
const onEndedGate = (
  record: RequestRecord,
  fixed: FixedGate,
  evidence: Evidence,
  judged: Verdict,
): Conclusion => {
  if (judged.verdict === 'declined') {
    const declined = gateDeclined(record, fixed, evidence, judged);
    return declined?.type === 'decided' ? declined : undefined;
  }
  return judged.verdict === 'approved' && judged.approval !== null
    ? gateApproved(record, fixed, evidence.siteId, judged.approval)
    : undefined;
};

const gateApproved = (
  record: RequestRecord,
  fixed: FixedGate,
  siteId: string,
  { approvers, approvedAt }: NonNullable<ApprovedOperation['approval']>,
): Conclusion => ({
  type: 'decided',
  handover: {
    ...aboutGate(record, fixed, siteId),
    decision: 'approved',
    approvers,
    decidedAt: approvedAt,
    reason: null,
  },
});

const gateDeclined = (
  record: RequestRecord,
  fixed: FixedGate,
  { siteId, reason }: Evidence,
  { decliners, declinedAt }: Extract<Verdict, { readonly verdict: 'declined' }>,
): Conclusion => {
  if (declinedAt === null || decliners.length === 0) {
    return blocked(
      approvalVoid('Jira calls the approval step declined, but does not say who declined it and when.'),
    );
  }
  const about = aboutGate(record, fixed, siteId);
  return {
    type: 'decided',
    handover: {
      ...about,
      decision: 'declined',
      approvers: [...decliners],
      decidedAt: declinedAt,
      reason,
    },
  };
};

const aboutGate = (
  { requestKey }: RequestRecord,
  { gate, digest }: FixedGate,
  siteId: string,
): Pick<GateDecision, 'gateId' | 'site' | 'requestKey' | 'digest'> => ({
  gateId: gate.gateId,
  site: siteId,
  requestKey,
  digest,
});

const blocked = (obstacle: Obstacle): Conclusion => ({ type: 'blocked', ...obstacle });

const settingOf = (settings: ProjectSettings | undefined, fixed: FixedOrder) =>
  settings?.products.find(
    ({ productId, requestTypeId }) =>
      productId === fixed.order.productId && requestTypeId === fixed.requestTypeId,
  );

const mayStillUse = (
  { order }: FixedOrder,
  settings: ProjectSettings,
  memberships: Evidence['memberships'],
): boolean => {
  const account = accountOf(settings, order.account);
  if (!account?.regions.includes(order.region)) return false;
  return memberships === undefined || mayUse(account, memberships);
};

/** The account, where its use depends on what the reporter belongs to. */
export const restrictedAccount = (
  fixed: FixedOrder,
  settings: SettingsReading,
): AccountSetting | undefined => {
  if (settings.outcome !== 'read') return undefined;
  const account = accountOf(settings.settings, fixed.order.account);
  return account?.organizations === 'everyone' ? undefined : account;
};

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
  ...(record.attempt > 1 && { earlier: earlierOperationIds({ ...record, siteId }) }),
  approval,
});

/**
 * Whether a decision that the bridge has not confirmed is still stood behind.
 * - `recalled`: it is not; a decision by others or of another time is another one, too
 * - `unjudged`: that cannot be told now
 */
export const standingOf = (
  handover: Handover,
  conclusion: Conclusion,
): 'stands' | 'recalled' | 'unjudged' => {
  if (conclusion?.type === 'decided') {
    return sameDecision(handover, conclusion.handover) ? 'stands' : 'recalled';
  }
  return conclusion?.type === 'blocked' && conclusion.by === BY_SETTINGS ? 'unjudged' : 'recalled';
};

/** Jira may list the approvers in another order the next time, and whoever declined may write more about it. */
const sameDecision = (one: Handover, other: Handover): boolean => {
  const shape = (handover: Handover) =>
    JSON.stringify(
      isGateDecision(handover)
        ? [handover.digest, handover.decision, handover.decidedAt, [...handover.approvers].sort()]
        : [
            handover.operationId,
            handover.digest,
            canonicalJson(handover.order),
            handover.approval && [handover.approval.approvedAt, [...handover.approval.approvers].sort()],
          ],
    );
  return shape(one) === shape(other);
};
