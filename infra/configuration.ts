import { z } from 'zod';
import { AwsAccountId, AwsRegion } from '../aws-bridge/contract/identifiers';

// Every message ends in what to write instead: a refusal names the path and the value in front of it.

const section = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, { error: 'write this section as gatehouse.example.yml has it' });

const text = (pattern: RegExp, fix: string) => z.string({ error: fix }).regex(pattern, { error: fix });

const AccountId = z
  .string({
    error: 'write the twelve digits in quotes, such as "012345678901"; YAML takes them for a number',
  })
  .refine((id) => AwsAccountId.safeParse(id).success, {
    error: 'write the twelve digits of an AWS account, such as "012345678901"',
  });

const WRITE_REGION = 'write a region such as eu-west-1';
const Region = z.string({ error: WRITE_REGION }).superRefine((region, context) => {
  const [problem] = AwsRegion.safeParse(region).error?.issues ?? [];
  if (problem === undefined) return;
  // The contract says why only where a well-formed region is refused.
  context.addIssue(
    problem.message.startsWith('Gatehouse') ? `${problem.message}; ${WRITE_REGION}` : WRITE_REGION,
  );
});

const OrganizationId = text(
  /^o-[a-z0-9]{10,32}$/,
  'write the id that `aws organizations describe-organization` shows, such as o-a1b2c3d4e5',
);
const RootId = text(
  /^r-[0-9a-z]{4,32}$/,
  "write the id of the organization's root, such as r-a1b2 (`aws organizations list-roots`)",
);
const OrganizationalUnitId = text(
  /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/,
  'write the id of an organizational unit, such as ou-a1b2-c3d4e5f6',
);
const rootOf = (organizationalUnit: string): string => organizationalUnit.split('-')[1] ?? '';

/** A list in which something stands twice is a list in which something else was meant. */
const distinct = <Item extends z.ZodType<string>>(item: Item, emptyFix: string) =>
  z.array(item, { error: emptyFix }).superRefine(
    (values, context) =>
      values.forEach((value, index) => {
        const first = values.indexOf(value);
        if (first < index)
          context.addIssue({
            code: 'custom',
            path: [index],
            message: `it stands at position ${first + 1} already; remove one of them`,
          });
      }),
    { when: ({ value }) => Array.isArray(value) },
  );
const someDistinct = <Item extends z.ZodType<string>>(item: Item, emptyFix: string) =>
  distinct(item, emptyFix).min(1, { error: emptyFix });

/** Who gets the portfolio and the roles: everybody, some organizational units, or some accounts of either. */
const Tenants = section({
  /** `root` is the whole organization. */
  within: z.union(
    [
      section({ root: RootId }),
      section({
        organizationalUnits: someDistinct(
          OrganizationalUnitId,
          'write at least one organizational unit, such as ou-a1b2-c3d4e5f6',
        ).superRefine((units, context) => {
          const [first = ''] = units;
          units.forEach((unit, index) => {
            if (OrganizationalUnitId.safeParse(unit).success && rootOf(unit) !== rootOf(first))
              context.addIssue({
                code: 'custom',
                path: [index],
                message: `it belongs to another organization than ${first}; write one that begins with ou-${rootOf(first)}-`,
              });
          });
        }),
      }),
    ],
    { error: 'write either `root:` and its id, or `organizationalUnits:` and a list of theirs' },
  ),
  /** Only these accounts of it; all where left out. */
  accounts: someDistinct(
    AccountId,
    'write at least one account in quotes, or leave `accounts` out for all of them',
  ).optional(),
});

const ROLE_PATH_AND_NAME = /^([\w+=,.@-]{1,100}\/){0,5}[\w+=,.@-]{1,64}$/;
const nameOf = (role: string): string => role.slice(role.lastIndexOf('/') + 1);

const Roles = section({
  /** Path and name of the role that the bridge assumes in every tenant account. */
  tenant: text(
    ROLE_PATH_AND_NAME,
    'write path and name without a slash in front, such as gatehouse/GatehouseTenant',
  ).default('gatehouse/GatehouseTenant'),
  /** The launch role of a product is called this, a hyphen and the product's key. */
  launchPrefix: text(
    /^[\w+=,.@-]{1,24}$/,
    'write at most 24 letters, digits or any of +=,.@_- such as GatehouseLaunch',
  ).default('GatehouseLaunch'),
})
  .superRefine(({ tenant, launchPrefix }, context) => {
    for (const [key, role] of Object.entries({ tenant, launchPrefix }))
      if (nameOf(role).startsWith('SC-'))
        context.addIssue({
          code: 'custom',
          path: [key],
          message:
            'names that begin with SC- are those of what products create, which launch roles may change; write another name',
        });
    if (nameOf(tenant).startsWith(`${launchPrefix}-`))
      context.addIssue({
        code: 'custom',
        path: ['tenant'],
        message: `it could be the name of a launch role, which begins with ${launchPrefix}-; write another name`,
      });
  })
  .prefault({});

/** What has to be there before accounts can be held against each other, whatever else is wrong. */
const Accounts = z.object({
  organization: z.object({ managementAccount: AccountId }),
  hubAccount: AccountId,
  tenants: z.object({ accounts: z.array(z.unknown()).optional() }),
});

/**
 * All that a deployment of Gatehouse decides. Everything else follows from it or from the catalogue.
 * The first region is the home of the bridge.
 */
export const Configuration = section({
  organization: section({ id: OrganizationId, managementAccount: AccountId }),
  hubAccount: AccountId,
  tenants: Tenants,
  regions: someDistinct(
    Region,
    'write at least one region, such as eu-west-1; the first is the home of the bridge',
  ),
  roles: Roles,
  /**
   * Roles whose holders may launch from the AWS console: path and name, `*` and `?` standing for anything, such as
   * `aws-reserved/sso.amazonaws.com/*\/AWSReservedSSO_Developer_*`. Whoever can create a role that matches may launch.
   */
  consoleRoles: distinct(
    text(
      /^[\w+=,.@*?/-]{1,200}$/,
      'write path and name of a role, such as aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Developer_*',
    ).refine((pattern) => /[^*?/]/.test(pattern), {
      error: 'it matches every role there is; write part of a name, too',
    }),
    'write a list of paths and names of roles, or leave `consoleRoles` out',
  )
    .max(9, { error: 'Service Catalog takes ten patterns and one is for the bridge; write at most nine' })
    .default([]),
  jira: section({
    /** The site's cloud id. */
    site: z.uuid({
      error: "write the site's cloud id, a UUID (https://<site>.atlassian.net/_edge/tenant_info)",
    }),
    /** The UUID in the app's id (`ari:cloud:ecosystem::app/…`). */
    forgeApp: z.uuid({
      error: "write the UUID at the end of the app's id in manifest.yml, without ari:cloud:ecosystem::app/",
    }),
    /** The address of the web trigger `bridge-callback`. */
    callbackUrl: z.url({
      protocol: /^https$/,
      error: 'write the https address that `forge webtrigger create` shows for bridge-callback',
    }),
  }),
  /** Where alarms are sent. */
  notify: z.email({ error: 'write the e-mail address of whoever answers alarms' }),
  /** Who is mailed that a stack waits for its approval in Jira; nobody where left out. */
  notifyOfApprovals: z
    .email({ error: 'write the e-mail address of whoever approves, or leave `notifyOfApprovals` out' })
    .optional(),
  /** How many keys for sealed values there have been: the last seals, every one of them opens. One more is a rotation. */
  sealedValuesKeys: z
    .int({ error: 'write how many keys for sealed values there have been, such as 2 for the first rotation' })
    .min(1, { error: 'there is one key at least; write 1, or leave `sealedValuesKeys` out' })
    .max(20, { error: 'every sealed value may be tried with each of the keys; write at most 20' })
    .default(1),
}).superRefine(
  ({ organization: { managementAccount }, hubAccount, tenants }, context) => {
    const refuse = (path: readonly (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path: [...path], message });
    if (hubAccount === managementAccount)
      refuse(
        ['hubAccount'],
        'a delegated administrator has to be a member, and this is the management account; write another account',
      );
    tenants.accounts?.forEach((account, index) => {
      const path = ['tenants', 'accounts', index];
      if (account === managementAccount)
        refuse(path, 'StackSets never reach the management account; remove it');
      else if (account === hubAccount)
        refuse(path, 'the hub account has the roles of a tenant already; remove it');
    });
  },
  { when: ({ value }) => Accounts.safeParse(value).success },
);
export type Configuration = z.infer<typeof Configuration>;
