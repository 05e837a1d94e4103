import { z } from 'zod';

/** The portal's ids are numbers, Jira's are strings. */
const Id = z.union([z.string().min(1), z.number()]).transform(String);
const Named = z.object({ id: Id, key: z.string().min(1) });

/**
 * What a page's resolver is told (https://developer.atlassian.com/platform/forge/runtime-reference/forge-resolver/). The account
 * and the site are Forge's own word. `extension` is what the page was shown for, by way of a browser: whether the visitor may
 * see that is asked of Jira.
 */
const Context = z.object({
  accountId: z.string().min(1).optional(),
  accountType: z.enum(['licensed', 'unlicensed', 'customer', 'anonymous']).optional(),
  installContext: z.string().min(1),
  extension: z
    .object({
      project: Named.optional(),
      issue: Named.optional(),
      portal: z.object({ id: Id }).optional(),
      request: z.object({ key: z.string().min(1).optional(), typeId: Id.optional() }).optional(),
    })
    .default({}),
});

/** What Forge calls everybody who is not signed in. */
const UNIDENTIFIED = 'unidentified';

/** Who looks at which page. */
export interface Visitor {
  /** Atlassian account id; undefined for somebody who is not signed in. */
  readonly accountId: string | undefined;
  /** Whether Jira can know them as more than a customer of the portal. */
  readonly licensed: boolean;
  /** `ari:cloud:jira::site/…` */
  readonly siteId: string;
  /** Where an agent's or administrator's page stands. */
  readonly project: { readonly id: string; readonly key: string } | undefined;
  readonly issue: { readonly id: string; readonly key: string } | undefined;
  /** The customer portal: its id, which is the service desk's, and what is being raised or looked at. */
  readonly portalId: string | undefined;
  readonly requestTypeId: string | undefined;
  readonly requestKey: string | undefined;
}

/** @throws ZodError where the platform's context is not as it documents */
export const visitorOf = (context: unknown): Visitor => {
  const { accountId, accountType = 'licensed', installContext, extension } = Context.parse(context);
  return {
    accountId: accountType === 'anonymous' || accountId === UNIDENTIFIED ? undefined : accountId,
    licensed: accountType === 'licensed',
    siteId: installContext,
    project: extension.project,
    issue: extension.issue,
    portalId: extension.portal?.id,
    requestTypeId: extension.request?.typeId,
    requestKey: extension.request?.key,
  };
};
