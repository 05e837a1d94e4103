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
import { isLaunchable, isOffered } from './offered';
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
  readonly revision: string;
  readonly products: number;
  /** Products and versions that do not fit into a value, by id. They cannot be ordered. */
  readonly tooLarge: readonly string[];
}

/** What one `catalog.requested` can list. */
const MAX_LISTED = 10_000;
/** Characters of a description: it is for reading only, and an entry has to fit into a value. */
const MAX_NOTE = 300;
/** Writes under way at a time; the platform limits how many an app may do. */
const WRITES_AT_A_TIME = 20;

const NOTHING_KEPT: KeptBooks = { form: 2, described: [], apart: [], complete: false, forgetting: [] };

/**
 * Brings the kept catalogue up to date: says what is there, keeps what is new, forgets what has vanished, and writes
 * nothing when nothing has changed.
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
      describedVersions: books.described.slice(0, MAX_LISTED),
    });
    if (!answer.changed) {
      if (!index) throw new Error('The bridge calls a catalogue unchanged that the app does not have');
      await forget(store, books);
      return { changed: false, revision: index.revision, products: index.products.length, tooLarge: [] };
    }
    const { catalog, tooLarge } = storable(answer.catalog);
    const without = await keep(store, catalog, index, books);
    return {
      changed: catalog.revision !== index?.revision,
      revision: catalog.revision,
      products: catalog.products.length,
      tooLarge: [...tooLarge, ...without],
    };
  };

/** @returns the versions whose description fits nowhere */
const keep = async (
  store: CatalogStore,
  catalog: Catalog,
  index: KeptIndex | undefined,
  books: KeptBooks,
): Promise<readonly string[]> => {
  const described = new Set(books.described);
  const known = new Map(index?.products.map(({ id, digest }) => [id, digest]));
  const changed = catalog.products.filter(
    (product) => known.get(product.id) !== digestOf(product, described),
  );
  const placed: PlacedProduct[] = [];
  await inTurns(changed, async (product) => {
    const before = KeptProduct.safeParse(await store.get(productKey(product.id))).data;
    placed.push(placeDescriptions(product, before));
  });
  await inTurns(
    placed.flatMap(({ apart }) => [...apart]),
    ([id, description]) => store.set(descriptionKey(id), description),
  );
  await inTurns(placed, ({ product }) => store.set(productKey(product.id), product));

  const next = nextBooks(catalog, index, books, placed);
  if (canonicalJson(next) !== canonicalJson(books)) await store.set(BOOKS_KEY, next);
  const now = new Set(next.described);
  const nextIndex: KeptIndex = {
    form: 2,
    revision: catalog.revision,
    ...(catalog.sealingKey && { sealingKey: catalog.sealingKey }),
    products: catalog.products.map((product) => ({
      id: product.id,
      name: product.name,
      region: product.region,
      launchable: isLaunchable(product),
      digest: digestOf(product, now),
    })),
  };
  if (canonicalJson(nextIndex) !== (index && canonicalJson(index))) await store.set(INDEX_KEY, nextIndex);
  await forget(store, next);
  return placed.flatMap(({ product }) =>
    product.versions.filter(({ described: where }) => where === 'too-large').map(({ id }) => id),
  );
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
    complete: versions.filter(isOffered).every(isKnown),
    forgetting: [...new Set(obsolete)],
  };
};

const forget = async (store: CatalogStore, books: KeptBooks): Promise<void> => {
  if (books.forgetting.length === 0) return;
  await inTurns(books.forgetting, (key) => store.delete(key));
  await store.set(BOOKS_KEY, { ...books, forgetting: [] });
};

const inTurns = async <Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> => {
  for (let done = 0; done < items.length; done += WRITES_AT_A_TIME) {
    await Promise.all(items.slice(done, done + WRITES_AT_A_TIME).map(act));
  }
};

/** The catalogue with long descriptions cut, without the products that would still not fit. */
const storable = (catalog: Catalog): { readonly catalog: Catalog; readonly tooLarge: readonly string[] } => {
  const products = catalog.products.map((product) => ({
    ...cut(product),
    versions: product.versions.map(cutVersion),
  }));
  const fits = (product: Product): boolean =>
    fitsOneValue(placeDescriptions({ ...product, versions: product.versions.map(headOfVersion) }, undefined));
  return {
    catalog: { ...catalog, products: products.filter(fits) },
    tooLarge: products.filter((product) => !fits(product)).map(({ id }) => id),
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
