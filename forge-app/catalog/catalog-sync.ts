import { createHash } from 'node:crypto';
import { canonicalJson } from '../../aws-bridge/contract/canonical-json';
import type { Catalog, CatalogAnswer, Product, Version } from '../../aws-bridge/contract/catalog';
import type { CatalogStore } from './catalog-store';
import {
  BOOKS_KEY,
  INDEX_KEY,
  KeptBooks,
  KeptIndex,
  KeptProduct,
  productKey,
  versionKey,
} from './kept-catalog';

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
/** Bytes of JSON that one value of the app's storage may have. */
const MAX_VALUE_BYTES = 240 * 1024;
/** Characters of a description: it is for reading only, and an entry has to fit into a value. */
const MAX_NOTE = 300;
/** Writes under way at a time; the platform limits how many an app may do. */
const WRITES_AT_A_TIME = 20;

const NOTHING_KEPT: KeptBooks = { form: 1, described: [], complete: false, forgetting: [] };

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
    await keep(store, catalog, index, books);
    return {
      changed: catalog.revision !== index?.revision,
      revision: catalog.revision,
      products: catalog.products.length,
      tooLarge,
    };
  };

const keep = async (
  store: CatalogStore,
  catalog: Catalog,
  index: KeptIndex | undefined,
  books: KeptBooks,
): Promise<void> => {
  const versions = catalog.products.flatMap((product) => product.versions);
  const fresh = versions.filter((version) => version.described !== undefined);
  await inTurns(fresh, (version) => store.set(versionKey(version.id), version.described));

  const entries = catalog.products.map(keptForm).map((product) => ({
    product,
    line: { id: product.id, name: product.name, digest: digestOf(product) },
  }));
  const known = new Map(index?.products.map(({ id, digest }) => [id, digest]));
  const changed = entries.filter(({ line }) => known.get(line.id) !== line.digest);
  await inTurns(changed, ({ product }) => store.set(productKey(product.id), product));

  const next = nextBooks(catalog, index, books);
  if (canonicalJson(next) !== canonicalJson(books)) await store.set(BOOKS_KEY, next);
  const nextIndex: KeptIndex = {
    form: 1,
    revision: catalog.revision,
    products: entries.map(({ line }) => line),
  };
  if (canonicalJson(nextIndex) !== (index && canonicalJson(index))) await store.set(INDEX_KEY, nextIndex);
  await forget(store, next);
};

/** What is kept once the catalogue's entries are written, and what is to go then. */
const nextBooks = (catalog: Catalog, index: KeptIndex | undefined, books: KeptBooks): KeptBooks => {
  const versions = catalog.products.flatMap((product) => product.versions);
  const before = new Set(books.described);
  const described = versions
    .filter((version) => version.described !== undefined || before.has(version.id))
    .map(({ id }) => id);
  const now = new Set(described);
  const needed = new Set([...catalog.products.map(({ id }) => productKey(id)), ...described.map(versionKey)]);
  const obsolete = [
    ...books.forgetting,
    ...books.described.map(versionKey),
    ...(index?.products ?? []).map(({ id }) => productKey(id)),
  ].filter((key) => !needed.has(key));
  return {
    form: 1,
    described,
    complete: versions.filter(isOffered).every(({ id }) => now.has(id)),
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

const isOffered = (version: Version): boolean => version.active && version.guidance === 'DEFAULT';

/** The catalogue with long descriptions cut, without what would still not fit. */
const storable = (catalog: Catalog): { readonly catalog: Catalog; readonly tooLarge: readonly string[] } => {
  const tooLarge: string[] = [];
  const fits = (id: string, value: unknown): boolean => {
    const does = Buffer.byteLength(JSON.stringify(value), 'utf8') <= MAX_VALUE_BYTES;
    if (!does) tooLarge.push(id);
    return does;
  };
  const products = catalog.products
    .map((product) => ({ ...cut(product), versions: product.versions.map(cutVersion) }))
    .filter((product) => fits(product.id, keptForm(product)))
    .map((product) => ({
      ...product,
      versions: product.versions.filter(({ id, described }) => !described || fits(id, described)),
    }));
  return { catalog: { ...catalog, products }, tooLarge };
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

const keptForm = (product: Product): KeptProduct => KeptProduct.parse(product);

const digestOf = (product: KeptProduct): string =>
  createHash('sha256').update(canonicalJson(product), 'utf8').digest('hex');
