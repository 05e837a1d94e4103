import { z } from 'zod';
import { type Approval, mayAnswer } from './approvals';
import { createDeskBeans } from './desk-beans';
import { json } from './loopback';
import { APPROVERS_FIELD } from '../site';
import {
  type Comment,
  type Issue,
  type Organization,
  PROJECT,
  type RequestField,
  type RequestType,
} from './jira-site';
import {
  bodyOf,
  type Call,
  deskDate,
  deskError,
  deskPage,
  deskUser,
  licensed,
  type Route,
  sees,
  type SiteContext,
} from './routes';

const REQUEST = '/rest/servicedeskapi/request/{issueIdOrKey}';
const ORGANIZATIONS = '/rest/servicedeskapi/organization';
const READ = 'read:servicedesk-request';
const WRITE = 'write:servicedesk-request';
const DESK = '/rest/servicedeskapi/servicedesk/{serviceDeskId}';
const CUSTOMERS = 'manage:servicedesk-customer';

const Answer = z.strictObject({ decision: z.enum(['approve', 'decline']) });
const NewComment = z.strictObject({ body: z.string().min(1).max(32_767), public: z.boolean().default(true) });
const NewRequest = z.object({
  serviceDeskId: z.string(),
  requestTypeId: z.string(),
  requestFieldValues: z.record(z.string(), z.unknown()),
  raiseOnBehalfOf: z.string().optional(),
});
const Summary = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^\r\n]*$/);
const Description = z.string().max(32_767);
const Users = z.array(z.strictObject({ accountId: z.string() }));
export const USUAL_FIELDS: readonly RequestField[] = [
  { id: 'summary', required: true },
  { id: 'description', required: false },
];

/** Customer requests, their approvals and comments, and organizations: Jira Service Management's REST API. */
export const serviceDeskRoutes = (context: SiteContext): Route[] => {
  const { site, directory } = context;
  const { link, requestBean } = createDeskBeans(context);

  const requestOf = ({ path, caller }: Call): Issue => {
    const issue = site.find(path['issueIdOrKey'] ?? '');
    if (!issue || !sees(issue, caller)) {
      throw deskError(404, 'The request does not exist or you have no permission to see it.');
    }
    return issue;
  };

  const approvalBean = (issue: Issue, approval: Approval, { caller }: Call) => ({
    id: approval.id,
    name: approval.name,
    finalDecision: approval.decision,
    canAnswerApproval: mayAnswer(approval, caller.account.accountId) === undefined,
    approvers: approval.approvers.map(({ accountId, decision }) => ({
      approver: deskUser(context, accountId),
      approverDecision: decision,
    })),
    createdDate: deskDate(approval.createdAt),
    ...(approval.completedAt ? { completedDate: deskDate(approval.completedAt) } : {}),
    _links: { self: link(`request/${issue.id}/approval/${approval.id}`) },
  });

  const approvalOf = (issue: Issue, { path }: Call): Approval => {
    const approval = issue.approvals.find(({ id }) => id === path['approvalId']);
    if (!approval) throw deskError(404, 'The approval does not exist.');
    return approval;
  };

  const answerApproval = (call: Call) => {
    const issue = requestOf(call);
    const approval = approvalOf(issue, call);
    const { decision } = bodyOf(Answer, call.body);
    const { accountId } = call.caller.account;
    const refusal = mayAnswer(approval, accountId);
    if (refusal === 'not an approver') throw deskError(403, 'You are not an approver of this request.');
    if (refusal) throw deskError(409, 'The approval has been answered already.');
    site.answer(issue, approval, accountId, decision === 'approve' ? 'approved' : 'declined');
    return json(200, approvalBean(issue, approval, call));
  };

  const commentBean = (issue: Issue, { id, author, body, created, public: visible }: Comment) => ({
    id,
    body,
    public: visible,
    author: deskUser(context, author),
    created: deskDate(created),
    _links: { self: link(`request/${issue.id}/comment/${id}`) },
  });

  const commentsOf = (issue: Issue, { query, caller }: Call): Comment[] => {
    const shown = (name: string): boolean => query.get(name) !== 'false';
    return issue.comments.filter(({ public: visible }) =>
      visible ? shown('public') : shown('internal') && licensed(caller),
    );
  };

  const addComment = (call: Call) => {
    const issue = requestOf(call);
    const { body, public: visible } = bodyOf(NewComment, call.body);
    if (!visible && !licensed(call.caller)) throw deskError(403, 'Only agents comment internally.');
    return json(201, commentBean(issue, site.comment(issue, call.caller.account.accountId, body, visible)));
  };

  const createRequest = (call: Call) => {
    const { serviceDeskId, requestTypeId, requestFieldValues, raiseOnBehalfOf } = bodyOf(
      NewRequest,
      call.body,
    );
    const type = site.requestTypes.find(({ id }) => id === requestTypeId);
    if (serviceDeskId !== PROJECT.serviceDeskId || !type) {
      throw deskError(400, 'There is no such service desk or request type.');
    }
    if (raiseOnBehalfOf !== undefined && !licensed(call.caller)) {
      throw deskError(403, 'Only agents raise requests on behalf of others.');
    }
    const creator = call.caller.account.accountId;
    const reporter = raiseOnBehalfOf ?? creator;
    if (!directory.find(reporter)) throw deskError(400, 'There is no such customer.');
    const { approvers, ...fields } = fieldsOf(type, requestFieldValues);
    const raised = site.raise({ reporter, creator, type, ...fields, ...(approvers ? { approvers } : {}) });
    return json(201, requestBean(raised));
  };

  /** What a request type's form would take. */
  const fieldsOf = ({ fields = USUAL_FIELDS }: RequestType, values: Readonly<Record<string, unknown>>) => {
    const unknown = Object.keys(values).find((id) => !fields.some((field) => field.id === id));
    if (unknown !== undefined) {
      throw deskError(400, `Field '${unknown}' is not part of the request type, or is hidden.`);
    }
    const missing = fields.find(({ id, required }) => required && values[id] === undefined);
    if (missing) throw deskError(400, `Field '${missing.id}' is required.`);
    const read = <Schema extends z.ZodType>(id: string, schema: Schema): z.infer<Schema> | undefined => {
      if (values[id] === undefined) return undefined;
      const parsed = schema.safeParse(values[id]);
      if (!parsed.success) throw deskError(400, `Field '${id}': ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    };
    const approvers = read(APPROVERS_FIELD, Users)?.map(({ accountId }) => accountId);
    const stranger = approvers?.find((accountId) => !directory.find(accountId));
    if (stranger !== undefined) {
      throw deskError(400, `Field '${APPROVERS_FIELD}': there is no user ${stranger}.`);
    }
    return {
      summary: read('summary', Summary) ?? '',
      description: read('description', Description) ?? '',
      approvers,
    };
  };

  /** The portal is open to every customer. */
  const deskOf = ({ path }: Call): void => {
    const wanted = path['serviceDeskId'];
    if (![PROJECT.serviceDeskId, PROJECT.id, PROJECT.key].some((id) => id === wanted)) {
      throw deskError(404, 'The service desk does not exist.');
    }
  };

  /** As Jira matches them: a part of the name or of the address is enough. */
  const customersOf = (call: Call): object[] => {
    deskOf(call);
    if (!licensed(call.caller)) throw deskError(403, 'Only agents see the customers of a service desk.');
    const query = (call.query.get('query') ?? '').toLowerCase();
    return directory.people
      .filter(({ role, displayName, emailAddress = '' }) => {
        const found = [displayName, emailAddress].some((text) => text.toLowerCase().includes(query));
        return (role === 'customer' || role === 'unlicensed') && found;
      })
      .map(({ accountId }) => deskUser(context, accountId));
  };

  const organizationBean = ({ id, name }: Organization) => ({
    id,
    name,
    scimManaged: false,
    _links: { self: link(`organization/${id}`) },
  });

  const organizationOf = ({ path }: Call): Organization => {
    const organization = site.organizations.find(({ id }) => id === path['organizationId']);
    if (!organization) throw deskError(404, 'The organization does not exist.');
    return organization;
  };

  const forAgents = (call: Call): void => {
    if (!licensed(call.caller)) throw deskError(403, 'Only agents see organizations.');
  };

  return [
    {
      method: 'GET',
      template: DESK,
      scope: READ,
      answer: (call) => {
        deskOf(call);
        return json(200, {
          id: PROJECT.serviceDeskId,
          projectId: PROJECT.id,
          projectName: PROJECT.name,
          projectKey: PROJECT.key,
          _links: { self: link(`servicedesk/${PROJECT.serviceDeskId}`) },
        });
      },
    },
    {
      method: 'GET',
      template: `${DESK}/customer`,
      scope: CUSTOMERS,
      experimental: true,
      answer: (call) => json(200, deskPage(customersOf(call), call.query, link('servicedesk/1/customer'))),
    },
    { method: 'POST', template: '/rest/servicedeskapi/request', scope: WRITE, answer: createRequest },
    {
      method: 'GET',
      template: REQUEST,
      scope: READ,
      answer: (call) => json(200, requestBean(requestOf(call))),
    },
    {
      method: 'GET',
      template: `${REQUEST}/approval`,
      scope: READ,
      answer: (call) => {
        const issue = requestOf(call);
        const beans = issue.approvals.map((approval) => approvalBean(issue, approval, call));
        return json(200, deskPage(beans, call.query, link(`request/${issue.id}/approval`)));
      },
    },
    {
      method: 'GET',
      template: `${REQUEST}/approval/{approvalId}`,
      scope: READ,
      answer: (call) => {
        const issue = requestOf(call);
        return json(200, approvalBean(issue, approvalOf(issue, call), call));
      },
    },
    { method: 'POST', template: `${REQUEST}/approval/{approvalId}`, scope: WRITE, answer: answerApproval },
    {
      method: 'GET',
      template: `${REQUEST}/comment`,
      scope: READ,
      answer: (call) => {
        const issue = requestOf(call);
        const beans = commentsOf(issue, call).map((comment) => commentBean(issue, comment));
        return json(200, deskPage(beans, call.query, link(`request/${issue.id}/comment`), 100));
      },
    },
    { method: 'POST', template: `${REQUEST}/comment`, scope: WRITE, answer: addComment },
    {
      method: 'GET',
      template: ORGANIZATIONS,
      scope: CUSTOMERS,
      answer: (call) => {
        const member = call.query.get('accountId');
        const all = site.organizations.filter(({ members }) => member === null || members.includes(member));
        const own = licensed(call.caller)
          ? all
          : all.filter(({ members }) => members.includes(call.caller.account.accountId));
        return json(200, deskPage(own.map(organizationBean), call.query, link('organization')));
      },
    },
    {
      method: 'GET',
      template: `${ORGANIZATIONS}/{organizationId}`,
      scope: CUSTOMERS,
      answer: (call) => {
        forAgents(call);
        return json(200, organizationBean(organizationOf(call)));
      },
    },
    {
      method: 'GET',
      template: `${ORGANIZATIONS}/{organizationId}/user`,
      scope: CUSTOMERS,
      answer: (call) => {
        forAgents(call);
        const { id, members } = organizationOf(call);
        const users = members.map((accountId) => deskUser(context, accountId));
        return json(200, deskPage(users, call.query, link(`organization/${id}/user`)));
      },
    },
  ];
};
