import { z } from 'zod';
import { Document, textOf } from './adf';
import { createJiraBeans, listed } from './jira-beans';
import { empty, json } from './loopback';
import type { Comment, Issue } from './jira-site';
import { has, type Permission, seesIssues } from './people';
import { offered, type Transition } from './workflow';
import {
  bodyOf,
  type Call,
  jiraError,
  platformPage,
  propertyValueOf,
  type Route,
  type SiteContext,
} from './routes';

const NO_ISSUE = 'Issue does not exist or you do not have permission to see it.';

const TransitionBody = z.strictObject({ transition: z.looseObject({ id: z.string() }) });
const CommentBody = z.object({
  body: Document,
  properties: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
});
const NewBody = z.strictObject({ body: Document });
const NewFields = z.strictObject({
  fields: z.strictObject({ reporter: z.strictObject({ accountId: z.string() }) }),
});
const Internal = z.object({ internal: z.literal(true) });

/** Issues, their properties, transitions and comments: Jira's platform REST API v3. */
export const jiraRoutes = (context: SiteContext): Route[] => {
  const { site } = context;
  const { issueBean, transitionBean, commentBean } = createJiraBeans(context);

  const issueOf = ({ path, caller }: Call): Issue => {
    const issue = site.find(path['issueIdOrKey'] ?? '');
    if (!issue || !seesIssues(caller.account)) throw jiraError(404, NO_ISSUE);
    return issue;
  };

  const issueFor = (permission: Permission, call: Call): Issue => {
    const issue = issueOf(call);
    if (!has(call.caller.account, permission)) throw jiraError(403, `You lack the permission ${permission}.`);
    return issue;
  };

  const transitionsOf = (issue: Issue): Transition[] =>
    offered(issue.type.workflow, issue.status.name, site.pendingApproval(issue) !== undefined);

  const commentOf = (issue: Issue, { path }: Call): Comment => {
    const comment = issue.comments.find(({ id }) => id === path['id']);
    if (!comment) throw jiraError(404, `Can not find a comment for the id: ${path['id'] ?? ''}.`);
    return comment;
  };

  const base = '/rest/api/3/issue/{issueIdOrKey}';
  const read = 'read:jira-work';
  const write = 'write:jira-work';
  const property = ({ path }: Call): string => path['propertyKey'] ?? '';

  return [
    {
      method: 'GET',
      template: base,
      scope: read,
      answer: (call) => {
        const fields = listed(call.query, 'fields');
        const wanted = fields.length > 0 ? fields : ['*all'];
        return json(200, issueBean(issueOf(call), wanted, listed(call.query, 'properties')));
      },
    },
    {
      method: 'PUT',
      template: base,
      scope: write,
      answer: (call) => {
        const issue = issueFor('EDIT_ISSUES', call);
        const { accountId } = bodyOf(NewFields, call.body).fields.reporter;
        issueFor('MODIFY_REPORTER', call);
        if (!context.directory.find(accountId)) throw jiraError(400, 'The reporter specified is not a user.');
        site.setReporter(issue, accountId);
        return empty(204);
      },
    },
    {
      method: 'DELETE',
      template: base,
      scope: write,
      answer: (call) => {
        site.remove(issueFor('DELETE_ISSUES', call));
        return empty(204);
      },
    },
    {
      method: 'GET',
      template: `${base}/properties/{propertyKey}`,
      scope: read,
      answer: (call) => {
        const { properties } = issueOf(call);
        const key = property(call);
        if (!properties.has(key)) throw jiraError(404, `The property with key ${key} does not exist.`);
        return json(200, { key, value: properties.get(key) });
      },
    },
    {
      method: 'PUT',
      template: `${base}/properties/{propertyKey}`,
      scope: write,
      answer: (call) => {
        const issue = issueFor('EDIT_ISSUES', call);
        const key = property(call);
        const value = propertyValueOf(key, call);
        const status = issue.properties.has(key) ? 200 : 201;
        site.setProperty(issue, key, value);
        return empty(status);
      },
    },
    {
      method: 'DELETE',
      template: `${base}/properties/{propertyKey}`,
      scope: write,
      answer: (call) => {
        site.deleteProperty(issueFor('EDIT_ISSUES', call), property(call));
        return empty(204);
      },
    },
    {
      method: 'GET',
      template: `${base}/transitions`,
      scope: read,
      answer: (call) => {
        const issue = issueOf(call);
        const transitions = transitionsOf(issue).map((one) => transitionBean(issue, one));
        return json(200, { expand: 'transitions', transitions });
      },
    },
    {
      method: 'POST',
      template: `${base}/transitions`,
      scope: write,
      answer: (call) => {
        const issue = issueFor('TRANSITION_ISSUES', call);
        const { id } = bodyOf(TransitionBody, call.body).transition;
        const transition = transitionsOf(issue).find((candidate) => candidate.id === id);
        if (!transition) throw jiraError(400, `Transition id '${id}' is not valid for this issue.`);
        site.move(issue, transition, call.caller.account.accountId);
        return empty(204);
      },
    },
    {
      method: 'GET',
      template: `${base}/comment`,
      scope: read,
      answer: (call) => {
        const issue = issueOf(call);
        const orderBy = call.query.get('orderBy') ?? 'created';
        if (!/^[-+]?created$/.test(orderBy)) throw jiraError(400, `Cannot order comments by ${orderBy}.`);
        const inOrder = orderBy.startsWith('-') ? issue.comments.toReversed() : issue.comments;
        const { values, startAt, maxResults, total } = platformPage(inOrder, call.query, 5000);
        return json(200, {
          startAt,
          maxResults,
          total,
          comments: values.map((one) => commentBean(issue, one)),
        });
      },
    },
    {
      method: 'POST',
      template: `${base}/comment`,
      scope: write,
      answer: (call) => {
        const issue = issueFor('ADD_COMMENTS', call);
        const { body, properties } = bodyOf(CommentBody, call.body);
        const internal = properties.some(
          ({ key, value }) => key === 'sd.public.comment' && Internal.safeParse(value).success,
        );
        const text = body.content.map(textOf).join('').trimEnd();
        return json(
          201,
          commentBean(issue, site.comment(issue, call.caller.account.accountId, text, !internal)),
        );
      },
    },
    {
      method: 'GET',
      template: `${base}/comment/{id}`,
      scope: read,
      answer: (call) => {
        const issue = issueOf(call);
        return json(200, commentBean(issue, commentOf(issue, call)));
      },
    },
    {
      method: 'PUT',
      template: `${base}/comment/{id}`,
      scope: write,
      answer: (call) => {
        const issue = issueFor('EDIT_ALL_COMMENTS', call);
        const comment = commentOf(issue, call);
        const text = bodyOf(NewBody, call.body).body.content.map(textOf).join('').trimEnd();
        site.editComment(issue, comment, call.caller.account.accountId, text);
        return json(200, commentBean(issue, comment));
      },
    },
    {
      method: 'DELETE',
      template: `${base}/comment/{id}`,
      scope: write,
      answer: (call) => {
        const issue = issueFor('DELETE_ALL_COMMENTS', call);
        site.removeComment(issue, commentOf(issue, call));
        return empty(204);
      },
    },
  ];
};
