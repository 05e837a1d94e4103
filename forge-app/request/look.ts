import type { Issues } from '../jira/issue';
import type { CustomerRequests } from '../jira/request';
import type { SettingsReading } from '../settings/project-settings';
import type { Place } from './check-order';
import { asksForOrganizations, type Conclusion, conclude } from './conclude';
import type { RequestRecord } from './record';

interface Ports {
  readonly issues: Issues;
  readonly customers: Pick<CustomerRequests, 'approvalsOf' | 'organizationsOf'>;
  readonly settingsOf: (projectId: string) => Promise<SettingsReading>;
}

/**
 * Looks at a request as it is now, and says what that means.
 * @param depth `again`: the reporter's organizations were asked for a moment ago, and are not again
 * @returns `gone` where Jira has no such issue
 */
export type Look = (
  place: Place,
  record: RequestRecord,
  depth: 'first' | 'again',
) => Promise<{ readonly conclusion: Conclusion } | 'gone'>;

export const createLook =
  ({ issues, customers, settingsOf }: Ports): Look =>
  async (place, record, depth) => {
    const { issueId, fixed } = record;
    const issue = await issues.issue(issueId, place.appId);
    if (!issue) return 'gone';
    if (issue.projectId !== record.projectId) {
      // Elsewhere there may be no approvals to ask for, and those there are would not count.
      const settings = { outcome: 'absent' } as const;
      return {
        conclusion: conclude(record, { ...place, issue, settings, approvals: [], organizations: [] }),
      };
    }
    const [settings, approvals] = await Promise.all([
      settingsOf(record.projectId),
      customers.approvalsOf(issueId),
    ]);
    const asks = fixed !== null && depth === 'first' && asksForOrganizations(fixed, settings);
    const evidence = { siteId: place.siteId, issue, settings, approvals, organizations: undefined };
    const conclusion = conclude(record, evidence);
    if (!asks || conclusion?.type !== 'approved') return { conclusion };
    const organizations = await customers.organizationsOf(fixed.order.requester);
    return { conclusion: conclude(record, { ...evidence, organizations }) };
  };
