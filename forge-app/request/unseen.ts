import { type Decision, property, unchanged } from './effects';
import type { RequestRecord } from './record';

/*
 * What becomes of a request whose issue Jira does not show. It answers in the same words whether the issue was deleted or the app
 * may not see it now: somebody may have changed the permission scheme, or given the issue a security level, for ten minutes.
 */

/** Milliseconds of nothing but that answer until it is believed: rights that were taken by mistake are given back within a day. */
const BELIEVED_AFTER = 24 * 3_600_000;

/** What is still to be done is kept: should the issue be there again, it is done then. */
export const unseen = (record: RequestRecord, now: Date): Decision => {
  const unseenSince = record.unseenSince ?? now.toISOString();
  const gone = now.getTime() - Date.parse(unseenSince) >= BELIEVED_AFTER;
  if (gone) return { record: { ...record, unseenSince, gone, lease: null }, effects: [] };
  return record.unseenSince === null
    ? { record: { ...record, unseenSince }, effects: [] }
    : unchanged(record);
};

export const seen = (record: RequestRecord): Decision => {
  if (!isMissed(record)) return unchanged(record);
  const next = { ...record, unseenSince: null, gone: false };
  return { record: next, effects: record.gone ? [property(next)] : [] };
};

/** Whether Jira did not show it when it was asked last. */
export const isMissed = ({ unseenSince, gone }: RequestRecord): boolean => gone || unseenSince !== null;
