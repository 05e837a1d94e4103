import * as z from 'zod/mini';
import { OperationId, SiteId, Timestamp } from './identifiers';

/**
 * Where an operation stands, as the bridge knows it.
 *
 * - `provisioning`: Service Catalog accepted it; resources are being created
 * - `rolling-back`: a resource failed; the stack is being undone
 * - `succeeded`: the provisioned product is available
 * - `tainted`: it ended with an error, yet the provisioned product is still usable
 * - `failed`: it ended with an error and there is nothing to use
 * - `refused`: it never started: AWS would not take it
 * - `lost`: it is not known what became of it. It may be there, it may still come, it may never have begun; somebody has
 *   to look. The record and the provisioned product are told as far as they were known, and a remedy says where to look
 *
 * And of a gate, whose stack was made to wait:
 *
 * - `declined`: an approver said no; the stack was undone
 * - `expired`: nobody decided in time; the stack was undone
 * - `withdrawn`: the stack stopped waiting by itself, as when somebody deleted it; nothing was signalled
 */
export const OperationState = z.enum([
  'provisioning',
  'rolling-back',
  'succeeded',
  'tainted',
  'failed',
  'refused',
  'lost',
  'declined',
  'expired',
  'withdrawn',
]);
export type OperationState = z.infer<typeof OperationState>;

/** An error of the operation in words: `code` for machines, `message` as AWS or the bridge said it, `remedy` what to do. */
export const OperationError = z.strictObject({
  code: z.string().check(z.maxLength(200)),
  message: z.string().check(z.maxLength(4000)),
  remedy: z.optional(z.string().check(z.maxLength(1000))),
});
export type OperationError = z.infer<typeof OperationError>;

/** The first resource of the stack that failed, and why. */
export const FailedResource = z.strictObject({
  logicalId: z.string(),
  type: z.string(),
  reason: z.string().check(z.maxLength(4000)),
});
export type FailedResource = z.infer<typeof FailedResource>;

export const Output = z.strictObject({
  key: z.string(),
  value: z.string(),
  description: z.optional(z.string()),
});
export type Output = z.infer<typeof Output>;

export const OperationProgress = z.strictObject({
  operationId: OperationId,
  site: SiteId,
  /** Counts an operation's changes of state from 1. A receiver ignores what is not newer than what it has. */
  sequence: z.int().check(z.positive()),
  state: OperationState,
  at: Timestamp,
  record: z.optional(z.strictObject({ id: z.string(), status: z.string() })),
  provisionedProduct: z.optional(z.strictObject({ id: z.string(), name: z.string() })),
  outputs: z.array(Output),
  errors: z.array(OperationError),
  failedResource: z.optional(FailedResource),
});
export type OperationProgress = z.infer<typeof OperationProgress>;

/** States after which nothing more is told. `lost` is one of them although the operation itself may go on. */
export const isFinal = (state: OperationState): boolean =>
  state !== 'provisioning' && state !== 'rolling-back';
