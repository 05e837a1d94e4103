/**
 * Where the app keeps the catalogue. A value holds at most 240 KiB of JSON, so the catalogue lies in pieces: an
 * index, one entry a product, and one for each version's description that the product's has no room for.
 */
export interface CatalogStore {
  /** @returns undefined where nothing lies under the key */
  readonly get: (key: string) => Promise<unknown>;
  readonly set: (key: string, value: unknown) => Promise<void>;
  /** Does nothing where nothing lies under the key. */
  readonly delete: (key: string) => Promise<void>;
}
