import { OperationId } from '../../aws-bridge/contract/identifiers';
import type { Bridge } from '../bridge/bridge';
import { type Conclusion, standingOf } from '../request/conclude';
import type { RequestEvent } from '../request/decide';
import { CLOSED } from '../request/decision-comments';
import type { Look } from '../request/look';
import { isRecalled, isToBeDelivered } from '../request/on-its-way';
import { type Delivery, type Handover, kindOf, type RequestRecord } from '../request/record';
import { IssueUnseen, type Requests } from '../request/requests';
import { type DeliveryAnswer, judgeDelivery } from './judge-delivery';

/** Milliseconds that an attempt may come before its time, since no two clocks agree. */
const EARLY = 5_000;
const MINUTE = 60_000;

/**
 * Hands a decision to the bridge, as often as it takes: the bridge knows a repeat by the operation's id, or the gate's.
 * Before each attempt the request is looked at once more, since a decision may have been taken back while the bridge
 * could not be reached; what nobody stands behind any more is asked after instead of sent.
 *
 * A failed attempt queues the next one itself, with a delay of our own, instead of asking Forge to repeat the event:
 * so how often and how long is tried is ours to say, every attempt is written down in the record, and where the
 * queue loses an event the sweep knows that one is overdue.
 */
export const createDeliver = (ports: {
  readonly requests: Requests;
  /** The issue of what is decided about; undefined where there is none. */
  readonly issueOf: (operationId: string) => Promise<string | undefined>;
  readonly look: Look;
  readonly bridge: Pick<Bridge, 'deliver' | 'statesOf'>;
  readonly now: () => Date;
  readonly random: () => number;
}) => {
  const { requests, bridge, now } = ports;

  const verdictOn = (
    record: RequestRecord,
    delivery: NonNullable<RequestRecord['delivery']>,
    answer: DeliveryAnswer,
  ): RequestEvent => {
    if (answer.status === 410 && kindOf(record) === 'gate') return { type: 'came-too-late' };
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

  /** Whether what the reporter belongs to was asked for with this very decision. */
  const isJustDecided = ({ state, since }: RequestRecord, { attempts, recalledAt }: Delivery): boolean =>
    state === 'sending' &&
    attempts === 0 &&
    recalledAt === null &&
    now().getTime() - Date.parse(since) < MINUTE;

  /** What the bridge knows of what nobody stands behind any more. */
  const askAfter = async (
    { operationId, ...record }: RequestRecord,
    { site }: Handover,
    conclusion: Conclusion,
  ): Promise<readonly RequestEvent[]> => {
    const kind = kindOf(record);
    const takenBack = [
      { type: 'taken-back' },
      conclusion ?? { type: 'blocked', ...CLOSED[kind] },
    ] satisfies readonly RequestEvent[];
    const { operations } = await bridge.statesOf(site, [operationId]);
    const state = operations.find((answered) => answered.operationId === operationId);
    switch (state?.execution) {
      case undefined:
        throw new Error('The bridge says nothing of the operation');
      case 'unknown':
        return takenBack;
      case 'ended':
        return [{ type: 'progressed', progress: state.progress }];
      case 'running':
      case 'broken':
        // A gate runs before anything is decided, too, so that says nothing of the decision.
        return kind === 'gate' && state.execution === 'running'
          ? takenBack
          : [{ type: 'delivery-accepted' }, { type: 'asked', execution: state.execution }];
    }
  };

  return async (operationId: string, appId: string): Promise<void> => {
    const issueId = await ports.issueOf(OperationId.parse(operationId));
    if (issueId === undefined) return;
    const request = await requests.load(issueId);
    if (request?.record.operationId !== operationId || !isToBeDelivered(request.record)) return;
    const { record } = request;
    if (!record.handover || !record.delivery) return;
    const { handover, delivery } = record;
    // A repeated event ahead of the next attempt's time: that attempt is queued already.
    if (now().getTime() < Date.parse(delivery.dueAt) - EARLY) return;

    const notJudged = (message: string): RequestEvent =>
      verdictOn(record, delivery, { status: 'not judged', message });

    const attempt = async (): Promise<readonly RequestEvent[]> => {
      const depth = isJustDecided(record, delivery) ? 'again' : 'first';
      const looked = await ports.look({ siteId: handover.site, appId }, record, depth);
      if (looked === 'unseen') return [{ type: 'unseen' }, notJudged(new IssueUnseen(issueId).message)];
      return [{ type: 'seen' }, ...(await next(looked.conclusion))];
    };

    const next = async (conclusion: Conclusion): Promise<readonly RequestEvent[]> => {
      switch (standingOf(handover, conclusion)) {
        case 'unjudged':
          throw new Error("the project's settings cannot be used");
        case 'recalled':
          return isRecalled(record) ? askAfter(record, handover, conclusion) : [{ type: 'recalled' }];
        case 'stands':
          return isRecalled(record)
            ? [{ type: 'decided', handover }]
            : [verdictOn(record, delivery, await bridge.deliver(handover))];
      }
    };

    const events = await attempt().catch((error: unknown) => [
      notJudged(error instanceof Error ? error.message : String(error)),
    ]);
    // By now another attempt may have begun.
    await requests.apply(request, ...events.map((event) => ({ ...event, operationId })));
  };
};
