import * as z from 'zod/mini';
import { Product, Version, VersionDescription } from '../../aws-bridge/contract/catalog';
import { ServiceCatalogId } from '../../aws-bridge/contract/identifiers';

/** Grows when what is kept changes its form; what was kept in another form counts as never kept. */
const form = z.literal(1);

/** Which products there are. `digest` tells whether a product's entry has to be written. */
export const KeptIndex = z.strictObject({
  form,
  revision: z.string(),
  products: z.array(z.strictObject({ id: ServiceCatalogId, name: z.string(), digest: z.string() })),
});
export type KeptIndex = z.infer<typeof KeptIndex>;

/** A product with its versions, whose descriptions lie elsewhere: reading a contract's product drops them. */
export const KeptProduct = z.extend(Product, {
  versions: z.array(z.object(z.omit(Version, { described: true }).shape)),
});
export type KeptProduct = z.infer<typeof KeptProduct>;

export const KeptVersion = VersionDescription;

/** What only synchronising needs to know. */
export const KeptBooks = z.strictObject({
  form,
  /** Versions whose description is kept. */
  described: z.array(ServiceCatalogId),
  /** Whether every version that can be launched is described; if not, the whole catalogue is asked for. */
  complete: z.boolean(),
  /** Keys that are no longer needed but may still be there. */
  forgetting: z.array(z.string()),
});
export type KeptBooks = z.infer<typeof KeptBooks>;

export const INDEX_KEY = 'catalog:index';
export const BOOKS_KEY = 'catalog:books';
export const productKey = (productId: string): string => `catalog:product:${productId}`;
export const versionKey = (provisioningArtifactId: string): string =>
  `catalog:version:${provisioningArtifactId}`;
