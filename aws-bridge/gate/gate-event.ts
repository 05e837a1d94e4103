import * as z from 'zod/mini';
import { Gate } from '../contract/gate';
import { stackIn } from '../runtime/stack-arn';

const text = (form: RegExp) => z.string().check(z.regex(form));
const wellFormed = z.refine<string>((value) => value.isWellFormed());

const StackId = z.pipe(
  z.string(),
  z.transform((arn, context) => {
    const stack = stackIn(arn);
    if (stack) return { arn, ...stack };
    context.issues.push({ code: 'custom', input: undefined, message: 'not the ARN of a stack' });
    return z.NEVER;
  }),
);

/** At most 1 KB, says CloudFormation; an answer, which has it in JSON, has 4 KB. */
const PhysicalResourceId = z.string().check(
  z.minLength(1),
  wellFormed,
  z.refine((id) => Buffer.byteLength(JSON.stringify(id)) <= 2048),
);

const envelope = {
  ResponseURL: z.string(),
  StackId,
  RequestId: text(/^[\w-]{1,128}$/),
  LogicalResourceId: text(/^[A-Za-z0-9]{1,255}$/),
  ResourceProperties: z.optional(z.unknown()),
};

/**
 * What CloudFormation invokes a custom resource's function with, without a look at the resource's properties: an answer
 * is owed whatever they are.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export const GateEvent = z.discriminatedUnion('RequestType', [
  z.object({ RequestType: z.literal('Create'), ...envelope }),
  z.object({
    RequestType: z.literal('Update'),
    ...envelope,
    PhysicalResourceId,
    OldResourceProperties: z.optional(z.unknown()),
  }),
  z.object({ RequestType: z.literal('Delete'), ...envelope, PhysicalResourceId }),
]);
export type GateEvent = z.infer<typeof GateEvent>;

/** Seconds. Below nobody could be asked in time; above CloudFormation does not wait. */
const SHORTEST = 60;
const LONGEST = 43_200;

/** What a template says of its gate. CloudFormation sends numbers as text. */
export const GateProperties = z.object({
  /** The wait condition handle's pre-signed URL. */
  Handle: z.string().check(wellFormed),
  Product: Gate.shape.product.check(wellFormed),
  RequesterEmail: Gate.shape.requesterEmail.check(wellFormed),
  /** Seconds. */
  TimeLimit: text(/^\d{1,5}$/).check(
    z.refine((seconds) => Number(seconds) >= SHORTEST && Number(seconds) <= LONGEST),
  ),
  /** Names of the parameters that approvers see. */
  Shown: z.optional(z.array(z.string()).check(z.maxLength(200))),
  /** All parameters that are not secret. */
  Parameters: z.record(text(/^[A-Za-z0-9]{1,255}$/), z.string().check(z.maxLength(4096), wellFormed)),
  /** A digest of the template's other resources. */
  Template: z.string().check(z.minLength(1), z.maxLength(200), wellFormed),
});
export type GateProperties = z.infer<typeof GateProperties>;
