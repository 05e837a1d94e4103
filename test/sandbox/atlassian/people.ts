import { randomBytes } from 'node:crypto';
import { PERSON, type PersonName } from '../site';

/**
 * What somebody is on the site.
 *
 * - `customer`: knows the portal only, with an account of this service project
 * - `unlicensed`: the same, with an Atlassian account that has no licence here; Forge lets no app call as them
 * - `collaborator`: has a licence for Jira and looks at the project's requests, without being an agent
 */
type Role = 'customer' | 'unlicensed' | 'collaborator' | 'agent' | 'project-admin' | 'admin' | 'app';

export interface Account {
  readonly accountId: string;
  readonly displayName: string;
  readonly emailAddress: string | undefined;
  readonly role: Role;
  /** What an administrator has taken from it. */
  readonly withheld: Set<Withheld>;
}

const ROLE: Record<PersonName, Role> = {
  employee: 'customer',
  colleague: 'customer',
  outsider: 'unlicensed',
  approver: 'customer',
  'other-approver': 'customer',
  collaborator: 'collaborator',
  agent: 'agent',
  'project-admin': 'project-admin',
  admin: 'admin',
};

const COLLABORATOR = ['BROWSE_PROJECTS', 'ADD_COMMENTS'] as const;
const AGENT = [
  ...COLLABORATOR,
  'SERVICEDESK_AGENT',
  'CREATE_ISSUES',
  'EDIT_ISSUES',
  'TRANSITION_ISSUES',
  'DELETE_ISSUES',
  'MODIFY_REPORTER',
] as const;
const PROJECT_ADMIN = [...AGENT, 'ADMINISTER_PROJECTS', 'EDIT_ALL_COMMENTS', 'DELETE_ALL_COMMENTS'] as const;
const ADMIN = [...PROJECT_ADMIN, 'ADMINISTER'] as const;
/** A permission of Jira's, as `mypermissions` calls it. */
export type Permission = (typeof ADMIN)[number];

/** A permission, by the project's scheme; or every issue, by a security level that this account is not in. */
export type Withheld = Permission | 'issues';

/** An app gets what its project role gets in the default scheme, and never the permission to administer Jira. */
const PERMISSIONS: Record<Role, readonly Permission[]> = {
  customer: [],
  unlicensed: [],
  collaborator: COLLABORATOR,
  agent: AGENT,
  'project-admin': PROJECT_ADMIN,
  admin: ADMIN,
  app: PROJECT_ADMIN,
};

export const isPermission = (key: string): key is Permission => ADMIN.some((one) => one === key);

export const has = ({ role, withheld }: Account, permission: Permission): boolean =>
  PERMISSIONS[role].includes(permission) && !withheld.has(permission);

/** Whether Jira shows issues to it. To whom it does not, they do not exist. */
export const seesIssues = (account: Account): boolean =>
  has(account, 'BROWSE_PROJECTS') && !account.withheld.has('issues');

/** As Forge tells an app's resolver. */
export const accountTypeOf = ({ role }: Account): 'licensed' | 'customer' | 'unlicensed' =>
  role === 'customer' || role === 'unlicensed' ? role : 'licensed';

const nameOf = (name: PersonName): string =>
  name.replace(/(^|-)(\w)/g, (_, dash: string, letter: string) => `${dash && ' '}${letter.toUpperCase()}`);

export const APP_ACCOUNT: Omit<Account, 'withheld'> = {
  accountId: '712020:00000000-0000-4000-8000-0000000000ff',
  displayName: 'Gatehouse',
  emailAddress: undefined,
  role: 'app',
};

export const accountOf = (person: PersonName): Account => ({
  accountId: PERSON[person],
  displayName: nameOf(person),
  emailAddress: `${person}@example.com`,
  role: ROLE[person],
  withheld: new Set(),
});

/** A group of Jira's. */
export interface Group {
  readonly id: string;
  readonly name: string;
  /** Account ids. */
  readonly members: readonly string[];
}

/** Who calls the site, and whether through the app: then the app's scopes limit it as well. */
export interface Caller {
  readonly account: Account;
  readonly viaApp: boolean;
}

/** The accounts of a site and the credentials that each of them signs in with. */
export const createDirectory = () => {
  const people = (Object.keys(PERSON) as PersonName[]).map(accountOf);
  const app: Account = { ...APP_ACCOUNT, withheld: new Set() };
  const accounts = [...people, app];
  const callers = new Map<string, Caller>();

  const credentialsFor = (accountId: string, viaApp: boolean): string | undefined => {
    const account = accounts.find((candidate) => candidate.accountId === accountId);
    if (!account) return undefined;
    const known = [...callers].find(([, caller]) => caller.account === account && caller.viaApp === viaApp);
    if (known) return known[0];
    const token = randomBytes(16).toString('hex');
    const basic = Buffer.from(`${account.emailAddress ?? account.accountId}:${token}`).toString('base64');
    const credentials = viaApp ? `Bearer ${token}` : `Basic ${basic}`;
    callers.set(credentials, { account, viaApp });
    return credentials;
  };

  return {
    people: people as readonly Account[],
    /** The app's own account. */
    app,
    find: (accountId: string): Account | undefined =>
      accounts.find((candidate) => candidate.accountId === accountId),
    /** The value of an Authorization header. */
    credentialsOf: (person: PersonName): string => credentialsFor(PERSON[person], false) ?? '',
    appCredentials: (as: 'app' | { readonly accountId: string }): string | undefined =>
      credentialsFor(as === 'app' ? APP_ACCOUNT.accountId : as.accountId, true),
    callerOf: (authorization: string | undefined): Caller | undefined => callers.get(authorization ?? ''),
  };
};
export type Directory = ReturnType<typeof createDirectory>;
