import type { Configuration } from './configuration';

/**
 * Names that one stack gives and another relies on without a reference between them, because they lie in different
 * accounts or regions. All of them live in the hub account unless said otherwise.
 */

/** Functions of the bridge, all in the home region. */
export const FUNCTION = {
  ingress: 'gatehouse-ingress',
  catalog: 'gatehouse-catalog',
  operation: 'gatehouse-operation',
  wake: 'gatehouse-wake',
  watch: 'gatehouse-watch',
} as const;

/** The alias that the ingress invokes: operations stay on the version that they started on. */
export const LIVE = 'live';

/** The role of the operation function; nobody else may assume a tenant's role. */
export const OPERATION_ROLE = 'gatehouse-operation';
export const EVENT_BUS = 'gatehouse';
export const WAITERS_TABLE = 'gatehouse-waiters';
export const SECRET = { webhook: 'gatehouse/webhook', callback: 'gatehouse/callback' } as const;

/** In every tenant account: the role by which stack events are forwarded. */
export const EVENT_ROLE = 'GatehouseEvents';

export const homeRegion = ({ regions }: Configuration): string => {
  const [home] = regions;
  if (home === undefined) throw new Error('A configuration has at least one region');
  return home;
};

/** What the bridge says when it assumes a tenant's role: one deployment for one Jira site. */
export const externalId = ({ jira }: Configuration): string => `gatehouse:${jira.site}`;

export const operationRoleArn = ({ hubAccount }: Configuration): string =>
  `arn:aws:iam::${hubAccount}:role/${OPERATION_ROLE}`;
export const eventBusArn = (configuration: Configuration): string =>
  `arn:aws:events:${homeRegion(configuration)}:${configuration.hubAccount}:event-bus/${EVENT_BUS}`;

/**
 * Name of a product's launch role, the same in the hub and in every tenant account. Without a path: a launch
 * constraint names a local role by its name alone.
 */
export const launchRoleName = ({ roles }: Configuration, productKey: string): string =>
  `${roles.launchPrefix}-${productKey}`;
