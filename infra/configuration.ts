import { z } from 'zod';
import { AwsAccountId, AwsRegion, SiteId } from '../aws-bridge/contract/identifiers';

const OrganizationId = z.string().regex(/^o-[a-z0-9]{10,32}$/, 'an organization id such as o-a1b2c3d4e5');
const RootId = z.string().regex(/^r-[0-9a-z]{4,32}$/, "the id of the organization's root, such as r-a1b2");
const OrganizationalUnitId = z
  .string()
  .regex(/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/, 'the id of an organizational unit, such as ou-a1b2-c3d4e5f6');
const AccountId = AwsAccountId;

/** Who gets the portfolio and the roles: everybody, some organizational units, or some accounts of either. */
const Tenants = z.strictObject({
  /** `root` is the whole organization. */
  within: z.union([
    z.strictObject({ root: RootId }),
    z.strictObject({ organizationalUnits: z.array(OrganizationalUnitId).min(1) }),
  ]),
  /** Only these accounts of it; all where left out. */
  accounts: z.array(AccountId).min(1).optional(),
});

/**
 * All that a deployment of Gatehouse decides. Everything else follows from it or from the catalogue.
 * The first region is the home of the bridge.
 */
export const Configuration = z.strictObject({
  organization: z.strictObject({ id: OrganizationId, managementAccount: AccountId }),
  hubAccount: AccountId,
  tenants: Tenants,
  regions: z.array(AwsRegion).min(1),
  roles: z
    .strictObject({
      /** Path and name of the role that the bridge assumes in every tenant account. */
      tenant: z
        .string()
        .regex(/^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/)
        .default('gatehouse/GatehouseTenant'),
      /** The launch role of a product is called this, a hyphen and the product's key. */
      launchPrefix: z
        .string()
        .regex(/^[\w+=,.@-]{1,24}$/)
        .default('GatehouseLaunch'),
    })
    .prefault({}),
  /**
   * Roles whose holders may launch from the AWS console: path and name, `*` and `?` standing for anything, such as
   * `aws-reserved/sso.amazonaws.com/*\/AWSReservedSSO_Developer_*`. Whoever can create a role that matches may launch.
   */
  consoleRoles: z
    .array(z.string().regex(/^[\w+=,.@*?/-]{1,200}$/))
    .max(9)
    .default([]),
  jira: z.strictObject({
    /** The site's cloud id. */
    site: SiteId,
    /** The UUID in the app's id (`ari:cloud:ecosystem::app/…`). */
    forgeApp: z.uuid(),
    /** The address of the web trigger `bridge-callback`. */
    callbackUrl: z.url({ protocol: /^https$/ }),
  }),
  /** Where alarms are sent. */
  notify: z.email(),
});
export type Configuration = z.infer<typeof Configuration>;
