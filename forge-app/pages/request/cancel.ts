import type { RequestRecord } from '../../request/record';
import type { Requests } from '../../request/requests';
import { type Answer, ok, refused } from '../answer';
import type { Seeing } from './retry';

/** Calls a launch off of which nothing was handed over. */
export type Cancel = (record: RequestRecord, seeing: Seeing) => Promise<Answer<null>>;

export const createCancel =
  ({ requests }: { readonly requests: Pick<Requests, 'apply'> }): Cancel =>
  async ({ issueId }, { by, seen }) => {
    const applied = await requests.apply(issueId, { type: 'cancelled', by, seen });
    return applied?.changed ? ok(null) : refused('changed');
  };
