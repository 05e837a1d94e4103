import { isUnchecked } from './decide';
import { hasEnded, type RequestRecord } from './record';

const MINUTE = 60_000;
/** Milliseconds without news after which the bridge is asked. */
const SILENCE = 10 * MINUTE;
const SHORTEST = 5 * MINUTE;
const LONGEST = 6 * 60 * MINUTE;

/**
 * When the sweep is to look at a request next; null when it needs no look any more.
 *
 * A request that waits for a person is looked at the less often the longer it has waited: the event is the rule and
 * the sweep the exception, and a forgotten request must not cost as much as a fresh one.
 */
export const lookAt = (record: RequestRecord, now: Date): string | null => {
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds).toISOString();
  if (record.outbox.length > 0) return after(MINUTE);
  if (hasEnded(record)) return null;
  if (isUnchecked(record) || record.state === 'awaiting-approval' || record.state === 'blocked') {
    const waited = now.getTime() - Date.parse(record.since);
    return after(Math.min(LONGEST, Math.max(SHORTEST, waited / 10)));
  }
  if (record.state === 'stuck') return null;
  if (record.delivery && record.delivery.acceptedAt === null) {
    return new Date(Date.parse(record.delivery.dueAt) + SHORTEST).toISOString();
  }
  return after(SILENCE);
};
