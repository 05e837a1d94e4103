import type { Catalog, Product, SealingKey, VersionDescription } from '../../aws-bridge/contract/catalog';
import { ServiceCatalogId } from '../../aws-bridge/contract/identifiers';
import type { CatalogStore } from './catalog-store';
import {
  descriptionKey,
  INDEX_KEY,
  KeptDescription,
  KeptIndex,
  KeptProduct,
  type KeptVersion,
  productKey,
} from './kept-catalog';
import { headOf, headOfVersion } from './place-descriptions';

/** A product as a list shows it. */
export type ListedProduct = Pick<KeptIndex['products'][number], 'id' | 'name' | 'region' | 'launchable'>;

export interface CatalogReader {
  /**
   * The catalogue as far as one order needs it: the ordered product, if it is offered, with its versions, of which
   * the ordered one is described. One read, and another where the description lies apart or there is no such product: what an
   * order costs does not grow with the catalogue.
   * @returns undefined while the catalogue has not arrived
   */
  readonly forOrder: (ordered: {
    readonly productId: string;
    readonly provisioningArtifactId: string;
  }) => Promise<Pick<Catalog, 'products'> | undefined>;
  /** The products that there are. One read; undefined while the catalogue has not arrived. */
  readonly products: () => Promise<readonly ListedProduct[] | undefined>;
  /** A product with its versions, as far as their descriptions have room beside it. One read; undefined where it is not kept. */
  readonly product: (productId: string) => Promise<KeptProduct | undefined>;
  /** What values are sealed to. One read; undefined while it has not arrived, or where the bridge takes no sealed values. */
  readonly sealingKey: () => Promise<SealingKey | undefined>;
  /** What a kept version asks for and creates. One read where that lies apart, else none. */
  readonly describedIn: (version: KeptVersion) => Promise<VersionDescription | undefined>;
}

/** Reads the catalogue that `createCatalogSync` keeps. A product is offered for as long as its entry is there. */
export const createCatalogReader = ({ store }: { readonly store: CatalogStore }): CatalogReader => {
  const index = async (): Promise<KeptIndex | undefined> =>
    KeptIndex.safeParse(await store.get(INDEX_KEY)).data;

  const product = async (id: string): Promise<KeptProduct | undefined> =>
    isId(id) ? KeptProduct.safeParse(await store.get(productKey(id))).data : undefined;

  const describedIn = async ({ id, described }: KeptVersion): Promise<VersionDescription | undefined> => {
    if (typeof described !== 'string') return described;
    if (described !== 'apart') return undefined;
    return KeptDescription.safeParse(await store.get(descriptionKey(id))).data;
  };

  return {
    product,
    describedIn,
    products: async () => (await index())?.products,
    sealingKey: async () => (await index())?.sealingKey,
    forOrder: async ({ productId, provisioningArtifactId }) => {
      const kept = await product(productId);
      if (!kept) {
        const listed = await index();
        const arrived = listed && !listed.products.some(({ id }) => id === productId);
        return arrived ? { products: [] } : undefined;
      }
      const ordered = kept.versions.find(({ id }) => id === provisioningArtifactId);
      const described = ordered && (await describedIn(ordered));
      return { products: [offered(kept, provisioningArtifactId, described)] };
    },
  };
};

/** The product in the contract's form; a version that is too large to be judged is not there to be ordered. */
const offered = (
  product: KeptProduct,
  ordered: string,
  described: VersionDescription | undefined,
): Product => ({
  ...headOf(product),
  versions: product.versions
    .filter((version) => version.described !== 'too-large')
    .map((version) => ({
      ...headOfVersion(version),
      ...(version.id === ordered && described && { described }),
    })),
});

/** Ids come from the order form: only what can be an id becomes part of a key. */
const isId = (id: string): boolean => ServiceCatalogId.safeParse(id).success;
