import type { Catalog, Home, Portfolio, PrincipalAssociation, Product, Share } from './catalog';
import type { Caller } from './operation';
import type { Organization } from './ports';
import { matchesPattern } from './principal-pattern';

/** Who sees and who may use what. */
export interface Visibility {
  /** Portfolios of the account, and those that others share with it. */
  portfolios(home: Home): Portfolio[];
  product(id: string, home: Home): Product | undefined;
  /** Portfolios whose products the caller may launch: visible, and associated with the caller's role. */
  usablePortfolios(caller: Caller): Portfolio[];
  /** Whether the portfolio's own TagOptions count for launches in the account. */
  tagOptionsReach(portfolio: Portfolio, account: string): boolean;
}

export const createVisibility = (catalog: Catalog, organization: Organization): Visibility => {
  const reaches = (share: Share, owner: string, account: string): boolean =>
    share.with === 'organization'
      ? organization.isMember(owner) && organization.isMember(account)
      : share.accepted && share.with.account === account;
  const sharesWith = (portfolio: Portfolio, account: string): Share[] =>
    portfolio.shares.filter((share) => reaches(share, portfolio.account, account));

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
      visibility.portfolios(caller).filter((portfolio) =>
        portfolio.principals.some((principal) => {
          const counts =
            principal.account === caller.account ||
            (principal.account === portfolio.account &&
              principal.type === 'IAM_PATTERN' &&
              sharesWith(portfolio, caller.account).some((share) => share.sharePrincipals));
          return counts && means(principal, caller.roleArn);
        }),
      ),
    tagOptionsReach: (portfolio, account) =>
      portfolio.account === account || sharesWith(portfolio, account).some((share) => share.shareTagOptions),
  };
  return visibility;
};

const means = ({ type, arn }: PrincipalAssociation, roleArn: string): boolean =>
  type === 'IAM' ? arn === roleArn : matchesPattern(arn, roleArn);
