import { z } from 'zod';
import { type HttpAnswer, json, Refused } from './loopback';
import type { Issue, JiraSite } from './jira-site';
import { accountTypeOf, type Caller, type Directory, seesIssues } from './people';
import type { SearchAlias } from './jql';
import type { Group } from './people';

/** One resource of the site's REST API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As in Atlassian's description, with `{parameters}`. */
  readonly template: string;
  /** The scopes that an app needs, all of them: a classic one, or granular ones where there is no classic one. */
  readonly scope: string | readonly string[];
  /** Answered only to who opts in with a header. */
  readonly experimental?: true;
  readonly answer: (call: Call) => HttpAnswer;
}

export interface Call {
  readonly caller: Caller;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What the routes work on. */
export interface SiteContext {
  readonly site: JiraSite;
  readonly directory: Directory;
  readonly aliases: readonly SearchAlias[];
  readonly groups: readonly Group[];
  readonly now: () => Date;
  /** Base URL of the site, for links. */
  readonly url: () => string;
}

/** A refusal of Jira's platform API. */
export const jiraError = (status: number, ...errorMessages: string[]): Refused =>
  new Refused(json(status, { errorMessages, errors: {} }));

/** A refusal of JSM's API. */
export const deskError = (status: number, errorMessage: string): Refused =>
  new Refused(json(status, { errorMessage, i18nErrorMessage: { i18nKey: 'sandbox', parameters: [] } }));

export const licensed = ({ account }: Pick<Caller, 'account'>): boolean =>
  accountTypeOf(account) === 'licensed';

const isApprover = (issue: Issue, { account }: Pick<Caller, 'account'>): boolean =>
  issue.approvals.some(({ approvers }) => approvers.some(({ accountId }) => accountId === account.accountId));

/** A customer sees the own requests, those that they take part in, and those that wait for the own approval. */
export const sees = (issue: Issue, caller: Pick<Caller, 'account'>): boolean =>
  (licensed(caller) && seesIssues(caller.account)) ||
  issue.reporter === caller.account.accountId ||
  issue.participants.includes(caller.account.accountId) ||
  isApprover(issue, caller);

export const bodyOf = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> => {
  const result = schema.safeParse(body);
  if (!result.success) throw jiraError(400, z.prettifyError(result.error));
  return result.data;
};

/** Characters that Jira lets a property's key and its value have, says the API's description. */
const LONGEST_KEY = 255;
const LONGEST_VALUE = 32_768;

/** What is to be a property's value. */
export const propertyValueOf = (key: string, { body }: Call): unknown => {
  if (body === undefined) throw jiraError(400, 'The property value has to be valid JSON.');
  if (key.length > LONGEST_KEY)
    throw jiraError(400, `The property key has ${key.length} characters, and at most ${LONGEST_KEY}.`);
  const { length } = JSON.stringify(body);
  if (length > LONGEST_VALUE)
    throw jiraError(400, `The value of ${key} has ${length} characters, and at most ${LONGEST_VALUE}.`);
  return body;
};

const numberOf = (query: URLSearchParams, name: string, otherwise: number, most: number): number => {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw jiraError(400, `${name} has to be a number: ${text}`);
  return Math.min(value, most);
};

/** A page as the platform API cuts it: `startAt`, `maxResults`. */
export const platformPage = <Item>(items: readonly Item[], query: URLSearchParams, most = 50) => {
  const startAt = numberOf(query, 'startAt', 0, Infinity);
  const maxResults = numberOf(query, 'maxResults', most, most);
  const values = items.slice(startAt, startAt + maxResults);
  return {
    startAt,
    maxResults,
    total: items.length,
    isLast: startAt + values.length >= items.length,
    values,
  };
};

/** A page as JSM cuts it: `start`, `limit`. */
export const deskPage = (items: readonly object[], query: URLSearchParams, self: string, most = 50) => {
  const start = numberOf(query, 'start', 0, Infinity);
  const limit = numberOf(query, 'limit', most, most);
  const values = items.slice(start, start + limit);
  const isLastPage = start + values.length >= items.length;
  const next = isLastPage ? {} : { next: `${self}?start=${start + values.length}&limit=${limit}` };
  return {
    size: values.length,
    start,
    limit,
    isLastPage,
    _links: { self, base: self, context: '', ...next },
    values,
  };
};

const isoOffset = (date: Date): string => date.toISOString().replace(/\.\d{3}Z$/, '+0000');

/** A date as the platform API writes it. */
export const jiraDate = (date: Date): string => date.toISOString().replace('Z', '+0000');

/** A date as JSM writes it. */
export const deskDate = (date: Date) => ({
  iso8601: isoOffset(date),
  jira: jiraDate(date),
  friendly: date.toUTCString(),
  epochMillis: date.getTime(),
});

export const deskUser = ({ directory, url }: SiteContext, accountId: string) => {
  const account = directory.find(accountId);
  return {
    accountId,
    displayName: account?.displayName ?? 'Former user',
    ...(account?.emailAddress === undefined ? {} : { emailAddress: account.emailAddress }),
    active: account !== undefined,
    timeZone: 'Europe/Berlin',
    _links: {
      jiraRest: `${url()}/rest/api/3/user?accountId=${encodeURIComponent(accountId)}`,
      avatarUrls: {},
    },
  };
};

export const jiraUser = ({ directory, url }: SiteContext, accountId: string) => {
  const account = directory.find(accountId);
  return {
    self: `${url()}/rest/api/3/user?accountId=${encodeURIComponent(accountId)}`,
    accountId,
    accountType: account?.role === 'app' ? 'app' : 'atlassian',
    displayName: account?.displayName ?? 'Former user',
    active: account !== undefined,
    timeZone: 'Europe/Berlin',
  };
};
