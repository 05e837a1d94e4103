import { z } from 'zod';
import { APPROVERS_FIELD } from '../site';
import { createDeskBeans } from './desk-beans';
import { type Issue, PROJECT, type RequestType } from './jira-site';
import { json } from './loopback';
import { has } from './people';
import {
  bodyOf,
  type Call,
  deskDate,
  deskError,
  deskPage,
  deskUser,
  type Route,
  sees,
  type SiteContext,
} from './routes';
import { USUAL_FIELDS } from './servicedesk-api';

const REQUEST = '/rest/servicedeskapi/request/{issueIdOrKey}';
const DESK = '/rest/servicedeskapi/servicedesk/{serviceDeskId}';
const READ = 'read:servicedesk-request';

const FIELD_NAMES: Readonly<Record<string, string>> = {
  summary: 'Summary',
  description: 'Description',
  [APPROVERS_FIELD]: 'Approvers',
};

const NewType = z.strictObject({
  issueTypeId: z.string(),
  name: z.string().trim().min(1),
  description: z.string().default(''),
  helpText: z.string().default(''),
});

/** What there is to set up in a service project, and who takes part in a request: JSM's REST API. */
export const serviceProjectRoutes = (context: SiteContext): Route[] => {
  const { site } = context;
  const { link, requestTypeBean } = createDeskBeans(context);

  const requestOf = ({ path, caller }: Call): Issue => {
    const issue = site.find(path['issueIdOrKey'] ?? '');
    if (!issue || !sees(issue, caller)) {
      throw deskError(404, 'The request does not exist or you have no permission to see it.');
    }
    return issue;
  };

  const deskOf = ({ path }: Call): void => {
    const wanted = path['serviceDeskId'];
    if (![PROJECT.serviceDeskId, PROJECT.id, PROJECT.key].some((id) => id === wanted)) {
      throw deskError(404, 'The service desk does not exist.');
    }
  };

  const typeOf = ({ path }: Call): RequestType => {
    const type = site.requestTypes.find(({ id }) => id === path['requestTypeId']);
    if (!type) throw deskError(404, 'The request type does not exist.');
    return type;
  };

  /** The statuses that a request has been in, the current one first. */
  const history = ({ changes, created, status }: Issue) => [
    ...changes.map(({ at, to }) => ({ status: to, at })).toReversed(),
    { status: changes[0]?.from ?? status, at: created },
  ];

  return [
    {
      method: 'GET',
      template: `${REQUEST}/participant`,
      scope: READ,
      answer: (call) => {
        const { id, participants } = requestOf(call);
        const users = participants.map((accountId) => deskUser(context, accountId));
        return json(200, deskPage(users, call.query, link(`request/${id}/participant`)));
      },
    },
    {
      method: 'GET',
      template: `${REQUEST}/status`,
      scope: READ,
      answer: (call) => {
        const issue = requestOf(call);
        const beans = history(issue).map(({ status, at }) => ({
          status: status.name,
          statusCategory: status.category,
          statusDate: deskDate(at),
        }));
        return json(200, deskPage(beans, call.query, link(`request/${issue.id}/status`)));
      },
    },
    {
      method: 'POST',
      template: `${DESK}/requesttype`,
      scope: ['read:requesttype:jira-service-management', 'write:requesttype:jira-service-management'],
      experimental: true,
      answer: (call) => {
        deskOf(call);
        if (!has(call.caller.account, 'ADMINISTER_PROJECTS')) {
          throw deskError(403, 'Only administrators of the service desk create request types.');
        }
        const { issueTypeId, ...type } = bodyOf(NewType, call.body);
        const own = site.workflows.find(({ issueType }) => issueType.id === issueTypeId);
        if (!own) throw deskError(400, `The issue type ${issueTypeId} is not one of the project's.`);
        if (site.requestTypes.some(({ name }) => name === type.name)) {
          throw deskError(400, `There is a request type named ${type.name} already.`);
        }
        return json(200, requestTypeBean(site.addRequestType({ ...type, workflow: own.workflow })));
      },
    },
    {
      method: 'GET',
      template: `${DESK}/requesttype/{requestTypeId}`,
      scope: READ,
      answer: (call) => {
        deskOf(call);
        return json(200, requestTypeBean(typeOf(call)));
      },
    },
    {
      method: 'GET',
      template: `${DESK}/requesttype/{requestTypeId}/field`,
      scope: READ,
      answer: (call) => {
        deskOf(call);
        const { fields = USUAL_FIELDS } = typeOf(call);
        const beans = fields.map(({ id, required }) => ({
          ...{ fieldId: id, name: FIELD_NAMES[id] ?? id, description: '', required, visible: true },
          ...{ defaultValues: [], validValues: [], presetValues: [] },
        }));
        const canRaiseOnBehalfOf = has(call.caller.account, 'SERVICEDESK_AGENT');
        return json(200, { requestTypeFields: beans, canRaiseOnBehalfOf, canAddRequestParticipants: true });
      },
    },
    {
      method: 'GET',
      template: `${DESK}/requesttypegroup`,
      scope: READ,
      answer: (call) => {
        deskOf(call);
        const groups = site.requestTypeGroups.map((group) => ({ ...group }));
        return json(200, deskPage(groups, call.query, link('servicedesk/1/requesttypegroup')));
      },
    },
    {
      method: 'GET',
      template: `${DESK}/organization`,
      scope: 'manage:servicedesk-customer',
      answer: (call) => {
        deskOf(call);
        if (!has(call.caller.account, 'SERVICEDESK_AGENT')) {
          throw deskError(403, 'Only agents see the organizations of a service desk.');
        }
        const member = call.query.get('accountId');
        const beans = site.organizations
          .filter(({ members }) => member === null || members.includes(member))
          .map(({ id, name }) => ({
            ...{ id, name, scimManaged: false },
            _links: { self: link(`organization/${id}`) },
          }));
        return json(200, deskPage(beans, call.query, link('servicedesk/1/organization')));
      },
    },
  ];
};
