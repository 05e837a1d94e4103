import { isOpen } from '../request/decide';
import { isUnconfirmed } from '../request/on-its-way';
import { hasEnded, type RequestRecord } from '../request/record';

/**
 * Known to the bridge, and nothing left to do here but to hear of it: the bridge is asked at `lookAt`. A gate that
 * nobody has decided about is asked after once its time is up; before that it is looked at like any other request.
 */
export const isSilent = (record: RequestRecord, lookAt: string): boolean => {
  const { fixed, handover, outbox, state, unseenSince } = record;
  if (
    outbox.length > 0 ||
    unseenSince !== null ||
    hasEnded(record) ||
    state === 'stuck' ||
    isUnconfirmed(record)
  )
    return false;
  if (fixed?.kind === 'gate') return !isOpen(record) || lookAt >= fixed.gate.deadline;
  return handover !== null;
};
