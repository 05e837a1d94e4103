import { isUnchecked } from './decide';
import { BY_SETTINGS } from './decision-comments';
import { isToBeDelivered } from './on-its-way';
import { hasEnded, type RequestRecord } from './record';

const MINUTE = 60_000;
/** Milliseconds without news after which the bridge is asked: a minute less than two sweeps, so that after 14 it has been asked. */
const SILENCE = 9 * MINUTE;
/** Less than there is between two sweeps, so that the next one has its turn. */
export const NEXT_SWEEP = 4 * MINUTE;
/** Milliseconds after which a hand-over that was due counts as lost. */
const OVERDUE = MINUTE / 2;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Milliseconds between two looks at most, where settings or the catalogue are waited for: nobody tells of those. */
const LONGEST_FOR_SETTINGS = 6 * HOUR;
/** The same where people are waited for, who are told of by events. */
const LONGEST_FOR_PEOPLE = DAY;
/** Milliseconds after which only an event takes a request up: it was withdrawn or forgotten, or its project has given Gatehouse up. */
const FORGOTTEN = 90 * DAY;
/** Milliseconds between two looks at most for an issue that Jira does not show. */
const LONGEST_UNSEEN = HOUR;

/**
 * When the sweep is to look at a request next; null when it needs no look any more.
 *
 * A request that waits for a person is looked at the less often the longer it has waited: the event is the rule and
 * the sweep the exception, and a forgotten request must not cost as much as a fresh one; after a quarter of a year it costs nothing any more.
 * One that was approved and waits for settings that can be used is not forgotten: people count on it.
 */
export const lookAt = (record: RequestRecord, now: Date): string | null => {
  const after = (milliseconds: number) => new Date(now.getTime() + milliseconds).toISOString();
  if (record.gone) return null;
  const isLeft = record.outbox.length > 0;
  if (record.unseenSince !== null && (isLeft || !isToBeDelivered(record))) {
    const unseenFor = now.getTime() - Date.parse(record.unseenSince);
    return after(Math.min(LONGEST_UNSEEN, Math.max(NEXT_SWEEP, unseenFor / 4)));
  }
  if (isLeft) return after(MINUTE);
  if (hasEnded(record)) return null;
  if (isUnchecked(record) || record.state === 'awaiting-approval' || record.state === 'blocked') {
    const waited = now.getTime() - Date.parse(record.since);
    const forPeople = !isUnchecked(record) && record.blockedBy !== BY_SETTINGS;
    if (record.blockedBy !== BY_SETTINGS && waited > FORGOTTEN) return null;
    const longest = forPeople ? LONGEST_FOR_PEOPLE : LONGEST_FOR_SETTINGS;
    return after(Math.min(longest, Math.max(NEXT_SWEEP, waited / 10), untilItsEndIsKnown(record, now)));
  }
  if (record.state === 'stuck') return null;
  if (record.delivery && record.delivery.acceptedAt === null) {
    return new Date(Date.parse(record.delivery.dueAt) + OVERDUE).toISOString();
  }
  return after(SILENCE);
};

/** Milliseconds until the bridge has to know how a gate ended that nobody decided about. */
const untilItsEndIsKnown = ({ fixed }: RequestRecord, now: Date): number =>
  fixed?.kind === 'gate'
    ? Math.max(SILENCE, Date.parse(fixed.gate.deadline) + SILENCE - now.getTime())
    : Number.POSITIVE_INFINITY;
