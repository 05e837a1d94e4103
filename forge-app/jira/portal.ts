import { route } from '@forge/api';
import { z } from 'zod';
import { type JiraClient, JiraNotFound, JiraRefused } from './jira-client';

const Desk = z.object({ projectId: z.string() });

/** A customer portal, as far as a visitor is concerned. */
export interface Portal {
  readonly projectId: string;
  /**
   * Whether Jira shows it to the visitor. It does not answer as somebody who has an account but no licence at all, although
   * portals may be open to them.
   */
  readonly shown: boolean;
}

/** @throws JiraNotFound where there is no such portal */
export type PortalOf = (portalId: string) => Promise<Portal>;

/** A portal's id is that of its service desk. */
export const createPortalOf =
  (clients: { readonly asVisitor: JiraClient; readonly asApp: JiraClient }): PortalOf =>
  async (portalId) => {
    const what = `service desk ${portalId}`;
    const { asVisitor, asApp } = clients;
    try {
      const { projectId } = await asVisitor.read(
        Desk,
        what,
        asVisitor.requestJira(route`/rest/servicedeskapi/servicedesk/${portalId}`),
      );
      return { projectId, shown: true };
    } catch (error) {
      const no =
        error instanceof JiraNotFound ||
        (error instanceof JiraRefused && (error.status === 401 || error.status === 403));
      if (!no) throw error;
    }
    const { projectId } = await asApp.read(
      Desk,
      what,
      asApp.requestJira(route`/rest/servicedeskapi/servicedesk/${portalId}`),
    );
    return { projectId, shown: false };
  };
