import { route } from '@forge/api';
import { z } from 'zod';
import { type Approval, ApprovalPage } from '../approval/judge-approval';
import { linesOf } from './document';
import { JiraAnswerUnreadable, type JiraClient, JiraNotFound } from './jira-client';

const CustomerRequest = z.object({ requestTypeId: z.string() });
const AuthoredPage = z.object({
  isLastPage: z.boolean(),
  values: z.array(
    z.object({
      body: z.string(),
      public: z.boolean(),
      /** Missing, in part or whole, where they are not there any more. */
      author: z.object({ accountId: z.string().optional() }).nullish(),
      created: z.object({ epochMillis: z.int().nonnegative().max(8.64e15) }),
    }),
  ),
});
const OwnPage = z.object({
  isLastPage: z.boolean(),
  values: z.array(
    z.object({
      id: z.string().regex(/^\d{1,19}$/),
      body: z.string(),
      public: z.boolean(),
      author: z.object({ accountId: z.string().optional() }).nullish(),
      created: z.object({ epochMillis: z.int().nonnegative() }),
    }),
  ),
});
/** The platform's view of a comment, which tells who wrote it last; a service desk's does not. */
const Written = z.object({ updateAuthor: z.object({ accountId: z.string() }).nullish() });
/** The platform's listing, which can begin with the newest; a service desk's has no order that is told. */
const NewestPage = z.object({
  total: z.int().nonnegative(),
  comments: z.array(
    z.object({ author: z.object({ accountId: z.string().optional() }).nullish(), body: z.unknown() }),
  ),
});
const Myself = z.object({ accountId: z.string() });
const OrganizationPage = z.object({ isLastPage: z.boolean(), values: z.array(z.object({ id: z.string() })) });

const PAGE = 50;
/** Pages read of any listing: Forge lets an app make a hundred requests a minute. */
const MAX_PAGES = 20;

export interface AuthoredComment {
  readonly author: string;
  readonly created: Date;
  readonly body: string;
}

/** A comment that the app has written, as it stands now. */
export interface OwnComment {
  /** By Jira's clock. */
  readonly created: Date;
  readonly body: string;
  readonly public: boolean;
  /** Whether somebody else has written it anew, or Jira does not say who wrote it last. */
  readonly edited: boolean;
}

export interface CustomerRequests {
  /** @returns undefined where the issue is no customer request */
  readonly requestTypeOf: (issueId: string) => Promise<string | undefined>;
  /** @throws JiraAnswerUnreadable where there are more than a thousand: the one that counts could be among the rest */
  readonly approvalsOf: (issueId: string) => Promise<readonly Approval[]>;
  readonly addComment: (
    issueId: string,
    comment: { readonly body: string; readonly public: boolean },
  ) => Promise<void>;
  /**
   * Whether a comment that the app has written on the request, public or internal, holds this line; of the newest thousand. It is
   * asked about one that may have been written a moment ago, and to say again what was said a thousand comments before does no harm.
   */
  readonly hasComment: (issueId: string, line: string) => Promise<boolean>;
  /**
   * Those whose author Jira names.
   * @throws JiraAnswerUnreadable where there are more than a thousand
   */
  readonly publicCommentsOf: (issueId: string) => Promise<readonly AuthoredComment[]>;
  /**
   * The app's own comments of a request that hold this line; of the first thousand. What is decided about is shown before anything
   * else is said, and where nothing there shows it, nobody has approved it.
   */
  readonly ownComments: (issueId: string, line: string) => Promise<readonly OwnComment[]>;
  /**
   * Ids of the organizations that a customer belongs to.
   * @throws JiraAnswerUnreadable where there are more than a thousand
   */
  readonly organizationsOf: (accountId: string) => Promise<readonly string[]>;
}

const holds = (lines: readonly string[], line: string): boolean =>
  lines.some((candidate) => candidate.trim() === line);

export const createCustomerRequests = (jira: JiraClient): CustomerRequests => {
  /** @param more names what is listed, where a part of it says nothing: more of it than is read is an error */
  const pages = async function* <
    Page extends { readonly isLastPage: boolean; readonly values: readonly unknown[] },
  >(read: (start: number) => Promise<Page>, more?: string): AsyncGenerator<Page> {
    let start = 0;
    for (let count = 0; count < MAX_PAGES; count += 1) {
      const page = await read(start);
      yield page;
      if (page.isLastPage || page.values.length === 0) return;
      start += page.values.length;
    }
    if (more !== undefined) {
      throw new JiraAnswerUnreadable(
        `Jira has more ${more} than the ${start} that the app reads, and nothing is read out of a part of them`,
      );
    }
  };

  let myself: string | undefined;
  /** The account that the app acts as, which stays the same. */
  const me = async (): Promise<string> =>
    (myself ??= (
      await jira.read(Myself, 'the app’s own account', jira.requestJira(route`/rest/api/3/myself`))
    ).accountId);

  return {
    requestTypeOf: async (issueId) => {
      try {
        const request = await jira.read(
          CustomerRequest,
          `customer request ${issueId}`,
          jira.requestJira(route`/rest/servicedeskapi/request/${issueId}`),
        );
        return request.requestTypeId;
      } catch (error) {
        if (error instanceof JiraNotFound) return undefined;
        throw error;
      }
    },

    approvalsOf: async (issueId) => {
      const approvals: Approval[] = [];
      const read = (start: number) =>
        jira.read(
          ApprovalPage,
          `the approvals of ${issueId}`,
          jira.requestJira(
            route`/rest/servicedeskapi/request/${issueId}/approval?start=${start}&limit=${PAGE}`,
          ),
        );
      for await (const page of pages(read, `approvals of ${issueId}`)) approvals.push(...page.values);
      return approvals;
    },

    addComment: (issueId, comment) =>
      jira.done(
        `a comment on ${issueId}`,
        jira.requestJira(route`/rest/servicedeskapi/request/${issueId}/comment`, {
          method: 'POST',
          body: JSON.stringify(comment),
        }),
      ),

    // Anybody who may comment could write such a line, and the app would take its own comment for written.
    hasComment: async (issueId, line) => {
      const own = await me();
      let start = 0;
      for (let count = 0; count < MAX_PAGES; count += 1) {
        const { comments, total } = await jira.read(
          NewestPage,
          `the newest comments of ${issueId}`,
          jira.requestJira(
            route`/rest/api/3/issue/${issueId}/comment?orderBy=-created&startAt=${start}&maxResults=${PAGE}`,
          ),
        );
        if (comments.some(({ author, body }) => author?.accountId === own && holds(linesOf(body), line)))
          return true;
        start += comments.length;
        if (comments.length === 0 || start >= total) return false;
      }
      return false;
    },

    ownComments: async (issueId, line) => {
      const own = await me();
      const found: OwnComment[] = [];
      const read = (start: number) =>
        jira.read(
          OwnPage,
          `the comments of ${issueId}`,
          jira.requestJira(
            route`/rest/servicedeskapi/request/${issueId}/comment?public=true&internal=true&start=${start}&limit=${PAGE}`,
          ),
        );
      for await (const page of pages(read)) {
        for (const { id, body, public: visible, author, created } of page.values) {
          if (author?.accountId !== own || !holds(body.split('\n'), line)) continue;
          const { updateAuthor } = await jira.read(
            Written,
            `comment ${id} of ${issueId}`,
            jira.requestJira(route`/rest/api/3/issue/${issueId}/comment/${id}`),
          );
          found.push({
            created: new Date(created.epochMillis),
            body,
            public: visible,
            edited: updateAuthor?.accountId !== own,
          });
        }
      }
      return found;
    },

    publicCommentsOf: async (issueId) => {
      const comments: AuthoredComment[] = [];
      const read = (start: number) =>
        jira.read(
          AuthoredPage,
          `the comments of ${issueId}`,
          jira.requestJira(
            route`/rest/servicedeskapi/request/${issueId}/comment?public=true&internal=false&start=${start}&limit=${PAGE}`,
          ),
        );
      for await (const page of pages(read, `public comments of ${issueId}`)) {
        for (const { public: visible, body, author, created } of page.values) {
          if (!visible || author?.accountId === undefined) continue;
          comments.push({ body, author: author.accountId, created: new Date(created.epochMillis) });
        }
      }
      return comments;
    },

    organizationsOf: async (accountId) => {
      const organizations: string[] = [];
      const read = (start: number) =>
        jira.read(
          OrganizationPage,
          `the organizations of ${accountId}`,
          jira.requestJira(
            route`/rest/servicedeskapi/organization?accountId=${accountId}&start=${start}&limit=${PAGE}`,
          ),
        );
      for await (const page of pages(read, `organizations of ${accountId}`)) {
        organizations.push(...page.values.map(({ id }) => id));
      }
      return organizations;
    },
  };
};
