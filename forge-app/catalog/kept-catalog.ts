import * as z from 'zod/mini';
import { Product, SealingKey, Version, VersionDescription } from '../../aws-bridge/contract/catalog';
import { AwsRegion, ServiceCatalogId } from '../../aws-bridge/contract/identifiers';

/** Grows when what is kept changes its form; what was kept in another form counts as never kept. */
const form = z.literal(2);

/** Which products there are. `digest` tells whether a product's entry has to be written; without one it never was. */
export const KeptIndex = z.strictObject({
  form,
  revision: z.string(),
  /** What values that must not be shown are sealed to; absent where the bridge takes none. */
  sealingKey: z.exactOptional(SealingKey),
  products: z.array(
    z.strictObject({
      id: ServiceCatalogId,
      name: z.string(),
      region: AwsRegion,
      /** Whether it has a version that can be launched from here. */
      launchable: z.boolean(),
      digest: z.string(),
    }),
  ),
});
export type KeptIndex = z.infer<typeof KeptIndex>;

/**
 * A version with what is known of its description, or where that is.
 *
 * - `apart`: in an entry of its own, as the product's has no room for it
 * - `too-large`: nowhere, as no entry has room for it
 * - `awaited`: it has not arrived
 */
export const KeptVersion = z.strictObject({
  ...z.omit(Version, { described: true }).shape,
  described: z.union([VersionDescription, z.enum(['apart', 'too-large', 'awaited'])]),
});
export type KeptVersion = z.infer<typeof KeptVersion>;

/** A product with its versions: one read tells all that a form for the newest of them needs. */
export const KeptProduct = z.strictObject({
  form,
  ...z.omit(Product, { versions: true }).shape,
  versions: z.array(KeptVersion),
});
export type KeptProduct = z.infer<typeof KeptProduct>;

/** A description in an entry of its own. */
export const KeptDescription = VersionDescription;

/** What only synchronising needs to know. */
export const KeptBooks = z.strictObject({
  form,
  /** Versions whose description is kept, or known to be too large. */
  described: z.array(ServiceCatalogId),
  /** Those whose description lies in an entry of its own. */
  apart: z.array(ServiceCatalogId),
  /** Whether every product is written and every version described; if not, the whole catalogue is asked for. */
  complete: z.boolean(),
  /** Keys that are no longer needed but may still be there. */
  forgetting: z.array(z.string()),
});
export type KeptBooks = z.infer<typeof KeptBooks>;

export const INDEX_KEY = 'catalog:index';
export const BOOKS_KEY = 'catalog:books';
export const productKey = (productId: string): string => `catalog:product:${productId}`;
export const descriptionKey = (provisioningArtifactId: string): string =>
  `catalog:version:${provisioningArtifactId}`;
