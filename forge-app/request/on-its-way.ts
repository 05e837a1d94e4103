import type { DeliveryFailure } from '../delivery/judge-delivery';
import { standingOf } from './conclude';
import { comment, type Decision, deliver, enter, property, stuck, unchanged, withProperty } from './effects';
import { lateComment } from './gate-words';
import {
  type Delivery,
  type Effect,
  type Handover,
  hasEnded,
  isGateDecision,
  kindOf,
  type RequestRecord,
} from './record';
import { wordsOf } from './words';

/*
 * What becomes of a decision between the moment in which it is taken and that from which the bridge is known to have it.
 */

/** Seconds after which whatever was sent before a recall has reached the bridge or never will: it takes no message that is
 * older than five minutes, and no invocation of ours lives longer than one. AWS may still hold what the bridge started. */
export const SETTLED_AFTER = 420;
/** Milliseconds of delay after which the reporter is told. */
const TELL_REPORTER_AFTER = 3_600_000;

/** Whether the bridge is not known to have the decision. */
export const isUnconfirmed = (record: RequestRecord): boolean =>
  record.handover !== null && record.delivery?.acceptedAt === null && !hasEnded(record);

/** Whether something is still to be done about the hand-over: to send the decision, or to find out what became of it. */
export const isToBeDelivered = (record: RequestRecord): boolean =>
  isUnconfirmed(record) && record.state !== 'stuck';

export const isRecalled = (record: RequestRecord): boolean => typeof record.delivery?.recalledAt === 'string';

/** Whether the decision has been sent in vain so far. */
export const isHeldUp = (record: RequestRecord): boolean =>
  record.state === 'sending' &&
  isUnconfirmed(record) &&
  !isRecalled(record) &&
  (record.delivery?.attempts ?? 0) > 0;

export const fresh = (now: Date): Delivery => ({
  since: now.toISOString(),
  attempts: 0,
  dueAt: now.toISOString(),
  acceptedAt: null,
  recalledAt: null,
  delayTold: false,
});

/** The first hand-over of a decision, or another one where it still stands, or stands again. */
export const send = (record: RequestRecord, handover: Handover, now: Date): Decision => {
  const sending = enter(
    { ...record, handover, takenBack: null, blockedBy: null, delivery: fresh(now) },
    'sending',
    now,
  );
  if (record.handover === null) {
    return { record: sending, effects: [deliver('deliver-0'), property(sending)] };
  }
  const again = deliver(`deliver-again-${record.interruptions}`);
  const told = isRecalled(record)
    ? [comment('customer', `resumed-${record.interruptions}`, wordsOf(record).resumed)]
    : [];
  return { record: sending, effects: [again, property(sending), ...told] };
};

/** A decision that stands, where one has been taken in already. */
export const decidedAgain = (record: RequestRecord, handover: Handover, now: Date): Decision => {
  if (!isUnconfirmed(record) || record.handover === null) return unchanged(record);
  const standing = standingOf(record.handover, { type: 'decided', handover });
  if (standing !== 'stands') return recalled(record, now);
  return record.state === 'stuck' || isRecalled(record)
    ? send(record, record.handover, now)
    : unchanged(record);
};

/**
 * Nobody stands behind the decision any more. It is not sent again; but an attempt may have arrived whose answer was
 * lost, or whose invocation died. So it counts as on its way until the bridge has said that it does not know it.
 */
export const recalled = (record: RequestRecord, now: Date): Decision => {
  if (!isUnconfirmed(record)) return unchanged(record);
  if (record.sequence > 0) {
    return record.state === 'stuck'
      ? unchanged(record)
      : stuck(record, wordsOf(record).broken(record.recordId), now);
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
    ...(before ? [] : [comment('customer', `recall-${interruptions}`, wordsOf(record).recalled)]),
  );
};

/** The request is as if what was recalled had never been sent. */
export const takenBack = (record: RequestRecord, now: Date): Decision => {
  if (!isUnconfirmed(record) || !isRecalled(record)) return unchanged(record);
  // A gate's decision is for an execution that is there.
  const takenBack = kindOf(record) === 'launch' ? record.handover : null;
  return withProperty(
    enter(
      { ...record, handover: null, takenBack, delivery: null, blockedBy: null },
      'awaiting-approval',
      now,
    ),
    comment('customer', `taken-back-${record.interruptions}`, wordsOf(record).takenBack),
  );
};

/** A request as the news of what was taken back show it to be: AWS had it in a queue, and it is under way. */
export const foundUnderWay = (record: RequestRecord, now: Date): RequestRecord =>
  record.handover !== null || record.takenBack === null
    ? record
    : {
        ...record,
        handover: record.takenBack,
        takenBack: null,
        delivery: { ...fresh(now), recalledAt: now.toISOString() },
        state: 'sending',
        cancelledBy: null,
      };

/** What has to be said once it is known that the bridge has what was recalled. */
export const takenAllTheSame = (record: RequestRecord): readonly Effect[] =>
  isRecalled(record)
    ? [
        comment('customer', `too-late-${record.interruptions}`, wordsOf(record).takenAllTheSame),
        comment('agents', `too-late-${record.interruptions}-detail`, wordsOf(record).takenAllTheSameDetail),
      ]
    : [];

/** What those read who decided when there was nothing left to decide about. */
export const late = ({ handover, lateTold }: RequestRecord): readonly Effect[] =>
  handover === null || lateTold || !isGateDecision(handover)
    ? []
    : [comment('customer', 'late', lateComment(handover.approvers))];

export const accepted = (record: RequestRecord, now: Date): Decision => {
  if (!record.handover || !record.delivery || record.delivery.acceptedAt !== null) return unchanged(record);
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
    ? withProperty(enter(known, 'sending', now), ...takenAllTheSame(record))
    : { record: known, effects: takenAllTheSame(record) };
};

export const deliveryFailed = (record: RequestRecord, failure: DeliveryFailure, now: Date): Decision => {
  const delivery = record.delivery ?? fresh(now);
  const attempts = delivery.attempts + 1;
  const elapsed = now.getTime() - Date.parse(delivery.since);
  const told =
    !delivery.delayTold && (failure.outcome === 'give up' || elapsed >= TELL_REPORTER_AFTER)
      ? [comment('customer', `delayed-${delivery.since}`, wordsOf(record).delayed)]
      : [];
  const after = { ...delivery, attempts, delayTold: delivery.delayTold || told.length > 0 };
  if (failure.outcome === 'give up') {
    const { recallUnknown, undeliverable } = wordsOf(record);
    const words = isRecalled(record) ? recallUnknown : undeliverable;
    return stuck({ ...record, delivery: after }, words(failure.problem), now, ...told);
  }
  const dueAt = new Date(now.getTime() + failure.delaySeconds * 1000).toISOString();
  const again = deliver(`deliver-${delivery.since}-${attempts}`, failure.delaySeconds);
  const { recallTrouble, deliveryTrouble } = wordsOf(record);
  const trouble = isRecalled(record) ? recallTrouble : deliveryTrouble;
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
