import { route } from '@forge/api';
import { z } from 'zod';
import { type JiraClient, JiraConsentMissing, JiraNotFound, JiraRefused } from '../jira/jira-client';

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

/** The most that Jira answers at once; a request with more participants hides from those who come later in its list. */
const MOST_PARTICIPANTS = 50;

const NONE: Rights = { browses: false, agent: false, administrator: false, jiraAdministrator: false };

/** Who may see and do what: Jira decides, wherever it can be asked as the visitor. */
export interface Access {
  /**
   * The visitor's rights; none at all for customers, and where there is no such place.
   * @throws JiraConsentMissing where Forge does not ask as the visitor
   */
  readonly rightsIn: (
    where: { readonly projectId: string } | { readonly issueId: string },
  ) => Promise<Rights>;
  /**
   * Whether somebody may see a request on the portal. Jira is asked as the visitor; where Forge does not let it be asked, as
   * with customers who have no licence, the request's own people count: its reporter, its participants, and those whom its
   * approval step asks. Whom it is shared with as an organization is then not seen.
   * @throws JiraConsentMissing where it takes the visitor's consent to find out
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
      if (isNo(error) && !(error instanceof JiraConsentMissing)) return NONE;
      throw error;
    }
  },

  maySeeRequest: async ({ accountId, issueIdOrKey, reporter, approvers }) => {
    if (accountId === reporter) return true;
    const asked = await askedAsVisitor(asVisitor, issueIdOrKey);
    if (asked === 'shown') return true;
    const { values } = await asApp.read(
      Participants,
      `the participants of ${issueIdOrKey}`,
      asApp.requestJira(
        route`/rest/servicedeskapi/request/${issueIdOrKey}/participant?limit=${MOST_PARTICIPANTS}`,
      ),
    );
    const own =
      values.some((participant) => participant.accountId === accountId) ||
      (await approvers()).includes(accountId);
    if (!own && asked instanceof JiraConsentMissing) throw asked;
    return own;
  },
});

const askedAsVisitor = async (
  jira: JiraClient,
  issueIdOrKey: string,
): Promise<'shown' | 'hidden' | JiraConsentMissing> => {
  try {
    await jira.read(
      Request,
      `request ${issueIdOrKey}`,
      jira.requestJira(route`/rest/servicedeskapi/request/${issueIdOrKey}`),
    );
    return 'shown';
  } catch (error) {
    if (error instanceof JiraConsentMissing) return error;
    if (isNo(error)) return 'hidden';
    throw error;
  }
};

const isNo = (error: unknown): boolean =>
  error instanceof JiraNotFound ||
  (error instanceof JiraRefused && (error.status === 401 || error.status === 403));
