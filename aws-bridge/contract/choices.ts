import * as z from 'zod/mini';

/** CloudFormation's parameter types whose values are looked up in the tenant account. A list of one has the same values. */
export const ChoosableType = z.enum([
  'AWS::EC2::AvailabilityZone::Name',
  'AWS::EC2::KeyPair::KeyName',
  'AWS::EC2::SecurityGroup::Id',
  'AWS::EC2::Subnet::Id',
  'AWS::EC2::VPC::Id',
]);
export type ChoosableType = z.infer<typeof ChoosableType>;

/** Values of one type that are told at most. */
export const MOST_CHOICES = 200;

/** A value that exists in the account and region, and what people there call it, if anything. */
export const Choice = z.strictObject({ value: z.string(), name: z.optional(z.string()) });
export type Choice = z.infer<typeof Choice>;

/**
 * Why nothing can be looked up; each is something that somebody can put right.
 *
 * - `no-role`: the account has no role that the bridge may assume for it
 * - `denied`: a policy of the account or its organization forbids it
 * - `region-disabled`: the account has not enabled the region
 */
export const ChoicesRefused = z.enum(['no-role', 'denied', 'region-disabled']);
export type ChoicesRefused = z.infer<typeof ChoicesRefused>;

/** What there is of one type. One may be refused while another is not. */
export const Choices = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('listed'),
    type: ChoosableType,
    items: z.array(Choice).check(z.maxLength(MOST_CHOICES)),
    /** There are values that are not among the items. */
    more: z.boolean(),
  }),
  z.strictObject({ outcome: z.literal('refused'), type: ChoosableType, reason: ChoicesRefused }),
]);
export type Choices = z.infer<typeof Choices>;

/** The answer to `choices.requested`: each type that was asked for, in that order. */
export const ChoicesAnswer = z.strictObject({ choices: z.array(Choices) });
export type ChoicesAnswer = z.infer<typeof ChoicesAnswer>;
