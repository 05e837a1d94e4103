import { route } from '@forge/api';
import { z } from 'zod';
import { type JiraClient, JiraNotFound } from './jira-client';

const Groups = z.array(z.object({ groupId: z.string().nullish() }));

export interface Users {
  /** Ids of the Jira groups that a user belongs to; none for whoever Jira does not know as a user. */
  readonly groupsOf: (accountId: string) => Promise<readonly string[]>;
}

export const createUsers = (jira: JiraClient): Users => ({
  groupsOf: async (accountId) => {
    try {
      const groups = await jira.read(
        Groups,
        `the groups of ${accountId}`,
        jira.requestJira(route`/rest/api/3/user/groups?accountId=${accountId}`),
      );
      return groups.flatMap(({ groupId }) => groupId ?? []);
    } catch (error) {
      if (error instanceof JiraNotFound) return [];
      throw error;
    }
  },
});
