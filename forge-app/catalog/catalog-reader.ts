import { type Catalog, type VersionDescription } from '../../aws-bridge/contract/catalog';
import { ServiceCatalogId } from '../../aws-bridge/contract/identifiers';
import type { CatalogStore } from './catalog-store';
import { INDEX_KEY, KeptIndex, KeptProduct, KeptVersion, productKey, versionKey } from './kept-catalog';

export interface CatalogReader {
  /**
   * The catalogue as far as one order needs it: the ordered product, if it is offered, with its versions, of which
   * the ordered one is described. Three reads at once.
   * @returns undefined while the catalogue has not arrived
   */
  readonly forOrder: (ordered: {
    readonly productId: string;
    readonly provisioningArtifactId: string;
  }) => Promise<Catalog | undefined>;
  /** What a version asks for and creates. One read. */
  readonly version: (provisioningArtifactId: string) => Promise<VersionDescription | undefined>;
}

/** Reads the catalogue that `createCatalogSync` keeps. The index alone says what is offered. */
export const createCatalogReader = ({ store }: { readonly store: CatalogStore }): CatalogReader => {
  const version = async (id: string): Promise<VersionDescription | undefined> =>
    isId(id) ? KeptVersion.safeParse(await store.get(versionKey(id))).data : undefined;

  return {
    version,
    forOrder: async ({ productId, provisioningArtifactId }) => {
      const [keptIndex, keptProduct, described] = await Promise.all([
        store.get(INDEX_KEY),
        isId(productId) ? store.get(productKey(productId)) : undefined,
        version(provisioningArtifactId),
      ]);
      const index = KeptIndex.safeParse(keptIndex).data;
      if (!index) return undefined;
      const { revision } = index;
      if (!index.products.some(({ id }) => id === productId)) return { revision, products: [] };
      const product = KeptProduct.safeParse(keptProduct).data;
      if (!product) return undefined;
      const versions = product.versions.map((candidate) =>
        candidate.id === provisioningArtifactId && described ? { ...candidate, described } : candidate,
      );
      return { revision, products: [{ ...product, versions }] };
    },
  };
};

/** Ids come from the order form: only what can be an id becomes part of a key. */
const isId = (id: string): boolean => ServiceCatalogId.safeParse(id).success;
