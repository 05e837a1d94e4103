import { z } from 'zod';
import { Gate, GateDecision } from '../../aws-bridge/contract/gate';
import {
  AtlassianAccountId,
  OperationId,
  RequestKey,
  Timestamp,
} from '../../aws-bridge/contract/identifiers';
import { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { Digest, Order } from '../../aws-bridge/contract/order';
import { OperationError, Output } from '../../aws-bridge/contract/progress';

/** Where a request stands, as people and JQL see it. The bridge's states are taken over as they are. */
export const RequestState = z.enum([
  'refused-order',
  'awaiting-approval',
  'declined',
  'blocked',
  'sending',
  'provisioning',
  'rolling-back',
  'succeeded',
  'tainted',
  'failed',
  'refused',
  'lost',
  'expired',
  'withdrawn',
  'stuck',
]);
export type RequestState = z.infer<typeof RequestState>;

/** A status by what it means; the project's settings give its name. */
export const StatusRole = z.enum(['done', 'declined', 'failed']);
export type StatusRole = z.infer<typeof StatusRole>;

const effect = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({
    kind: z.literal(kind),
    /** Unique within the request, and the same whenever the same thing is decided again. */
    id: z.string(),
    /** Whether somebody has set about it before: then it may have been done already. */
    tried: z.boolean(),
    ...shape,
  });

/**
 * Something to be done outside of the app's storage. It is written down together with the decision that asks for it,
 * and struck off when it is done, so no crash loses it.
 */
export const Effect = z.discriminatedUnion('kind', [
  /** Hand the operation to the delivery queue. */
  effect('deliver', { delaySeconds: z.int().min(0).max(900) }),
  effect('comment', { audience: z.enum(['customer', 'agents']), body: z.string() }),
  /** Bring the searchable property up to date with the record as it then is. */
  effect('property', {}),
  effect('transition', { to: StatusRole }),
]);
export type Effect = z.infer<typeof Effect>;

/** What an approver reads beside the order itself, as it was when the order was fixed. */
export const ShownOrder = z.strictObject({
  accountName: z.string(),
  /** The parameters that the template has, in its order. The value of one that is hidden is shown to nobody. */
  parameters: z.array(
    z.strictObject({
      key: z.string(),
      label: z.string(),
      hidden: z.boolean(),
      /** What AWS takes where the order gives no value; null where there is none, or it is hidden. */
      default: z.string().nullable(),
    }),
  ),
  /** How many resources of each CloudFormation type the template has. */
  resources: z.record(z.string(), z.int().positive()),
  /** IAM capabilities. */
  capabilities: z.array(z.string()),
});
export type ShownOrder = z.infer<typeof ShownOrder>;

/** The order as it was fixed, before anybody could approve it. */
export const FixedOrder = z.strictObject({
  kind: z.literal('launch'),
  order: Order,
  digest: Digest,
  at: Timestamp,
  /** Over the form that it was made of: tells whether the request still holds the same. */
  formDigest: Digest,
  productName: z.string(),
  versionName: z.string(),
  approvalRequired: z.boolean(),
  requestTypeId: z.string(),
  /** Null where it was fixed before this was kept. */
  shown: ShownOrder.nullable().default(null),
  /** Who had approved by then, which cannot have been about this. */
  approvedBlind: z.array(AtlassianAccountId).readonly().default([]),
});
export type FixedOrder = z.infer<typeof FixedOrder>;

/** A gate as it was shown to its approvers. */
export const FixedGate = z.strictObject({
  kind: z.literal('gate'),
  gate: Gate,
  digest: Digest,
  at: Timestamp,
  /** The request's reporter when it was raised; null where Jira named none. */
  reporter: z.nullable(AtlassianAccountId),
  /** Who had approved by then, which cannot have been about this. */
  approvedBlind: z.array(AtlassianAccountId).readonly().default([]),
});
export type FixedGate = z.infer<typeof FixedGate>;

/** What is decided about; it does not change again. */
export const Fixed = z.discriminatedUnion('kind', [FixedOrder, FixedGate]);
export type Fixed = z.infer<typeof Fixed>;

/** What is handed to the bridge once it is decided. A gate's decline is, too: its stack waits for it. */
export const Handover = z.union([ApprovedOperation, GateDecision]);
export type Handover = z.infer<typeof Handover>;

export const isGateDecision = (handover: Handover): handover is GateDecision => 'gateId' in handover;

/** How the hand-over to the bridge goes. */
export const Delivery = z.strictObject({
  since: Timestamp,
  attempts: z.int().nonnegative(),
  /** When the next attempt is expected. */
  dueAt: Timestamp,
  /** When the bridge was known to have it, or to have closed what it is about. */
  acceptedAt: z.nullable(Timestamp),
  /** When it turned out that nobody stands behind the operation any more: it is asked after, not sent. */
  recalledAt: z.nullable(Timestamp),
  /** Whether the reporter knows that it takes long. */
  delayTold: z.boolean(),
});
export type Delivery = z.infer<typeof Delivery>;

/**
 * Something that happened to a request.
 *
 * - `fixed`, `refused-order`: the order was checked
 * - `approved`, `declined`: people decided; `not-needed`: the project asks nobody
 * - `sent`, `accepted`: the decision was on its way to AWS; the bridge has it
 * - `told`: the bridge told of a state
 * - `blocked`, `stuck`: it cannot go on; `waiting`: it can again
 * - `recalled`, `taken-back`: nobody stood behind the decision any more; it had not reached AWS
 * - `withdrawn`: it was closed undecided; `cancelled`, `retried`, `resynced`: an agent did that
 */
export const Happening = z.strictObject({
  at: Timestamp,
  what: z.enum([
    'fixed',
    'refused-order',
    'approved',
    'not-needed',
    'declined',
    'sent',
    'accepted',
    'told',
    'blocked',
    'waiting',
    'stuck',
    'recalled',
    'taken-back',
    'withdrawn',
    'cancelled',
    'retried',
    'resynced',
  ]),
  /** What the bridge told of. */
  state: RequestState.optional(),
  /** Who did it, as far as that is known. */
  by: z.array(z.string()).optional(),
  /** Absent in the first attempt. */
  attempt: z.int().optional(),
});
export type Happening = z.infer<typeof Happening>;

/** What AWS reported last of an operation that does not go well. */
export const Problem = z.strictObject({
  errors: z.array(OperationError),
  failedResource: z.strictObject({ logicalId: z.string(), type: z.string(), reason: z.string() }).nullable(),
});
export type Problem = z.infer<typeof Problem>;

/** Everything that the app knows of one customer request. */
export const RequestRecord = z.strictObject({
  issueId: z.string().regex(/^\d{1,19}$/),
  requestKey: RequestKey,
  projectId: z.string(),
  operationId: OperationId,
  state: RequestState,
  /** When this state was entered. */
  since: Timestamp,
  /** Null where the order was refused, or could not be checked yet. */
  fixed: Fixed.nullable(),
  /** What was or will be sent: built once, when it was decided. */
  handover: Handover.nullable(),
  /** What was recalled and seemed not to have arrived: AWS may hold a start in a queue for hours. */
  takenBack: Handover.nullable().default(null),
  delivery: Delivery.nullable(),
  /** The newest progress that was taken; 0 before the first. */
  sequence: z.int().nonnegative(),
  recordId: z.string().nullable(),
  /** What Service Catalog made of it. */
  provisionedProduct: z.strictObject({ id: z.string(), name: z.string() }).nullable().default(null),
  /** Those of the newest progress, as far as there is room. */
  outputs: z.array(Output).default([]),
  outputsLeftOut: z.int().nonnegative().default(0),
  /** That of the newest progress; null where it has none. */
  problem: Problem.nullable().default(null),
  /** Counts the launches of this request, each with an operation id of its own. */
  attempt: z.int().min(1).default(1),
  /** Oldest first. */
  history: z.array(Happening).default([]),
  /** How many were dropped after the first ones to make room. */
  historyLeftOut: z.int().nonnegative().default(0),
  /** The agent who called it off for good before anything was handed over. */
  cancelledBy: z.string().nullable().default(null),
  /** When the bridge was last heard of. */
  heardAt: z.nullable(Timestamp),
  /** Why it is blocked, as a word that two like reasons share; null where it is not. */
  blockedBy: z.string().nullable(),
  /** How often it came to be blocked or stuck: tells one occurrence's comment from the next one's. */
  interruptions: z.int().nonnegative(),
  /** The newest reminder of its approvers; 0 before the first. */
  reminders: z.int().nonnegative(),
  /** Whether those who decided know that it was too late. */
  lateTold: z.boolean(),
  /** When the sweep is to look at it next; null once there is nothing more to come. */
  lookAt: z.nullable(Timestamp),
  /** Since when Jira has answered nothing but that there is no such issue; null where it shows the issue, or was not asked. */
  unseenSince: z.nullable(Timestamp).default(null),
  /** It was so for too long to be waited for: the issue was deleted, or taken from the app. */
  gone: z.boolean(),
  outbox: z.array(Effect),
  /** Who works through the outbox. Effects of one request happen one after the other, in the order decided. */
  lease: z.strictObject({ holder: z.string(), until: Timestamp }).nullable(),
});
export type RequestRecord = z.infer<typeof RequestRecord>;

/** What a record knows of a launch that is still to be decided about: nothing. */
export const UNDECIDED = {
  handover: null,
  takenBack: null,
  delivery: null,
  sequence: 0,
  recordId: null,
  provisionedProduct: null,
  outputs: [],
  outputsLeftOut: 0,
  problem: null,
  heardAt: null,
  blockedBy: null,
} satisfies Partial<RequestRecord>;

/** A request that is new to the app, before anything is known of its order. */
export const newRecord = (request: {
  readonly issueId: string;
  readonly requestKey: string;
  readonly projectId: string;
  readonly operationId: string;
  readonly now: Date;
}): RequestRecord => ({
  issueId: request.issueId,
  requestKey: request.requestKey,
  projectId: request.projectId,
  operationId: request.operationId,
  state: 'awaiting-approval',
  since: request.now.toISOString(),
  fixed: null,
  ...UNDECIDED,
  attempt: 1,
  history: [],
  historyLeftOut: 0,
  cancelledBy: null,
  interruptions: 0,
  reminders: 0,
  lateTold: false,
  lookAt: null,
  unseenSince: null,
  gone: false,
  outbox: [],
  lease: null,
});

/** What a request is about. */
export type Kind = Fixed['kind'];
export const kindOf = ({ fixed }: Pick<RequestRecord, 'fixed'>): Kind => fixed?.kind ?? 'launch';

/** States after which nothing more is expected of the bridge, `lost` among them: it says so when it has lost sight. */
const ENDED: readonly RequestState[] = [
  'refused-order',
  'declined',
  'succeeded',
  'tainted',
  'failed',
  'refused',
  'lost',
  'expired',
  'withdrawn',
];
export const hasEnded = (record: Pick<RequestRecord, 'state' | 'gone'>): boolean =>
  record.gone || ENDED.includes(record.state);
