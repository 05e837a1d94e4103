import { z } from 'zod';
import { Gate } from '../../aws-bridge/contract/gate';
import { AtlassianAccountId, RequestKey, Timestamp } from '../../aws-bridge/contract/identifiers';

/** The customer request that was raised for a gate. */
export const RaisedRequest = z.strictObject({
  issueId: z.string().regex(/^\d{1,19}$/),
  requestKey: RequestKey,
  /** Null where Jira names nobody. */
  reporter: z.nullable(AtlassianAccountId),
  /** Where people open it. */
  link: z.url(),
});
export type RaisedRequest = z.infer<typeof RaisedRequest>;

/** What the app knows of a gate from the moment in which it was opened: enough to raise its request once. */
export const GateEntry = z.strictObject({
  gate: Gate,
  /** The project that its request is raised in. */
  projectId: z.string(),
  serviceDeskId: z.string(),
  /** What the settings call the account. */
  accountName: z.string(),
  /** The customer with the e-mail address that was typed in AWS; null where there is none. */
  requester: z.nullable(AtlassianAccountId),
  /** Stands in the request's description, where nobody who does not know the request can have written it. */
  mark: z.string().regex(/^[0-9a-f]{32}$/),
  /**
   * Who has set about raising the request, and until when nobody else does. After that it is not known whether there is
   * one. Null where nobody has, or where Jira has said no.
   */
  attempt: z.strictObject({ holder: z.string(), until: Timestamp }).nullable(),
  raised: RaisedRequest.nullable(),
});
export type GateEntry = z.infer<typeof GateEntry>;

export interface StoredGate {
  readonly revision: string;
  readonly record: GateEntry;
}

/** Where gates are kept. */
export interface GateStore {
  readonly load: (gateId: string) => Promise<StoredGate | undefined>;
  /** @returns undefined where there is one already */
  readonly create: (gateId: string, entry: GateEntry) => Promise<StoredGate | undefined>;
  /** @returns undefined where somebody else has written since `stored` was read */
  readonly replace: (gateId: string, stored: StoredGate, entry: GateEntry) => Promise<StoredGate | undefined>;
}
