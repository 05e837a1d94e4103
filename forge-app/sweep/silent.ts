import { hasEnded, type RequestRecord } from '../request/record';

/** Accepted by the bridge, and nothing left to do here but to hear of it: the bridge is asked once it is due. */
export const isSilent = (record: RequestRecord): boolean =>
  record.outbox.length === 0 &&
  record.operation !== null &&
  !hasEnded(record) &&
  record.state !== 'stuck' &&
  record.delivery !== null &&
  record.delivery.acceptedAt !== null;
