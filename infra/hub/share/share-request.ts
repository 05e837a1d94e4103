import * as z from 'zod/mini';

const Properties = z.object({
  PortfolioId: z.string().check(z.minLength(1)),
  Node: z.object({
    Type: z.enum(['ORGANIZATION', 'ORGANIZATIONAL_UNIT', 'ACCOUNT']),
    Value: z.string().check(z.minLength(1)),
  }),
  // CloudFormation hands every scalar to a custom resource as text.
  SharePrincipals: z.stringbool(),
  ShareTagOptions: z.stringbool(),
});

/** What CloudFormation asks of the custom resource, as far as we look at it. */
export const ShareRequest = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResourceProperties: Properties,
});

/** A portfolio and the one node of the organization that it is shared with. */
export interface PortfolioShare {
  readonly portfolioId: string;
  readonly node: { readonly type: z.infer<typeof Properties>['Node']['Type']; readonly id: string };
}

/** What the recipients get besides the products. */
export interface ShareFlags {
  readonly principals: boolean;
  readonly tagOptions: boolean;
}

/** @returns the share that the properties name, and the flags that it should have */
export const shareOf = ({
  PortfolioId,
  Node,
  SharePrincipals,
  ShareTagOptions,
}: z.infer<typeof Properties>): { readonly share: PortfolioShare; readonly flags: ShareFlags } => ({
  share: { portfolioId: PortfolioId, node: { type: Node.Type, id: Node.Value } },
  flags: { principals: SharePrincipals, tagOptions: ShareTagOptions },
});

/** Another portfolio or another node is another share: CloudFormation makes the new one and removes the old one. */
export const physicalId = ({ portfolioId, node }: PortfolioShare): string => `${portfolioId}/${node.id}`;

/** An operation on a share that Service Catalog is carrying out, handed from its start to whoever follows it. */
export const ShareOperation = z.object({
  Doing: z.enum(['sharing', 'changing', 'withdrawing']),
  Token: z.string(),
  /** When following it is given up. */
  Until: z.iso.datetime(),
});
export type ShareOperation = z.infer<typeof ShareOperation>;

/** The request again, after its start has been added to it. */
export const StartedShareRequest = z.object({
  ResourceProperties: Properties,
  Operation: z.optional(ShareOperation),
});
