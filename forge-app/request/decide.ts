import type { OperationProgress } from '../../aws-bridge/contract/progress';
import type { DeliveryFailure } from '../delivery/judge-delivery';
import { act, type AgentAction } from './agent-actions';
import { progressComment, progressDetail, uncheckedComment } from './comments';
import { declinedComment, type Obstacle } from './decision-comments';
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
  decidedAgain,
  deliverAgain,
  deliveryFailed,
  foundUnderWay,
  fresh,
  isToBeDelivered,
  isUnconfirmed,
  late,
  recalled,
  send,
  takenAllTheSame,
  takenBack,
} from './on-its-way';
import { nobodyAskedComment, reminderComment } from './gate-words';
import { remembering } from './history';
import {
  type Fixed,
  type Handover,
  hasEnded,
  isGateDecision,
  kindOf,
  type RequestRecord,
  type StatusRole,
} from './record';
import { resultOf } from './result';
import { seen, unseen } from './unseen';
import { wordsOf } from './words';

/**
 * What became known about a request. Each may become known more than once, late, and in any order. `operationId` says of which of
 * its attempts; absent where that makes no difference.
 */
export type RequestEvent = Known & { readonly operationId?: string };

type Known =
  | AgentAction
  /** What is decided about is in order, and stands from now on. `summary` is for its approver. */
  | { readonly type: 'fixed'; readonly fixed: Fixed; readonly summary: string }
  /** `explanation` is for its reporter. */
  | { readonly type: 'order-refused'; readonly explanation: string }
  /** The order cannot be checked now; `problem` is a clause for the agents. */
  | { readonly type: 'order-unchecked'; readonly problem: string }
  /** Jira does not take the comment that shows what is decided about; `problem` is a clause for the agents. */
  | { readonly type: 'order-not-shown'; readonly problem: string }
  /** A decision that counts, on what was fixed, and that AWS has to know. */
  | { readonly type: 'decided'; readonly handover: Handover }
  /** A launch was declined, so that AWS never hears of it; by whom and when, as far as Jira says. */
  | { readonly type: 'declined'; readonly by?: readonly string[]; readonly at?: string | null }
  /** A launch was closed before it was checked, or before anybody decided. */
  | { readonly type: 'withdrawn' }
  | ({ readonly type: 'blocked' } & Obstacle)
  /** It waits for its approval, in the status where it should. */
  | { readonly type: 'waiting' }
  /** A decision that the bridge has not confirmed is not stood behind any more. */
  | { readonly type: 'recalled' }
  /** What was recalled is as if it had never been sent, as far as can be told. */
  | { readonly type: 'taken-back' }
  | { readonly type: 'delivery-accepted' }
  /** The bridge has closed what the decision is about. */
  | { readonly type: 'came-too-late' }
  | { readonly type: 'delivery-failed'; readonly failure: DeliveryFailure }
  /** The moment of the next attempt has passed without one. */
  | { readonly type: 'delivery-overdue' }
  | { readonly type: 'progressed'; readonly progress: OperationProgress }
  /** Nobody has decided, and the time runs out; `asked` are those who have still to decide. */
  | { readonly type: 'undecided'; readonly reminder: number; readonly asked: readonly string[] }
  /** What the bridge says of an operation that did not end. */
  | { readonly type: 'asked'; readonly execution: 'unknown' | 'running' | 'broken' }
  /** Jira answers that it has no such issue: so it does of one that was deleted, and of one that the app may not see now. */
  | { readonly type: 'unseen' }
  /** Jira shows the issue. */
  | { readonly type: 'seen' };

/**
 * What an event changes, and what is to be done about it. The same event again changes nothing; an event that comes
 * too late, or of which the state forbids the consequence, changes nothing either.
 */
export const decide = (record: RequestRecord, event: RequestEvent, now: Date): Decision => {
  if ((record.gone && event.type !== 'seen') || isAboutAnother(record, event)) return unchanged(record);
  const { record: changed, effects } = changedBy(record, event, now);
  return { record: remembering(record, event, changed, now), effects };
};

/** What comes late from an attempt that has given way to another one says nothing of that. */
const isAboutAnother = (record: RequestRecord, event: RequestEvent): boolean => {
  const about = event.type === 'progressed' ? event.progress.operationId : event.operationId;
  return about !== undefined && about !== record.operationId;
};

const changedBy = (record: RequestRecord, event: Known, now: Date): Decision => {
  switch (event.type) {
    case 'cancelled':
      return isCancellable(record) ? act(record, event, now) : unchanged(record);
    case 'retried':
    case 'resynced':
      return act(record, event, now);
    case 'fixed':
      return isUnchecked(record) ? fixed(record, event.fixed, event.summary, now) : unchanged(record);
    case 'order-refused':
      return isUnchecked(record) ? refused(record, event.explanation, now) : unchanged(record);
    case 'order-unchecked':
      return isUnchecked(record) && record.state !== 'stuck'
        ? stuck(record, uncheckedComment(event.problem), now)
        : unchanged(record);
    case 'decided':
      return decided(record, event.handover, now);
    case 'declined':
      return isOpen(record) || isUnshown(record) ? declined(record, now) : unchanged(record);
    case 'order-not-shown':
      return isOpen(record) ? stuck(record, wordsOf(record).notShown(event.problem), now) : unchanged(record);
    case 'blocked':
      return isOpen(record) && record.blockedBy !== event.by
        ? blocked(record, event, now)
        : unchanged(record);
    case 'withdrawn':
      return (isOpen(record) || isUnchecked(record)) && record.state !== 'withdrawn'
        ? withProperty(enter({ ...record, blockedBy: null }, 'withdrawn', now))
        : unchanged(record);
    case 'waiting':
      return record.state === 'blocked' || isWithdrawnLaunch(record)
        ? withProperty(enter({ ...record, blockedBy: null }, 'awaiting-approval', now))
        : unchanged(record);
    case 'recalled':
      return recalled(record, now);
    case 'taken-back':
      return takenBack(record, now);
    case 'delivery-accepted':
      return accepted(record, now);
    case 'came-too-late':
      return isToBeDelivered(record) ? closed(record, now) : unchanged(record);
    case 'delivery-failed':
      return isToBeDelivered(record) ? deliveryFailed(record, event.failure, now) : unchanged(record);
    case 'delivery-overdue':
      return isToBeDelivered(record) ? deliverAgain(record, now) : unchanged(record);
    case 'progressed':
      return progressed(record, event.progress, now);
    case 'undecided':
      return isOpen(record) && event.reminder > record.reminders
        ? reminded(record, event.reminder, event.asked, now)
        : unchanged(record);
    case 'asked':
      return asked(record, event.execution, now);
    case 'unseen':
      return unseen(record, now);
    case 'seen':
      return seen(record);
  }
};

/** Whether the order has still to be checked. */
export const isUnchecked = (record: RequestRecord): boolean =>
  record.fixed === null &&
  (record.state === 'awaiting-approval' || record.state === 'stuck' || isWithdrawnLaunch(record));

/** Whether a decision would still change something. */
export const isOpen = (record: RequestRecord): boolean =>
  record.handover === null &&
  record.fixed !== null &&
  (record.state === 'awaiting-approval' || record.state === 'blocked' || isWithdrawnLaunch(record));

/** It can be reopened, unless it was called off for good; a gate of that state has no stack that waits. */
const isWithdrawnLaunch = (record: RequestRecord): boolean =>
  record.state === 'withdrawn' && kindOf(record) === 'launch' && record.cancelledBy === null;

/** Whether the comment with what is decided about has been written. */
export const isShown = (record: RequestRecord): boolean =>
  record.outbox.every(({ id }) => id !== ORDER_COMMENT);

/** Whether it could not be shown to anybody, so that nothing but a decline can come of it. */
export const isUnshown = (record: RequestRecord): boolean =>
  record.state === 'stuck' && record.handover === null && record.fixed !== null;

/** Whether nothing of it was handed over, so that an agent can call it off without asking AWS. */
export const isCancellable = (record: RequestRecord): boolean =>
  !record.gone &&
  kindOf(record) === 'launch' &&
  record.handover === null &&
  record.state !== 'withdrawn' &&
  (isOpen(record) || isUnchecked(record) || isUnshown(record));

/** Whether it ended without a decision, which somebody may have taken all the same. */
export const isUndecidedEnd = (record: RequestRecord): boolean =>
  kindOf(record) === 'gate' &&
  hasEnded(record) &&
  record.handover === null &&
  !record.gone &&
  !DECIDED_ENDS.includes(record.state);

/** Ends that a decision brings about: even one that was taken back here, where it had arrived before. */
const DECIDED_ENDS: readonly RequestRecord['state'][] = ['succeeded', 'tainted', 'failed', 'declined'];

const fixed = (record: RequestRecord, about: Fixed, summary: string, now: Date): Decision => {
  const next = enter({ ...record, fixed: about }, 'awaiting-approval', now);
  return withProperty(next, comment('customer', ORDER_COMMENT, summary));
};

const refused = (record: RequestRecord, explanation: string, now: Date): Decision =>
  withProperty(
    enter(record, 'refused-order', now),
    comment('customer', ORDER_COMMENT, explanation),
    transition('declined'),
  );

const decided = (record: RequestRecord, handover: Handover, now: Date): Decision => {
  if (isUndecidedEnd(record)) {
    const known = { ...record, handover };
    return { record: { ...known, lateTold: true }, effects: late(known) };
  }
  const declines = isGateDecision(handover) && handover.decision === 'declined';
  if (declines && isUnshown(record)) return send(record, handover, now);
  if (!isOpen(record)) return decidedAgain(record, handover, now);
  // Nobody can have approved what is not shown yet.
  return isShown(record) || declines ? send(record, handover, now) : unchanged(record);
};

/** How it ended is told as news of it, or when the bridge is asked. */
const closed = (record: RequestRecord, now: Date): Decision => {
  const at = now.toISOString();
  const delivery = { ...(record.delivery ?? fresh(now)), acceptedAt: at, recalledAt: null };
  return { record: { ...record, delivery, heardAt: at, lateTold: true }, effects: late(record) };
};

const reminded = (record: RequestRecord, reminder: number, asked: readonly string[], now: Date): Decision => {
  if (record.fixed?.kind !== 'gate') return unchanged(record);
  const { gate } = record.fixed;
  return {
    record: { ...record, reminders: reminder, heardAt: now.toISOString() },
    effects: [
      asked.length > 0
        ? comment('customer', `reminder-${reminder}`, reminderComment(gate, asked, now))
        : comment('agents', `reminder-${reminder}`, nobodyAskedComment(gate, now)),
    ],
  };
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
    ...(reason === null ? [] : [comment('customer', id, wordsOf(record).blocked(reason))]),
    ...(agents === undefined ? [] : [comment('agents', `${id}-agents`, agents)]),
  );
};

const progressed = (before: RequestRecord, progress: OperationProgress, now: Date): Decision => {
  const record = foundUnderWay(before, now);
  if (!isAwaitingProgress(record) || progress.sequence <= record.sequence) return unchanged(before);
  const undecided = UNDECIDED_ENDS.includes(progress.state);
  const tooLate = undecided && record.handover !== null && !record.lateTold;
  const known: RequestRecord = {
    ...record,
    ...resultOf(progress, record),
    sequence: progress.sequence,
    recordId: progress.record?.id ?? record.recordId,
    heardAt: now.toISOString(),
    // Who tells of it has accepted it, even if the answer was lost.
    delivery: record.handover && {
      ...(record.delivery ?? fresh(now)),
      acceptedAt: record.delivery?.acceptedAt ?? now.toISOString(),
      recalledAt: null,
    },
    blockedBy: null,
    lateTold: record.lateTold || tooLate,
  };
  const next = enter(known, progress.state, now);
  const id = `progress-${progress.sequence}`;
  const detail = progressDetail(progress);
  const to = FINAL_STATUS[progress.state];
  return {
    record: next,
    effects: [
      property(next),
      ...(undecided ? [] : takenAllTheSame(record)),
      comment('customer', id, progressComment(progress, wordsOf(record))),
      ...(detail === null ? [] : [comment('agents', `${id}-detail`, detail)]),
      ...(tooLate ? late(record) : []),
      ...(to === null ? [] : [transition(to)]),
    ],
  };
};

/** Ends of a gate that no decision has brought about. */
const UNDECIDED_ENDS: readonly OperationProgress['state'][] = ['expired', 'withdrawn'];

/** An end is the last that is told; nothing that follows takes it back, unless it said that the end is not known. */
const isAwaitingProgress = (record: RequestRecord): boolean =>
  isKnownToBridge(record) && (!hasEnded(record) || record.state === 'lost');

/** A launch is known there once it was sent; a gate comes from there. */
const isKnownToBridge = (record: RequestRecord): boolean =>
  record.handover !== null || kindOf(record) === 'gate';

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
  if (!isKnownToBridge(record) || isUnconfirmed(record) || hasEnded(record) || record.state === 'stuck') {
    return unchanged(record);
  }
  if (execution === 'running') return { record: { ...record, heardAt: now.toISOString() }, effects: [] };
  // The bridge has told of the gate itself, so what it does not know any more it will not come to know.
  if (execution === 'broken' || kindOf(record) === 'gate' || isForgotten(record, now)) {
    return stuck(record, wordsOf(record).broken(record.recordId), now);
  }
  const delivery = fresh(now);
  return { record: { ...record, delivery }, effects: [deliver(`anew-${delivery.since}`)] };
};

/** Milliseconds for which AWS remembers what has ended: of what began longer ago, that it is not known says nothing. */
const REMEMBERED = 14 * 24 * 3_600_000;

const isForgotten = ({ delivery }: RequestRecord, now: Date): boolean =>
  delivery !== null && now.getTime() - Date.parse(delivery.since) > REMEMBERED;
