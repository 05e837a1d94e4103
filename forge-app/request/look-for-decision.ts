import type { CheckOrder, Place } from './check-order';
import { type Conclusion, standingOf } from './conclude';
import { isOpen, isShown, isUnchecked, isUndecidedEnd, isUnshown, type RequestEvent } from './decide';
import type { Look } from './look';
import { isUnconfirmed } from './on-its-way';
import type { RequestRecord } from './record';
import type { Applied, Requests } from './requests';
import { isMissed } from './unseen';

interface Ports {
  readonly requests: Requests;
  readonly look: Look;
  readonly checkOrder: CheckOrder;
}

/**
 * Looks whether a request has been decided, and takes the decision in; likewise whether what was approved still
 * stands, as long as the bridge is not known to have it.
 * @returns undefined where the issue is none of ours
 */
export type LookForDecision = (place: Place, issueId: string) => Promise<Applied | undefined>;

export const createLookForDecision = (ports: Ports): LookForDecision => {
  const { requests } = ports;

  return async (place, issueId) => {
    const found = await requests.find(issueId);
    if (!found) return undefined;
    if (isUnchecked(found)) return ports.checkOrder(place, issueId);
    // Nothing is approved that is not shown yet. Where it still cannot be shown, the last step here says so.
    const settled = isShown(found) ? undefined : await requests.apply(issueId).catch(() => undefined);
    const record = settled?.record ?? found;
    const matters = isOpen(record) || isUnconfirmed(record) || isUnshown(record) || isUndecidedEnd(record);
    if (!matters && !isMissed(record)) return requests.apply(issueId);
    const looked = await ports.look(place, record, 'first');
    if (looked === 'unseen') return requests.apply(issueId, { type: 'unseen' });
    const event = eventOf(record, looked.conclusion);
    return requests.apply(issueId, { type: 'seen' }, ...(event === undefined ? [] : [event]));
  };
};

/** What a conclusion means for a request as far as it has come. */
export const eventOf = (record: RequestRecord, conclusion: Conclusion): RequestEvent | undefined => {
  const { operationId } = record;
  if (record.handover === null) return conclusion;
  switch (standingOf(record.handover, conclusion)) {
    case 'stands':
      return { type: 'decided', handover: record.handover, operationId };
    case 'recalled':
      return { type: 'recalled', operationId };
    case 'unjudged':
      return undefined;
  }
};
