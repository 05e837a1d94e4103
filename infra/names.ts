import { createHash } from 'node:crypto';
import { GATE_FUNCTION } from '../products/gate-function';
import type { Configuration } from './configuration';

/**
 * Names that one stack gives and another relies on without a reference between them, because they lie in different
 * accounts or regions. All of them live in the hub account unless said otherwise.
 */

/** Functions of the bridge: the gate function in every region, the others in the home region. */
export const FUNCTION = {
  ingress: 'gatehouse-ingress',
  catalog: 'gatehouse-catalog',
  operation: 'gatehouse-operation',
  wake: 'gatehouse-wake',
  watch: 'gatehouse-watch',
  gate: GATE_FUNCTION,
} as const;

/** The alias that the ingress invokes: operations stay on the version that they started on. */
export const LIVE = 'live';

/** IAM is global, so a role belongs to one region's gate function: `gatehouse-gate` at home, with the region elsewhere. */
export const gateRoleName = (configuration: Configuration, region: string): string =>
  region === homeRegion(configuration) ? FUNCTION.gate : `${FUNCTION.gate}-${region}`;

/** The role of the operation function; nobody else may assume a tenant's role. */
export const OPERATION_ROLE = 'gatehouse-operation';
export const EVENT_BUS = 'gatehouse';
export const WAITERS_TABLE = 'gatehouse-waiters';
export const SECRET = { webhook: 'gatehouse/webhook', callback: 'gatehouse/callback' } as const;

/** In every tenant account: the role by which stack events are forwarded. */
export const EVENT_ROLE = 'GatehouseEvents';

/** In every tenant account: the role that looks up what an order can choose from. */
export const CHOICES_ROLE = 'GatehouseChoices';

export const homeRegion = ({ regions }: Configuration): string => {
  const [home] = regions;
  if (home === undefined) throw new Error('A configuration has at least one region');
  return home;
};

/** What the bridge says when it assumes a role in a tenant account: one deployment for one Jira site. */
export const externalId = ({ jira }: Configuration): string => `gatehouse:${jira.site}`;

export const operationRoleArn = ({ hubAccount }: Configuration): string =>
  `arn:aws:iam::${hubAccount}:role/${OPERATION_ROLE}`;
export const catalogRoleArn = ({ hubAccount }: Configuration): string =>
  `arn:aws:iam::${hubAccount}:role/${FUNCTION.catalog}`;
export const eventBusArn = (configuration: Configuration): string =>
  `arn:aws:events:${homeRegion(configuration)}:${configuration.hubAccount}:event-bus/${EVENT_BUS}`;

/**
 * Name of a product's launch role, the same in the hub and in every tenant account. Without a path: a launch
 * constraint names a local role by its name alone.
 */
export const launchRoleName = ({ roles }: Configuration, productKey: string): string =>
  `${roles.launchPrefix}-${productKey}`;

/**
 * Who may launch from the portfolio: path and name of roles, each with a construct id. Ids are made of the pattern, not of
 * its place: an association that changes is made anew before the old one is removed.
 */
export const portfolioPrincipals = ({
  roles: { tenant },
  consoleRoles,
}: Configuration): readonly (readonly [id: string, role: string])[] => [
  ['TenantRole', tenant],
  ...consoleRoles
    .filter((role) => role !== tenant)
    .map((role) => {
      const digest = createHash('sha256').update(role).digest('hex').slice(0, 8);
      return [`ConsoleRole-${digest}`, role] as const;
    }),
];
