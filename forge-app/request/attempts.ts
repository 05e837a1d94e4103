import { earlierOperationIds, launchOperationId } from '../order/operation-id';
import { isUnconfirmed } from './on-its-way';
import { kindOf, type RequestRecord, UNDECIDED } from './record';

/** Launches of one request under one approval; what fails so often fails for a reason that another launch does not mend. */
export const MOST_ATTEMPTS = 5;

/**
 * What an agent may try anew.
 * - `send`: a hand-over that was given up; the same operation is sent again
 * - `launch`: a launch that is known to have left nothing that could still come to life; another operation begins
 *
 * Of everything else it is not known to be over.
 */
export const retryOf = (record: RequestRecord): 'send' | 'launch' | null => {
  if (record.gone) return null;
  if (record.state === 'stuck' && isUnconfirmed(record)) return 'send';
  const over = record.state === 'failed' || record.state === 'refused';
  // What is still to be told of the attempt before would be told as if it were of the next one.
  const launchable = over && kindOf(record) === 'launch' && record.outbox.length === 0;
  return launchable && record.attempt < MOST_ATTEMPTS ? 'launch' : null;
};

/** The request as if its next launch were still to be decided about. */
export const nextAttempt = (record: RequestRecord, siteId: string): RequestRecord => ({
  ...record,
  attempt: record.attempt + 1,
  operationId: launchOperationId({ siteId, issueId: record.issueId, attempt: record.attempt + 1 }),
  state: 'awaiting-approval',
  ...UNDECIDED,
});

/** Whether an operation is one that this request has given way to another one. */
export const isEarlierAttempt = (
  { issueId, attempt }: RequestRecord,
  siteId: string,
  operationId: string,
): boolean => earlierOperationIds({ siteId, issueId, attempt }).includes(operationId);
