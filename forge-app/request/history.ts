import type { RequestEvent } from './decide';
import { type Happening, isGateDecision, type RequestRecord } from './record';

/** Of the first things that happened, so many stay for ever; of the rest the newest. */
export const FIRST_KEPT = 15;
const LAST_KEPT = 45;
/** People named of one decision; the hand-over has them all. */
const MOST_PEOPLE = 10;

/** A changed record with what has happened to it, out of what it was before and the event that changed it. */
export const remembering = (
  before: RequestRecord,
  event: RequestEvent,
  after: RequestRecord,
  now: Date,
): RequestRecord => {
  if (after === before) return after;
  const happenings = happeningsOf(before, event, after, now.toISOString());
  if (happenings.length === 0) return after;
  const attempt = after.attempt === 1 ? {} : { attempt: after.attempt };
  return bounded({
    ...after,
    history: [...after.history, ...happenings.map((happening) => ({ ...happening, ...attempt }))],
  });
};

const happeningsOf = (
  before: RequestRecord,
  event: RequestEvent,
  after: RequestRecord,
  now: string,
): readonly Happening[] => {
  const entered = after.state !== before.state;
  const accepted = before.delivery?.acceptedAt == null && after.delivery?.acceptedAt != null;
  const sent =
    after.state === 'sending' && (entered || after.delivery?.since !== before.delivery?.since)
      ? [{ at: now, what: 'sent' } as const]
      : [];
  switch (event.type) {
    case 'fixed':
      return [{ at: event.fixed.at, what: 'fixed' }];
    case 'order-refused':
      return [{ at: now, what: 'refused-order' }];
    case 'decided':
      return [...decisionsOf(before, after, now), ...sent];
    case 'declined':
      return [{ at: event.at ?? now, what: 'declined', ...people(event.by ?? []) }];
    case 'retried':
      return [{ at: now, what: 'retried', ...people([event.by]) }, ...sent];
    case 'cancelled':
      return [{ at: now, what: 'cancelled', ...people([event.by]) }];
    case 'resynced':
      return [{ at: now, what: 'resynced', ...people([event.by]) }];
    case 'progressed':
      return [
        ...(accepted ? [{ at: event.progress.at, what: 'accepted' } as const] : []),
        { at: event.progress.at, what: 'told', state: event.progress.state },
      ];
    case 'delivery-accepted':
    case 'came-too-late':
      return accepted ? [{ at: now, what: 'accepted' }] : [];
    case 'recalled':
      return [{ at: now, what: 'recalled' }];
    case 'taken-back':
      return [{ at: now, what: 'taken-back' }];
    case 'withdrawn':
      return [{ at: now, what: 'withdrawn' }];
    case 'blocked':
      return [{ at: now, what: 'blocked' }];
    case 'waiting':
      return [{ at: now, what: 'waiting' }];
    case 'order-unchecked':
    case 'order-not-shown':
    case 'delivery-failed':
    case 'asked':
      if (after.state === 'stuck' && entered) return [{ at: now, what: 'stuck' }];
      return sent;
    case 'delivery-overdue':
    case 'undecided':
    case 'unseen':
    case 'seen':
      return [];
  }
};

/** A decision that is new to the request; one that is sent once more was told of before. */
const decisionsOf = (
  before: RequestRecord,
  { handover }: RequestRecord,
  now: string,
): readonly Happening[] => {
  if (handover === null || before.handover !== null) return [];
  if (isGateDecision(handover)) {
    return [{ at: handover.decidedAt, what: handover.decision, ...people(handover.approvers) }];
  }
  const { approval } = handover;
  return approval === null
    ? [{ at: now, what: 'not-needed' }]
    : [{ at: approval.approvedAt, what: 'approved', ...people(approval.approvers) }];
};

const people = (accountIds: readonly string[]): { readonly by?: string[] } =>
  accountIds.length === 0 ? {} : { by: accountIds.slice(0, MOST_PEOPLE) };

const bounded = (record: RequestRecord): RequestRecord => {
  const { history, historyLeftOut } = record;
  const surplus = history.length - FIRST_KEPT - LAST_KEPT;
  return surplus <= 0
    ? record
    : {
        ...record,
        history: [...history.slice(0, FIRST_KEPT), ...history.slice(FIRST_KEPT + surplus)],
        historyLeftOut: historyLeftOut + surplus,
      };
};
