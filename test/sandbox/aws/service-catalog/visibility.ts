import type { Catalog, Home, Portfolio, PrincipalAssociation, Product, ShareFlags } from './catalog';
import type { Caller } from './operation';
import type { Organization } from './ports';
import { matchesPattern } from './principal-pattern';
import { flagsFor } from './recipients';

/** Who sees and who may use what. */
export interface Visibility {
  /** Portfolios of the account, and those that others share with it. */
  portfolios(home: Home): Portfolio[];
  product(id: string, home: Home): Product | undefined;
  /** Portfolios whose products the caller may launch: visible, and associated with the caller's role. */
  usablePortfolios(caller: Caller): Portfolio[];
  /** Associations that count in the account: its own, and the patterns that come along with the share. */
  principals(portfolio: Portfolio, account: string): PrincipalAssociation[];
  /** Whether the portfolio's own TagOptions count for launches in the account. */
  tagOptionsReach(portfolio: Portfolio, account: string): boolean;
}

export const createVisibility = (catalog: Catalog, organization: Organization | undefined): Visibility => {
  const sharesWith = (portfolio: Portfolio, account: string): ShareFlags[] =>
    portfolio.shares.flatMap((share) => flagsFor(share, portfolio, account, organization) ?? []);

  const visibility: Visibility = {
    portfolios: ({ account, region }) =>
      [...catalog.portfolios.values()].filter(
        (portfolio) =>
          portfolio.region === region &&
          (portfolio.account === account || sharesWith(portfolio, account).length > 0),
      ),
    product: (id, home) => {
      const product = catalog.products.get(id);
      const own = product?.account === home.account && product.region === home.region;
      const shown = visibility.portfolios(home).some(({ productIds }) => productIds.includes(id));
      return own || shown ? product : undefined;
    },
    usablePortfolios: (caller) =>
      visibility
        .portfolios(caller)
        .filter((portfolio) =>
          visibility
            .principals(portfolio, caller.account)
            .some((principal) => means(principal, caller.roleArn)),
        ),
    principals: (portfolio, account) => {
      const shared = sharesWith(portfolio, account).some(({ sharePrincipals }) => sharePrincipals);
      return portfolio.principals.filter(
        (principal) =>
          principal.account === account ||
          (shared && principal.account === portfolio.account && principal.type === 'IAM_PATTERN'),
      );
    },
    tagOptionsReach: (portfolio, account) =>
      portfolio.account === account || sharesWith(portfolio, account).some((share) => share.shareTagOptions),
  };
  return visibility;
};

const means = ({ type, arn }: PrincipalAssociation, roleArn: string): boolean =>
  type === 'IAM' ? arn === roleArn : matchesPattern(arn, roleArn);
