import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { canonicalJson } from './canonical-json';
import { AtlassianAccountId, AwsAccountId, AwsRegion, RequestKey, SiteId, Timestamp } from './identifiers';
import { Digest } from './order';
import { GATE_ID, LONGEST_PARAMETER, LONGEST_REASON, MOST_APPROVERS, PARAMETER_KEY } from './patterns';

/** One approval that a stack waits for. It names the gate's durable execution. */
export const GateId = z.string().check(z.regex(GATE_ID));
export type GateId = z.infer<typeof GateId>;

/** The ARN of a stack that Service Catalog made. */
const StackId = z
  .string()
  .check(
    z.regex(/^arn:aws:cloudformation:[a-z0-9-]+:\d{12}:stack\/SC-\d{12}-pp-[a-z0-9]{1,40}\/[0-9a-f-]{36}$/),
  );

/** What a stack waits to be approved: everything that an approver decides on. */
export const Gate = z.strictObject({
  gateId: GateId,
  site: SiteId,
  /** What the stack is about to do. */
  action: z.enum(['create', 'update']),
  /** The product's name, as its template gives it. */
  product: z.string().check(z.minLength(1), z.maxLength(200)),
  stackId: StackId,
  account: AwsAccountId,
  region: AwsRegion,
  /** As the launcher wrote it; nobody has checked that it is theirs. */
  requesterEmail: z.string().check(z.minLength(3), z.maxLength(320)),
  /** Those parameters that the product lets be shown. */
  parameters: z.record(
    z.string().check(z.regex(PARAMETER_KEY)),
    z.string().check(z.maxLength(LONGEST_PARAMETER)),
  ),
  openedAt: Timestamp,
  /** After this nobody's decision counts: CloudFormation gives the stack up. */
  deadline: Timestamp,
});
export type Gate = z.infer<typeof Gate>;

/** SHA-256 over the canonical JSON of a gate: 64 hexadecimal digits. */
export const gateDigestOf = (gate: Gate): Digest =>
  createHash('sha256').update(canonicalJson(gate)).digest('hex');

/** A final decision about a gate; `digest` is that of the gate that the approver was shown. */
export const GateDecision = z.strictObject({
  gateId: GateId,
  site: SiteId,
  requestKey: RequestKey,
  digest: Digest,
  decision: z.enum(['approved', 'declined']),
  approvers: z.array(AtlassianAccountId).check(z.minLength(1), z.maxLength(MOST_APPROVERS)),
  decidedAt: Timestamp,
  /** Why it was declined, in the approver's words; null where they gave none. */
  reason: z.nullable(z.string().check(z.maxLength(LONGEST_REASON))),
});
export type GateDecision = z.infer<typeof GateDecision>;

/** Nobody has decided yet, and the time runs out. */
export const GateReminder = z.strictObject({
  gateId: GateId,
  site: SiteId,
  /** Counts a gate's reminders from 1. */
  reminder: z.int().check(z.positive()),
  deadline: Timestamp,
});
export type GateReminder = z.infer<typeof GateReminder>;

/** The app's answer to `gate.opened`: the request that the decision is taken on. */
export const GateRaised = z.strictObject({
  gateId: GateId,
  requestKey: RequestKey,
  /** Where people open the request; it shows, and does nothing. */
  link: z.url(),
});
export type GateRaised = z.infer<typeof GateRaised>;
