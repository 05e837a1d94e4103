import { MOST_ATTEMPTS, nextAttempt, retryOf } from './attempts';
import { comment, type Decision, enter, transition, unchanged, withProperty } from './effects';
import { mentions } from './gate-words';
import { joined } from './comment-text';
import { send } from './on-its-way';
import { type Handover, isGateDecision, type RequestRecord } from './record';

/** Something that an agent does by hand. */
export type AgentAction =
  /** Calls a launch off that nobody has decided about, for good. `seen` is the stamp of what the agent was shown. */
  | { readonly type: 'cancelled'; readonly by: string; readonly seen: string }
  /**
   * Tries anew. `handover` was judged right before: that which was given up, or the one of the next attempt.
   */
  | { readonly type: 'retried'; readonly by: string; readonly seen: string; readonly handover: Handover }
  /** Had the request looked at, and the bridge asked. `found` are sentences. */
  | { readonly type: 'resynced'; readonly by: string; readonly found: string };

/** Tells a request as a page has shown it from the same one after anything that matters to an action. */
export const stampOf = ({ operationId, state, since, sequence, interruptions }: RequestRecord): string =>
  [operationId, state, since, sequence, interruptions].join(' ');

/** What an action comes to, where the state of the request allows it. */
export const act = (record: RequestRecord, action: AgentAction, now: Date): Decision => {
  switch (action.type) {
    case 'resynced':
      return {
        record: { ...record },
        effects: [
          comment(
            'agents',
            `resynced-${now.toISOString()}`,
            joined(
              `${mentions([action.by])} had Gatehouse look at this request and ask the bridge.`,
              action.found,
            ),
          ),
        ],
      };
    case 'cancelled':
      return stampOf(record) === action.seen ? cancelled(record, action.by, now) : unchanged(record);
    case 'retried':
      return stampOf(record) === action.seen
        ? retried(record, action.handover, action.by, now)
        : unchanged(record);
  }
};

const cancelled = (record: RequestRecord, by: string, now: Date): Decision =>
  withProperty(
    enter({ ...record, blockedBy: null, cancelledBy: by }, 'withdrawn', now),
    comment(
      'customer',
      'cancelled',
      joined(
        'An agent of this service desk has called this order off. Nothing was launched in AWS.',
        'An approval that comes now starts nothing. If it is still needed, ask here, or raise a new request.',
      ),
    ),
    comment('agents', 'cancelled-by', `${mentions([by])} called this order off.`),
    transition('declined'),
  );

const retried = (record: RequestRecord, handover: Handover, by: string, now: Date): Decision => {
  switch (retryOf(record)) {
    case null:
      return unchanged(record);
    case 'send': {
      if (record.handover === null) return unchanged(record);
      const { record: sending, effects } = send(record, record.handover, now);
      const told = comment(
        'agents',
        `retried-${record.interruptions}`,
        `${mentions([by])} had the decision sent to AWS again.`,
      );
      return { record: sending, effects: [...effects, told] };
    }
    case 'launch': {
      if (isGateDecision(handover)) return unchanged(record);
      const next = nextAttempt(record, handover.site);
      if (handover.operationId !== next.operationId) return unchanged(record);
      const { record: sending, effects } = send(next, handover, now);
      return {
        record: sending,
        effects: [
          ...effects,
          comment(
            'customer',
            'retried',
            'An agent has the same order launched once more, under the approval that it has.',
          ),
          comment(
            'agents',
            'retried-by',
            `${mentions([by])} had it launched again: attempt ${next.attempt} of ${MOST_ATTEMPTS}. The attempt before was operation ${record.operationId}.`,
          ),
        ],
      };
    }
  }
};
