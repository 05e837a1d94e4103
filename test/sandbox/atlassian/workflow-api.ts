import { z } from 'zod';
import { NotModelled } from '../aws/service';
import { APPROVERS_FIELD } from '../site';
import { createJiraBeans, listed } from './jira-beans';
import { PROJECT } from './jira-site';
import { json } from './loopback';
import { has } from './people';
import { bodyOf, type Call, jiraError, licensed, platformPage, type Route, type SiteContext } from './routes';
import type { ApprovalStep, ProjectWorkflow, Status, Transition } from './workflow';

const CATEGORY = { NEW: 'TODO', INDETERMINATE: 'IN_PROGRESS', DONE: 'DONE' } as const;
const SCOPE = { type: 'GLOBAL' } as const;

const Wanted = z.object({
  projectAndIssueTypes: z.array(z.object({ projectId: z.string(), issueTypeId: z.string() })).default([]),
  workflowIds: z.array(z.string()).default([]),
  workflowNames: z.array(z.string()).default([]),
});

const approvalBean = (step: ApprovalStep) => ({
  active: 'true',
  conditionType: step.conditionType,
  conditionValue: String(step.conditionValue),
  exclude: [...step.exclude],
  fieldId: APPROVERS_FIELD,
  prePopulatedFieldId: null,
  transitionApproved: step.transitionApproved,
  transitionRejected: step.transitionRejected,
});

/** Workflows, their statuses, and fields: Jira's platform REST API v3. */
export const workflowRoutes = (context: SiteContext): Route[] => {
  const { site, url } = context;
  const { statusBean } = createJiraBeans(context);

  const statusOf = ({ id, name, category }: Status) => ({
    id,
    name,
    description: '',
    scope: SCOPE,
    statusCategory: CATEGORY[category],
    statusReference: id,
  });

  const transitionBean = (statuses: readonly Status[], { id, name, from, to }: Transition) => {
    const reference = (wanted: string) => statuses.find((status) => status.name === wanted)?.id ?? '';
    return {
      ...{ id, name, description: '', type: 'DIRECTED' },
      links: [{ fromPort: 0, fromStatusReference: reference(from), toPort: 0 }],
      toStatusReference: reference(to),
      ...{ actions: [], triggers: [], validators: [], properties: {} },
    };
  };

  const workflowBean = ({ id, name, workflow }: ProjectWorkflow, withTransitions: boolean) => {
    const { statuses, transitions, approval, initial } = workflow;
    const created = {
      ...{ id: '1', name: 'Create', description: '', type: 'INITIAL', links: [] },
      toStatusReference: statuses.find((status) => status.name === initial)?.id ?? '',
      ...{ actions: [], triggers: [], validators: [], properties: {} },
    };
    return {
      ...{ id, name, description: '', isEditable: true, scope: SCOPE },
      version: { id: 'f010ac1b-3dd3-43a3-aa66-0ee8a447f76e', versionNumber: 1 },
      statuses: statuses.map((status) => ({
        statusReference: status.id,
        deprecated: false,
        properties: {},
        ...(approval?.status === status.name ? { approvalConfiguration: approvalBean(approval) } : {}),
      })),
      ...(withTransitions
        ? { transitions: [created, ...transitions.map((one) => transitionBean(statuses, one))] }
        : {}),
    };
  };

  const statusesOf = (workflows: readonly ProjectWorkflow[]) => {
    const all = workflows.flatMap(({ workflow }) => workflow.statuses);
    return [...new Map(all.map((status) => [status.id, statusOf(status)])).values()];
  };

  /** Workflows of a company's project belong to the site: only who administers Jira is shown them. */
  const visible = ({ caller }: Call): readonly ProjectWorkflow[] =>
    has(caller.account, 'ADMINISTER') ? site.workflows : [];

  return [
    {
      method: 'GET',
      template: '/rest/api/3/workflows/search',
      scope: 'manage:jira-configuration',
      answer: (call) => {
        const query = (call.query.get('queryString') ?? '').toLowerCase();
        const expanded = listed(call.query, 'expand').includes('values.transitions');
        const all = visible(call).filter(({ name }) => name.toLowerCase().includes(query));
        const page = platformPage(all, call.query);
        return json(200, {
          ...page,
          self: `${url()}/rest/api/3/workflows/search`,
          values: page.values.map((one) => workflowBean(one, expanded)),
          statuses: statusesOf(page.values),
        });
      },
    },
    {
      method: 'POST',
      template: '/rest/api/3/workflows',
      scope: 'manage:jira-configuration',
      answer: (call) => {
        if (call.query.get('useApprovalConfiguration') !== 'true') {
          throw new NotModelled('workflows with their approval step in status properties');
        }
        const { projectAndIssueTypes, workflowIds, workflowNames } = bodyOf(Wanted, call.body);
        const found = visible(call).filter(
          ({ id, name, issueType }) =>
            workflowIds.includes(id) ||
            workflowNames.includes(name) ||
            projectAndIssueTypes.some(
              ({ projectId, issueTypeId }) => projectId === PROJECT.id && issueTypeId === issueType.id,
            ),
        );
        return json(200, {
          workflows: found.map((one) => workflowBean(one, true)),
          statuses: statusesOf(found),
        });
      },
    },
    {
      method: 'GET',
      template: '/rest/api/3/project/{projectIdOrKey}/statuses',
      scope: 'read:jira-work',
      answer: ({ path, caller }) => {
        const wanted = path['projectIdOrKey'];
        if (
          !has(caller.account, 'BROWSE_PROJECTS') ||
          ![PROJECT.id, PROJECT.key].some((own) => own === wanted)
        ) {
          throw jiraError(404, `No project could be found with key '${wanted ?? ''}'.`);
        }
        const beans = site.workflows.map(({ issueType, workflow }) => ({
          ...issueType,
          self: `${url()}/rest/api/3/issuetype/${issueType.id}`,
          subtask: false,
          statuses: workflow.statuses.map(statusBean),
        }));
        return json(200, beans);
      },
    },
    {
      method: 'GET',
      template: '/rest/api/3/field',
      scope: 'read:jira-work',
      answer: ({ caller }) =>
        json(200, [
          fieldBean('summary', 'Summary', { type: 'string', system: 'summary' }),
          fieldBean('description', 'Description', { type: 'string', system: 'description' }),
          ...(licensed(caller) ? [fieldBean(APPROVERS_FIELD, 'Approvers', APPROVERS_SCHEMA)] : []),
        ]),
    },
  ];
};

const APPROVERS_SCHEMA = {
  type: 'array',
  items: 'user',
  custom: 'com.atlassian.jira.plugin.system.customfieldtypes:multiuserpicker',
  customId: Number(APPROVERS_FIELD.replace('customfield_', '')),
} as const;

const fieldBean = (
  id: string,
  name: string,
  schema: { readonly type: string; readonly system?: string; readonly custom?: string },
) => ({
  id,
  key: id,
  name,
  custom: schema.custom !== undefined,
  orderable: true,
  navigable: true,
  searchable: true,
  clauseNames: [schema.custom === undefined ? id : `cf[${id.replace('customfield_', '')}]`, name],
  schema,
});
