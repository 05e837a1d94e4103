import type { AccountSetting, ProjectSettings } from './project-settings';

/** What somebody belongs to in Jira, as far as it was asked for. */
export interface Memberships {
  /** Ids of JSM organizations. */
  readonly organizations: readonly string[];
  /** Ids of Jira groups. */
  readonly groups: readonly string[];
}

/** Whether the project's settings let somebody launch into an account. */
export const mayUse = (account: AccountSetting, { organizations, groups }: Memberships): boolean =>
  account.organizations === 'everyone' ||
  account.organizations.some((id) => organizations.includes(id)) ||
  (account.groups ?? []).some((id) => groups.includes(id));

/** The accounts that somebody may launch into, in the order of the settings. */
export const accountsFor = (
  { accounts }: Pick<ProjectSettings, 'accounts'>,
  memberships: Memberships,
): readonly AccountSetting[] => accounts.filter((account) => mayUse(account, memberships));

/** Asks Jira what somebody belongs to, as far as the use of these accounts depends on it. */
export type MembershipsOf = (accountId: string, accounts: readonly AccountSetting[]) => Promise<Memberships>;

export const createMembershipsOf =
  (ports: {
    /** Ids of the organizations that a customer belongs to. */
    readonly organizationsOf: (accountId: string) => Promise<readonly string[]>;
    /** Ids of the groups that a user belongs to. */
    readonly groupsOf: (accountId: string) => Promise<readonly string[]>;
  }): MembershipsOf =>
  async (accountId, accounts) => {
    const matter = matterFor(accounts);
    const [organizations, groups] = await Promise.all([
      matter.organizations ? ports.organizationsOf(accountId) : [],
      matter.groups ? ports.groupsOf(accountId) : [],
    ]);
    return { organizations, groups };
  };

const known = new WeakMap<
  readonly AccountSetting[],
  { readonly organizations: boolean; readonly groups: boolean }
>();

/** Which memberships the use of these accounts depends on; there may be thousands, which stay the same. */
const matterFor = (accounts: readonly AccountSetting[]) => {
  const before = known.get(accounts);
  if (before) return before;
  const restricted = accounts.filter(({ organizations }) => organizations !== 'everyone');
  const matter = {
    organizations: restricted.some((account) => account.organizations.length > 0),
    groups: restricted.some((account) => (account.groups ?? []).length > 0),
  };
  known.set(accounts, matter);
  return matter;
};
