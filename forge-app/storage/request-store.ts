import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { z } from 'zod';
import { RequestRecord } from '../request/record';
import type { RequestStore, StoredRequest } from '../request/requests';
import { entryOf } from './in-flight';
import { inFlightKey, REQUEST_ENTITY } from './keys';

/** `revision` names one writing of the record; a write names the revision that it replaces. */
const Value = z.strictObject({ revision: z.string(), record: RequestRecord });
type Value = z.infer<typeof Value>;

/**
 * Requests in the app's storage, with compare-and-set.
 *
 * Forge documents neither the code of a failed condition nor that of a key that is taken, and an answer can be lost
 * after the write. So nothing is read out of an error: the value is read again, and its revision tells.
 * @param ports.newRevision a text that no other writing has
 * @param ports.spend is told of every request to the storage
 */
export const createRequestStore = (ports: {
  readonly newRevision: () => string;
  readonly spend: () => void;
}): RequestStore => {
  const { spend } = ports;

  const load = async (issueId: string): Promise<StoredRequest | undefined> => {
    spend();
    const value: unknown = await kvs.entity<Value>(REQUEST_ENTITY).get(issueId);
    return value === undefined ? undefined : Value.parse(value);
  };

  /** Whether a write that failed, or seemed to, is there: undefined where the value is still the one from before. */
  const outcomeOf = async (
    error: unknown,
    issueId: string,
    mine: string,
    before: string | undefined,
  ): Promise<boolean> => {
    const found = await load(issueId);
    if (found?.revision === mine) return true;
    if (found?.revision === before) throw error;
    return false;
  };

  return {
    load,

    create: async (record) => {
      const value: Value = { revision: ports.newRevision(), record };
      // The index comes first: without its entry a crash in between would leave a request that no sweep sees.
      if (record.lookAt !== null) {
        spend();
        await kvs.set(inFlightKey(record.issueId), entryOf(record, record.lookAt));
      }
      spend();
      try {
        await kvs.entity<Value>(REQUEST_ENTITY).set(record.issueId, value, { keyPolicy: 'FAIL_IF_EXISTS' });
        return true;
      } catch (error) {
        return outcomeOf(error, record.issueId, value.revision, undefined);
      }
    },

    replace: async (stored, record) => {
      const value: Value = { revision: ports.newRevision(), record };
      const conditions = new Filter<Value>().and('revision', FilterConditions.equalTo(stored.revision));
      const transaction = kvs
        .transact()
        .set<Value>(record.issueId, value, { entityName: REQUEST_ENTITY, conditions });
      if (record.lookAt === null) transaction.delete(inFlightKey(record.issueId));
      else transaction.set(inFlightKey(record.issueId), entryOf(record, record.lookAt));
      spend();
      try {
        await transaction.execute();
        return value;
      } catch (error) {
        return (await outcomeOf(error, record.issueId, value.revision, stored.revision)) ? value : undefined;
      }
    },
  };
};
