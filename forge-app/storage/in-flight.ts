import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { Timestamp } from '../../aws-bridge/contract/identifiers';
import type { RequestRecord } from '../request/record';
import { isSilent } from '../sweep/silent';
import { IN_FLIGHT_PREFIX, inFlightKey } from './keys';

const Entry = z.object({
  lookAt: Timestamp,
  /** Looks in a row that came to nothing. */
  failures: z.int().nonnegative().default(0),
  /** The operation that the bridge is to be asked after instead of a look; it spares loading the request. */
  asks: z.string().nullable().default(null),
});
type Entry = z.infer<typeof Entry>;

/** A request under way, and when it is to be looked at. */
export interface InFlight extends Entry {
  readonly issueId: string;
}

export interface InFlightIndex {
  /**
   * Requests under way, from where the listing before has stopped.
   * @returns next: where to go on; null where all have been listed. The listing lags behind the writes.
   */
  readonly list: (
    cursor: string | null,
  ) => Promise<{ readonly entries: readonly InFlight[]; readonly next: string | null }>;
  /** Sets when to look next; the next write of the request sets it anew. */
  readonly put: (
    issueId: string,
    entry: { readonly lookAt: string; readonly failures: number },
  ) => Promise<void>;
  /** Takes an entry away that stands for nothing any more. */
  readonly forget: (issueId: string) => Promise<void>;
}

const PAGE = 100;
/** Pages read in one sweep: a thousand requests under way. What is beyond has its turn in the next one. */
const MAX_PAGES = 10;

/** What a request's write leaves in the index. */
export const entryOf = (record: RequestRecord, lookAt: string): Entry => ({
  lookAt,
  failures: 0,
  asks: isSilent(record, lookAt) ? record.operationId : null,
});

/** @param spend is told of every request to the storage */
export const createInFlightIndex = (spend: () => void): InFlightIndex => ({
  list: async (start) => {
    const entries: InFlight[] = [];
    let cursor = start;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = kvs.query().where('key', WhereConditions.beginsWith(IN_FLIGHT_PREFIX)).limit(PAGE);
      spend();
      const { results, nextCursor } = await (cursor === null ? query : query.cursor(cursor)).getMany();
      for (const { key, value } of results) {
        const entry = Entry.safeParse(value).data ?? { lookAt: LONG_AGO, failures: 0, asks: null };
        entries.push({ issueId: key.slice(IN_FLIGHT_PREFIX.length), ...entry });
      }
      cursor = nextCursor ?? null;
      if (cursor === null) break;
    }
    return { entries, next: cursor };
  },
  put: async (issueId, { lookAt, failures }) => {
    spend();
    await kvs.set(inFlightKey(issueId), { lookAt, failures, asks: null });
  },
  forget: async (issueId) => {
    spend();
    await kvs.delete(inFlightKey(issueId));
  },
});

/** An entry that cannot be read is due: the look puts it right. */
const LONG_AGO = '1970-01-01T00:00:00.000Z';
