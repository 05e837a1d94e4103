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

/** @param ports.spend is told of every request to the storage */
export const createSyncMemory = (ports: { readonly now: () => Date; readonly spend: () => void }) => {
  const read = async (): Promise<SyncMemory> => {
    ports.spend();
    return SyncMemory.safeParse(await kvs.get<unknown>(SYNCED_KEY)).data ?? NOTHING;
  };
  const write = async (memory: SyncMemory): Promise<void> => {
    ports.spend();
    await kvs.set(SYNCED_KEY, memory);
  };

  return {
    read,
    /** Synchronises and remembers how that came out. @throws what synchronising throws */
    remembering: async (sync: () => Promise<CatalogSyncResult>): Promise<CatalogSyncResult> => {
      const at = ports.now().toISOString();
      try {
        const result = await sync();
        const before = await read();
        // Of a catalogue that is unchanged, what was too large before is not said again.
        const known = result.changed ? [] : (before.done?.tooLarge ?? []);
        const tooLarge = [...new Set([...known, ...result.tooLarge])].slice(0, MOST_TOO_LARGE);
        await write({ done: { at, products: result.products, tooLarge }, failed: null });
        return result;
      } catch (error) {
        const reason = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON);
        const { done } = await read();
        await write({ done, failed: { at, reason } });
        throw error;
      }
    },
  };
};
