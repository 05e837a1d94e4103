import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { Timestamp } from '../../aws-bridge/contract/identifiers';
import type { SweepMemory } from '../sweep/sweep';
import { SWEEP_KEY } from './keys';

const Kept = z.object({
  cursor: z.string().nullable(),
  searched: z.record(z.string(), Timestamp),
  asking: z.object({ size: z.int().positive(), from: z.int().nonnegative() }),
});

/** @param spend is told of every request to the storage */
export const createSweepMemory = (spend: () => void) => ({
  /** @returns undefined where there is none, or none that can be read */
  recall: async (): Promise<SweepMemory | undefined> => {
    spend();
    return Kept.safeParse(await kvs.get<unknown>(SWEEP_KEY)).data;
  },
  keep: async (memory: SweepMemory): Promise<void> => {
    spend();
    await kvs.set(SWEEP_KEY, memory);
  },
});
