import { OperationId } from '../../aws-bridge/contract/identifiers';
import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import type { Bridge } from '../bridge/bridge';
import { type Conclusion, standingOf } from '../request/conclude';
import type { RequestEvent } from '../request/decide';
import { CLOSED_BEFORE_LAUNCH } from '../request/decision-comments';
import type { Look } from '../request/look';
import { isRecalled, isToBeDelivered } from '../request/on-its-way';
import type { RequestRecord } from '../request/record';
import type { Requests } from '../request/requests';
import { issueOf } from '../storage/keys';
import { type DeliveryAnswer, judgeDelivery } from './judge-delivery';

/** Milliseconds that an attempt may come before its time, since no two clocks agree. */
const EARLY = 5_000;

/**
 * Hands an approved operation to the bridge, as often as it takes: the bridge knows a repeat by the operation's id.
 * Before each attempt the request is looked at once more, since a decision may have been taken back while the bridge
 * could not be reached; what nobody stands behind any more is asked after instead of sent.
 *
 * A failed attempt queues the next one itself, with a delay of our own, instead of asking Forge to repeat the event:
 * so how often and how long is tried is ours to say, every attempt is written down in the record, and where the
 * queue loses an event the sweep knows that one is overdue.
 */
export const createDeliver = (ports: {
  readonly requests: Requests;
  readonly look: Look;
  readonly bridge: Pick<Bridge, 'deliver' | 'statesOf'>;
  readonly now: () => Date;
  readonly random: () => number;
}) => {
  const { requests, bridge, now } = ports;

  const verdictOn = (
    delivery: NonNullable<RequestRecord['delivery']>,
    answer: DeliveryAnswer,
  ): RequestEvent => {
    const verdict = judgeDelivery(answer, {
      attempts: delivery.attempts,
      since: new Date(delivery.since),
      now: now(),
      random: ports.random,
    });
    return verdict.outcome === 'accepted'
      ? { type: 'delivery-accepted' }
      : { type: 'delivery-failed', failure: verdict };
  };

  /** What the bridge knows of an operation that nobody stands behind any more. */
  const askAfter = async (
    operation: ApprovedOperation,
    conclusion: Conclusion,
  ): Promise<readonly RequestEvent[]> => {
    const { operationId } = operation;
    const { operations } = await bridge.statesOf(operation.site, [operationId]);
    const state = operations.find((answered) => answered.operationId === operationId);
    switch (state?.execution) {
      case undefined:
        throw new Error('The bridge says nothing of the operation');
      case 'unknown':
        return [{ type: 'taken-back' }, conclusion ?? { type: 'blocked', ...CLOSED_BEFORE_LAUNCH }];
      case 'ended':
        return [{ type: 'progressed', progress: state.progress }];
      case 'running':
      case 'broken':
        return [{ type: 'delivery-accepted' }, { type: 'asked', execution: state.execution }];
    }
  };

  return async (operationId: string, appId: string): Promise<void> => {
    const issueId = issueOf(OperationId.parse(operationId));
    if (issueId === undefined) return;
    const record = await requests.find(issueId);
    if (record?.operation?.operationId !== operationId || !record.delivery) return;
    if (!isToBeDelivered(record)) return;
    const { operation, delivery } = record;
    // A repeated event ahead of the next attempt's time: that attempt is queued already.
    if (now().getTime() < Date.parse(delivery.dueAt) - EARLY) return;

    /** @returns undefined where the issue is gone */
    const attempt = async (): Promise<readonly RequestEvent[] | undefined> => {
      const depth = delivery.attempts === 0 && !isRecalled(record) ? 'again' : 'first';
      const seen = await ports.look({ siteId: operation.site, appId }, record, depth);
      if (seen === 'gone') return undefined;
      switch (standingOf(operation, seen.conclusion)) {
        case 'unjudged':
          throw new Error("the project's settings cannot be used");
        case 'recalled':
          return isRecalled(record) ? askAfter(operation, seen.conclusion) : [{ type: 'recalled' }];
        case 'stands':
          return isRecalled(record)
            ? [{ type: 'approved', operation }]
            : [verdictOn(delivery, await bridge.deliver(operation))];
      }
    };

    const events = await attempt().catch((error: unknown) => [
      verdictOn(delivery, {
        status: 'not judged',
        message: error instanceof Error ? error.message : String(error),
      }),
    ]);
    await (events === undefined ? requests.gone(issueId) : requests.apply(issueId, ...events));
  };
};
