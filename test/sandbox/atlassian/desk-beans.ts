import { groupsOf, type Issue, PROJECT, type RequestType } from './jira-site';
import { deskDate, deskUser, type SiteContext } from './routes';

/** How Jira Service Management's API shows requests and their types. */
export const createDeskBeans = (context: SiteContext) => {
  const { site, url } = context;
  const link = (path: string): string => `${url()}/rest/servicedeskapi/${path}`;

  return {
    link,

    requestBean: (issue: Issue) => ({
      issueId: issue.id,
      issueKey: issue.key,
      summary: issue.summary,
      requestTypeId: issue.type.id,
      serviceDeskId: PROJECT.serviceDeskId,
      createdDate: deskDate(issue.created),
      reporter: deskUser(context, issue.reporter),
      requestFieldValues: [
        { fieldId: 'summary', label: 'Summary', value: issue.summary },
        ...(issue.description === ''
          ? []
          : [{ fieldId: 'description', label: 'Description', value: issue.description }]),
      ],
      currentStatus: {
        status: issue.status.name,
        statusCategory: issue.status.category,
        statusDate: deskDate(issue.changes.at(-1)?.at ?? issue.created),
      },
      _links: {
        self: link(`request/${issue.id}`),
        jiraRest: `${url()}/rest/api/3/issue/${issue.id}`,
        web: `${url()}/servicedesk/customer/portal/${PROJECT.serviceDeskId}/${issue.key}`,
        agent: `${url()}/browse/${issue.key}`,
      },
    }),

    requestTypeBean: (type: RequestType) => ({
      ...{ id: type.id, name: type.name },
      ...{ description: type.description ?? '', helpText: type.helpText ?? '' },
      issueTypeId: site.issueTypeOf(type).id,
      groupIds: [...groupsOf(type)],
      serviceDeskId: PROJECT.serviceDeskId,
      portalId: PROJECT.serviceDeskId,
      _links: { self: link(`servicedesk/${PROJECT.serviceDeskId}/requesttype/${type.id}`) },
    }),
  };
};
