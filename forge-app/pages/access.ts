import { route } from '@forge/api';
import { z } from 'zod';
import { type JiraClient, JiraNotFound, JiraRefused } from '../jira/jira-client';

const Permissions = z.object({
  permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })),
});
const Participants = z.object({ values: z.array(z.object({ accountId: z.string() })) });
const Request = z.object({ issueId: z.string() });

const PERMISSIONS = ['BROWSE_PROJECTS', 'SERVICEDESK_AGENT', 'ADMINISTER_PROJECTS', 'ADMINISTER'] as const;

/** What somebody may do in a project, as Jira says. */
export interface Rights {
  readonly browses: boolean;
  /** Works on the project's requests. */
  readonly agent: boolean;
  /** Administers the project. */
  readonly administrator: boolean;
  /** Administers Jira as a whole, and with it the app's connection. */
  readonly jiraAdministrator: boolean;
}

const NONE: Rights = { browses: false, agent: false, administrator: false, jiraAdministrator: false };

/** Who may see and do what: Jira decides, wherever it can be asked as the visitor. */
export interface Access {
  /** The visitor's rights; none at all for customers, who have no licence. */
  readonly rightsIn: (
    where: { readonly projectId: string } | { readonly issueId: string },
  ) => Promise<Rights>;
  /**
   * Whether a customer may see a request on the portal. Jira is asked as the visitor; where it does not know them as one (a
   * customer without a licence of any product), the request's own people count: its reporter, its participants, and those
   * whom its approval step asks.
   */
  readonly maySeeRequest: (request: {
    readonly accountId: string;
    readonly issueIdOrKey: string;
    readonly reporter: string | null;
    /** Asked for only where it is needed. */
    readonly approvers: () => Promise<readonly string[]>;
  }) => Promise<boolean>;
}

export const createAccess = ({
  asVisitor,
  asApp,
}: {
  /** Jira as whoever looks at the page. */
  readonly asVisitor: JiraClient;
  readonly asApp: JiraClient;
}): Access => ({
  rightsIn: async (where) => {
    const keys = PERMISSIONS.join(',');
    try {
      const { permissions } = await asVisitor.read(
        Permissions,
        'the visitor’s permissions',
        'projectId' in where
          ? asVisitor.requestJira(
              route`/rest/api/3/mypermissions?projectId=${where.projectId}&permissions=${keys}`,
            )
          : asVisitor.requestJira(
              route`/rest/api/3/mypermissions?issueId=${where.issueId}&permissions=${keys}`,
            ),
      );
      const has = (key: (typeof PERMISSIONS)[number]): boolean => permissions[key]?.havePermission === true;
      return {
        browses: has('BROWSE_PROJECTS'),
        agent: has('SERVICEDESK_AGENT'),
        administrator: has('ADMINISTER_PROJECTS'),
        jiraAdministrator: has('ADMINISTER'),
      };
    } catch (error) {
      if (isNo(error)) return NONE;
      throw error;
    }
  },

  maySeeRequest: async ({ accountId, issueIdOrKey, reporter, approvers }) => {
    if (accountId === reporter) return true;
    try {
      await asVisitor.read(
        Request,
        `request ${issueIdOrKey}`,
        asVisitor.requestJira(route`/rest/servicedeskapi/request/${issueIdOrKey}`),
      );
      return true;
    } catch (error) {
      if (!isNo(error)) throw error;
    }
    const { values } = await asApp.read(
      Participants,
      `the participants of ${issueIdOrKey}`,
      asApp.requestJira(route`/rest/servicedeskapi/request/${issueIdOrKey}/participant`),
    );
    return (
      values.some((participant) => participant.accountId === accountId) ||
      (await approvers()).includes(accountId)
    );
  },
});

const isNo = (error: unknown): boolean =>
  error instanceof JiraNotFound ||
  (error instanceof JiraRefused && (error.status === 401 || error.status === 403));
