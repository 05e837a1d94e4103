import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import type { DeliveryFailure } from '../delivery/judge-delivery';
import { brokenComment } from './comments';
import { standingOf } from './conclude';
import {
  delayedComment,
  deliveryTroubleComment,
  recalledComment,
  recallTroubleComment,
  recallUnknownComment,
  resumedComment,
  takenBackComment,
  tooLateComment,
  tooLateDetail,
  undeliverableComment,
} from './decision-comments';
import { comment, type Decision, deliver, enter, property, stuck, unchanged, withProperty } from './effects';
import { type Delivery, type Effect, hasEnded, type RequestRecord } from './record';

/*
 * What becomes of an approved order between its approval and the moment from which the bridge is known to have it.
 */

/** Seconds after which whatever was sent before a recall has arrived or never will: the bridge takes no message that is
 * older than five minutes, and no invocation of ours lives longer than one. */
export const SETTLED_AFTER = 420;
/** Milliseconds of delay after which the reporter is told. */
const TELL_REPORTER_AFTER = 3_600_000;

/** Whether the bridge is not known to have the operation. */
export const isUnconfirmed = (record: RequestRecord): boolean =>
  record.operation !== null && record.delivery?.acceptedAt === null && !hasEnded(record);

/** Whether something is still to be done about the hand-over: to send the operation, or to find out what became of it. */
export const isToBeDelivered = (record: RequestRecord): boolean =>
  isUnconfirmed(record) && record.state !== 'stuck';

export const isRecalled = (record: RequestRecord): boolean => typeof record.delivery?.recalledAt === 'string';

export const fresh = (now: Date): Delivery => ({
  since: now.toISOString(),
  attempts: 0,
  dueAt: now.toISOString(),
  acceptedAt: null,
  recalledAt: null,
  delayTold: false,
});

/** The first hand-over of an operation, or another one where an approval still stands, or stands again. */
export const send = (record: RequestRecord, operation: ApprovedOperation, now: Date): Decision => {
  const sending = enter({ ...record, operation, blockedBy: null, delivery: fresh(now) }, 'sending', now);
  if (record.operation === null) {
    return { record: sending, effects: [deliver('deliver-0'), property(sending)] };
  }
  const again = deliver(`deliver-again-${record.interruptions}`);
  const told = isRecalled(record)
    ? [comment('customer', `resumed-${record.interruptions}`, resumedComment())]
    : [];
  return { record: sending, effects: [again, property(sending), ...told] };
};

/** An approval that stands, for an operation that exists already. */
export const approvedAgain = (record: RequestRecord, operation: ApprovedOperation, now: Date): Decision => {
  if (!isUnconfirmed(record) || record.operation === null) return unchanged(record);
  const standing = standingOf(record.operation, { type: 'approved', operation });
  if (standing !== 'stands') return recalled(record, now);
  return record.state === 'stuck' || isRecalled(record)
    ? send(record, record.operation, now)
    : unchanged(record);
};

/**
 * Nobody stands behind the operation any more. It is not sent again; but an attempt may have arrived whose answer was
 * lost, or whose invocation died. So it counts as on its way until the bridge has said that it does not know it.
 */
export const recalled = (record: RequestRecord, now: Date): Decision => {
  if (!isUnconfirmed(record)) return unchanged(record);
  if (record.sequence > 0) {
    return record.state === 'stuck' ? unchanged(record) : stuck(record, brokenComment(record.recordId), now);
  }
  const before = isRecalled(record);
  if (before && record.state !== 'stuck') return unchanged(record);
  const interruptions = record.interruptions + 1;
  const dueAt = new Date(now.getTime() + SETTLED_AFTER * 1000).toISOString();
  const delivery = { ...fresh(now), dueAt, recalledAt: now.toISOString(), delayTold: true };
  const next = enter({ ...record, interruptions, delivery }, 'sending', now);
  return withProperty(
    next,
    deliver(`recall-${interruptions}`, SETTLED_AFTER),
    ...(before ? [] : [comment('customer', `recall-${interruptions}`, recalledComment())]),
  );
};

/** The bridge does not know what was recalled: the request is as if its order had never been sent. */
export const takenBack = (record: RequestRecord, now: Date): Decision => {
  if (!isUnconfirmed(record) || !isRecalled(record)) return unchanged(record);
  return withProperty(
    enter({ ...record, operation: null, delivery: null, blockedBy: null }, 'awaiting-approval', now),
    comment('customer', `taken-back-${record.interruptions}`, takenBackComment()),
  );
};

/** What has to be said once it is known that the bridge has an operation that was recalled. */
export const tooLate = (record: RequestRecord): readonly Effect[] =>
  isRecalled(record)
    ? [
        comment('customer', `too-late-${record.interruptions}`, tooLateComment()),
        comment('agents', `too-late-${record.interruptions}-detail`, tooLateDetail()),
      ]
    : [];

export const accepted = (record: RequestRecord, now: Date): Decision => {
  if (!record.operation || !record.delivery || record.delivery.acceptedAt !== null) return unchanged(record);
  const { delivery } = record;
  const known: RequestRecord = {
    ...record,
    heardAt: now.toISOString(),
    delivery: {
      ...delivery,
      attempts: delivery.attempts + 1,
      acceptedAt: now.toISOString(),
      recalledAt: null,
    },
  };
  // Given up by one attempt while another one got through.
  return record.state === 'stuck'
    ? withProperty(enter(known, 'sending', now), ...tooLate(record))
    : { record: known, effects: tooLate(record) };
};

export const deliveryFailed = (record: RequestRecord, failure: DeliveryFailure, now: Date): Decision => {
  const delivery = record.delivery ?? fresh(now);
  const attempts = delivery.attempts + 1;
  const elapsed = now.getTime() - Date.parse(delivery.since);
  const told =
    !delivery.delayTold && (failure.outcome === 'give up' || elapsed >= TELL_REPORTER_AFTER)
      ? [comment('customer', `delayed-${delivery.since}`, delayedComment())]
      : [];
  const after = { ...delivery, attempts, delayTold: delivery.delayTold || told.length > 0 };
  if (failure.outcome === 'give up') {
    const words = isRecalled(record) ? recallUnknownComment : undeliverableComment;
    return stuck({ ...record, delivery: after }, words(failure.problem), now, ...told);
  }
  const dueAt = new Date(now.getTime() + failure.delaySeconds * 1000).toISOString();
  const again = deliver(`deliver-${delivery.since}-${attempts}`, failure.delaySeconds);
  const trouble = isRecalled(record) ? recallTroubleComment : deliveryTroubleComment;
  const agents = failure.tellAgents
    ? [comment('agents', `trouble-${delivery.since}`, trouble(failure.problem, attempts))]
    : [];
  return {
    record: { ...record, delivery: { ...after, dueAt } },
    effects: [again, ...agents, ...told],
  };
};

export const deliverAgain = (record: RequestRecord, now: Date): Decision => ({
  record: { ...record, delivery: { ...(record.delivery ?? fresh(now)), dueAt: now.toISOString() } },
  effects: [deliver(`overdue-${now.toISOString()}`)],
});
