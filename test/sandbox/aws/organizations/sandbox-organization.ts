import { ACCOUNTS, MANAGEMENT, ORGANIZATION_ID } from '../../organization';
import { createOrganization, type Organization } from './organization';

export const ROOT = 'r-a1b2';
/** Where the tenants are: the unit that gets the portfolio and the roles. */
export const WORKLOADS = 'ou-a1b2-workloads';
/** A unit within it, with accounts of its own. */
export const PRODUCTION = 'ou-a1b2-production';

const placeOf = (name: string): string => {
  if (name === 'payments-dev') return WORKLOADS;
  return name === 'data-prod' ? PRODUCTION : ROOT;
};

/** The sandbox's organization, in which no service is trusted yet. `research` belongs to it, but is no workload. */
export const createSandboxOrganization = (now?: () => Date): Organization =>
  createOrganization({
    id: ORGANIZATION_ID,
    managementAccount: MANAGEMENT,
    root: ROOT,
    units: [
      { id: WORKLOADS, name: 'Workloads', parent: ROOT },
      { id: PRODUCTION, name: 'Production', parent: WORKLOADS },
    ],
    accounts: ACCOUNTS.map(({ id, name }) => ({ id, name, parent: placeOf(name) })),
    ...(now && { now }),
  });
