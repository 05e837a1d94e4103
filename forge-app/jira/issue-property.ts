import { route } from '@forge/api';
import type { JiraClient } from './jira-client';

export interface IssueProperties {
  readonly put: (issueId: string, key: string, value: unknown) => Promise<void>;
}

export const createIssueProperties = (jira: JiraClient): IssueProperties => ({
  put: (issueId, key, value) =>
    jira.done(
      `the property ${key} of issue ${issueId}`,
      jira.requestJira(route`/rest/api/3/issue/${issueId}/properties/${key}`, {
        method: 'PUT',
        body: JSON.stringify(value),
      }),
    ),
});
