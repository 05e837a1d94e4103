import { route } from '@forge/api';
import { z } from 'zod';
import type { JiraClient } from './jira-client';

const Offered = z.object({
  transitions: z.array(z.object({ id: z.string(), to: z.object({ name: z.string() }) })),
});

export interface Transitions {
  /** The transition to a status, if the workflow offers one from where the issue is now. */
  readonly to: (issueId: string, status: string) => Promise<string | undefined>;
  /** @throws JiraRefused where the issue has moved on meanwhile */
  readonly take: (issueId: string, transitionId: string) => Promise<void>;
}

export const createTransitions = (jira: JiraClient): Transitions => ({
  to: async (issueId, status) => {
    const { transitions } = await jira.read(
      Offered,
      `the transitions of issue ${issueId}`,
      jira.requestJira(route`/rest/api/3/issue/${issueId}/transitions`),
    );
    return transitions.find(({ to }) => sameStatus(to.name, status))?.id;
  },
  take: (issueId, transitionId) =>
    jira.done(
      `transition ${transitionId} of issue ${issueId}`,
      jira.requestJira(route`/rest/api/3/issue/${issueId}/transitions`, {
        method: 'POST',
        body: JSON.stringify({ transition: { id: transitionId } }),
      }),
    ),
});

/** Jira takes two names that differ only in case for the same status. */
export const sameStatus = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();
