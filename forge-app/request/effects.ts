import type { Effect, RequestRecord, StatusRole } from './record';

export const deliver = (id: string, delaySeconds = 0): Effect => ({
  kind: 'deliver',
  id,
  tried: false,
  delaySeconds,
});

export const transition = (to: StatusRole): Effect => ({
  kind: 'transition',
  id: `to-${to}`,
  tried: false,
  to,
});

export const property = (record: RequestRecord): Effect => ({
  kind: 'property',
  id: `property-${record.state}-${record.sequence}-${record.interruptions}`,
  tried: false,
});

export const comment = (audience: 'customer' | 'agents', id: string, body: string): Effect => ({
  kind: 'comment',
  id,
  tried: false,
  audience,
  body,
});

/** The comment that shows the approver what there is to decide about, or tells why there is nothing. */
export const ORDER_COMMENT = 'order';

export interface Decision {
  readonly record: RequestRecord;
  readonly effects: readonly Effect[];
}

export const unchanged = (record: RequestRecord): Decision => ({ record, effects: [] });

/** The property comes first: whatever holds up the comments, JQL finds the state. */
export const withProperty = (record: RequestRecord, ...effects: readonly Effect[]): Decision => ({
  record,
  effects: [property(record), ...effects],
});

export const enter = (record: RequestRecord, state: RequestRecord['state'], now: Date): RequestRecord =>
  record.state === state ? record : { ...record, state, since: now.toISOString() };

/** Agents have to look. */
export const stuck = (
  record: RequestRecord,
  body: string,
  now: Date,
  ...more: readonly Effect[]
): Decision => {
  const interruptions = record.interruptions + 1;
  const next = enter({ ...record, interruptions }, 'stuck', now);
  return withProperty(next, comment('agents', `stuck-${interruptions}`, body), ...more);
};
