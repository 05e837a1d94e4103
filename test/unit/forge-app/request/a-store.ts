import { RequestRecord } from '../../../../forge-app/request/record';
import type { RequestStore, StoredRequest } from '../../../../forge-app/request/requests';

/** A stand-in for the app's storage in one process: what is written is copied, and every write has a revision. */
export const aStore = (...records: readonly RequestRecord[]) => {
  let writes = 0;
  const kept = new Map<string, StoredRequest>();
  const write = (record: RequestRecord): StoredRequest => {
    writes += 1;
    const stored = { revision: `r${writes}`, record: RequestRecord.parse(structuredClone(record)) };
    kept.set(record.issueId, stored);
    return stored;
  };
  for (const record of records) write(record);
  const store: RequestStore = {
    load: (issueId) => Promise.resolve(kept.get(issueId)),
    create: (record) => Promise.resolve(kept.has(record.issueId) ? undefined : write(record)),
    replace: (stored, record) =>
      Promise.resolve(kept.get(record.issueId)?.revision === stored.revision ? write(record) : undefined),
  };
  return { store, record: (issueId = '10042') => kept.get(issueId)?.record };
};
