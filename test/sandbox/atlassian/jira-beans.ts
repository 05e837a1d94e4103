import { documentOf } from './adf';
import { type Comment, type Issue, PROJECT } from './jira-site';
import { jiraDate, jiraUser, type SiteContext } from './routes';
import type { Status, Transition } from './workflow';

const CATEGORY = {
  NEW: { id: 2, key: 'new', name: 'To Do', colorName: 'blue-gray' },
  INDETERMINATE: { id: 4, key: 'indeterminate', name: 'In Progress', colorName: 'yellow' },
  DONE: { id: 3, key: 'done', name: 'Done', colorName: 'green' },
};

/** The values of a list parameter, given repeatedly or with commas. */
export const listed = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).flatMap((value) => value.split(',').map((one) => one.trim()));

/** The properties that were asked for by key, or all of them by `*all`. */
export const chosen = (properties: ReadonlyMap<string, unknown>, keys: readonly string[]): object =>
  Object.fromEntries([...properties].filter(([key]) => keys.includes('*all') || keys.includes(key)));

/** How Jira's platform API shows what is on the site. */
export const createJiraBeans = (context: SiteContext) => {
  const { url } = context;

  const statusBean = ({ id, name, category }: Status) => ({
    self: `${url()}/rest/api/3/status/${id}`,
    id,
    name,
    statusCategory: CATEGORY[category],
  });

  const projectBean = () => ({
    self: `${url()}/rest/api/3/project/${PROJECT.id}`,
    id: PROJECT.id,
    key: PROJECT.key,
    name: PROJECT.name,
    projectTypeKey: 'service_desk',
  });

  /** @param status what the reader takes for the status; a search sees a former one for a while */
  const fieldsOf = (issue: Issue, status: Status, names: readonly string[]): object => {
    const all: Record<string, unknown> = {
      summary: issue.summary,
      issuetype: { ...context.site.issueTypeOf(issue.type), subtask: false },
      status: statusBean(status),
      project: projectBean(),
      reporter: jiraUser(context, issue.reporter),
      creator: jiraUser(context, issue.creator),
      assignee: issue.assignee === null ? null : jiraUser(context, issue.assignee),
      created: jiraDate(issue.created),
      updated: jiraDate(issue.updated),
    };
    if (names.includes('*all') || names.includes('*navigable')) return all;
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  };

  const issueBean = (issue: Issue, fields: readonly string[], properties: readonly string[]) => ({
    id: issue.id,
    key: issue.key,
    self: `${url()}/rest/api/3/issue/${issue.id}`,
    fields: fieldsOf(issue, issue.status, fields),
    ...(properties.length > 0 ? { properties: chosen(issue.properties, properties) } : {}),
  });

  const transitionBean = (issue: Issue, { id, name, to }: Transition) => ({
    id,
    name,
    to: statusBean(issue.type.workflow.statuses.find((status) => status.name === to) ?? issue.status),
    hasScreen: false,
    isGlobal: false,
    isInitial: false,
    isAvailable: true,
    isConditional: false,
  });

  const commentBean = (issue: Issue, comment: Comment) => ({
    self: `${url()}/rest/api/3/issue/${issue.id}/comment/${comment.id}`,
    id: comment.id,
    author: jiraUser(context, comment.author),
    body: documentOf(comment.body),
    created: comment.created.toISOString(),
    updateAuthor: jiraUser(context, comment.updateAuthor),
    updated: comment.updated.toISOString(),
    jsdPublic: comment.public,
  });

  return { statusBean, projectBean, fieldsOf, issueBean, transitionBean, commentBean };
};
