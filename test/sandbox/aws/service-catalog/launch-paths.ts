import {
  type Catalog,
  type Constraint,
  type Portfolio,
  type Product,
  constraintsOf,
  tagOptionsOf,
} from './catalog';
import type { Ids } from './ids';
import type { Caller } from './operation';
import { invalidParameters, notFound } from './refusals';
import { type TagChoices, tagChoices } from './tag-options';
import type { Visibility } from './visibility';

/** One way for a caller to launch a product: through one portfolio, under its constraints and TagOptions. */
interface LaunchPath {
  readonly id: string;
  readonly portfolio: Portfolio;
  /** The path's name is the portfolio's. */
  readonly name: string;
  readonly constraints: readonly Constraint[];
  readonly tagChoices: TagChoices;
}

export interface LaunchPaths {
  of(product: Product, caller: Caller): LaunchPath[];
  /**
   * The path that a request goes.
   * @throws AwsError `ResourceNotFoundException` without a path or for one that the caller does not have,
   *   `InvalidParametersException` where there are several and none is named
   */
  choose(
    product: Product,
    caller: Caller,
    wish: { readonly PathId?: string | undefined; readonly PathName?: string | undefined },
  ): LaunchPath;
}

export const createLaunchPaths = (catalog: Catalog, ids: Ids, visibility: Visibility): LaunchPaths => {
  const of: LaunchPaths['of'] = (product, caller) =>
    visibility
      .usablePortfolios(caller)
      .filter(({ productIds }) => productIds.includes(product.id))
      .map((portfolio) => ({
        id: ids.launchPath(portfolio.id, product.id, caller.account),
        portfolio,
        name: portfolio.name,
        constraints: constraintsOf(catalog, portfolio.id, product.id),
        tagChoices: visibility.tagOptionsReach(portfolio, caller.account)
          ? tagChoices(tagOptionsOf(catalog, portfolio.id), tagOptionsOf(catalog, product.id))
          : new Map(),
      }));
  return {
    of,
    choose: (product, caller, { PathId: id, PathName: name }) => {
      if (id !== undefined && name !== undefined)
        throw invalidParameters('Only one of PathId and PathName may be given.');
      const all = of(product, caller);
      if (all.length === 0) throw notFound(`No launch paths found for resource: ${product.id}`);
      const wished = all.filter(
        (path) => (id === undefined || path.id === id) && (name === undefined || path.name === name),
      );
      const [path, another] = wished;
      if (!path) throw notFound(`Launch path ${id ?? name ?? ''} not found for resource: ${product.id}`);
      if (another)
        throw invalidParameters('More than one launch path ids exist. Please specify the launch path id');
      return path;
    },
  };
};
