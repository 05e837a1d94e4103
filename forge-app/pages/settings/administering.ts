import { SiteId } from '../../../aws-bridge/contract/identifiers';
import type { Access } from '../access';
import { type Answer, refused } from '../answer';
import type { PageCall } from '../page-resolver';

/** A project, and somebody who administers it. */
export interface Administered {
  readonly projectId: string;
  readonly siteId: string;
  /** Whether they administer all of Jira, and with it the connection. */
  readonly jiraAdministrator: boolean;
}

/** A call that only those get an answer to who administer the project that the page stands on. Jira says who they are. */
export type Administering = (
  call: (where: Administered, payload: unknown) => Promise<Answer<unknown>>,
) => PageCall;

export const createAdministering =
  (access: Pick<Access, 'rightsIn'>): Administering =>
  (call) =>
  async ({ project, siteId }, payload) => {
    if (!project) return refused('not-yours');
    const { administrator, jiraAdministrator } = await access.rightsIn({ projectId: project.id });
    if (!administrator && !jiraAdministrator) return refused('not-yours');
    const site = SiteId.parse(siteId.slice(siteId.lastIndexOf('/') + 1));
    return call({ projectId: project.id, siteId: site, jiraAdministrator }, payload);
  };
