import * as z from 'zod/mini';
import { Gate } from '../contract/gate';
import { SealedValue } from '../contract/sealed-value';

/** A stack asks for its approval: the payload of a gate's durable execution, which is named after `gate.gateId`. */
export const GateAsked = z.strictObject({
  kind: z.literal('gate'),
  gate: Gate,
  /** The logical id of the wait condition handle, by which CloudFormation tells what the opened URL has to be. */
  handle: z.string().check(z.regex(/^[A-Za-z0-9]{1,255}$/)),
  /** The handle's pre-signed URL, sealed for the gate's id. */
  sealedHandle: SealedValue,
});
export type GateAsked = z.infer<typeof GateAsked>;
