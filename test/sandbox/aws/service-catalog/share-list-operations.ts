import type {
  DescribePortfolioSharesOutput,
  ListOrganizationPortfolioAccessOutput,
} from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import type { Catalog } from './catalog';
import { type Operations, operation } from './operation';
import type { OrganizationsAccess } from './organizations-access';
import { pageOf } from './paging';
import { NodeType, recipientType } from './recipients';
import { ownPortfolio } from './share-operations';
import { AcceptLanguage, Id, paged } from './shapes';

/** What a portfolio's owner reads of its shares. */
export const shareListOperations = (catalog: Catalog, access: OrganizationsAccess): Operations => ({
  DescribePortfolioShares: operation({
    input: z.strictObject({
      PortfolioId: Id,
      Type: z.enum(['ACCOUNT', 'ORGANIZATION', 'ORGANIZATIONAL_UNIT', 'ORGANIZATION_MEMBER_ACCOUNT']),
      ...paged(100),
    }),
    refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
    answer: (input, caller): DescribePortfolioSharesOutput => {
      const { shares, id } = ownPortfolio(catalog, input.PortfolioId, caller);
      const asked = shares.filter((share) => share.with.type === input.Type);
      const page = pageOf(`DescribePortfolioShares ${id} ${input.Type}`, asked, input);
      return {
        PortfolioShareDetails: page.items.map((share) => ({
          PrincipalId: share.with.id,
          Type: share.with.type,
          Accepted: share.accepted,
          ShareTagOptions: share.shareTagOptions,
          SharePrincipals: share.sharePrincipals,
        })),
        NextPageToken: page.next,
      };
    },
  }),

  ListOrganizationPortfolioAccess: operation({
    input: z.strictObject({
      AcceptLanguage,
      PortfolioId: Id,
      OrganizationNodeType: NodeType,
      ...paged(20),
    }),
    refuses: ['InvalidParametersException', 'OperationNotSupportedException', 'ResourceNotFoundException'],
    answer: (input, caller): ListOrganizationPortfolioAccessOutput => {
      access.demandAdministrator(caller);
      const { shares, id } = ownPortfolio(catalog, input.PortfolioId, caller);
      const { OrganizationNodeType: type } = input;
      const nodes = shares.filter((share) => share.with.type === recipientType(type));
      const page = pageOf(`ListOrganizationPortfolioAccess ${id} ${type}`, nodes, input);
      return {
        OrganizationNodes: page.items.map((share) => ({ Type: type, Value: share.with.id })),
        NextPageToken: page.next,
      };
    },
  }),
});
