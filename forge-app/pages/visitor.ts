import { z } from 'zod';

/**
 * What the platform says of a page that calls: the account and the site are the platform's own word. `extension` says
 * which request, project or request type the page stands on; whether the visitor may see that is asked of Jira.
 */
const Context = z.object({
  accountId: z.string().min(1).optional(),
  installContext: z.string().min(1),
  extension: z
    .object({
      project: z.object({ id: z.string(), key: z.string() }).optional(),
      issue: z.object({ id: z.string(), key: z.string() }).optional(),
      portal: z.object({ id: z.union([z.string(), z.number()]).transform(String) }).optional(),
      request: z
        .object({
          key: z.string().optional(),
          typeId: z.union([z.string(), z.number()]).transform(String).optional(),
        })
        .optional(),
    })
    .default({}),
});

/** Who looks at which page. */
export interface Visitor {
  /** Atlassian account id; undefined for somebody who is not signed in. */
  readonly accountId: string | undefined;
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
  const { accountId, installContext, extension } = Context.parse(context);
  return {
    accountId,
    siteId: installContext,
    project: extension.project,
    issue: extension.issue,
    portalId: extension.portal?.id,
    requestTypeId: extension.request?.typeId,
    requestKey: extension.request?.key,
  };
};
