import type { Catalog, VersionDescription } from '../../aws-bridge/contract/catalog';
import type { CatalogStore } from './catalog-store';

export interface CatalogReader {
  /**
   * The catalogue as far as one order needs it: the ordered product, if it is offered, with its versions, of which
   * the ordered one is described. Three reads at once.
   * @returns undefined while the catalogue has never arrived
   */
  readonly forOrder: (ordered: {
    readonly productId: string;
    readonly provisioningArtifactId: string;
  }) => Promise<Catalog | undefined>;
  /** What a version asks for and creates. One read. */
  readonly version: (provisioningArtifactId: string) => Promise<VersionDescription | undefined>;
}

export declare const createCatalogReader: (ports: { readonly store: CatalogStore }) => CatalogReader;
