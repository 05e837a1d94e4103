import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../aws-bridge/contract/canonical-json';
import { ProductSetting } from './project-settings';

const Text = z.string().max(1000);

/** Settings as a person is at them: everything has a place, whatever stands there. */
export const SettingsDraft = z.strictObject({
  products: z
    .array(z.strictObject({ productId: Text, requestTypeId: Text, approval: z.enum(['required', 'none']) }))
    .max(1000),
  accounts: z
    .array(
      z.strictObject({
        id: Text,
        name: Text,
        regions: z.array(Text).max(100),
        organizations: z.union([z.literal('everyone'), z.array(Text).max(200)]),
        groups: z.array(Text).max(200),
      }),
    )
    .max(10_000),
  /** Null where the project takes no approvals of stacks that were started in AWS. */
  gates: z
    .strictObject({
      requestTypeId: Text,
      /** Null, and nobody in `approvers`, where the workflow names the approvers. */
      approversField: Text.nullable(),
      approvers: z.array(Text).max(100),
    })
    .nullable(),
  separationOfDuties: z.boolean(),
  statuses: z.strictObject({
    awaitingApproval: Text,
    approved: Text,
    done: Text,
    declined: Text,
    failed: Text,
  }),
});
export type SettingsDraft = z.infer<typeof SettingsDraft>;

/** What is to be written as the project's settings. It still has to be checked. */
export const propertyOf = ({ gates, accounts, ...draft }: SettingsDraft) => ({
  ...draft,
  accounts: accounts.map(({ groups, ...account }) => ({
    ...account,
    ...(groups.length > 0 && account.organizations !== 'everyone' && { groups }),
  })),
  ...(gates && {
    gates: {
      requestTypeId: gates.requestTypeId,
      ...(gates.approversField !== null && { approversField: gates.approversField }),
      ...(gates.approvers.length > 0 && { approvers: gates.approvers }),
    },
  }),
});

const Texts = z.array(z.string()).catch([]);
const Words = z.string().catch('');
const NO_STATUSES = { awaitingApproval: '', approved: '', done: '', declined: '', failed: '' };

/** Whatever somebody wrote, as far as it can be made out. */
const Readable = z
  .object({
    products: z
      .array(
        z
          .object({
            productId: Words,
            requestTypeId: Words,
            approval: ProductSetting.shape.approval.catch('required'),
          })
          .catch({ productId: '', requestTypeId: '', approval: 'required' }),
      )
      .catch([]),
    accounts: z
      .array(
        z
          .object({
            id: Words,
            name: Words,
            regions: Texts,
            organizations: z.union([z.literal('everyone'), z.array(z.string())]).catch([]),
            groups: Texts,
          })
          .catch({ id: '', name: '', regions: [], organizations: [], groups: [] }),
      )
      .catch([]),
    gates: z
      .object({
        requestTypeId: Words,
        approversField: z.string().nullable().default(null).catch(null),
        approvers: Texts,
      })
      .nullable()
      .default(null)
      .catch(null),
    separationOfDuties: z.boolean().catch(true),
    statuses: z
      .object({
        awaitingApproval: Words,
        approved: Words,
        done: Words,
        declined: Words,
        failed: Words,
      })
      .catch(NO_STATUSES),
  })
  .catch({ products: [], accounts: [], gates: null, separationOfDuties: true, statuses: NO_STATUSES });

/** A draft of what the project's property has; an empty one where there is none. */
export const draftOf = (propertyValue: unknown): SettingsDraft => Readable.parse(propertyValue);

/** Tells one state of the property from every other. */
export const revisionOf = (propertyValue: unknown): string =>
  propertyValue === undefined
    ? 'none'
    : createHash('sha256').update(canonicalJson(propertyValue), 'utf8').digest('hex');
