/** An account that belongs to the organization. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** The root or the organizational unit that it lies in. */
  readonly parent: string;
}

export interface OrganizationalUnit {
  /** Such as `ou-a1b2-c3d4e5f6`. */
  readonly id: string;
  readonly name: string;
  readonly parent: string;
}

/** A service that may work in every account, and since when. */
export interface TrustedService {
  readonly service: string;
  readonly since: Date;
}

/** An account that administers a service for the whole organization. */
export interface DelegatedAdministrator extends TrustedService {
  readonly account: string;
}

interface NewOrganization {
  /** Such as `o-a1b2c3d4e5`. */
  readonly id: string;
  readonly managementAccount: string;
  /** The id of its root, such as `r-a1b2`. */
  readonly root: string;
  readonly units?: readonly OrganizationalUnit[];
  /** All of them, the management account too. */
  readonly accounts: readonly Account[];
  /** Simulated time; a fixed moment unless given. */
  readonly now?: () => Date;
}

/** One AWS organization as every service knows it: who belongs to it, and whom it trusts. Services are principals. */
export interface Organization {
  readonly id: string;
  readonly managementAccount: string;
  readonly root: string;
  accounts(): readonly Account[];
  units(): readonly OrganizationalUnit[];
  isMember(account: string): boolean;
  /** Whether the organization has the node: itself, its root, a unit or an account. */
  has(node: string): boolean;
  /** Ids of all accounts in a node, in units within it too. An account's are itself. */
  accountsUnder(node: string): readonly string[];
  /** @throws Error for an account or a parent that the organization does not have */
  move(account: string, to: string): void;
  /** @throws Error for a parent that the organization does not have */
  join(account: Account): void;
  trustedServices(): readonly TrustedService[];
  isTrusted(service: string): boolean;
  trust(service: string): void;
  distrust(service: string): void;
  delegatedAdministrators(): readonly DelegatedAdministrator[];
  isDelegatedAdministrator(account: string, service: string): boolean;
  delegate(account: string, service: string): void;
  endDelegation(account: string, service: string): void;
  /** Services hear here that an account does not administer them any more. */
  onDelegationEnded(listener: (account: string, service: string) => void): void;
}

export const createOrganization = (seed: NewOrganization): Organization => {
  const { id, managementAccount, root, units = [], now = () => new Date('2026-01-01T00:00:00Z') } = seed;
  let accounts: readonly Account[] = [];
  let trusted: readonly TrustedService[] = [];
  let delegated: readonly DelegatedAdministrator[] = [];
  const listeners: ((account: string, service: string) => void)[] = [];

  const isParent = (node: string): boolean => node === root || units.some((unit) => unit.id === node);
  const demandParent = (node: string): void => {
    if (!isParent(node)) throw new Error(`Organization ${id} has no root or organizational unit ${node}`);
  };
  const liesUnder = (node: string, parent: string): boolean => {
    if (parent === node) return true;
    const unit = units.find((candidate) => candidate.id === parent);
    return unit !== undefined && liesUnder(node, unit.parent);
  };
  const isMember = (account: string): boolean => accounts.some((member) => member.id === account);
  const isDelegatedAdministrator = (account: string, service: string): boolean =>
    delegated.some((administrator) => administrator.account === account && administrator.service === service);

  const organization: Organization = {
    ...{ id, managementAccount, root },
    accounts: () => accounts,
    units: () => units,
    isMember,
    has: (node) => node === id || isParent(node) || isMember(node),
    accountsUnder: (node) =>
      accounts
        .filter((account) => node === id || account.id === node || liesUnder(node, account.parent))
        .map((account) => account.id),
    move: (account, to) => {
      demandParent(to);
      if (!isMember(account)) throw new Error(`Organization ${id} has no account ${account}`);
      accounts = accounts.map((member) => (member.id === account ? { ...member, parent: to } : member));
    },
    join: (account) => {
      demandParent(account.parent);
      accounts = [...accounts.filter((member) => member.id !== account.id), account];
    },
    trustedServices: () => trusted,
    isTrusted: (service) => trusted.some((known) => known.service === service),
    trust: (service) => {
      if (!organization.isTrusted(service)) trusted = [...trusted, { service, since: now() }];
    },
    distrust: (service) => {
      trusted = trusted.filter((known) => known.service !== service);
    },
    delegatedAdministrators: () => delegated,
    isDelegatedAdministrator,
    delegate: (account, service) => {
      if (!isDelegatedAdministrator(account, service))
        delegated = [...delegated, { account, service, since: now() }];
    },
    endDelegation: (account, service) => {
      if (!isDelegatedAdministrator(account, service)) return;
      delegated = delegated.filter((known) => known.account !== account || known.service !== service);
      for (const listener of listeners) listener(account, service);
    },
    onDelegationEnded: (listener) => void listeners.push(listener),
  };
  for (const unit of units) demandParent(unit.parent);
  for (const account of seed.accounts) organization.join(account);
  if (!isMember(managementAccount))
    throw new Error(
      `The management account ${managementAccount} has to be one of the organization's accounts`,
    );
  return organization;
};
