import type { Clock } from '../clock';
import { PROJECT_KEY } from '../site';
import { type Approval, approversOf, finalDecision } from './approvals';
import type { ProductEvent } from './modules';
import { APP_ACCOUNT } from './people';
import {
  type ProjectWorkflow,
  projectWorkflows,
  type Status,
  statusOf,
  type Transition,
  type Workflow,
} from './workflow';

export interface RequestType {
  readonly id: string;
  readonly name: string;
  readonly workflow: Workflow;
  /** Account ids that its form puts into the Approvers field. */
  readonly approvers: readonly string[];
  /** What a request of this type can be created with; by default a summary, which it needs, and a description. */
  readonly fields?: readonly RequestField[];
  readonly description?: string;
  readonly helpText?: string;
  /** The portal's groups that list it; the portal hides a type without one. By default the first group. */
  readonly groupIds?: readonly string[];
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
  body: string;
  /** Who wrote it last. */
  updateAuthor: string;
  updated: Date;
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
  reporter: string;
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
  'id' | 'key' | 'summary' | 'description' | 'reporter' | 'created' | 'updated' | 'status' | 'properties'
>;

interface NewRequest {
  readonly reporter: string;
  readonly type: RequestType;
  /** Who creates it, where that is not the reporter. */
  readonly creator?: string;
  readonly summary: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Account ids in the Approvers field; by default those of the type's form. */
  readonly approvers?: readonly string[];
  readonly participants?: readonly string[];
}

export interface SiteParts {
  readonly clock: Clock;
  readonly requestTypes: readonly RequestType[];
  readonly organizations: readonly Organization[];
  readonly settings: SiteSettings;
  readonly raiseEvent: (event: ProductEvent) => void;
}

export const PROJECT = { id: '10000', key: PROJECT_KEY, name: 'Cloud services', serviceDeskId: '1' } as const;

const REQUEST_TYPE_GROUPS = [
  { id: '1', name: 'AWS' },
  { id: '2', name: 'Help' },
] as const;

/** The groups of the portal that list a request type. */
export const groupsOf = ({ groupIds = [REQUEST_TYPE_GROUPS[0].id] }: RequestType): readonly string[] =>
  groupIds;

/** The state of a site with one service project, and what changes it. Knows nothing of HTTP or permissions. */
export const createJiraSite = (parts: SiteParts) => {
  const { clock, organizations, settings, raiseEvent } = parts;
  const requestTypes = [...parts.requestTypes];
  const issues: Issue[] = [];
  /** By id, and by key. */
  const known = new Map<string, Issue>();
  const index = new Map<string, Indexed>();
  const projectProperties = new Map<string, unknown>();
  let made = 0;
  let raised = 0;
  const nextId = (): string => String(10_000 + ++made);

  const asIndexed = (issue: Issue): Indexed => {
    const { id, key, summary, description, reporter, created, updated, status } = issue;
    const properties = structuredClone(issue.properties);
    return { id, key, summary, description, reporter, created, updated, status, properties };
  };

  const touch = (issue: Issue): void => {
    issue.updated = clock.now();
    const seen = asIndexed(issue);
    if (settings.searchLag === 0) index.set(issue.id, seen);
    else clock.after(settings.searchLag, `index of ${issue.key}`, () => void index.set(issue.id, seen));
  };

  const add = (issue: Issue): void => {
    issues.push(issue);
    known.set(issue.id, issue).set(issue.key, issue);
  };

  const workflows = projectWorkflows(requestTypes.map(({ workflow }) => workflow));

  const issueTypeOf = ({ workflow }: RequestType): ProjectWorkflow['issueType'] => {
    const own = workflows.find(({ shared }) => shared.includes(workflow));
    if (!own) throw new Error('The project has no such workflow');
    return own.issueType;
  };

  const issueOf = (request: NewRequest): Issue => {
    const { reporter, creator = reporter, type, summary, description = '' } = request;
    const { properties = {}, approvers = type.approvers, participants = [] } = request;
    return {
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
          issuetype: { ...issueTypeOf(issue.type), subtask: false },
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
    requestTypes: requestTypes as readonly RequestType[],
    requestTypeGroups: REQUEST_TYPE_GROUPS,
    workflows,
    issueTypeOf,

    /** Adds a request type as Jira's API does: its form has the usual fields, and no group of the portal lists it. */
    addRequestType: (
      type: Pick<RequestType, 'name' | 'workflow' | 'description' | 'helpText'>,
    ): RequestType => {
      const id = String(Math.max(0, ...requestTypes.map((one) => Number(one.id))) + 1);
      const added: RequestType = { ...type, id, approvers: [], groupIds: [] };
      requestTypes.push(added);
      return added;
    },

    organizations,
    projectProperties,
    issues: issues as readonly Issue[],
    indexed: (): Iterable<Indexed> => index.values(),
    pendingApproval,

    find: (idOrKey: string): Issue | undefined => known.get(idOrKey.toUpperCase()),

    /** Creates a request. Its properties are there before anybody is told, as with a portal panel. */
    raise: (request: NewRequest): Issue => {
      const issue = issueOf(request);
      add(issue);
      enter(issue, issue.status);
      touch(issue);
      raiseEvent(eventOf('avi:jira:created:issue', issue, issue.creator, {}));
      return issue;
    },

    /**
     * Puts a request there as if it had been there for long: nobody is told, no approval is asked for, a search finds it at
     * once. For measuring with many.
     */
    stock: (request: NewRequest & { readonly created: Date; readonly status?: string }): Issue => {
      const { created, status = request.type.workflow.initial } = request;
      const past = { created, updated: created, status: statusOf(request.type.workflow, status) };
      const issue: Issue = { ...issueOf(request), ...past };
      add(issue);
      index.set(issue.id, asIndexed(issue));
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
      const at = clock.now();
      const written = { author, created: at, updateAuthor: author, updated: at };
      const comment: Comment = { id: nextId(), ...written, body, public: visible };
      issue.comments.push(comment);
      touch(issue);
      raiseEvent(eventOf('avi:jira:commented:issue', issue, author, { comment: { id: comment.id } }));
      return comment;
    },

    editComment: (issue: Issue, comment: Comment, author: string, body: string): void => {
      Object.assign(comment, { body, updateAuthor: author, updated: clock.now() });
      touch(issue);
    },

    removeComment: (issue: Issue, comment: Comment): void => {
      issue.comments.splice(issue.comments.indexOf(comment), 1);
      touch(issue);
    },

    setReporter: (issue: Issue, accountId: string): void => {
      issue.reporter = accountId;
      touch(issue);
    },

    remove: (issue: Issue): void => {
      issues.splice(issues.indexOf(issue), 1);
      known.delete(issue.id);
      known.delete(issue.key);
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
