import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { Timestamp } from '../../aws-bridge/contract/identifiers';
import type { CatalogSyncResult } from '../catalog/catalog-sync';

const SYNCED_KEY = 'connection:synced';

/** How the last attempts to synchronise the catalogue came out. */
export const SyncMemory = z.strictObject({
  /** The last that succeeded; null before any did. */
  done: z.strictObject({ at: Timestamp, products: z.int(), tooLarge: z.array(z.string()) }).nullable(),
  /** The last attempt, where it failed. */
  failed: z.strictObject({ at: Timestamp, reason: z.string() }).nullable(),
});
export type SyncMemory = z.infer<typeof SyncMemory>;

const NOTHING: SyncMemory = { done: null, failed: null };
/** Characters of a reason, and ids of what is too large, that are kept. */
const LONGEST_REASON = 500;
const MOST_TOO_LARGE = 100;

export const createSyncMemory = ({ now }: { readonly now: () => Date }) => {
  const read = async (): Promise<SyncMemory> =>
    SyncMemory.safeParse(await kvs.get<unknown>(SYNCED_KEY)).data ?? NOTHING;

  return {
    read,
    /** Synchronises and remembers how that came out. @throws what synchronising throws */
    remembering: async (sync: () => Promise<CatalogSyncResult>): Promise<CatalogSyncResult> => {
      const at = now().toISOString();
      try {
        const result = await sync();
        const before = await read();
        // An unchanged catalogue is answered without saying again what of it was too large.
        const tooLarge = result.changed ? [...result.tooLarge] : (before.done?.tooLarge ?? []);
        const done = { at, products: result.products, tooLarge: tooLarge.slice(0, MOST_TOO_LARGE) };
        await kvs.set(SYNCED_KEY, { done, failed: null } satisfies SyncMemory);
        return result;
      } catch (error) {
        const reason = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON);
        const { done } = await read();
        await kvs.set(SYNCED_KEY, { done, failed: { at, reason } } satisfies SyncMemory);
        throw error;
      }
    },
  };
};
