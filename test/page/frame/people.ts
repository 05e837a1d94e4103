import type { PersonName } from '../../sandbox/site';

/** What somebody is there for, in the words of the page's switch. */
export interface Person {
  readonly name: PersonName;
  readonly label: string;
  readonly does: string;
}

/** Everybody that the visitor can be. */
export const PEOPLE: readonly Person[] = [
  { name: 'employee', label: 'Employee', does: 'Payments' },
  { name: 'approver', label: 'Approver', does: 'decides' },
  { name: 'agent', label: 'Agent', does: 'service desk' },
  { name: 'admin', label: 'Administrator', does: 'sets it up' },
  { name: 'outsider', label: 'Outsider', does: 'Research' },
  { name: 'other-approver', label: 'Other approver', does: 'if asked' },
];

const SPACES = {
  portal: 'Portal',
  requests: 'My requests',
  approvals: 'Approvals',
  queue: 'Queue',
  operations: 'AWS operations',
  settings: 'Project settings',
  aws: 'AWS',
} as const;
export type Space = keyof typeof SPACES;

/** Where somebody can go, the first of them being where they start. */
const OF: Readonly<Partial<Record<PersonName, readonly Space[]>>> = {
  employee: ['portal', 'requests', 'aws'],
  outsider: ['portal', 'requests', 'aws'],
  approver: ['approvals', 'portal', 'requests', 'aws'],
  'other-approver': ['approvals', 'portal', 'requests', 'aws'],
  agent: ['queue', 'operations', 'aws'],
  admin: ['settings', 'queue', 'operations', 'aws'],
};

export const spacesOf = (person: PersonName): readonly Space[] => OF[person] ?? ['portal'];
export const nameOf = (space: Space): string => SPACES[space];
