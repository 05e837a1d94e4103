import { route } from '@forge/api';
import { z } from 'zod';
import { type JiraClient, JiraNotFound, type Read } from './jira-client';

const Property = z.object({ value: z.unknown() });
const ProjectPage = z.object({
  isLast: z.boolean(),
  values: z.array(
    z.object({ id: z.string(), key: z.string(), properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

const PAGE = 50;
const MAX_PAGES = 40;
/** Properties that are remembered; one has 32,768 characters at most. */
const REMEMBERED = 50;
/** The same for what is read together, up to fifty properties. */
const REMEMBERED_TOGETHER = 5;

export interface ProjectWithProperty {
  readonly id: string;
  readonly key: string;
  readonly value: unknown;
}

export interface Projects {
  /** The value of a project's property, the same object as long as it stays the same; undefined where it has none. */
  readonly property: (projectId: string, key: string) => Promise<unknown>;
  /** Several properties of a project in one request, likewise; those that it does not have are left out. */
  readonly properties: (
    projectId: string,
    keys: readonly string[],
  ) => Promise<Readonly<Record<string, unknown>>>;
  /** The service projects that have a property, with its value. */
  readonly withProperty: (key: string) => Promise<readonly ProjectWithProperty[]>;
}

/** What was read last, so that the same text is not read once more. */
const createMemory = <Value>(most: number) => {
  const known = new Map<string, Read<Value>>();
  return {
    of: (name: string): Read<Value> | undefined => known.get(name),
    keep: (name: string, read: Read<Value>): Value => {
      known.delete(name);
      known.set(name, read);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
      return read.value;
    },
  };
};

export const createProjects = (jira: JiraClient): Projects => {
  const single = createMemory<z.infer<typeof Property>>(REMEMBERED);
  const together = createMemory<z.infer<typeof ProjectPage>>(REMEMBERED_TOGETHER);

  return {
    property: async (projectId, key) => {
      const name = `the property ${key} of project ${projectId}`;
      const answer = jira.requestJira(route`/rest/api/3/project/${projectId}/properties/${key}`);
      try {
        return single.keep(name, await jira.readUnlessSame(Property, name, answer, single.of(name))).value;
      } catch (error) {
        if (error instanceof JiraNotFound) return undefined;
        throw error;
      }
    },

    properties: async (projectId, keys) => {
      const name = `the properties ${keys.join(', ')} of project ${projectId}`;
      const answer = jira.requestJira(
        route`/rest/api/3/project/search?id=${projectId}&properties=${keys.join(',')}`,
      );
      const { values } = together.keep(
        name,
        await jira.readUnlessSame(ProjectPage, name, answer, together.of(name)),
      );
      return values.find(({ id }) => id === projectId)?.properties ?? {};
    },

    withProperty: async (key) => {
      const found: ProjectWithProperty[] = [];
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const { values, isLast } = await jira.read(
          ProjectPage,
          'the service projects',
          jira.requestJira(
            route`/rest/api/3/project/search?typeKey=service_desk&properties=${key}&startAt=${page * PAGE}&maxResults=${PAGE}`,
          ),
        );
        found.push(
          ...values
            .map((project) => ({ id: project.id, key: project.key, value: project.properties?.[key] }))
            .filter(({ value }) => value !== undefined),
        );
        if (isLast) break;
      }
      return found;
    },
  };
};
