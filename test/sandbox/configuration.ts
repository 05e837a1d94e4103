import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { Configuration } from '../../infra/configuration';
import { DEVELOPERS } from './console-roles';
import { WORKLOADS } from './aws/organizations/sandbox-organization';
import { HUB, MANAGEMENT, ORGANIZATION_ID, REGION } from './organization';
import { appUuid, MANIFEST_FILE, SITE_ID } from './site';

const { app } = z
  .object({ app: z.object({ id: z.string() }) })
  .parse(parse(readFileSync(MANIFEST_FILE, 'utf8')));

/** What the sandbox's platform engineer has decided: tenants are the accounts of one organizational unit. */
export const configuration: Configuration = Configuration.parse({
  organization: { id: ORGANIZATION_ID, managementAccount: MANAGEMENT },
  hubAccount: HUB,
  tenants: { within: { organizationalUnits: [WORKLOADS] } },
  regions: [REGION],
  consoleRoles: [DEVELOPERS],
  jira: {
    site: SITE_ID,
    forgeApp: appUuid(app.id),
    // Known only once the sandbox's Atlassian listens; see there for what replaces it.
    callbackUrl: 'https://bridge-callback.sandbox.example/',
  },
  notify: 'cloud-platform@example.com',
  notifyOfApprovals: 'approvers@example.com',
} satisfies z.input<typeof Configuration>);
