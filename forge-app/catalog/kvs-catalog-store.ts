import { kvs } from '@forge/kvs';
import type { CatalogStore } from './catalog-store';

/**
 * The app's own storage, one for each installation.
 * @param spend is told of every request to the storage
 */
export const createKvsCatalogStore = (spend: () => void): CatalogStore => ({
  get: (key) => {
    spend();
    return kvs.get<unknown>(key);
  },
  set: (key, value) => {
    spend();
    return kvs.set(key, value);
  },
  delete: (key) => {
    spend();
    return kvs.delete(key);
  },
});
