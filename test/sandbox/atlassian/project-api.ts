import { z } from 'zod';
import { chosen, createJiraBeans, listed } from './jira-beans';
import { empty, json } from './loopback';
import { PROJECT } from './jira-site';
import { has, seesIssues } from './people';
import { count, type JqlContext, search } from './jql';
import { JqlRefused } from './jql-syntax';
import {
  bodyOf,
  type Call,
  jiraError,
  platformPage,
  propertyValueOf,
  type Route,
  type SiteContext,
} from './routes';

const SearchBody = z.object({
  jql: z.string().default(''),
  fields: z.array(z.string()).default(['id']),
  properties: z.array(z.string()).max(5).default([]),
  maxResults: z.number().int().positive().default(50),
  nextPageToken: z.string().optional(),
});

const CountBody = z.object({ jql: z.string().default('') });
const Token = z.tuple([z.number().int().nonnegative(), z.string()]);

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The search and the project with its properties: Jira's platform REST API v3. */
export const projectRoutes = (context: SiteContext): Route[] => {
  const { site, aliases, now, url } = context;
  const { projectBean, issueBean, fieldsOf } = createJiraBeans(context);
  const project = '/rest/api/3/project/{projectIdOrKey}';
  const read = 'read:jira-work';
  const property = ({ path }: Call): string => path['propertyKey'] ?? '';

  const projectOf = ({ path, caller }: Call): void => {
    const wanted = path['projectIdOrKey'];
    if (!has(caller.account, 'BROWSE_PROJECTS') || (wanted !== PROJECT.id && wanted !== PROJECT.key)) {
      throw jiraError(404, `No project could be found with key '${wanted ?? ''}'.`);
    }
  };

  const administered = (call: Call): void => {
    projectOf(call);
    if (!has(call.caller.account, 'ADMINISTER_PROJECTS'))
      throw jiraError(403, 'You have no permission to edit this project.');
  };

  /** What somebody searches: nothing is there for whoever may not browse the project. */
  const searched = <Found>(call: Call, find: (context: JqlContext) => Found): Found => {
    const visible = has(call.caller.account, 'BROWSE_PROJECTS');
    try {
      return find({ now: now(), project: visible ? PROJECT : undefined, aliases });
    } catch (error) {
      if (error instanceof JqlRefused) throw jiraError(400, error.message);
      throw error;
    }
  };

  const indexed = ({ caller }: Call) => (seesIssues(caller.account) ? site.indexed() : []);

  const found = (call: Call) => {
    const { jql, fields, properties, maxResults, nextPageToken } = bodyOf(SearchBody, call.body);
    const issues = searched(call, (whose) => search(jql, indexed(call), whose));
    const from = nextPageToken === undefined ? 0 : tokenOf(nextPageToken, jql);
    const to = from + Math.min(maxResults, 100);
    const page = issues.slice(from, to).flatMap(({ id, status, properties: indexed }) => {
      const issue = site.find(id);
      if (!issue) return [];
      if (fields.every((field) => field === 'id')) return [{ id }];
      const bean = { ...issueBean(issue, [], []), fields: fieldsOf(issue, status, fields) };
      return [properties.length > 0 ? { ...bean, properties: chosen(indexed, properties) } : bean];
    });
    const isLast = to >= issues.length;
    const next = isLast
      ? {}
      : { nextPageToken: Buffer.from(JSON.stringify([to, jql])).toString('base64url') };
    return json(200, { issues: page, isLast, ...next });
  };

  /** A token belongs to its query. */
  const tokenOf = (token: string, jql: string): number => {
    const read = Token.safeParse(parsedJson(Buffer.from(token, 'base64url').toString()));
    if (!read.success || read.data[1] !== jql) throw jiraError(400, 'The nextPageToken is invalid.');
    return read.data[0];
  };

  const counted = (call: Call) => {
    const { jql } = bodyOf(CountBody, call.body);
    return json(200, { count: searched(call, (whose) => count(jql, indexed(call), whose)) });
  };

  return [
    { method: 'POST', template: '/rest/api/3/search/jql', scope: read, answer: found },
    { method: 'POST', template: '/rest/api/3/search/approximate-count', scope: read, answer: counted },
    {
      method: 'GET',
      template: `${project}/properties/{propertyKey}`,
      scope: read,
      answer: (call) => {
        projectOf(call);
        const key = property(call);
        if (!site.projectProperties.has(key))
          throw jiraError(404, `The property with key ${key} does not exist.`);
        return json(200, { key, value: site.projectProperties.get(key) });
      },
    },
    {
      method: 'PUT',
      template: `${project}/properties/{propertyKey}`,
      scope: 'manage:jira-project',
      answer: (call) => {
        administered(call);
        const key = property(call);
        const value = propertyValueOf(key, call);
        const status = site.projectProperties.has(key) ? 200 : 201;
        site.projectProperties.set(key, structuredClone(value));
        return empty(status);
      },
    },
    {
      method: 'DELETE',
      template: `${project}/properties/{propertyKey}`,
      scope: 'manage:jira-project',
      answer: (call) => {
        administered(call);
        const key = property(call);
        if (!site.projectProperties.delete(key))
          throw jiraError(404, `The property with key ${key} does not exist.`);
        return empty(204);
      },
    },
    {
      method: 'GET',
      template: '/rest/api/3/project/search',
      scope: read,
      answer: ({ query, caller }) => {
        const ofType = query.get('typeKey') ?? 'service_desk';
        const wanted = query.getAll('id');
        const visible =
          has(caller.account, 'BROWSE_PROJECTS') &&
          ofType.split(',').includes('service_desk') &&
          (wanted.length === 0 || wanted.includes(PROJECT.id));
        const keys = listed(query, 'properties');
        const bean = {
          ...projectBean(),
          ...(keys.length > 0 ? { properties: chosen(site.projectProperties, keys) } : {}),
        };
        return json(200, {
          self: `${url()}/rest/api/3/project/search`,
          ...platformPage(visible ? [bean] : [], query),
        });
      },
    },
  ];
};
