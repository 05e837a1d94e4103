import { route } from '@forge/api';
import { z } from 'zod';
import type { JiraClient } from './jira-client';

const Found = z.object({
  issues: z.array(
    z.object({
      id: z.string(),
      fields: z.object({
        created: z
          .string()
          .transform((text) => new Date(text))
          .pipe(z.date()),
      }),
      properties: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  nextPageToken: z.string().nullish(),
});

const PAGE = 50;
const MAX_PAGES = 4;

export interface FoundIssue {
  readonly id: string;
  readonly created: Date;
  /** The value of the property that was asked for. */
  readonly property: unknown;
}

export interface IssueSearch {
  /** The first two hundred issues that a query finds, and whether they are all. Jira's index lags behind its issues. */
  readonly first: (
    jql: string,
    propertyKey: string,
  ) => Promise<{ readonly found: readonly FoundIssue[]; readonly all: boolean }>;
}

export const createIssueSearch = (jira: JiraClient): IssueSearch => ({
  first: async (jql, propertyKey) => {
    const found: FoundIssue[] = [];
    let token: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { issues, nextPageToken } = await jira.read(
        Found,
        'a search for requests',
        jira.requestJira(route`/rest/api/3/search/jql`, {
          method: 'POST',
          body: JSON.stringify({
            jql,
            fields: ['created'],
            properties: [propertyKey],
            maxResults: PAGE,
            ...(token !== undefined && { nextPageToken: token }),
          }),
        }),
      );
      found.push(
        ...issues.map(({ id, fields, properties }) => ({
          id,
          created: fields.created,
          property: properties?.[propertyKey],
        })),
      );
      if (!nextPageToken) return { found, all: true };
      token = nextPageToken;
    }
    return { found, all: false };
  },
});
