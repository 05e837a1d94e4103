import { z } from 'zod';
import { AwsAccountId, AwsRegion, ServiceCatalogId } from '../../aws-bridge/contract/identifiers';

const unique =
  <Item>(key: (item: Item) => string) =>
  (items: readonly Item[]) =>
    new Set(items.map(key)).size === items.length;

const RequestTypeId = z.string().regex(/^\d{1,19}$/);
const StatusName = z.string().trim().min(1).max(255);

/** A product that a request type offers. */
export const ProductSetting = z.strictObject({
  productId: ServiceCatalogId,
  requestTypeId: RequestTypeId,
  /** `none`: this product is launched without an approval. */
  approval: z.enum(['required', 'none']).default('required'),
});
export type ProductSetting = z.infer<typeof ProductSetting>;

/** A tenant account, and who may launch into it. */
export const AccountSetting = z.strictObject({
  id: AwsAccountId,
  name: z.string().trim().min(1).max(100),
  regions: z.array(AwsRegion).min(1).max(50),
  /** Ids of JSM organizations; `everyone` is everyone who can raise the request. */
  organizations: z.union([z.literal('everyone'), z.array(z.string().regex(/^\d{1,19}$/)).min(1)]),
});
export type AccountSetting = z.infer<typeof AccountSetting>;

/** The project property `gatehouse`: what a project's administrator decides. */
export const ProjectSettings = z.strictObject({
  products: z
    .array(ProductSetting)
    .max(1000)
    .refine(
      unique((product) => `${product.productId}/${product.requestTypeId}`),
      'duplicate',
    ),
  accounts: z
    .array(AccountSetting)
    .max(5000)
    .refine(
      unique((account) => account.id),
      'duplicate',
    ),
  /** Whether an approval by the request's own reporter is worth nothing. */
  separationOfDuties: z.boolean().default(true),
  /** Names of statuses in the project's workflow. */
  statuses: z.strictObject({
    awaitingApproval: StatusName,
    approved: StatusName,
    done: StatusName,
    declined: StatusName,
    failed: StatusName,
  }),
});
export type ProjectSettings = z.infer<typeof ProjectSettings>;

/** Something that an administrator has to put right. */
export interface SettingsProblem {
  readonly path: string;
  /** What stands there now, as JSON; `(nothing)` where nothing does. */
  readonly value: string;
  readonly fix: string;
}

/**
 * - `read`: the settings
 * - `absent`: this project does not use Gatehouse
 * - `unusable`: an administrator has to put something right; until then nothing is launched from the project
 */
export type SettingsReading =
  | { readonly outcome: 'read'; readonly settings: ProjectSettings }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unusable'; readonly problems: readonly SettingsProblem[] };

export declare const readProjectSettings: (propertyValue: unknown) => SettingsReading;
