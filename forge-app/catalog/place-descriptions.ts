import * as z from 'zod/mini';
import { Product, Version, type VersionDescription } from '../../aws-bridge/contract/catalog';
import type { KeptProduct, KeptVersion } from './kept-catalog';
import { isOffered } from './offered';

/** Bytes of JSON that one value of the app's storage may have. */
const MAX_VALUE_BYTES = 240 * 1024;

export const fitsOneValue = (value: unknown): boolean => bytesOf(value) <= MAX_VALUE_BYTES;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), 'utf8');

/** A product's entry, and the descriptions that it has no room for, by version. */
export interface PlacedProduct {
  readonly product: KeptProduct;
  readonly apart: ReadonlyMap<string, VersionDescription>;
}

/**
 * Makes a product's entry: it takes in the descriptions of the versions that people can choose, newest first, then of the
 * others, as far as there is room.
 * @param before the entry as it is kept; what it knows of a version stays known, for a version never changes
 */
export const placeDescriptions = (product: Product, before: KeptProduct | undefined): PlacedProduct => {
  const kept = new Map(before?.versions.map(({ id, described }) => [id, described]));
  const known = new Map(
    product.versions.map(({ id, described }) => [id, described ?? kept.get(id) ?? 'awaited'] as const),
  );
  const placed = new Map<string, KeptVersion['described']>(
    [...known].map(([id, described]) => [id, typeof described === 'string' ? described : 'apart']),
  );
  const entry = (): KeptProduct => ({
    form: 2,
    ...headOf(product),
    versions: product.versions.map((version) => ({
      ...headOfVersion(version),
      described: placed.get(version.id) ?? 'awaited',
    })),
  });

  const apart = new Map<string, VersionDescription>();
  let taken = bytesOf(entry());
  for (const { id } of [...product.versions].sort(byUse)) {
    const described = known.get(id);
    if (described === undefined || typeof described === 'string') continue;
    const bytes = bytesOf(described);
    if (taken + bytes <= MAX_VALUE_BYTES) {
      taken += bytes;
      placed.set(id, described);
    } else if (bytes <= MAX_VALUE_BYTES) apart.set(id, described);
    else placed.set(id, 'too-large');
  }
  return { product: entry(), apart };
};

const byUse = (a: Version, b: Version): number =>
  Number(isOffered(b)) - Number(isOffered(a)) || (a.createdAt < b.createdAt ? 1 : -1);

const ProductHead = z.object(z.omit(Product, { versions: true }).shape);
const VersionHead = z.object(z.omit(Version, { described: true }).shape);

/** A product without its versions. */
export const headOf = (product: z.infer<typeof ProductHead>): z.infer<typeof ProductHead> =>
  ProductHead.parse(product);

/** A version without its description. */
export const headOfVersion = (version: z.infer<typeof VersionHead>): z.infer<typeof VersionHead> =>
  VersionHead.parse(version);
