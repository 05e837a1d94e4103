import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { Timestamp } from '../../aws-bridge/contract/identifiers';
import { IN_FLIGHT_PREFIX, inFlightKey } from './keys';

const Entry = z.object({ lookAt: Timestamp });

/** A request under way, and when it is to be looked at. */
export interface InFlight {
  readonly issueId: string;
  readonly lookAt: string;
}

const PAGE = 100;
/** Pages read in one sweep: a thousand requests under way. Those beyond wait until earlier ones have ended. */
const MAX_PAGES = 10;

/** Requests under way, those first that have waited longest for a look. The listing lags behind the writes. */
export const listInFlight = async (): Promise<InFlight[]> => {
  const found: InFlight[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = kvs.query().where('key', WhereConditions.beginsWith(IN_FLIGHT_PREFIX)).limit(PAGE);
    const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
    for (const { key, value } of results) {
      found.push({ issueId: key.slice(IN_FLIGHT_PREFIX.length), lookAt: Entry.parse(value).lookAt });
    }
    if (!nextCursor) break;
    cursor = nextCursor;
  }
  return found.sort((a, b) => (a.lookAt < b.lookAt ? -1 : 1));
};

/** Takes an entry away that has no request. */
export const forgetInFlight = (issueId: string): Promise<void> => kvs.delete(inFlightKey(issueId));
