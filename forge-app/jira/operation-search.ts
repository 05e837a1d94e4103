import { route } from '@forge/api';
import { z } from 'zod';
import { RequestKey } from '../../aws-bridge/contract/identifiers';
import type { JiraClient } from './jira-client';

const Page = z.object({
  issues: z.array(
    z.object({
      key: RequestKey,
      fields: z.object({
        summary: z.string(),
        created: z
          .string()
          .transform((text) => new Date(text))
          .pipe(z.date()),
        status: z.object({ name: z.string() }),
      }),
      properties: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  nextPageToken: z.string().nullish(),
});
const Count = z.object({ count: z.int().nonnegative() });

export interface FoundRequest {
  readonly key: string;
  readonly summary: string;
  readonly created: Date;
  readonly status: string;
  /** The value of the property that was asked for. */
  readonly property: unknown;
}

/** Requests by query, as whoever the client is of may see them. Jira's index lags behind by seconds. */
export interface OperationSearch {
  /** @param token of the page before; null for the first */
  readonly page: (query: {
    readonly jql: string;
    readonly property: string;
    readonly size: number;
    readonly token: string | null;
  }) => Promise<{ readonly found: readonly FoundRequest[]; readonly next: string | null }>;
  /** How many there are, about. */
  readonly count: (jql: string) => Promise<number>;
}

export const createOperationSearch = (jira: JiraClient): OperationSearch => ({
  page: async ({ jql, property, size, token }) => {
    const { issues, nextPageToken } = await jira.read(
      Page,
      'the operations of the project',
      jira.requestJira(route`/rest/api/3/search/jql`, {
        method: 'POST',
        body: JSON.stringify({
          jql,
          fields: ['summary', 'created', 'status'],
          properties: [property],
          maxResults: size,
          ...(token !== null && { nextPageToken: token }),
        }),
      }),
    );
    return {
      found: issues.map(({ key, fields, properties }) => ({
        key,
        summary: fields.summary,
        created: fields.created,
        status: fields.status.name,
        property: properties?.[property],
      })),
      next: nextPageToken ?? null,
    };
  },

  count: async (jql) => {
    const { count } = await jira.read(
      Count,
      'the number of operations',
      jira.requestJira(route`/rest/api/3/search/approximate-count`, {
        method: 'POST',
        body: JSON.stringify({ jql }),
      }),
    );
    return count;
  },
});
