import { ProjectSettings } from '../../forge-app/settings/project-settings';

export const TENANT = '100000000003';
export const OTHER_TENANT = '100000000004';
export const REQUEST_TYPE = '25';

export const projectSettings = (overrides: Partial<ProjectSettings> = {}): ProjectSettings =>
  ProjectSettings.parse({
    products: [{ productId: 'prod-bucket', requestTypeId: REQUEST_TYPE }],
    accounts: [
      { id: TENANT, name: 'payments-dev', regions: ['eu-west-1'], organizations: 'everyone' },
      { id: OTHER_TENANT, name: 'data-prod', regions: ['eu-west-1', 'eu-central-1'], organizations: ['7'] },
    ],
    statuses: {
      awaitingApproval: 'Waiting for approval',
      approved: 'In progress',
      done: 'Done',
      declined: 'Declined',
      failed: 'Failed',
    },
    ...overrides,
  });

/** So many accounts, called `name`-0, `name`-1 and so on, that one organization may use. */
export const manyAccounts = (count: number, name = 'team') =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index).padStart(12, '0'),
    name: `${name}-${index}`,
    regions: ['eu-west-1'],
    organizations: ['7'],
  }));
