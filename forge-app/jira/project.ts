import { route } from '@forge/api';
import { z } from 'zod';
import { type JiraClient, JiraNotFound } from './jira-client';

const Property = z.object({ value: z.unknown() });
const ProjectPage = z.object({
  isLast: z.boolean(),
  values: z.array(z.object({ key: z.string(), properties: z.record(z.string(), z.unknown()).optional() })),
});

const PAGE = 50;
const MAX_PAGES = 40;

export interface Projects {
  /** The value of a project's property; undefined where it has none. */
  readonly property: (projectId: string, key: string) => Promise<unknown>;
  /** Keys of the service projects that have a property. */
  readonly withProperty: (key: string) => Promise<readonly string[]>;
}

export const createProjects = (jira: JiraClient): Projects => ({
  property: async (projectId, key) => {
    try {
      const { value } = await jira.read(
        Property,
        `the property ${key} of project ${projectId}`,
        jira.requestJira(route`/rest/api/3/project/${projectId}/properties/${key}`),
      );
      return value;
    } catch (error) {
      if (error instanceof JiraNotFound) return undefined;
      throw error;
    }
  },

  withProperty: async (key) => {
    const found: string[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { values, isLast } = await jira.read(
        ProjectPage,
        'the service projects',
        jira.requestJira(
          route`/rest/api/3/project/search?typeKey=service_desk&properties=${key}&startAt=${page * PAGE}&maxResults=${PAGE}`,
        ),
      );
      found.push(...values.filter(({ properties }) => properties?.[key] !== undefined).map((one) => one.key));
      if (isLast) break;
    }
    return found;
  },
});
