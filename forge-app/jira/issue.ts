import { route } from '@forge/api';
import { z } from 'zod';
import { AtlassianAccountId, RequestKey } from '../../aws-bridge/contract/identifiers';
import { type JiraClient, JiraNotFound } from './jira-client';

const IssueBean = z.object({
  id: z.string(),
  key: RequestKey,
  fields: z.object({
    reporter: z.object({ accountId: AtlassianAccountId }).nullish(),
    status: z.object({ name: z.string(), statusCategory: z.object({ key: z.string() }).nullish() }),
    project: z.object({ id: z.string(), key: z.string() }),
  }),
  properties: z.record(z.string(), z.unknown()).optional(),
});

export interface Issue {
  readonly id: string;
  readonly key: string;
  readonly projectId: string;
  readonly status: string;
  /** Whether its status is one in which Jira counts issues as done, whatever its name. */
  readonly closed: boolean;
  /** Absent where Jira shows none, as for a deleted user. */
  readonly reporter: string | undefined;
  /** The value of the property that was asked for. */
  readonly property: unknown;
}

export interface Issues {
  /** @returns undefined where Jira has no such issue or does not show it to the app: it answers both in the same words */
  readonly issue: (issueId: string, propertyKey: string) => Promise<Issue | undefined>;
}

export const createIssues = (jira: JiraClient): Issues => ({
  issue: async (issueId, propertyKey) => {
    try {
      const issue = await jira.read(
        IssueBean,
        `issue ${issueId}`,
        jira.requestJira(
          route`/rest/api/3/issue/${issueId}?fields=reporter,status,project&properties=${propertyKey}`,
        ),
      );
      return {
        id: issue.id,
        key: issue.key,
        projectId: issue.fields.project.id,
        status: issue.fields.status.name,
        closed: issue.fields.status.statusCategory?.key === 'done',
        reporter: issue.fields.reporter?.accountId,
        property: issue.properties?.[propertyKey],
      };
    } catch (error) {
      if (error instanceof JiraNotFound) return undefined;
      throw error;
    }
  },
});
