import type { OperationProgress } from '../../aws-bridge/contract/progress';
import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import type { DeliveryFailure } from '../delivery/judge-delivery';
import { brokenComment, progressComment, progressDetail, uncheckedComment } from './comments';
import { blockedComment, declinedComment, type Obstacle, orderNotShownComment } from './decision-comments';
import {
  comment,
  type Decision,
  deliver,
  enter,
  ORDER_COMMENT,
  property,
  stuck,
  transition,
  unchanged,
  withProperty,
} from './effects';
import {
  accepted,
  approvedAgain,
  deliverAgain,
  deliveryFailed,
  fresh,
  isToBeDelivered,
  recalled,
  send,
  takenBack,
  tooLate,
} from './on-its-way';
import { type FixedOrder, hasEnded, type RequestRecord, type StatusRole } from './record';

/** What became known about a request. Each may become known more than once, late, and in any order. */
export type RequestEvent =
  /** The order is in order, and stands from now on. `summary` is for its approver. */
  | { readonly type: 'order-fixed'; readonly fixed: FixedOrder; readonly summary: string }
  /** `explanation` is for its reporter. */
  | { readonly type: 'order-refused'; readonly explanation: string }
  /** The order cannot be checked now; `problem` is a clause for the agents. */
  | { readonly type: 'order-unchecked'; readonly problem: string }
  /** Jira does not take the comment that shows the order; `problem` is a clause for the agents. */
  | { readonly type: 'order-not-shown'; readonly problem: string }
  /** A decision that counts, on the order as it was fixed. */
  | { readonly type: 'approved'; readonly operation: ApprovedOperation }
  | { readonly type: 'declined' }
  | ({ readonly type: 'blocked' } & Obstacle)
  /** It waits for its approval, in the status where it should. */
  | { readonly type: 'waiting' }
  /** An operation that the bridge has not confirmed is not stood behind any more. */
  | { readonly type: 'recalled' }
  /** The bridge does not know the operation that was recalled, and will not come to know it. */
  | { readonly type: 'taken-back' }
  | { readonly type: 'delivery-accepted' }
  | { readonly type: 'delivery-failed'; readonly failure: DeliveryFailure }
  /** The moment of the next attempt has passed without one. */
  | { readonly type: 'delivery-overdue' }
  | { readonly type: 'progressed'; readonly progress: OperationProgress }
  /** What the bridge says of an operation that did not end. */
  | { readonly type: 'asked'; readonly execution: 'unknown' | 'running' | 'broken' }
  /** Jira no longer has the issue. */
  | { readonly type: 'gone' };

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
      return isOpen(record) || isUnshown(record) ? declined(record, now) : unchanged(record);
    case 'order-not-shown':
      return isOpen(record) ? stuck(record, orderNotShownComment(event.problem), now) : unchanged(record);
    case 'blocked':
      return isOpen(record) && record.blockedBy !== event.by
        ? blocked(record, event, now)
        : unchanged(record);
    case 'waiting':
      return record.state === 'blocked'
        ? withProperty(enter({ ...record, blockedBy: null }, 'awaiting-approval', now))
        : unchanged(record);
    case 'recalled':
      return recalled(record, now);
    case 'taken-back':
      return takenBack(record, now);
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

/** Whether the order has still to be checked. */
export const isUnchecked = (record: RequestRecord): boolean =>
  record.fixed === null && (record.state === 'awaiting-approval' || record.state === 'stuck');

/** Whether a decision on the order would still change something. */
export const isOpen = (record: RequestRecord): boolean =>
  record.operation === null &&
  record.fixed !== null &&
  (record.state === 'awaiting-approval' || record.state === 'blocked');

/** Whether the comment with its order has been written. */
export const isShown = (record: RequestRecord): boolean =>
  record.outbox.every(({ id }) => id !== ORDER_COMMENT);

/** Whether its order could not be shown to anybody, so that nothing but a decline can come of it. */
export const isUnshown = (record: RequestRecord): boolean =>
  record.state === 'stuck' && record.operation === null && record.fixed !== null;

const fixed = (record: RequestRecord, order: FixedOrder, summary: string, now: Date): Decision => {
  const next = enter({ ...record, fixed: order }, 'awaiting-approval', now);
  return withProperty(next, comment('customer', ORDER_COMMENT, summary));
};

const refused = (record: RequestRecord, explanation: string, now: Date): Decision =>
  withProperty(
    enter(record, 'refused-order', now),
    comment('customer', ORDER_COMMENT, explanation),
    transition('declined'),
  );

const approved = (record: RequestRecord, operation: ApprovedOperation, now: Date): Decision => {
  if (!isOpen(record)) return approvedAgain(record, operation, now);
  // Nobody can have decided about what is not shown yet.
  return isShown(record) ? send(record, operation, now) : unchanged(record);
};

const declined = (record: RequestRecord, now: Date): Decision => {
  const next = enter({ ...record, blockedBy: null }, 'declined', now);
  return withProperty(next, comment('customer', 'declined', declinedComment()), transition('declined'));
};

const blocked = (record: RequestRecord, { by, reason, agents }: Obstacle, now: Date): Decision => {
  const interruptions = record.interruptions + 1;
  const next = enter({ ...record, blockedBy: by, interruptions }, 'blocked', now);
  const id = `blocked-${interruptions}`;
  return withProperty(
    next,
    ...(reason === null ? [] : [comment('customer', id, blockedComment(reason))]),
    ...(agents === undefined ? [] : [comment('agents', `${id}-agents`, agents)]),
  );
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
      recalledAt: null,
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
      ...tooLate(record),
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
  declined: 'declined',
  expired: 'declined',
  withdrawn: 'declined',
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
