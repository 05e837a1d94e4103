import type {
  DescribeConstraintOutput,
  DescribePortfolioOutput,
  ListConstraintsForPortfolioOutput,
  ListPortfoliosOutput,
  ListPrincipalsForPortfolioOutput,
} from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import { type Catalog, type Home, type Portfolio, tagOptionsOf } from './catalog';
import { constraintDetail, portfolioDetail, tagOptionDetail } from './catalog-views';
import { type Operations, operation } from './operation';
import { pageOf } from './paging';
import { notFound } from './refusals';
import { AcceptLanguage, Id, paged } from './shapes';
import type { Visibility } from './visibility';

/** The portfolio that an administrator means. @throws AwsError `ResourceNotFoundException` */
export const visiblePortfolio = (visibility: Visibility, id: string, home: Home): Portfolio => {
  const portfolio = visibility.portfolios(home).find((candidate) => candidate.id === id);
  if (!portfolio) throw notFound(`Portfolio ${id} not found.`);
  return portfolio;
};

/** What administrators read of portfolios and of what is attached to them. */
export const adminOperations = (catalog: Catalog, visibility: Visibility): Operations => ({
  ListPortfolios: operation({
    input: z.strictObject({ AcceptLanguage, ...paged(100) }),
    refuses: ['InvalidParametersException'],
    answer: (input, caller): ListPortfoliosOutput => {
      const own = visibility.portfolios(caller).filter(({ account }) => account === caller.account);
      const page = pageOf('ListPortfolios', own, input);
      return { PortfolioDetails: page.items.map(portfolioDetail), NextPageToken: page.next };
    },
  }),

  DescribePortfolio: operation({
    input: z.strictObject({ AcceptLanguage, Id }),
    refuses: ['ResourceNotFoundException'],
    answer: ({ Id: id }, caller): DescribePortfolioOutput => {
      const portfolio = visiblePortfolio(visibility, id, caller);
      const options = visibility.tagOptionsReach(portfolio, caller.account) ? tagOptionsOf(catalog, id) : [];
      return {
        PortfolioDetail: portfolioDetail(portfolio),
        Tags: [],
        TagOptions: options.map(tagOptionDetail),
        Budgets: [],
      };
    },
  }),

  ListConstraintsForPortfolio: operation({
    input: z.strictObject({ AcceptLanguage, PortfolioId: Id, ProductId: Id.optional(), ...paged(20) }),
    refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
    answer: (input, caller): ListConstraintsForPortfolioOutput => {
      const portfolio = visiblePortfolio(visibility, input.PortfolioId, caller);
      const { ProductId: productId } = input;
      if (productId !== undefined && !portfolio.productIds.includes(productId))
        throw notFound(`Product ${productId} not found.`);
      const constraints = [...catalog.constraints.values()].filter(
        (constraint) =>
          constraint.portfolioId === portfolio.id &&
          constraint.productId === (productId ?? constraint.productId),
      );
      const list = `ListConstraintsForPortfolio ${portfolio.id} ${productId ?? ''}`;
      const page = pageOf(list, constraints, input);
      return { ConstraintDetails: page.items.map(constraintDetail), NextPageToken: page.next };
    },
  }),

  DescribeConstraint: operation({
    input: z.strictObject({ AcceptLanguage, Id }),
    refuses: ['ResourceNotFoundException'],
    answer: ({ Id: id }, caller): DescribeConstraintOutput => {
      const constraint = catalog.constraints.get(id);
      const visible = visibility.portfolios(caller).some(({ id: seen }) => seen === constraint?.portfolioId);
      if (!constraint || !visible) throw notFound(`Constraint ${id} not found.`);
      return {
        ConstraintDetail: constraintDetail(constraint),
        ConstraintParameters: constraint.parameters,
        Status: 'AVAILABLE',
      };
    },
  }),

  ListPrincipalsForPortfolio: operation({
    input: z.strictObject({ AcceptLanguage, PortfolioId: Id, ...paged(20) }),
    refuses: ['InvalidParametersException', 'ResourceNotFoundException'],
    answer: (input, caller): ListPrincipalsForPortfolioOutput => {
      const portfolio = visiblePortfolio(visibility, input.PortfolioId, caller);
      const principals = visibility.principals(portfolio, caller.account);
      const page = pageOf(`ListPrincipalsForPortfolio ${portfolio.id}`, principals, input);
      return {
        Principals: page.items.map(({ arn, type }) => ({ PrincipalARN: arn, PrincipalType: type })),
        NextPageToken: page.next,
      };
    },
  }),
});
