import { createHash } from 'node:crypto';
import { canonicalJson } from '../contract/canonical-json';
import type {
  Catalog,
  CatalogAnswer,
  Constraint,
  Product,
  SealingKey,
  Version,
  VersionDescription,
} from '../contract/catalog';
import { concurrently } from '../runtime/concurrently';

/** A version as it is listed, with what has to be known to describe it. */
export interface ListedVersion {
  readonly version: Omit<Version, 'described'>;
  readonly type: string;
}

/** The hub's portfolio of one region, as far as it has to be asked for. */
export interface Portfolio {
  readonly products: () => Promise<readonly Omit<Product, 'region' | 'constraints' | 'versions'>[]>;
  readonly versions: (productId: string) => Promise<readonly ListedVersion[]>;
  /** Those that an order can break. */
  readonly constraints: () => Promise<readonly { readonly productId: string; readonly id: string }[]>;
  /** Undefined where the constraint does not hold. */
  readonly constraint: (id: string) => Promise<Constraint | undefined>;
  readonly describeVersion: (productId: string, version: ListedVersion) => Promise<VersionDescription>;
}

/** Calls under way at a time: Service Catalog publishes no rates, and one throttled call fails the answer. */
const AT_A_TIME = 5;
/**
 * Where one answer ends, whatever is left to be described. The asker has 25 s for the question and for what it does with the
 * answer, writes only so much in a minute, and is sent 5 MB at most.
 */
const MOST_DESCRIBED = 40;
/** Milliseconds since the question after which nothing more is described. */
const LONGEST = 12_000;
const MOST_BYTES = 4_000_000;

/**
 * Tells the portfolios to whoever asks, or that nothing has changed. Only versions that the asker does not know yet
 * are described, and each of them once in an instance's life: a version never changes. One answer lists all versions, but
 * describes only so many of them, at least one: those that can be chosen first, the newest of them before the others. Who
 * asks again, and says what arrived, is told the next ones.
 * @param portfolios by region; where one of them cannot be read nothing is told, for the rest would look complete
 * @param sealingKey what values are sealed to; another key is another revision
 */
export const createAnswerCatalog = (
  portfolios: Readonly<Record<string, Portfolio>>,
  sealingKey: () => Promise<SealingKey>,
  now: () => Date,
) => {
  const remembered = new Map<string, VersionDescription>();

  const described = async ({ portfolio, productId, listed }: Offered): Promise<VersionDescription> => {
    const { id } = listed.version;
    const description = remembered.get(id) ?? (await portfolio.describeVersion(productId, listed));
    remembered.set(id, description);
    return description;
  };

  return async (asker: {
    readonly revision: string | null;
    readonly describedVersions: readonly string[];
  }): Promise<CatalogAnswer> => {
    const asked = now().getTime();
    const [key, read] = await Promise.all([
      sealingKey(),
      Promise.all(Object.entries(portfolios).map(([region, portfolio]) => readPortfolio(region, portfolio))),
    ]);
    const catalog = {
      sealingKey: key,
      products: read.flatMap(({ products }) => products).sort(byText(({ id }) => id)),
    };
    const revision = revisionOf(catalog);
    if (revision === asker.revision) return { changed: false, revision };
    const known = new Set(asker.describedVersions);
    const unknown = read
      .flatMap(({ offered }) => offered)
      .filter(({ listed }) => !known.has(listed.version.id))
      .sort(byUse);
    const descriptions = new Map<string, VersionDescription>();
    let bytes = bytesOf(catalog);
    let isFull = false;
    await concurrently(AT_A_TIME, unknown.slice(0, MOST_DESCRIBED), async (offered) => {
      isFull ||= descriptions.size > 0 && now().getTime() - asked > LONGEST;
      if (isFull) return;
      const description = await described(offered);
      isFull ||= descriptions.size > 0 && bytes + bytesOf(description) > MOST_BYTES;
      if (isFull) return;
      bytes += bytesOf(description);
      descriptions.set(offered.listed.version.id, description);
    });
    return { changed: true, catalog: { revision, ...withDescriptions(catalog, descriptions) } };
  };
};

/** A catalog before its revision is known and its versions are described. */
type Undescribed = Omit<Catalog, 'revision'>;

/** A version with where to ask about it. */
interface Offered {
  readonly portfolio: Portfolio;
  readonly productId: string;
  readonly listed: ListedVersion;
}

const readPortfolio = async (
  region: string,
  portfolio: Portfolio,
): Promise<{ readonly products: readonly Product[]; readonly offered: readonly Offered[] }> => {
  const [products, references] = await Promise.all([portfolio.products(), portfolio.constraints()]);
  const [versions, constraints] = await Promise.all([
    concurrently(AT_A_TIME, products, async (product) => ({
      product,
      listed: await portfolio.versions(product.id),
    })),
    concurrently(AT_A_TIME, references, async ({ productId, id }) => ({
      productId,
      constraint: await portfolio.constraint(id),
    })),
  ]);
  const constraintsOf = new Map<string, Constraint[]>();
  for (const { productId, constraint } of constraints) {
    if (constraint) constraintsOf.set(productId, [...(constraintsOf.get(productId) ?? []), constraint]);
  }
  return {
    offered: versions.flatMap(({ product, listed }) =>
      listed.map((version) => ({ portfolio, productId: product.id, listed: version })),
    ),
    products: versions.map(({ product, listed }) => ({
      ...product,
      region,
      constraints: (constraintsOf.get(product.id) ?? []).sort(
        byText((constraint) => `${constraint.type} ${constraint.parameters}`),
      ),
      versions: listed
        .map(({ version }) => version)
        .sort(byText((version) => `${version.createdAt} ${version.id}`)),
    })),
  };
};

/** What people can order comes first, the newest of it at the top. */
const byUse = ({ listed: { version: a } }: Offered, { listed: { version: b } }: Offered): number =>
  Number(canBeChosen(b)) - Number(canBeChosen(a)) || (a.createdAt < b.createdAt ? 1 : -1);

const canBeChosen = ({ active, guidance }: ListedVersion['version']): boolean =>
  active && guidance === 'DEFAULT';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), 'utf8');

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
