import { kvs } from '@forge/kvs';
import type { CatalogStore } from './catalog-store';

/** The app's own storage, one for each installation. */
export const kvsCatalogStore: CatalogStore = {
  get: (key) => kvs.get<unknown>(key),
  set: (key, value) => kvs.set(key, value),
  delete: (key) => kvs.delete(key),
};
