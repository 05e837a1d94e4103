import type { CatalogAnswer } from '../../aws-bridge/contract/catalog';
import type { CatalogStore } from './catalog-store';

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
}

/** @returns the function that brings what is kept up to date */
export declare const createCatalogSync: (ports: {
  readonly bridge: CatalogSource;
  readonly store: CatalogStore;
}) => () => Promise<CatalogSyncResult>;
