import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

/** The Atlassian site (cloud id) of the sandbox. */
export const SITE_ID = '5a6f1c2e-8d3b-4f0a-9c47-1b2d3e4f5a6b';

/** The project with the service desk, and what its portal offers. */
export const PROJECT_KEY = 'CLOUD';
export const REQUEST_TYPE = { approved: '101', unapproved: '102', other: '103', gate: '104' } as const;
/** The field that an approval step takes its approvers from. */
export const APPROVERS_FIELD = 'customfield_10003';

/** Two teams on the customer portal. */
export const ORGANIZATION = { payments: '1', research: '2' } as const;

/** Groups of Jira's; the value is the group's id. */
export const GROUP = {
  engineers: '276f955c-63d7-42c8-9520-92d01dca0601',
  analysts: '276f955c-63d7-42c8-9520-92d01dca0602',
  agents: '276f955c-63d7-42c8-9520-92d01dca0603',
} as const;

/**
 * Everybody on the site, by what they are there for; the value is the Atlassian account id. The outsider is a customer whom
 * Forge lets no app call Jira as; `admin` administers all of Jira, `project-admin` the service project alone.
 */
export const PERSON = {
  employee: '712020:00000000-0000-4000-8000-000000000001',
  outsider: '712020:00000000-0000-4000-8000-000000000002',
  approver: '712020:00000000-0000-4000-8000-000000000003',
  'other-approver': '712020:00000000-0000-4000-8000-000000000004',
  agent: '712020:00000000-0000-4000-8000-000000000005',
  admin: '712020:00000000-0000-4000-8000-000000000006',
  colleague: '712020:00000000-0000-4000-8000-000000000007',
  collaborator: '712020:00000000-0000-4000-8000-000000000008',
  'project-admin': '712020:00000000-0000-4000-8000-000000000009',
} as const;
export type PersonName = keyof typeof PERSON;

export const ROOT = join(__dirname, '..', '..');
export const MANIFEST_FILE = join(ROOT, 'manifest.yml');

/** The UUID part of an app's ARI: the key of the property that a portal panel's value is stored under. */
export const appUuid = (ari: string): string => ari.slice(ari.lastIndexOf('/') + 1);

/** A new secret for signed messages; none is written down anywhere. */
export const newWebhookSecret = (drawn: (count: number) => Buffer = randomBytes): string =>
  `whsec_${drawn(32).toString('base64')}`;
