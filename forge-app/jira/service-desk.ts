import { route } from '@forge/api';
import { z } from 'zod';
import { AtlassianAccountId, RequestKey } from '../../aws-bridge/contract/identifiers';
import { sameAddress } from '../gate/same-address';
import type { JiraClient } from './jira-client';

const Desk = z.object({ id: z.string() });

/** `emailAddress` is missing where the customer does not let it be seen. */
const CustomerPage = z.object({
  isLastPage: z.boolean(),
  values: z.array(z.object({ accountId: AtlassianAccountId, emailAddress: z.string().nullish() })),
});

const Raised = z.object({
  issueId: z.string().regex(/^\d{1,19}$/),
  issueKey: RequestKey,
  requestTypeId: z.string(),
  reporter: z.object({ accountId: AtlassianAccountId }).nullish(),
  _links: z.object({ web: z.url().optional(), jiraRest: z.url() }),
});

const PAGE = 50;
/** Pages read of the customers that a search for a whole address finds. */
const MAX_PAGES = 4;

export interface CustomerRequest {
  readonly issueId: string;
  readonly requestKey: string;
  readonly requestTypeId: string;
  readonly reporter: string | null;
  readonly link: string;
}

export interface ServiceDesks {
  readonly ofProject: (projectId: string) => Promise<{ readonly id: string }>;
  /**
   * The customer with an e-mail address, whatever its case; undefined where none, or more than one, shows it, and where Jira finds so
   * many for the address that they are not read to the end: another one could be among the rest.
   */
  readonly customerWith: (serviceDeskId: string, email: string) => Promise<string | undefined>;
  /**
   * @param request.onBehalfOf undefined: the app itself is the reporter
   * @throws JiraRefused, and then there is no request
   */
  readonly raise: (request: {
    readonly serviceDeskId: string;
    readonly requestTypeId: string;
    readonly onBehalfOf: string | undefined;
    readonly fields: Readonly<Record<string, unknown>>;
  }) => Promise<CustomerRequest>;
  readonly request: (issueId: string) => Promise<CustomerRequest>;
}

export const createServiceDesks = (jira: JiraClient): ServiceDesks => ({
  ofProject: (projectId) =>
    jira.read(
      Desk,
      `the service desk of project ${projectId}`,
      jira.requestJira(route`/rest/servicedeskapi/servicedesk/${projectId}`),
    ),

  customerWith: async (serviceDeskId, email) => {
    const wanted = email.trim().toLowerCase();
    const found = new Set<string>();
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { values, isLastPage } = await jira.read(
        CustomerPage,
        'the customer with an e-mail address',
        jira.requestJira(
          route`/rest/servicedeskapi/servicedesk/${serviceDeskId}/customer?query=${wanted}&start=${page * PAGE}&limit=${PAGE}`,
          // https://developer.atlassian.com/cloud/jira/service-desk/rest/intro/#experimental
          { headers: { 'X-ExperimentalApi': 'opt-in' } },
        ),
      );
      for (const { accountId, emailAddress } of values) {
        if (emailAddress && sameAddress(emailAddress, email)) found.add(accountId);
      }
      if (isLastPage || values.length === 0) {
        const [only] = found;
        return found.size === 1 ? only : undefined;
      }
    }
    return undefined;
  },

  raise: async ({ serviceDeskId, requestTypeId, onBehalfOf, fields }) =>
    customerRequest(
      await jira.read(
        Raised,
        'a new customer request',
        jira.requestJira(route`/rest/servicedeskapi/request`, {
          method: 'POST',
          body: JSON.stringify({
            serviceDeskId,
            requestTypeId,
            requestFieldValues: fields,
            ...(onBehalfOf !== undefined && { raiseOnBehalfOf: onBehalfOf }),
          }),
        }),
      ),
    ),

  request: async (issueId) =>
    customerRequest(
      await jira.read(
        Raised,
        `customer request ${issueId}`,
        jira.requestJira(route`/rest/servicedeskapi/request/${issueId}`),
      ),
    ),
});

const customerRequest = (raised: z.infer<typeof Raised>): CustomerRequest => ({
  issueId: raised.issueId,
  requestKey: raised.issueKey,
  requestTypeId: raised.requestTypeId,
  reporter: raised.reporter?.accountId ?? null,
  link: raised._links.web ?? new URL(`/browse/${raised.issueKey}`, raised._links.jiraRest).toString(),
});
