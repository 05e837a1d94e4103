import type { Bridge } from '../../bridge/bridge';
import type { Place } from '../../request/check-order';
import type { LookForDecision } from '../../request/look-for-decision';
import { isRecalled, isToBeDelivered } from '../../request/on-its-way';
import { hasEnded, kindOf, type RequestRecord } from '../../request/record';
import type { Requests } from '../../request/requests';
import { askBridge, FULL } from '../../sweep/ask-bridge';
import { type Answer, ok } from '../answer';
import type { Resynced } from './view';

/** Has a request looked at as the sweep would, and the bridge asked, now. */
export type Resync = (place: Place, record: RequestRecord, by: string) => Promise<Answer<Resynced>>;
export const createResync =
  (ports: {
    readonly requests: Pick<Requests, 'apply' | 'find'>;
    readonly lookForDecision: LookForDecision;
    readonly bridge: Pick<Bridge, 'statesOf'>;
  }): Resync =>
  async (place, before, by) => {
    const { requests } = ports;
    const { issueId } = before;
    const looked = (await ports.lookForDecision(place, issueId))?.record ?? before;
    // What is called back is asked after once nothing that was sent before can still arrive.
    if (isToBeDelivered(looked) && !isRecalled(looked)) {
      await requests.apply(issueId, { type: 'delivery-overdue', operationId: looked.operationId });
    }
    const known = looked.handover !== null || kindOf(looked) === 'gate';
    const bridge =
      known && (!hasEnded(looked) || looked.state === 'lost') && !looked.gone
        ? await asked(ports, place, looked)
        : null;
    const after = (await requests.find(issueId)) ?? looked;
    const found: Resynced = { before: before.state, after: after.state, bridge };
    await requests.apply(issueId, { type: 'resynced', by, found: sentences(found) });
    return ok(found);
  };

const asked = async (
  { requests, bridge }: Parameters<typeof createResync>[0],
  { siteId }: Place,
  { issueId, operationId }: RequestRecord,
): Promise<NonNullable<Resynced['bridge']>> => {
  const { news, failure } = await askBridge(bridge, siteId, [{ issueId, operationId }], FULL);
  if (failure !== undefined) return 'silent';
  const event = news[0]?.event;
  if (event === undefined) return 'unknown';
  await requests.apply(issueId, event);
  return event.type === 'asked' ? event.execution : 'ended';
};

/** For the comment, in English like every comment. */
const sentences = ({ before, after, bridge }: Resynced): string =>
  [
    before === after ? `It stands as before: ${after}.` : `It was ${before}, and is now ${after}.`,
    bridge === null ? 'There was nothing to ask the bridge about.' : BRIDGE_SAYS[bridge],
  ].join(' ');

const BRIDGE_SAYS: Readonly<Record<NonNullable<Resynced['bridge']>, string>> = {
  unknown: 'The bridge does not know the operation.',
  running: 'The bridge says that the operation is under way.',
  ended: 'The bridge says that the operation has ended.',
  broken: 'The bridge says that the operation broke off.',
  silent: 'The bridge could not be reached.',
};
