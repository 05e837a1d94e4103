import { createHash } from 'node:crypto';
import { canonicalJson } from '../contract/canonical-json';
import type {
  Catalog,
  CatalogAnswer,
  Constraint,
  Product,
  Version,
  VersionDescription,
} from '../contract/catalog';
import { concurrently } from '../runtime/concurrently';

/** A version as it is listed, with what has to be known to describe it. */
export interface ListedVersion {
  readonly version: Omit<Version, 'described'>;
  readonly type: string;
}

/** The hub's portfolio, as far as it has to be asked for. */
export interface Portfolio {
  readonly describe: () => Promise<Catalog['portfolio']>;
  readonly products: () => Promise<readonly Omit<Product, 'constraints' | 'versions'>[]>;
  readonly versions: (productId: string) => Promise<readonly ListedVersion[]>;
  readonly constraints: () => Promise<readonly { readonly productId: string; readonly id: string }[]>;
  /** Undefined where the constraint does not hold. */
  readonly constraint: (id: string) => Promise<Constraint | undefined>;
  readonly describeVersion: (productId: string, version: ListedVersion) => Promise<VersionDescription>;
}

/** Calls under way at a time: Service Catalog publishes no rates, and one throttled call fails the answer. */
const AT_A_TIME = 5;

/**
 * Tells the portfolio to whoever asks, or that nothing has changed. Only versions that the asker does not know yet
 * are described, and each of them once in an instance's life: a version never changes.
 */
export const createAnswerCatalog = (portfolio: Portfolio) => {
  const remembered = new Map<string, VersionDescription>();

  const described = async (productId: string, listed: ListedVersion): Promise<VersionDescription> => {
    const { id } = listed.version;
    const description = remembered.get(id) ?? (await portfolio.describeVersion(productId, listed));
    remembered.set(id, description);
    return description;
  };

  return async (asker: {
    readonly revision: string | null;
    readonly describedVersions: readonly string[];
  }): Promise<CatalogAnswer> => {
    const { catalog, listed } = await read(portfolio);
    const revision = revisionOf(catalog);
    if (revision === asker.revision) return { changed: false, revision };
    const known = new Set(asker.describedVersions);
    const descriptions = new Map(
      await concurrently(
        AT_A_TIME,
        listed.filter(({ version }) => !known.has(version.version.id)),
        async ({ productId, version }) => [version.version.id, await described(productId, version)] as const,
      ),
    );
    return { changed: true, catalog: { revision, ...withDescriptions(catalog, descriptions) } };
  };
};

/** A catalog before its revision is known and its versions are described. */
type Undescribed = Omit<Catalog, 'revision'>;

const read = async (
  portfolio: Portfolio,
): Promise<{
  readonly catalog: Undescribed;
  readonly listed: readonly { readonly productId: string; readonly version: ListedVersion }[];
}> => {
  const [about, products, references] = await Promise.all([
    portfolio.describe(),
    portfolio.products(),
    portfolio.constraints(),
  ]);
  const [versions, constraints] = await Promise.all([
    concurrently(AT_A_TIME, products, async ({ id }) => ({
      productId: id,
      versions: await portfolio.versions(id),
    })),
    concurrently(AT_A_TIME, references, async ({ productId, id }) => ({
      productId,
      constraint: await portfolio.constraint(id),
    })),
  ]);
  const listed = versions.flatMap(({ productId, versions: ofProduct }) =>
    ofProduct.map((version) => ({ productId, version })),
  );
  return {
    catalog: {
      portfolio: about,
      products: products
        .map((product) => ({
          ...product,
          constraints: constraints
            .filter(({ productId }) => productId === product.id)
            .flatMap(({ constraint }) => constraint ?? [])
            .sort(byText((constraint) => `${constraint.type} ${constraint.parameters}`)),
          versions: listed
            .filter(({ productId }) => productId === product.id)
            .map(({ version }) => version.version)
            .sort(byText((version) => `${version.createdAt} ${version.id}`)),
        }))
        .sort(byText((product) => product.id)),
    },
    listed,
  };
};

/** The order in which a service lists things is nothing that changed. */
const byText =
  <Item>(text: (item: Item) => string) =>
  (a: Item, b: Item): number =>
    text(a) < text(b) ? -1 : 1;

export const revisionOf = (catalog: Undescribed): string =>
  createHash('sha256').update(canonicalJson(catalog), 'utf8').digest('hex');

const withDescriptions = (
  catalog: Undescribed,
  descriptions: ReadonlyMap<string, VersionDescription>,
): Undescribed => ({
  ...catalog,
  products: catalog.products.map((product) => ({
    ...product,
    versions: product.versions.map((version) => {
      const description = descriptions.get(version.id);
      return description ? { ...version, described: description } : version;
    }),
  })),
});
