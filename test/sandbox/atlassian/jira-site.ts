import type { DrivenClock } from '../clock';
import { PROJECT_KEY } from '../site';
import { type Approval, approversOf, finalDecision } from './approvals';
import type { ProductEvent } from './modules';
import { APP_ACCOUNT } from './people';
import { type Status, statusOf, type Transition, type Workflow } from './workflow';

export interface RequestType {
  readonly id: string;
  readonly name: string;
  readonly workflow: Workflow;
  /** Account ids that its form puts into the Approvers field. */
  readonly approvers: readonly string[];
  /** What a request of this type can be created with; by default a summary, which it needs, and a description. */
  readonly fields?: readonly RequestField[];
}

export interface RequestField {
  readonly id: string;
  readonly required: boolean;
}

export interface Comment {
  readonly id: string;
  readonly author: string;
  readonly created: Date;
  /** Plain text; what the platform API takes and gives as ADF. */
  readonly body: string;
  readonly public: boolean;
}

interface Change {
  readonly at: Date;
  readonly author: string | undefined;
  readonly from: Status;
  readonly to: Status;
}

export interface Issue {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly description: string;
  readonly type: RequestType;
  readonly reporter: string;
  readonly creator: string;
  readonly assignee: string | null;
  readonly created: Date;
  approversField: readonly string[];
  /** Customers whom the request is shared with. */
  participants: readonly string[];
  updated: Date;
  status: Status;
  readonly properties: Map<string, unknown>;
  readonly comments: Comment[];
  readonly approvals: Approval[];
  readonly changes: Change[];
}

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly members: string[];
}

export interface SiteSettings {
  /** Milliseconds until a search finds what was written. */
  searchLag: number;
  /** Whether the event of a transition by an approval names the approver. The documentation does not say. */
  approvalEventNamesApprover: boolean;
}

/** What a search sees of an issue. */
export type Indexed = Pick<
  Issue,
  'id' | 'key' | 'summary' | 'description' | 'created' | 'updated' | 'status' | 'properties'
>;

export interface SiteParts {
  readonly clock: DrivenClock;
  readonly requestTypes: readonly RequestType[];
  readonly organizations: readonly Organization[];
  readonly settings: SiteSettings;
  readonly raiseEvent: (event: ProductEvent) => void;
}

export const PROJECT = { id: '10000', key: PROJECT_KEY, name: 'Cloud services', serviceDeskId: '1' } as const;

/** The state of a site with one service project, and what changes it. Knows nothing of HTTP or permissions. */
export const createJiraSite = ({ clock, requestTypes, organizations, settings, raiseEvent }: SiteParts) => {
  const issues: Issue[] = [];
  const index = new Map<string, Indexed>();
  const projectProperties = new Map<string, unknown>();
  let made = 0;
  let raised = 0;
  const nextId = (): string => String(10_000 + ++made);

  const touch = (issue: Issue): void => {
    issue.updated = clock.now();
    const { id, key, summary, description, created, updated, status } = issue;
    const properties = structuredClone(issue.properties);
    const seen = { id, key, summary, description, created, updated, status, properties };
    if (settings.searchLag === 0) index.set(id, seen);
    else clock.after(settings.searchLag, `index of ${key}`, () => void index.set(id, seen));
  };

  const eventOf = (
    type: string,
    issue: Issue,
    accountId: string | undefined,
    more: object,
  ): ProductEvent => ({
    type,
    selfGenerated: accountId === APP_ACCOUNT.accountId,
    accountId,
    payload: {
      issue: {
        id: issue.id,
        key: issue.key,
        fields: {
          summary: issue.summary,
          issuetype: { id: '10100', name: 'Service request', subtask: false },
          creator: { accountId: issue.creator },
          reporter: { accountId: issue.reporter },
          assignee: issue.assignee && { accountId: issue.assignee },
          created: issue.created.toISOString(),
          updated: issue.updated.toISOString(),
          project: { id: PROJECT.id, key: PROJECT.key, name: PROJECT.name },
          status: { id: issue.status.id, name: issue.status.name },
        },
      },
      atlassianId: accountId,
      timestamp: String(clock.now().getTime()),
      ...more,
    },
  });

  const enter = (issue: Issue, status: Status): void => {
    issue.status = status;
    const { approval: step } = issue.type.workflow;
    if (step?.status !== status.name) return;
    issue.approvals.push({
      id: String(issue.approvals.length + 1),
      name: status.name,
      createdAt: clock.now(),
      approvers: approversOf(step, issue.approversField, issue),
      step: { ...step },
      decision: 'pending',
      completedAt: undefined,
      abandoned: false,
    });
  };

  const pendingApproval = (issue: Issue): Approval | undefined =>
    issue.approvals.find(({ decision, abandoned }) => decision === 'pending' && !abandoned);

  const move = (issue: Issue, transition: Transition, author: string | undefined): void => {
    const pending = pendingApproval(issue);
    if (pending) pending.abandoned = true;
    const from = issue.status;
    const to = statusOf(issue.type.workflow, transition.to);
    enter(issue, to);
    issue.changes.push({ at: clock.now(), author, from, to });
    touch(issue);
    const item = {
      field: 'status',
      fieldId: 'status',
      fieldtype: 'jira',
      from: from.id,
      fromString: from.name,
    };
    raiseEvent(
      eventOf('avi:jira:updated:issue', issue, author, {
        jiraEventTypeName: 'issue_generic',
        changelog: { items: [{ ...item, to: to.id, toString: to.name }] },
        associatedStatuses: [to, from].map(({ id, name }) => ({ id, name })),
      }),
    );
  };

  return {
    requestTypes,
    organizations,
    projectProperties,
    issues: issues as readonly Issue[],
    indexed: (): Indexed[] => [...index.values()],
    pendingApproval,

    find: (idOrKey: string): Issue | undefined =>
      issues.find(({ id, key }) => id === idOrKey || key === idOrKey.toUpperCase()),

    /** Creates a request. Its properties are there before anybody is told, as with a portal panel. */
    raise: (request: {
      readonly reporter: string;
      readonly type: RequestType;
      /** Who creates it, where that is not the reporter. */
      readonly creator?: string;
      readonly summary: string;
      readonly description?: string;
      readonly properties?: Readonly<Record<string, unknown>>;
      readonly approvers?: readonly string[];
      readonly participants?: readonly string[];
    }): Issue => {
      const { reporter, creator = reporter, type, summary, description = '' } = request;
      const { properties = {}, approvers = type.approvers, participants = [] } = request;
      const issue: Issue = {
        id: nextId(),
        key: `${PROJECT.key}-${++raised}`,
        summary,
        description,
        type,
        reporter,
        creator,
        assignee: null,
        created: clock.now(),
        updated: clock.now(),
        approversField: approvers,
        participants,
        status: statusOf(type.workflow, type.workflow.initial),
        properties: new Map(Object.entries(structuredClone(properties))),
        comments: [],
        approvals: [],
        changes: [],
      };
      issues.push(issue);
      enter(issue, issue.status);
      touch(issue);
      raiseEvent(eventOf('avi:jira:created:issue', issue, creator, {}));
      return issue;
    },

    move,

    /** Writes down an approver's answer; the last one that counts moves the request. */
    answer: (
      issue: Issue,
      approval: Approval,
      accountId: string,
      decision: 'approved' | 'declined',
    ): void => {
      const approver = approval.approvers.find((candidate) => candidate.accountId === accountId);
      if (approver) approver.decision = decision;
      approval.decision = finalDecision(approval.step, approval.approvers);
      if (approval.decision === 'pending') return;
      approval.completedAt = clock.now();
      const { transitionApproved, transitionRejected } = approval.step;
      const wanted = approval.decision === 'approved' ? transitionApproved : transitionRejected;
      const transition = issue.type.workflow.transitions.find(({ id }) => id === wanted);
      if (!transition) throw new Error(`The workflow has no transition ${wanted}`);
      move(issue, transition, settings.approvalEventNamesApprover ? accountId : undefined);
    },

    comment: (issue: Issue, author: string, body: string, visible: boolean): Comment => {
      const comment = { id: nextId(), author, created: clock.now(), body, public: visible };
      issue.comments.push(comment);
      touch(issue);
      raiseEvent(eventOf('avi:jira:commented:issue', issue, author, { comment: { id: comment.id } }));
      return comment;
    },

    remove: (issue: Issue): void => {
      issues.splice(issues.indexOf(issue), 1);
      index.delete(issue.id);
    },

    setProperty: (issue: Issue, key: string, value: unknown): void => {
      issue.properties.set(key, structuredClone(value));
      touch(issue);
    },

    deleteProperty: (issue: Issue, key: string): void => {
      issue.properties.delete(key);
      touch(issue);
    },
  };
};
export type JiraSite = ReturnType<typeof createJiraSite>;
