import type { Issues } from '../jira/issue';
import { JiraUnavailable } from '../jira/jira-client';
import type { AuthoredComment, CustomerRequests } from '../jira/request';
import { plain } from './comment-text';
import { referenceLine } from './comments';
import { ORDER_COMMENT } from './effects';
import type { MembershipsOf } from '../settings/may-use';
import type { SettingsReading } from '../settings/project-settings';
import type { Place } from './check-order';
import { type Conclusion, conclude, type Evidence, restrictedAccount } from './conclude';
import { type Handover, isGateDecision, type RequestRecord } from './record';
import { shownSince } from './still-shown';
import { launchOperationId } from '../order/operation-id';

interface Ports {
  readonly issues: Issues;
  readonly customers: Pick<CustomerRequests, 'approvalsOf' | 'publicCommentsOf' | 'ownComments'>;
  readonly membershipsOf: MembershipsOf;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
}

/**
 * Looks at a request as it is now, and says what that means.
 * @param depth `again`: what the reporter belongs to was asked for a moment ago, and is not again
 * @param as how it would be judged if it stood where launches are made from
 * @returns `unseen` where Jira shows no such issue
 */
export type Look = (
  place: Place,
  record: RequestRecord,
  depth: 'first' | 'again',
  as?: 'approved',
) => Promise<{ readonly conclusion: Conclusion } | 'unseen'>;

export const createLook = ({ issues, customers, membershipsOf, settingsOf }: Ports): Look => {
  /** A decline that may not be read the reason of is a decline all the same. */
  const commentsOf = async (issueId: string): Promise<readonly AuthoredComment[]> => {
    try {
      return await customers.publicCommentsOf(issueId);
    } catch (error) {
      if (error instanceof JiraUnavailable) throw error;
      return [];
    }
  };

  /** What whoever declined wrote last, as far as the contract takes it. */
  const reasonOf = async (issueId: string, decliners: readonly string[]): Promise<string | null> => {
    const comments = await commentsOf(issueId);
    const [last] = comments
      .filter(({ author }) => decliners.includes(author))
      .sort((one, other) => other.created.getTime() - one.created.getTime());
    const reason =
      last &&
      plain(last.body.trim())
        .slice(0, LONGEST_REASON)
        .replace(/\p{Surrogate}$/u, '');
    return reason === undefined || reason === '' ? null : reason;
  };

  /** Undefined where nobody has approved anything by what is shown. */
  const shown = async (
    { siteId }: Place,
    { issueId, fixed }: RequestRecord,
    handover: Handover,
  ): Promise<Date | null | undefined> => {
    const asked = isGateDecision(handover) ? handover.decision === 'approved' : handover.approval !== null;
    if (fixed === null || !asked) return undefined;
    // Whatever attempt this is, the order was shown for the first one.
    const shownFor = fixed.kind === 'gate' ? fixed.gate.gateId : launchOperationId({ siteId, issueId });
    return shownSince(fixed, await customers.ownComments(issueId, referenceLine(shownFor, ORDER_COMMENT)));
  };

  return async (place, record, depth, as) => {
    const { issueId, fixed } = record;
    const issue = await issues.issue(issueId, place.appId);
    if (!issue) return 'unseen';
    const here = {
      siteId: place.siteId,
      issue,
      memberships: undefined,
      reason: null,
      shown: undefined,
    };
    if (issue.projectId !== record.projectId) {
      // Elsewhere there may be no approvals to ask for, and those there are would not count.
      const settings = { outcome: 'absent' } as const;
      return { conclusion: conclude(record, { ...here, settings, approvals: [] }) };
    }
    const [settings, approvals] = await Promise.all([
      settingsOf(record.projectId),
      customers.approvalsOf(issueId),
    ]);
    const approved = as && settings.outcome === 'read' ? settings.settings.statuses.approved : undefined;
    const stands = approved === undefined ? issue : { ...issue, status: approved, closed: false };
    const evidence: Evidence = { ...here, issue: stands, settings, approvals };
    const conclusion = conclude(record, evidence);
    if (conclusion?.type !== 'decided') return { conclusion };
    const { handover } = conclusion;
    if (isGateDecision(handover)) {
      if (handover.decision === 'approved') {
        return {
          conclusion: conclude(record, { ...evidence, shown: await shown(place, record, handover) }),
        };
      }
      // Once it is to be sent, its reason stands.
      if (record.handover !== null) return { conclusion };
      const reason = await reasonOf(issueId, handover.approvers);
      return { conclusion: conclude(record, { ...evidence, reason }) };
    }
    if (fixed?.kind !== 'launch') return { conclusion };
    const account = depth === 'again' ? undefined : restrictedAccount(fixed, settings);
    const [memberships, since] = await Promise.all([
      account && membershipsOf(fixed.order.requester, [account]),
      shown(place, record, handover),
    ]);
    return { conclusion: conclude(record, { ...evidence, memberships, shown: since }) };
  };
};

/** Characters, as the contract has them. */
const LONGEST_REASON = 500;
