import * as z from 'zod/mini';
import { ChoosableType } from './choices';
import { ConnectionTest } from './connection';
import { Gate, GateDecision, GateId, GateReminder } from './gate';
import {
  AtlassianAccountId,
  AwsAccountId,
  AwsRegion,
  OperationId,
  RequestKey,
  ServiceCatalogId,
  SiteId,
  Timestamp,
} from './identifiers';
import { Digest, Order } from './order';
import { MOST_APPROVERS, MOST_ASKED_ABOUT, MOST_EARLIER } from './patterns';
import { OperationProgress } from './progress';

const message = <Type extends string, Data extends z.ZodMiniType>(type: Type, data: Data) =>
  z.strictObject({ type: z.literal(type), timestamp: Timestamp, data });

/** An operation that may go ahead. Its data alone is the durable execution's payload, so a repeat is identical. */
export const ApprovedOperation = z.strictObject({
  operationId: OperationId,
  kind: z.literal('launch'),
  site: SiteId,
  requestKey: RequestKey,
  order: Order,
  digest: Digest,
  /** The launches of the same request before this one, which were told as over; absent where this is the first. */
  earlier: z.exactOptional(z.array(OperationId).check(z.minLength(1), z.maxLength(MOST_EARLIER))),
  /** Null where the project says that this product needs no approval. */
  approval: z.nullable(
    z.strictObject({
      approvers: z.array(AtlassianAccountId).check(z.minLength(1), z.maxLength(MOST_APPROVERS)),
      approvedAt: Timestamp,
    }),
  ),
});
export type ApprovedOperation = z.infer<typeof ApprovedOperation>;

export const OperationApproved = message('operation.approved', ApprovedOperation);
export type OperationApproved = z.infer<typeof OperationApproved>;

/** Asks for the states of operations that have not been heard of for a while. */
export const OperationsRequested = message(
  'operations.requested',
  z.strictObject({
    site: SiteId,
    operationIds: z.array(OperationId).check(z.minLength(1), z.maxLength(MOST_ASKED_ABOUT)),
  }),
);
export type OperationsRequested = z.infer<typeof OperationsRequested>;

/** Asks for the portfolio, saying what the asker has: a revision, and versions whose description it knows. */
export const CatalogRequested = message(
  'catalog.requested',
  z.strictObject({
    site: SiteId,
    revision: z.nullable(z.string().check(z.maxLength(128))),
    describedVersions: z.array(ServiceCatalogId).check(z.maxLength(10_000)),
  }),
);
export type CatalogRequested = z.infer<typeof CatalogRequested>;

/** Asks which values of AWS's own parameter types exist in a tenant account and region. */
export const ChoicesRequested = message(
  'choices.requested',
  z.strictObject({
    site: SiteId,
    account: AwsAccountId,
    region: AwsRegion,
    types: z.array(ChoosableType).check(
      z.minLength(1),
      z.refine((types) => new Set(types).size === types.length, 'the same type twice'),
    ),
  }),
);
export type ChoicesRequested = z.infer<typeof ChoicesRequested>;

/** What `POST /catalog` takes. */
export const CatalogMessage = z.discriminatedUnion('type', [CatalogRequested, ChoicesRequested]);
export type CatalogMessage = z.infer<typeof CatalogMessage>;

export const GateDecided = message('gate.decided', GateDecision);
export type GateDecided = z.infer<typeof GateDecided>;

export const OperationProgressed = message('operation.progressed', OperationProgress);
export type OperationProgressed = z.infer<typeof OperationProgressed>;

/** A stack waits; its request is to be raised. How it ends is told as progress of the operation that the gate is. */
export const GateOpened = message('gate.opened', Gate);
export type GateOpened = z.infer<typeof GateOpened>;

export const GateUndecided = message('gate.undecided', GateReminder);
export type GateUndecided = z.infer<typeof GateUndecided>;

/** Asks for a callback, to see whether both ways are open. */
export const ConnectionTested = message('connection.tested', ConnectionTest);
export type ConnectionTested = z.infer<typeof ConnectionTested>;

/** The callback that was asked for. */
export const ConnectionAnswered = message('connection.answered', ConnectionTest);
export type ConnectionAnswered = z.infer<typeof ConnectionAnswered>;

/** What the app's web trigger takes. */
export const CallbackMessage = z.discriminatedUnion('type', [
  OperationProgressed,
  GateOpened,
  GateUndecided,
  ConnectionAnswered,
]);
export type CallbackMessage = z.infer<typeof CallbackMessage>;

/** What `POST /webhook` takes. */
export const WebhookMessage = z.discriminatedUnion('type', [
  OperationApproved,
  GateDecided,
  OperationsRequested,
  ConnectionTested,
]);
export type WebhookMessage = z.infer<typeof WebhookMessage>;

/**
 * How the bridge answers `operations.requested`.
 *
 * - `unknown`: no such execution (never accepted, or past its retention)
 * - `running`: under way
 * - `ended`: it ended as `progress` says
 * - `broken`: the execution itself failed, timed out or was stopped; nobody will tell more
 */
export const OperationsAnswer = z.strictObject({
  operations: z.array(
    z.discriminatedUnion('execution', [
      z.strictObject({ operationId: OperationId, execution: z.enum(['unknown', 'running', 'broken']) }),
      z.strictObject({
        operationId: OperationId,
        execution: z.literal('ended'),
        progress: OperationProgress,
      }),
    ]),
  ),
});
export type OperationsAnswer = z.infer<typeof OperationsAnswer>;

/** The answer to an accepted `operation.approved` (202; 200 where it was known to be a repeat). */
export const Accepted = z.strictObject({ operationId: OperationId });
export type Accepted = z.infer<typeof Accepted>;

/** The answer to a `gate.decided` that counts (202; 200 where the same had been decided before). */
export const DecisionAccepted = z.strictObject({ gateId: GateId });
export type DecisionAccepted = z.infer<typeof DecisionAccepted>;

/** Every refusal's body. `problems` names the failing paths of a message that could be authenticated. */
export const Refusal = z.strictObject({
  error: z.string(),
  message: z.string(),
  problems: z.optional(z.array(z.string())),
});
export type Refusal = z.infer<typeof Refusal>;
