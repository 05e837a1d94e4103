import { route } from '@forge/api';
import { z } from 'zod';
import { type Approval, ApprovalPage } from '../approval/judge-approval';
import { type JiraClient, JiraNotFound } from './jira-client';

const CustomerRequest = z.object({ requestTypeId: z.string() });
const CommentPage = z.object({ isLastPage: z.boolean(), values: z.array(z.object({ body: z.string() })) });
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
const OrganizationPage = z.object({ isLastPage: z.boolean(), values: z.array(z.object({ id: z.string() })) });

const PAGE = 50;
/** Pages read of any listing; a request with thousands of comments is not one of ours to read to the end. */
const MAX_PAGES = 20;

export interface AuthoredComment {
  readonly author: string;
  readonly created: Date;
  readonly body: string;
}

export interface CustomerRequests {
  /** @returns undefined where the issue is no customer request */
  readonly requestTypeOf: (issueId: string) => Promise<string | undefined>;
  readonly approvalsOf: (issueId: string) => Promise<readonly Approval[]>;
  readonly addComment: (
    issueId: string,
    comment: { readonly body: string; readonly public: boolean },
  ) => Promise<void>;
  /** Whether a comment of the request, public or internal, holds this text. */
  readonly hasComment: (issueId: string, text: string) => Promise<boolean>;
  /** Those whose author Jira names. */
  readonly publicCommentsOf: (issueId: string) => Promise<readonly AuthoredComment[]>;
  /** Ids of the organizations that a customer belongs to. */
  readonly organizationsOf: (accountId: string) => Promise<readonly string[]>;
}

export const createCustomerRequests = (jira: JiraClient): CustomerRequests => {
  const pages = async function* <
    Page extends { readonly isLastPage: boolean; readonly values: readonly unknown[] },
  >(read: (start: number) => Promise<Page>): AsyncGenerator<Page> {
    let start = 0;
    for (let count = 0; count < MAX_PAGES; count += 1) {
      const page = await read(start);
      yield page;
      if (page.isLastPage || page.values.length === 0) return;
      start += page.values.length;
    }
  };

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
      for await (const page of pages(read)) approvals.push(...page.values);
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

    hasComment: async (issueId, text) => {
      const read = (start: number) =>
        jira.read(
          CommentPage,
          `the comments of ${issueId}`,
          jira.requestJira(
            route`/rest/servicedeskapi/request/${issueId}/comment?public=true&internal=true&start=${start}&limit=${PAGE}`,
          ),
        );
      for await (const page of pages(read)) {
        if (page.values.some(({ body }) => body.split('\n').some((line) => line.trim() === text)))
          return true;
      }
      return false;
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
      for await (const page of pages(read)) {
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
      for await (const page of pages(read)) organizations.push(...page.values.map(({ id }) => id));
      return organizations;
    },
  };
};
