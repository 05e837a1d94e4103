/**
 * Where what lies in the app's storage. Forge keeps storage apart by installation, so no key names the site.
 *
 * Requests are a custom entity because only there a write can be conditional; the rest are plain keys. The
 * catalogue's own keys begin with `catalog`.
 */
export const REQUEST_ENTITY = 'request';

/** Gates that were opened: which request each has. An entity for the same reason. */
export const GATE_ENTITY = 'gate';

/** Whose turn it is to change a direction's secrets. An entity for the same reason. */
export const EXCHANGE_ENTITY = 'exchange';

/** Requests under way, one key each: what the sweep's cost grows with. */
export const IN_FLIGHT_PREFIX = 'inflight:';
export const inFlightKey = (issueId: string): string => `${IN_FLIGHT_PREFIX}${issueId}`;

/** How far the sweep has come. */
export const SWEEP_KEY = 'sweep';

/** What a tenant account had to choose from when it was last asked, one key a type. */
export const choicesKey = (account: string, region: string, type: string): string =>
  `choices:${account}:${region}:${type}`;

/** The projects that have settings. */
export const PROJECTS_KEY = 'projects';

/**
 * The issue whose launch this is: its id holds it, so no second index is needed.
 * @returns undefined where the id is not that of a launch
 */
export const issueOfLaunch = (operationId: string): string | undefined =>
  /^launch-(\d{1,19})-[0-9a-f]{16}$/.exec(operationId)?.[1];
