import type { z } from 'zod';
import { Configuration } from '../../infra/configuration';

/** A configuration of one region for the whole organization; account numbers are those of the sandbox. */
export const aConfiguration = (overrides: Partial<z.input<typeof Configuration>> = {}): Configuration =>
  Configuration.parse({
    organization: { id: 'o-a1b2c3d4e5', managementAccount: '100000000001' },
    hubAccount: '100000000002',
    tenants: { within: { root: 'r-a1b2' } },
    regions: ['eu-west-1'],
    jira: {
      site: 'a2f1c3d4-5b6a-4c7d-8e9f-0a1b2c3d4e5f',
      forgeApp: '7b0f4d2e-5c1a-4e8b-9a63-2f1d8c0e47a5',
      callbackUrl: 'https://a2f1c3d4.hello.atlassian-dev.net/x1/bridge-callback',
    },
    notify: 'cloud-platform@example.com',
    ...overrides,
  });
