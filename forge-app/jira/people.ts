import { route } from '@forge/api';
import { z } from 'zod';
import type { JiraClient } from './jira-client';

const FoundGroups = z.object({ groups: z.array(z.object({ groupId: z.string(), name: z.string() })) });
const GroupPage = z.object({ values: z.array(z.object({ groupId: z.string(), name: z.string() })) });
const FoundPeople = z.array(
  z.object({ accountId: z.string(), displayName: z.string(), accountType: z.string().nullish() }),
);
const PeoplePage = z.object({
  values: z.array(z.object({ accountId: z.string(), displayName: z.string() })),
});
const Fields = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    schema: z.object({ custom: z.string().nullish() }).nullish(),
  }),
);

/** Types of custom fields that an approval step may take its approvers from. */
const PICKERS =
  /^com\.atlassian\.(?:servicedesk\.approvals-plugin:sd-approvals|jira\.plugin\.system\.customfieldtypes:(?:multi)?userpicker)$/;

/** Names found, and names asked for in one request, at most. */
const AT_MOST = 50;
/** Requests for the names of groups. */
const PAGES = 20;

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Picking {
  readonly findGroups: (text: string) => Promise<readonly Named[]>;
  /** Names of groups; those that there are. */
  readonly groups: (ids: readonly string[]) => Promise<readonly Named[]>;
  readonly findPeople: (text: string) => Promise<readonly Named[]>;
  readonly people: (ids: readonly string[]) => Promise<readonly Named[]>;
  /** The fields that an approval step may take its approvers from. */
  readonly approverFields: () => Promise<readonly Named[]>;
}

/** What an administrator picks by name, as Jira shows it to them. */
export const createPicking = (asVisitor: JiraClient): Picking => ({
  findGroups: async (text) => {
    const { groups } = await asVisitor.read(
      FoundGroups,
      'a search for groups',
      asVisitor.requestJira(route`/rest/api/3/groups/picker?query=${text}&maxResults=${AT_MOST}`),
    );
    return groups.map(({ groupId, name }) => ({ id: groupId, name }));
  },

  groups: async (ids) => {
    const starts = Array.from(
      { length: Math.min(PAGES, Math.ceil(ids.length / AT_MOST)) },
      (_, page) => page * AT_MOST,
    );
    const pages = starts.map(async (start) => {
      const asked = new URLSearchParams(ids.slice(start, start + AT_MOST).map((id) => ['groupId', id]));
      const { values } = await asVisitor.read(
        GroupPage,
        'the names of groups',
        asVisitor.requestJira(route`/rest/api/3/group/bulk?maxResults=${AT_MOST}&${asked}`),
      );
      return values.map(({ groupId, name }) => ({ id: groupId, name }));
    });
    return (await Promise.all(pages)).flat();
  },

  findPeople: async (text) => {
    const people = await asVisitor.read(
      FoundPeople,
      'a search for people',
      asVisitor.requestJira(route`/rest/api/3/user/search?query=${text}&maxResults=${AT_MOST}`),
    );
    return people
      .filter(({ accountType }) => accountType !== 'app')
      .map(({ accountId, displayName }) => ({ id: accountId, name: displayName }));
  },

  people: async (ids) => {
    if (ids.length === 0) return [];
    const asked = new URLSearchParams(ids.slice(0, AT_MOST).map((id) => ['accountId', id]));
    const { values } = await asVisitor.read(
      PeoplePage,
      'the names of people',
      asVisitor.requestJira(route`/rest/api/3/user/bulk?maxResults=${AT_MOST}&${asked}`),
    );
    return values.map(({ accountId, displayName }) => ({ id: accountId, name: displayName }));
  },

  approverFields: async () => {
    const fields = await asVisitor.read(
      Fields,
      'the fields',
      asVisitor.requestJira(route`/rest/api/3/field`),
    );
    return fields
      .filter(({ schema }) => PICKERS.test(schema?.custom ?? ''))
      .map(({ id, name }) => ({ id, name }));
  },
});
