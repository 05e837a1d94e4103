import { z } from 'zod';
import {
  AtlassianAccountId,
  AwsAccountId,
  AwsRegion,
  ServiceCatalogId,
} from '../../aws-bridge/contract/identifiers';

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

/** A tenant account, and who may launch into it: members of any of its organizations or groups. */
export const AccountSetting = z
  .strictObject({
    id: AwsAccountId,
    name: z.string().trim().min(1).max(100),
    regions: z.array(AwsRegion).min(1).max(50),
    /** Ids of JSM organizations; `everyone` is everyone who can raise the request. */
    organizations: z
      .union([z.literal('everyone'), z.array(z.string().regex(/^\d{1,19}$/)).max(100)])
      .default([]),
    /** Ids of Jira groups. */
    groups: z
      .array(z.string().regex(/^[A-Za-z0-9-]{1,64}$/))
      .min(1)
      .max(100)
      .optional(),
  })
  .refine(({ organizations, groups }) => organizations.length > 0 || groups !== undefined, {
    path: ['organizations'],
  })
  .refine(({ organizations, groups }) => organizations !== 'everyone' || groups === undefined, {
    path: ['groups'],
  });
export type AccountSetting = z.infer<typeof AccountSetting>;

/** How the approval is asked for of a stack that waits for one in AWS. */
export const GatesSetting = z
  .strictObject({
    requestTypeId: RequestTypeId,
    /** The field that the request type's approval step takes its approvers from. */
    approversField: z
      .string()
      .regex(/^customfield_\d{1,10}$/)
      .optional(),
    /** Who is written into it. */
    approvers: z.array(AtlassianAccountId).min(1).max(50).optional(),
  })
  .refine(({ approversField, approvers }) => approvers === undefined || approversField !== undefined, {
    path: ['approversField'],
  })
  .refine(({ approversField, approvers }) => approversField === undefined || approvers !== undefined, {
    path: ['approvers'],
  });
export type GatesSetting = z.infer<typeof GatesSetting>;

/** What a project's administrator decides, in one piece; it lies where `settings-property.ts` says. */
export const ProjectSettings = z
  .strictObject({
    products: z
      .array(ProductSetting)
      .max(1000)
      .refine(
        unique((product: ProductSetting) => `${product.productId}/${product.requestTypeId}`),
        'duplicate',
      ),
    accounts: z
      .array(AccountSetting)
      .max(10_000)
      .refine(
        unique((account: AccountSetting) => account.id),
        'duplicate',
      ),
    /** Lists of accounts that the property names and the project does not have. */
    accountsIn: z.never().optional(),
    /** Absent where the project takes no approvals of stacks that were started in AWS. */
    gates: GatesSetting.optional(),
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
  })
  // A request of that type without an order would be refused as one that lacks it.
  .refine(
    ({ gates, products }) => products.every(({ requestTypeId }) => requestTypeId !== gates?.requestTypeId),
    {
      path: ['gates', 'requestTypeId'],
    },
  );
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

/** Reads a project's settings, in one piece; every problem comes with its path, what stands there and what should. */
export const readProjectSettings = (propertyValue: unknown): SettingsReading => {
  if (propertyValue === undefined || propertyValue === null) return { outcome: 'absent' };
  const parsed = ProjectSettings.safeParse(propertyValue);
  if (parsed.success) return { outcome: 'read', settings: parsed.data };
  return {
    outcome: 'unusable',
    problems: parsed.error.issues.flatMap((issue) => {
      const paths =
        issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
      return paths.map((path) => ({
        path: path.map(String).join('.') || 'gatehouse',
        value: shown(valueAt(propertyValue, path)),
        fix:
          issue.code === 'unrecognized_keys'
            ? 'Remove it: Gatehouse knows no such setting.'
            : fixFor(path.map(String), issue.message),
      }));
    }),
  };
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? Object.entries(at).find(([name]) => name === String(key))?.[1]
        : undefined,
    value,
  );

const shown = (value: unknown): string =>
  value === undefined ? '(nothing)' : JSON.stringify(value).slice(0, 200);

/** What an administrator has to write, by the setting's name; array indexes do not matter. */
const FIXES: Readonly<Record<string, string>> = {
  '': 'Write an object with products, accounts and statuses.',
  products:
    'Write a list of { productId, requestTypeId, approval }, each pair of product and request type once.',
  'products.productId': "Write the product's id in Service Catalog, such as prod-abcdefghijklm.",
  'products.requestTypeId': 'Write the request type\'s number as text, such as "42".',
  'products.approval': 'Write "required" or "none"; left out, it is "required".',
  accounts: 'Write a list of { id, name, regions, organizations, groups }, each account once.',
  'accounts.id': 'Write the twelve digits of the AWS account as text, leading zeros included.',
  'accounts.name': 'Write what people call this account, in 1 to 100 characters.',
  'accounts.regions': 'Write a list of at least one region, such as ["eu-west-1"].',
  'accounts.organizations':
    'Write "everyone", or a list of ids of organizations in Jira Service Management, as text; one at least, unless groups are listed.',
  'accounts.groups':
    'Write a list of at least one id of a Jira group, or leave it out; with "everyone" it has to be left out.',
  accountsIn:
    'Write names of 1 to 50 properties of this project, such as ["gatehouse-accounts-1"], each of them a list of accounts, or leave it out.',
  gates:
    'Write { requestTypeId, approversField, approvers }, or leave it out where no stacks that were started in AWS are approved here.',
  'gates.requestTypeId':
    'Write the number of a request type as text, such as "44"; it has to be one that no product has.',
  'gates.approversField':
    'Write the id of the field that the approval step takes its approvers from, such as "customfield_10003"; leave out both this and approvers where the workflow names them.',
  'gates.approvers':
    'Write a list of 1 to 50 Atlassian account ids; leave out both this and approversField where the workflow names the approvers.',
  separationOfDuties: 'Write true or false; left out, it is true.',
  statuses: 'Write an object with awaitingApproval, approved, done, declined and failed.',
};

const fixFor = (path: readonly string[], message: string): string => {
  const names = path.filter((step) => !/^\d+$/.test(step));
  if (names[0] === 'statuses' && names.length > 1) {
    return "Write the name of a status in the project's workflow.";
  }
  const name = Array.from(names, (_, end) => names.slice(0, names.length - end).join('.')).find((candidate) =>
    Object.hasOwn(FIXES, candidate),
  );
  return FIXES[name ?? ''] ?? message;
};
