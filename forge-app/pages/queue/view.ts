import type { Kind, RequestState } from '../../request/record';

/** Which states are looked at together. */
export const STATE_GROUPS = {
  waiting: ['awaiting-approval'],
  underWay: ['sending', 'provisioning', 'rolling-back'],
  attention: ['blocked', 'stuck', 'lost', 'failed', 'refused', 'tainted'],
  over: ['succeeded', 'declined', 'withdrawn', 'expired', 'refused-order'],
} as const satisfies Readonly<Record<string, readonly RequestState[]>>;
export type StateGroup = keyof typeof STATE_GROUPS;

/** What is looked for; null where it does not matter. */
export interface QueueFilter {
  /** `open`: whatever waits, is under way or needs somebody. */
  readonly states: 'open' | 'all' | StateGroup | RequestState;
  /** A tenant account's id. */
  readonly account: string | null;
  /** A product's name. */
  readonly product: string | null;
  readonly age: QueueAge | null;
}

/** By the moment at which the request was raised. */
export const AGES = ['last-day', 'last-week', 'last-month', 'over-a-day', 'over-a-week'] as const;
export type QueueAge = (typeof AGES)[number];

export interface QueueRow {
  readonly key: string;
  readonly summary: string;
  /** Jira's own status. */
  readonly status: string;
  readonly kind: Kind;
  readonly state: RequestState;
  /** ISO 8601: when the request was raised, and since when it is in its state. */
  readonly raised: string;
  readonly since: string;
  readonly product: string | null;
  readonly account: { readonly id: string; readonly name: string | null } | null;
}

export interface QueueView {
  /** Newest first. */
  readonly rows: readonly QueueRow[];
  /** Asks for the next page; null on the last. */
  readonly next: string | null;
  /** How many there are of each group with the filter's account, product and age; about, as Jira counts. */
  readonly counts: Readonly<Record<Exclude<StateGroup, 'over'>, number>>;
  /** What can be chosen from. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly products: readonly string[];
}
