import { createHash } from 'node:crypto';
import { canonicalJson } from '../../aws-bridge/contract/canonical-json';
import type { Catalog, CatalogAnswer, Product, Version } from '../../aws-bridge/contract/catalog';
import type { CatalogStore } from './catalog-store';
import {
  BOOKS_KEY,
  descriptionKey,
  INDEX_KEY,
  KeptBooks,
  KeptIndex,
  KeptProduct,
  productKey,
} from './kept-catalog';
import { isLaunchable } from './offered';
import {
  fitsOneValue,
  headOf,
  headOfVersion,
  type PlacedProduct,
  placeDescriptions,
} from './place-descriptions';

/** The bridge, asked for the catalogue: `catalog.requested` without the envelope. */
export interface CatalogSource {
  readonly requestCatalog: (has: {
    readonly revision: string | null;
    readonly describedVersions: readonly string[];
  }) => Promise<CatalogAnswer>;
}

export interface CatalogSyncResult {
  readonly changed: boolean;
  /** Whether everything that the bridge offers is kept; where it is not, the next synchronisation goes on. */
  readonly complete: boolean;
  readonly revision: string;
  readonly products: number;
  /** Products and versions that do not fit into a value, by id. They cannot be ordered. */
  readonly tooLarge: readonly string[];
}

/** Versions that one `catalog.requested` can list. */
const MAX_LISTED = 10_000;
/** Characters of a description: it is for reading only, and an entry has to fit into a value. */
const MAX_NOTE = 300;
/**
 * Requests to the storage that one run makes for products, about, and keys that it deletes: Forge allows an app a hundred
 * requests a minute, and a sweep and people's own events need some of them.
 */
const REQUESTS = 40;
const FORGOTTEN_AT_ONCE = 20;
/** Products that are read and written at a time. */
const AT_A_TIME = 5;
/** Stands for the digest of a product that is listed and not yet written. */
const NOT_WRITTEN = '';

/** The catalogue cannot be kept as a whole. What was kept before stays. */
class CatalogTooLarge extends Error {
  override readonly name = 'CatalogTooLarge';
  constructor(what: string, most: string) {
    super(
      `The catalogue is too large to be kept: it has ${what}, and ${most}. Take products or old versions out of the portfolio`,
    );
  }
}

const NOTHING_KEPT: KeptBooks = { form: 2, described: [], apart: [], complete: false, forgetting: [] };

/**
 * Brings the kept catalogue up to date: says what is there, keeps what is new, forgets what has vanished, and writes
 * nothing when nothing has changed. One answer describes only so many versions, and one run writes only so much: what is
 * left is `complete`d by the next ones. Every answer lists everything, so only what an answer does not list has vanished.
 *
 * It may be cut off after any write. So what an entry refers to is written before the entry, the index comes last of
 * what is added, nothing is deleted before the index has stopped mentioning it, and what is to be deleted stays in
 * the books until it is.
 * @returns the function that does it once
 */
export const createCatalogSync =
  ({ bridge, store }: { readonly bridge: CatalogSource; readonly store: CatalogStore }) =>
  async (): Promise<CatalogSyncResult> => {
    const [keptIndex, keptBooks] = await Promise.all([store.get(INDEX_KEY), store.get(BOOKS_KEY)]);
    const index = KeptIndex.safeParse(keptIndex).data;
    const books = KeptBooks.safeParse(keptBooks).data ?? NOTHING_KEPT;

    const answer = await bridge.requestCatalog({
      revision: index && books.complete ? index.revision : null,
      describedVersions: books.described,
    });
    if (!answer.changed) {
      if (!index) throw new Error('The bridge calls a catalogue unchanged that the app does not have');
      const complete = await forget(store, books);
      return {
        ...{ changed: false, complete, revision: index.revision },
        ...{ products: index.products.length, tooLarge: [] },
      };
    }
    const { catalog, tooLarge } = storable(answer.catalog);
    const kept = await keep(store, catalog, tooLarge, { index, books });
    return {
      changed: catalog.revision !== index?.revision,
      complete: kept.complete,
      revision: catalog.revision,
      products: catalog.products.length,
      tooLarge: [...tooLarge.map(({ id }) => id), ...kept.without],
    };
  };

interface Kept {
  readonly index: KeptIndex | undefined;
  readonly books: KeptBooks;
}

/**
 * @param tooLarge products that do not fit, of which the catalogue has none any more
 * @returns the versions whose description fits nowhere, and whether nothing is left to be done
 * @throws CatalogTooLarge before anything is written
 */
const keep = async (
  store: CatalogStore,
  catalog: Catalog,
  tooLarge: readonly Product[],
  { index, books }: Kept,
): Promise<{ readonly without: readonly string[]; readonly complete: boolean }> => {
  const listed = [...catalog.products, ...tooLarge].flatMap(({ versions }) => versions).length;
  if (listed > MAX_LISTED) {
    throw new CatalogTooLarge(`${listed} versions`, `at most ${MAX_LISTED} can be asked for`);
  }
  const described = new Set(books.described);
  const known = new Map(index?.products.map(({ id, digest }) => [id, digest]));
  const indexWith = (digest: (product: Product) => string): KeptIndex =>
    fitting(`${catalog.products.length} products`, {
      form: 2,
      revision: catalog.revision,
      ...(catalog.sealingKey && { sealingKey: catalog.sealingKey }),
      products: catalog.products.map((product) => ({
        id: product.id,
        name: product.name,
        region: product.region,
        launchable: isLaunchable(product),
        digest: digest(product),
      })),
    });
  indexWith((product) => digestOf(product, described));

  const changed = catalog.products.filter(
    (product) => known.get(product.id) !== digestOf(product, described),
  );
  const placed = await write(store, changed);
  const written = new Set(placed.map(({ product }) => product.id));
  const left = new Set(changed.map(({ id }) => id).filter((id) => !written.has(id)));

  const told = nextBooks(catalog, index, books, placed);
  const next = fitting(`${listed} versions`, {
    ...told,
    // Whoever fits nowhere is not to be described again and again.
    described: [...told.described, ...tooLarge.flatMap(({ versions }) => versions.map(({ id }) => id))],
    complete: told.complete && left.size === 0,
  });
  if (canonicalJson(next) !== canonicalJson(books)) await store.set(BOOKS_KEY, next);
  const now = new Set(next.described);
  const nextIndex = indexWith((product) =>
    left.has(product.id) ? (known.get(product.id) ?? NOT_WRITTEN) : digestOf(product, now),
  );
  if (canonicalJson(nextIndex) !== (index && canonicalJson(index))) await store.set(INDEX_KEY, nextIndex);
  const isAllForgotten = await forget(store, next);
  return {
    complete: next.complete && isAllForgotten,
    without: placed.flatMap(({ product }) =>
      product.versions.filter(({ described: where }) => where === 'too-large').map(({ id }) => id),
    ),
  };
};

/** Writes products until the run has made its share of requests: those first of which something was told. */
const write = async (store: CatalogStore, changed: readonly Product[]): Promise<readonly PlacedProduct[]> => {
  const isTold = ({ versions }: Product): boolean =>
    versions.some(({ described }) => described !== undefined);
  const products = [...changed.filter(isTold), ...changed.filter((product) => !isTold(product))];
  const written: PlacedProduct[] = [];
  let requests = 0;
  while (written.length < products.length && requests < REQUESTS) {
    const placed = await Promise.all(
      products.slice(written.length, written.length + AT_A_TIME).map(async (product) => {
        const before = KeptProduct.safeParse(await store.get(productKey(product.id))).data;
        return placeDescriptions(product, before);
      }),
    );
    const apart = placed.flatMap((product) => [...product.apart]);
    await inTurns(apart, ([id, description]) => store.set(descriptionKey(id), description));
    await inTurns(placed, ({ product }) => store.set(productKey(product.id), product));
    written.push(...placed);
    requests += 2 * placed.length + apart.length;
  }
  return written;
};

/** @throws CatalogTooLarge for what does not fit into one value */
const fitting = <Value>(what: string, value: Value): Value => {
  if (!fitsOneValue(value)) throw new CatalogTooLarge(what, 'what is kept of them has to fit into 240 KiB');
  return value;
};

/** What is kept once the catalogue's entries are written, and what is to go then. */
const nextBooks = (
  catalog: Catalog,
  index: KeptIndex | undefined,
  books: KeptBooks,
  placed: readonly PlacedProduct[],
): KeptBooks => {
  const before = { described: new Set(books.described), apart: new Set(books.apart) };
  const where = new Map(
    placed.flatMap(({ product }) => product.versions.map(({ id, described }) => [id, described] as const)),
  );
  const versions = catalog.products.flatMap((product) => product.versions);
  const isKnown = ({ id }: Version): boolean =>
    where.has(id) ? where.get(id) !== 'awaited' : before.described.has(id);
  const isApart = ({ id }: Version): boolean =>
    where.has(id) ? where.get(id) === 'apart' : before.apart.has(id);
  const apart = versions.filter(isApart).map(({ id }) => id);
  const needed = new Set([...catalog.products.map(({ id }) => productKey(id)), ...apart.map(descriptionKey)]);
  const obsolete = [
    ...books.forgetting,
    ...books.apart.map(descriptionKey),
    ...(index?.products ?? []).map(({ id }) => productKey(id)),
  ].filter((key) => !needed.has(key));
  return {
    form: 2,
    described: versions.filter(isKnown).map(({ id }) => id),
    apart,
    complete: versions.every(isKnown),
    forgetting: [...new Set(obsolete)],
  };
};

/** @returns whether nothing is left to be forgotten */
const forget = async (store: CatalogStore, books: KeptBooks): Promise<boolean> => {
  if (books.forgetting.length === 0) return true;
  await inTurns(books.forgetting.slice(0, FORGOTTEN_AT_ONCE), (key) => store.delete(key));
  const forgetting = books.forgetting.slice(FORGOTTEN_AT_ONCE);
  await store.set(BOOKS_KEY, { ...books, forgetting });
  return forgetting.length === 0;
};

const inTurns = async <Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> => {
  for (let done = 0; done < items.length; done += AT_A_TIME) {
    await Promise.all(items.slice(done, done + AT_A_TIME).map(act));
  }
};

/** The catalogue with long descriptions cut, without the products that would still not fit. */
const storable = (catalog: Catalog): { readonly catalog: Catalog; readonly tooLarge: readonly Product[] } => {
  const products = catalog.products.map((product) => ({
    ...cut(product),
    versions: product.versions.map(cutVersion),
  }));
  const fits = (product: Product): boolean =>
    fitsOneValue(placeDescriptions({ ...product, versions: product.versions.map(headOfVersion) }, undefined));
  return {
    catalog: { ...catalog, products: products.filter(fits) },
    tooLarge: products.filter((product) => !fits(product)),
  };
};

const cutVersion = (version: Version): Version =>
  version.described === undefined
    ? cut(version)
    : {
        ...cut(version),
        described: { ...version.described, parameters: version.described.parameters.map(cut) },
      };

const cut = <Described extends { description?: string | undefined }>(described: Described): Described =>
  described.description !== undefined && described.description.length > MAX_NOTE
    ? { ...described, description: `${described.description.slice(0, MAX_NOTE - 1).toWellFormed()}…` }
    : described;

/** Over what a product's entry is made of: itself, its versions, and which of those are described. */
const digestOf = (product: Product, known: ReadonlySet<string>): string => {
  const versions = product.versions.map((version) => ({
    ...headOfVersion(version),
    known: version.described !== undefined || known.has(version.id),
  }));
  return createHash('sha256')
    .update(canonicalJson({ ...headOf(product), versions }), 'utf8')
    .digest('hex');
};
