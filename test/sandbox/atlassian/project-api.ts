import { z } from 'zod';
import { chosen, createJiraBeans, listed } from './jira-beans';
import { empty, json } from './loopback';
import { PROJECT } from './jira-site';
import { has } from './people';
import { JqlRefused, search } from './jql';
import { bodyOf, type Call, jiraError, licensed, platformPage, type Route, type SiteContext } from './routes';

const SearchBody = z.object({
  jql: z.string().default(''),
  fields: z.array(z.string()).default(['id']),
  properties: z.array(z.string()).max(5).default([]),
  maxResults: z.number().int().positive().default(50),
  nextPageToken: z.string().optional(),
});

/** The search and the project with its properties: Jira's platform REST API v3. */
export const projectRoutes = (context: SiteContext): Route[] => {
  const { site, aliases, now, url } = context;
  const { projectBean, issueBean, fieldsOf } = createJiraBeans(context);
  const project = '/rest/api/3/project/{projectIdOrKey}';
  const read = 'read:jira-work';
  const property = ({ path }: Call): string => path['propertyKey'] ?? '';

  const projectOf = ({ path, caller }: Call): void => {
    const wanted = path['projectIdOrKey'];
    if (!licensed(caller) || (wanted !== PROJECT.id && wanted !== PROJECT.key)) {
      throw jiraError(404, `No project could be found with key '${wanted ?? ''}'.`);
    }
  };

  const administered = (call: Call): void => {
    projectOf(call);
    if (!has(call.caller.account, 'ADMINISTER_PROJECTS'))
      throw jiraError(403, 'You have no permission to edit this project.');
  };

  const found = (call: Call) => {
    if (!licensed(call.caller)) throw jiraError(403, 'You are not permitted to search.');
    const { jql, fields, properties, maxResults, nextPageToken } = bodyOf(SearchBody, call.body);
    try {
      const issues = search(jql, site.indexed(), { now: now(), project: PROJECT, aliases });
      const from =
        nextPageToken === undefined ? 0 : Number(Buffer.from(nextPageToken, 'base64url').toString());
      const to = from + Math.min(maxResults, 100);
      const page = issues.slice(from, to).flatMap(({ id, status, properties: indexed }) => {
        const issue = site.find(id);
        if (!issue) return [];
        if (fields.every((field) => field === 'id')) return [{ id }];
        const bean = { ...issueBean(issue, [], []), fields: fieldsOf(issue, status, fields) };
        return [properties.length > 0 ? { ...bean, properties: chosen(indexed, properties) } : bean];
      });
      const isLast = to >= issues.length;
      const next = isLast ? {} : { nextPageToken: Buffer.from(String(to)).toString('base64url') };
      return json(200, { issues: page, isLast, ...next });
    } catch (error) {
      if (error instanceof JqlRefused) throw jiraError(400, error.message);
      throw error;
    }
  };

  return [
    { method: 'POST', template: '/rest/api/3/search/jql', scope: read, answer: found },
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
        const status = site.projectProperties.has(property(call)) ? 200 : 201;
        site.projectProperties.set(property(call), structuredClone(call.body));
        return empty(status);
      },
    },
    {
      method: 'GET',
      template: '/rest/api/3/project/search',
      scope: read,
      answer: ({ query, caller }) => {
        const ofType = query.get('typeKey') ?? 'service_desk';
        const visible = licensed(caller) && ofType.split(',').includes('service_desk');
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
