import { z } from 'zod';
import { appUuid, PERSON, type PersonName, SITE_ID } from '../site';
import { ENVIRONMENT_ID } from './invocations';
import { type JiraSite, PROJECT } from './jira-site';
import type { Modules } from './modules';
import { type Account, accountTypeOf, type Directory, has, type Permission } from './people';
import { sees } from './routes';

/** Somebody in front of a page; `anonymous` is not signed in. */
export type Onlooker = PersonName | 'anonymous';

/** Where a page stands, as far as the onlooker's browser says it; the product completes it. */
const Place = z.object({
  project: z.object({ id: z.string(), key: z.string() }).partial().optional(),
  issue: z.object({ id: z.string(), key: z.string() }).partial().optional(),
  portal: z.object({ id: z.union([z.string(), z.number()]) }).optional(),
  request: z
    .object({ key: z.string(), typeId: z.union([z.string(), z.number()]) })
    .partial()
    .optional(),
});
export type Place = z.input<typeof Place>;

export interface PageCall {
  readonly as: Onlooker;
  /** Key of the manifest's module. */
  readonly module: string;
  readonly extension?: Place;
  /** The language that the onlooker has Jira in. */
  readonly locale?: string;
}

type Visit =
  | {
      readonly kind: 'shown';
      /** What the page's resolver is told; Forge adds the account. */
      readonly context: PageContext;
      readonly accountId: string;
      readonly page: Page;
    }
  | { readonly kind: 'refused'; readonly reason: string };

type Page = Modules['pages'][number];

interface PageContext {
  readonly cloudId: string;
  readonly localId: string;
  readonly environmentId: string;
  readonly environmentType: string;
  readonly moduleKey: string;
  readonly siteUrl: string;
  readonly accountType: 'licensed' | 'customer' | 'unlicensed' | 'anonymous';
  readonly extension: Readonly<Record<string, unknown>>;
}

/** The account id of everybody who is not signed in. */
const UNIDENTIFIED = 'unidentified';

const project = { id: PROJECT.id, key: PROJECT.key, type: 'service_desk' };

/**
 * Which pages Jira and its customer portal show to whom, and what Forge lets reach the app. Forge itself weighs the account's
 * type against the module's `unlicensedAccess`; which request or project a page stands on is the product's word.
 */
export const createPageVisits = ({
  pages,
  site,
  directory,
  siteUrl,
  appId,
}: {
  readonly pages: Modules['pages'];
  readonly site: JiraSite;
  readonly directory: Directory;
  readonly siteUrl: () => string;
  readonly appId: string;
}) => {
  /** Why the product does not render a page there, if so. */
  const hidden = (page: Page, account: Account | undefined, place: Place): string | undefined => {
    if (!account) return 'the portal and Jira ask for a sign-in first';
    const permitted = (permission: Permission): string | undefined =>
      has(account, permission) ? undefined : `${account.displayName} lacks the permission ${permission}`;
    switch (page.type) {
      case 'jiraServiceManagement:portalRequestCreatePropertyPanel': {
        const typeId = String(place.request?.typeId);
        return site.requestTypes.some(({ id }) => id === typeId)
          ? undefined
          : `the portal has no request type ${typeId}`;
      }
      case 'jiraServiceManagement:portalRequestDetailPanel': {
        const issue = site.find(place.request?.key ?? '');
        return issue && sees(issue, { account })
          ? undefined
          : `${account.displayName} sees no request ${place.request?.key ?? ''}`;
      }
      case 'jira:issueContext': {
        const wanted = place.issue?.key ?? place.issue?.id ?? '';
        return site.find(wanted) ? permitted('BROWSE_PROJECTS') : `there is no issue ${wanted}`;
      }
      case 'jiraServiceManagement:queuePage':
        return permitted('SERVICEDESK_AGENT');
      case 'jira:projectSettingsPage':
        return permitted('ADMINISTER_PROJECTS');
    }
  };

  /** As the documentation of each module has it; ids of the portal's are numbers, Jira's are strings. */
  const extensionOf = (page: Page, place: Place): Record<string, unknown> => {
    const portal = { id: Number(place.portal?.id ?? PROJECT.serviceDeskId) };
    const at = (path: string) => ({ type: page.type, location: `${siteUrl()}${path}` });
    const portalPath = `/servicedesk/customer/portal/${portal.id}`;
    switch (page.type) {
      case 'jiraServiceManagement:portalRequestCreatePropertyPanel': {
        const typeId = Number(place.request?.typeId);
        return { ...at(`${portalPath}/create/${typeId}`), portal, request: { typeId } };
      }
      case 'jiraServiceManagement:portalRequestDetailPanel': {
        const { key = '' } = place.request ?? {};
        const typeId = place.request?.typeId ?? site.find(key)?.type.id;
        const request = { key, ...(typeId !== undefined && { typeId: Number(typeId) }) };
        return { ...at(`${portalPath}/${key}`), portal, request };
      }
      case 'jira:issueContext': {
        const found = site.find(place.issue?.key ?? place.issue?.id ?? '');
        const { id = place.issue?.id, key = place.issue?.key } = found ?? {};
        const issueType = found && site.issueTypeOf(found.type);
        return {
          ...at(`/browse/${key ?? ''}`),
          issue: { id, key, type: issueType?.name, typeId: issueType?.id },
          project: { ...project, ...place.project },
        };
      }
      case 'jiraServiceManagement:queuePage':
        return {
          ...at(`/jira/servicedesk/projects/${PROJECT.key}/queues/apps`),
          project: { ...project, ...place.project },
        };
      case 'jira:projectSettingsPage':
        return {
          ...at(`/jira/servicedesk/projects/${PROJECT.key}/settings/apps`),
          project: { ...project, ...place.project },
        };
    }
  };

  /**
   * Lets somebody onto a page.
   * @param forged lets the place pass that a browser claims: what an app has to be safe against by checks of its own
   */
  const visit = (call: PageCall, forged = false): Visit => {
    const page = pages.find(({ key }) => key === call.module);
    if (!page) throw new Error(`The manifest has no page ${call.module}`);
    const account = call.as === 'anonymous' ? undefined : directory.find(PERSON[call.as]);
    const accountType = account ? accountTypeOf(account) : 'anonymous';
    if (accountType !== 'licensed' && !page.unlicensedAccess.includes(accountType)) {
      return { kind: 'refused', reason: `${page.key} has no unlicensedAccess for ${accountType}` };
    }
    const place = Place.parse(call.extension ?? {});
    const reason = forged ? undefined : hidden(page, account, place);
    if (reason !== undefined) return { kind: 'refused', reason };
    const uuid = appUuid(appId);
    const context: PageContext = {
      cloudId: SITE_ID,
      localId: `ari:cloud:ecosystem::extension/${uuid}/${ENVIRONMENT_ID}/static/${page.key}`,
      environmentId: ENVIRONMENT_ID,
      environmentType: 'PRODUCTION',
      moduleKey: page.key,
      siteUrl: siteUrl(),
      accountType,
      extension: extensionOf(page, place),
    };
    return { kind: 'shown', context, accountId: account?.accountId ?? UNIDENTIFIED, page };
  };

  return {
    visit,

    /** What `view.getContext()` of @forge/bridge answers in the onlooker's browser. */
    browserContext: (call: PageCall) => {
      const visited = visit(call);
      if (visited.kind === 'refused') return visited;
      const { accountType, ...context } = visited.context;
      const signedIn = accountType === 'anonymous' ? {} : { accountId: visited.accountId };
      const locale = call.locale ?? 'en-US';
      return {
        kind: 'shown' as const,
        context: { ...signedIn, ...context, locale, timezone: 'Europe/Berlin' },
      };
    },
  };
};
