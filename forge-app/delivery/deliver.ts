import { OperationId } from '../../aws-bridge/contract/identifiers';
import type { Bridge } from '../bridge/bridge';
import { isToBeDelivered } from '../request/decide';
import type { Requests } from '../request/requests';
import { issueOf } from '../storage/keys';
import { judgeDelivery } from './judge-delivery';

/** Milliseconds that an attempt may come before its time, since no two clocks agree. */
const EARLY = 5_000;

/**
 * Hands an approved operation to the bridge, as often as it takes: the bridge knows a repeat by the operation's id.
 *
 * A failed attempt queues the next one itself, with a delay of our own, instead of asking Forge to repeat the event:
 * so how often and how long is tried is ours to say, every attempt is written down in the record, and where the
 * queue loses an event the sweep knows that one is overdue.
 */
export const createDeliver =
  (ports: {
    readonly requests: Requests;
    readonly bridge: Bridge;
    readonly now: () => Date;
    readonly random: () => number;
  }) =>
  async (operationId: string): Promise<void> => {
    const { requests, now } = ports;
    const issueId = issueOf(OperationId.parse(operationId));
    if (issueId === undefined) return;
    const record = await requests.find(issueId);
    if (record?.operation?.operationId !== operationId || !record.delivery) return;
    if (!isToBeDelivered(record)) return;
    // A repeated event ahead of the next attempt's time: that attempt is queued already.
    if (now().getTime() < Date.parse(record.delivery.dueAt) - EARLY) return;

    const answer = await ports.bridge.deliver(record.operation);
    const verdict = judgeDelivery(answer, {
      attempts: record.delivery.attempts,
      since: new Date(record.delivery.since),
      now: now(),
      random: ports.random,
    });
    await requests.apply(
      issueId,
      verdict.outcome === 'accepted'
        ? { type: 'delivery-accepted' }
        : { type: 'delivery-failed', failure: verdict },
    );
  };
