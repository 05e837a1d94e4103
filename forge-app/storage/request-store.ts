import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { RequestRecord } from '../request/record';
import type { RequestStore } from '../request/requests';
import { createCompareAndSet } from './compare-and-set';
import { entryOf } from './in-flight';
import { inFlightKey, REQUEST_ENTITY } from './keys';

const Value = z.strictObject({ revision: z.string(), record: RequestRecord });

/**
 * Requests in the app's storage, with their entries in the index of what is under way.
 * @param ports.newRevision a text that no other writing has
 * @param ports.spend is told of every request to the storage
 */
export const createRequestStore = (ports: {
  readonly newRevision: () => string;
  readonly spend: () => void;
}): RequestStore => {
  const { spend } = ports;
  const requests = createCompareAndSet({
    ...ports,
    name: REQUEST_ENTITY,
    read: (stored) => Value.parse(stored),
  });

  return {
    load: requests.load,

    create: async (record) => {
      // The index comes first: without its entry a crash in between would leave a request that no sweep sees.
      if (record.lookAt !== null) {
        spend();
        await kvs.set(inFlightKey(record.issueId), entryOf(record, record.lookAt));
      }
      return requests.create(record.issueId, record);
    },

    replace: (stored, record) =>
      requests.replace(record.issueId, stored, record, (transaction) => {
        if (record.lookAt === null) transaction.delete(inFlightKey(record.issueId));
        else transaction.set(inFlightKey(record.issueId), entryOf(record, record.lookAt));
      }),
  };
};
