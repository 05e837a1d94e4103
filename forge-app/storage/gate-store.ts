import { z } from 'zod';
import { GateEntry, type GateStore } from '../gate/gate-entry';
import { createCompareAndSet } from './compare-and-set';
import { GATE_ENTITY } from './keys';

const Value = z.strictObject({ revision: z.string(), record: GateEntry });

/**
 * Gates in the app's storage.
 * @param ports.newRevision a text that no other writing has
 * @param ports.spend is told of every request to the storage
 */
export const createGateStore = (ports: {
  readonly newRevision: () => string;
  readonly spend: () => void;
}): GateStore => createCompareAndSet({ ...ports, name: GATE_ENTITY, read: (stored) => Value.parse(stored) });
