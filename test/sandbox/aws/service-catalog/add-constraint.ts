import { type Catalog, type Constraint, type Portfolio, constraintsOf } from './catalog';
import type { Ids } from './ids';
import type { Roles } from './ports';
import { duplicate, invalidParameters, notFound } from './refusals';
import { RuleSet } from './template-rules';

export type NewConstraint = {
  readonly portfolioId: string;
  readonly productId: string;
  readonly description?: string;
} & (
  | { readonly type: 'LAUNCH'; readonly localRoleName: string }
  | { readonly type: 'TEMPLATE'; readonly rules: RuleSet }
  | { readonly type: 'RESOURCE_UPDATE'; readonly tagUpdates: 'ALLOWED' | 'NOT_ALLOWED' }
);

const roleName = /^[\w+=,.@-]{1,64}$/;

/** Puts a constraint on a product in a portfolio; it applies to all of the product's versions. */
export const createAddConstraint =
  ({
    catalog,
    ids,
    roles,
    portfolioOf,
  }: {
    readonly catalog: Catalog;
    readonly ids: Ids;
    readonly roles: Roles;
    readonly portfolioOf: (id: string) => Portfolio;
  }) =>
  (constraint: NewConstraint): string => {
    const { portfolioId, productId, type, description } = constraint;
    const { account, productIds } = portfolioOf(portfolioId);
    if (!productIds.includes(productId))
      throw notFound(`Product ${productId} is not in portfolio ${portfolioId}.`);
    const beside = constraintsOf(catalog, portfolioId, productId);
    if (type !== 'TEMPLATE' && beside.some((other) => other.type === type))
      throw duplicate(`Product ${productId} has a ${type} constraint in portfolio ${portfolioId} already.`);
    if (type === 'LAUNCH' && !roleName.test(constraint.localRoleName))
      throw invalidParameters(
        `LocalRoleName ${constraint.localRoleName} is not the name of a role: it goes without path and account.`,
      );
    if (type === 'LAUNCH' && roles.arnOf(account, constraint.localRoleName) === undefined)
      throw invalidParameters(`Role ${constraint.localRoleName} does not exist in account ${account}.`);
    const id = ids.next('cons');
    const made: Constraint = {
      ...{ id, portfolioId, productId, type, description, owner: account },
      parameters: JSON.stringify(parametersOf(constraint)),
    };
    catalog.constraints.set(id, made);
    return id;
  };

const parametersOf = (constraint: NewConstraint): object => {
  switch (constraint.type) {
    case 'LAUNCH':
      return { LocalRoleName: constraint.localRoleName };
    case 'TEMPLATE':
      return { Rules: RuleSet.parse(constraint.rules) };
    case 'RESOURCE_UPDATE':
      return { Version: '2.0', Properties: { TagUpdateOnProvisionedProduct: constraint.tagUpdates } };
  }
};
