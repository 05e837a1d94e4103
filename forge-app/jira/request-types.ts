import { route } from '@forge/api';
import { z } from 'zod';
import type { JiraClient } from './jira-client';

const TypePage = z.object({
  isLastPage: z.boolean(),
  values: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      issueTypeId: z.string(),
      groupIds: z.array(z.string()).nullish(),
    }),
  ),
});
const Created = z.object({ id: z.string(), name: z.string(), issueTypeId: z.string() });
const Fields = z.object({
  requestTypeFields: z.array(z.object({ fieldId: z.string(), name: z.string(), required: z.boolean() })),
});
const OrganizationPage = z.object({
  isLastPage: z.boolean(),
  values: z.array(z.object({ id: z.string(), name: z.string() })),
});

const PAGE = 50;
/** Pages read of a service desk's lists. */
const MAX_PAGES = 20;

export interface RequestType {
  readonly id: string;
  readonly name: string;
  readonly issueTypeId: string;
  /** Whether it stands in a group of the portal; customers see no other. */
  readonly inPortal: boolean;
}

export interface RequestTypes {
  readonly list: (serviceDeskId: string) => Promise<readonly RequestType[]>;
  /** Those that its form asks for. */
  readonly fieldsOf: (
    serviceDeskId: string,
    requestTypeId: string,
  ) => Promise<readonly { readonly id: string; readonly name: string; readonly required: boolean }[]>;
  readonly organizations: (
    serviceDeskId: string,
  ) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Creates one as whoever looks at the page. It stands in no group of the portal, and its form asks for what is required. */
  readonly create: (
    serviceDeskId: string,
    type: { readonly name: string; readonly description: string; readonly issueTypeId: string },
  ) => Promise<RequestType>;
}

export const createRequestTypes = ({
  asApp,
  asVisitor,
}: {
  readonly asApp: JiraClient;
  readonly asVisitor: JiraClient;
}): RequestTypes => {
  const all = async <Item>(
    read: (start: number) => Promise<{ readonly isLastPage: boolean; readonly values: readonly Item[] }>,
  ): Promise<readonly Item[]> => {
    const items: Item[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { values, isLastPage } = await read(page * PAGE);
      items.push(...values);
      if (isLastPage || values.length === 0) break;
    }
    return items;
  };

  return {
    list: async (serviceDeskId) => {
      const types = await all((start) =>
        asApp.read(
          TypePage,
          'the request types',
          asApp.requestJira(
            route`/rest/servicedeskapi/servicedesk/${serviceDeskId}/requesttype?start=${start}&limit=${PAGE}`,
          ),
        ),
      );
      return types.map(({ id, name, issueTypeId, groupIds }) => ({
        id,
        name,
        issueTypeId,
        inPortal: (groupIds ?? []).length > 0,
      }));
    },

    fieldsOf: async (serviceDeskId, requestTypeId) => {
      const { requestTypeFields } = await asApp.read(
        Fields,
        `the fields of request type ${requestTypeId}`,
        asApp.requestJira(
          route`/rest/servicedeskapi/servicedesk/${serviceDeskId}/requesttype/${requestTypeId}/field`,
        ),
      );
      return requestTypeFields.map(({ fieldId, name, required }) => ({ id: fieldId, name, required }));
    },

    organizations: (serviceDeskId) =>
      all((start) =>
        asApp.read(
          OrganizationPage,
          'the organizations of the service desk',
          asApp.requestJira(
            route`/rest/servicedeskapi/servicedesk/${serviceDeskId}/organization?start=${start}&limit=${PAGE}`,
          ),
        ),
      ),

    create: async (serviceDeskId, { name, description, issueTypeId }) => {
      const created = await asVisitor.read(
        Created,
        'a new request type',
        asVisitor.requestJira(route`/rest/servicedeskapi/servicedesk/${serviceDeskId}/requesttype`, {
          method: 'POST',
          // https://developer.atlassian.com/cloud/jira/service-desk/rest/intro/#experimental
          headers: { 'X-ExperimentalApi': 'opt-in' },
          body: JSON.stringify({ name, description, helpText: description, issueTypeId }),
        }),
      );
      return { ...created, inPortal: false };
    },
  };
};
