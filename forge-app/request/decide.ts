import type { OperationProgress } from '../../aws-bridge/contract/progress';
import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import type { DeliveryFailure } from '../delivery/judge-delivery';
import {
  blockedComment,
  brokenComment,
  declinedComment,
  deliveryTroubleComment,
  progressComment,
  progressDetail,
  uncheckedComment,
  undeliverableComment,
} from './comments';
import { type Effect, type FixedOrder, hasEnded, type RequestRecord, type StatusRole } from './record';

/** What became known about a request. Each may become known more than once, late, and in any order. */
export type RequestEvent =
  /** The order is in order, and stands from now on. `summary` is for its approver. */
  | { readonly type: 'order-fixed'; readonly fixed: FixedOrder; readonly summary: string }
  /** `explanation` is for its reporter. */
  | { readonly type: 'order-refused'; readonly explanation: string }
  /** The order cannot be checked now; `problem` is a clause for the agents. */
  | { readonly type: 'order-unchecked'; readonly problem: string }
  /** A decision that counts, on the order as it was fixed. */
  | { readonly type: 'approved'; readonly operation: ApprovedOperation }
  | { readonly type: 'declined' }
  /** `by` is the same for what is the same obstacle; `reason` is a sentence. */
  | { readonly type: 'blocked'; readonly by: string; readonly reason: string }
  /** It waits for its approval, in the status where it should. */
  | { readonly type: 'waiting' }
  | { readonly type: 'delivery-accepted' }
  | { readonly type: 'delivery-failed'; readonly failure: DeliveryFailure }
  /** The moment of the next attempt has passed without one. */
  | { readonly type: 'delivery-overdue' }
  | { readonly type: 'progressed'; readonly progress: OperationProgress }
  /** What the bridge says of an operation that did not end. */
  | { readonly type: 'asked'; readonly execution: 'unknown' | 'running' | 'broken' }
  /** Jira no longer has the issue. */
  | { readonly type: 'gone' };

export interface Decision {
  readonly record: RequestRecord;
  readonly effects: readonly Effect[];
}

/**
 * What an event changes, and what is to be done about it. The same event again changes nothing; an event that comes
 * too late, or of which the state forbids the consequence, changes nothing either.
 */
export const decide = (record: RequestRecord, event: RequestEvent, now: Date): Decision => {
  if (record.gone) return unchanged(record);
  switch (event.type) {
    case 'order-fixed':
      return isUnchecked(record) ? fixed(record, event.fixed, event.summary, now) : unchanged(record);
    case 'order-refused':
      return isUnchecked(record) ? refused(record, event.explanation, now) : unchanged(record);
    case 'order-unchecked':
      return isUnchecked(record) && record.state !== 'stuck'
        ? stuck(record, uncheckedComment(event.problem), now)
        : unchanged(record);
    case 'approved':
      return approved(record, event.operation, now);
    case 'declined':
      return isOpen(record) ? declined(record, now) : unchanged(record);
    case 'blocked':
      return isOpen(record) && record.blockedBy !== event.by
        ? blocked(record, event, now)
        : unchanged(record);
    case 'waiting':
      return record.state === 'blocked'
        ? withProperty(enter({ ...record, blockedBy: null }, 'awaiting-approval', now))
        : unchanged(record);
    case 'delivery-accepted':
      return accepted(record, now);
    case 'delivery-failed':
      return isToBeDelivered(record) ? deliveryFailed(record, event.failure, now) : unchanged(record);
    case 'delivery-overdue':
      return isToBeDelivered(record) ? deliverAgain(record, now) : unchanged(record);
    case 'progressed':
      return progressed(record, event.progress, now);
    case 'asked':
      return asked(record, event.execution, now);
    case 'gone':
      return { record: { ...record, gone: true, outbox: [], lease: null }, effects: [] };
  }
};

/** Whether the operation has still to reach the bridge. */
export const isToBeDelivered = (record: RequestRecord): boolean =>
  record.operation !== null &&
  record.delivery?.acceptedAt === null &&
  !hasEnded(record) &&
  record.state !== 'stuck';

/** Whether the order has still to be checked. */
export const isUnchecked = (record: RequestRecord): boolean =>
  record.fixed === null && (record.state === 'awaiting-approval' || record.state === 'stuck');

/** Whether a decision on the order would still change something. */
export const isOpen = (record: RequestRecord): boolean =>
  record.operation === null &&
  record.fixed !== null &&
  (record.state === 'awaiting-approval' || record.state === 'blocked');

const unchanged = (record: RequestRecord): Decision => ({ record, effects: [] });

const enter = (record: RequestRecord, state: RequestRecord['state'], now: Date): RequestRecord =>
  record.state === state ? record : { ...record, state, since: now.toISOString() };

const deliver = (id: string, delaySeconds = 0): Effect => ({
  kind: 'deliver',
  id,
  tried: false,
  delaySeconds,
});
const transition = (to: StatusRole): Effect => ({ kind: 'transition', id: `to-${to}`, tried: false, to });
const property = (record: RequestRecord): Effect => ({
  kind: 'property',
  id: `property-${record.state}-${record.sequence}-${record.interruptions}`,
  tried: false,
});
const comment = (audience: 'customer' | 'agents', id: string, body: string): Effect => ({
  kind: 'comment',
  id,
  tried: false,
  audience,
  body,
});

const withProperty = (record: RequestRecord, ...effects: readonly Effect[]): Decision => ({
  record,
  effects: [...effects, property(record)],
});

const fixed = (record: RequestRecord, order: FixedOrder, summary: string, now: Date): Decision => {
  const next = enter({ ...record, fixed: order }, 'awaiting-approval', now);
  return withProperty(next, comment('customer', 'order', summary));
};

const refused = (record: RequestRecord, explanation: string, now: Date): Decision =>
  withProperty(
    enter(record, 'refused-order', now),
    comment('customer', 'order', explanation),
    transition('declined'),
  );

const approved = (record: RequestRecord, operation: ApprovedOperation, now: Date): Decision => {
  if (isOpen(record)) {
    const sending = enter({ ...record, operation, blockedBy: null, delivery: fresh(now) }, 'sending', now);
    return { record: sending, effects: [deliver('deliver-0'), property(sending)] };
  }
  // An agent has put right what kept it from the bridge and moved the request on again.
  if (record.state === 'stuck' && record.operation && record.delivery?.acceptedAt === null) {
    const sending = enter({ ...record, delivery: fresh(now) }, 'sending', now);
    return {
      record: sending,
      effects: [deliver(`deliver-again-${record.interruptions}`), property(sending)],
    };
  }
  return unchanged(record);
};

const fresh = (now: Date): NonNullable<RequestRecord['delivery']> => ({
  since: now.toISOString(),
  attempts: 0,
  dueAt: now.toISOString(),
  acceptedAt: null,
});

const declined = (record: RequestRecord, now: Date): Decision => {
  const next = enter({ ...record, blockedBy: null }, 'declined', now);
  return withProperty(next, comment('customer', 'declined', declinedComment()), transition('declined'));
};

const blocked = (
  record: RequestRecord,
  { by, reason }: { readonly by: string; readonly reason: string },
  now: Date,
): Decision => {
  const interruptions = record.interruptions + 1;
  const next = enter({ ...record, blockedBy: by, interruptions }, 'blocked', now);
  return withProperty(next, comment('customer', `blocked-${interruptions}`, blockedComment(reason)));
};

const accepted = (record: RequestRecord, now: Date): Decision => {
  if (!record.operation || !record.delivery || record.delivery.acceptedAt !== null) return unchanged(record);
  const known: RequestRecord = {
    ...record,
    heardAt: now.toISOString(),
    delivery: {
      ...record.delivery,
      attempts: record.delivery.attempts + 1,
      acceptedAt: now.toISOString(),
    },
  };
  // Given up by one attempt while another one got through.
  return record.state === 'stuck'
    ? withProperty(enter(known, 'sending', now))
    : { record: known, effects: [] };
};

const deliveryFailed = (record: RequestRecord, failure: DeliveryFailure, now: Date): Decision => {
  const delivery = record.delivery ?? fresh(now);
  const attempts = delivery.attempts + 1;
  if (failure.outcome === 'give up') {
    const stopped = { ...record, delivery: { ...delivery, attempts } };
    return stuck(stopped, undeliverableComment(failure.problem), now);
  }
  const dueAt = new Date(now.getTime() + failure.delaySeconds * 1000).toISOString();
  const next = { ...record, delivery: { ...delivery, attempts, dueAt } };
  const again = deliver(`deliver-${delivery.since}-${attempts}`, failure.delaySeconds);
  if (!failure.tellAgents) return { record: next, effects: [again] };
  const trouble = deliveryTroubleComment(failure.problem, attempts);
  return { record: next, effects: [again, comment('agents', `trouble-${delivery.since}`, trouble)] };
};

const deliverAgain = (record: RequestRecord, now: Date): Decision => ({
  record: { ...record, delivery: { ...(record.delivery ?? fresh(now)), dueAt: now.toISOString() } },
  effects: [deliver(`overdue-${now.toISOString()}`)],
});

const stuck = (record: RequestRecord, body: string, now: Date): Decision => {
  const interruptions = record.interruptions + 1;
  const next = enter({ ...record, interruptions }, 'stuck', now);
  return withProperty(next, comment('agents', `stuck-${interruptions}`, body));
};

const progressed = (record: RequestRecord, progress: OperationProgress, now: Date): Decision => {
  if (!record.operation || !isAwaitingProgress(record) || progress.sequence <= record.sequence) {
    return unchanged(record);
  }
  const known: RequestRecord = {
    ...record,
    sequence: progress.sequence,
    recordId: progress.record?.id ?? record.recordId,
    heardAt: now.toISOString(),
    // Who tells of it has accepted it, even if the answer was lost.
    delivery: {
      ...(record.delivery ?? fresh(now)),
      acceptedAt: record.delivery?.acceptedAt ?? now.toISOString(),
    },
  };
  const next = enter(known, progress.state, now);
  const id = `progress-${progress.sequence}`;
  const detail = progressDetail(progress);
  const to = FINAL_STATUS[progress.state];
  return {
    record: next,
    effects: [
      property(next),
      comment('customer', id, progressComment(progress)),
      ...(detail === null ? [] : [comment('agents', `${id}-detail`, detail)]),
      ...(to === null ? [] : [transition(to)]),
    ],
  };
};

/** An end is the last that is told; nothing that follows takes it back, unless it said that the end is not known. */
const isAwaitingProgress = (record: RequestRecord): boolean => !hasEnded(record) || record.state === 'lost';

/**
 * The status that a state ends the request with. A tainted product can be used, so its request is done; its agents are
 * told what AWS reported. A request whose launch was lost stays where it is until an agent has found out.
 */
const FINAL_STATUS: Readonly<Record<OperationProgress['state'], StatusRole | null>> = {
  provisioning: null,
  'rolling-back': null,
  succeeded: 'done',
  tainted: 'done',
  failed: 'failed',
  refused: 'failed',
  lost: null,
};

const asked = (record: RequestRecord, execution: 'unknown' | 'running' | 'broken', now: Date): Decision => {
  const acceptedAt = record.delivery?.acceptedAt ?? null;
  if (!record.operation || acceptedAt === null || hasEnded(record) || record.state === 'stuck') {
    return unchanged(record);
  }
  if (execution === 'running') return { record: { ...record, heardAt: now.toISOString() }, effects: [] };
  if (execution === 'broken') return stuck(record, brokenComment(record.recordId), now);
  const delivery = fresh(now);
  return { record: { ...record, delivery }, effects: [deliver(`anew-${delivery.since}`)] };
};
