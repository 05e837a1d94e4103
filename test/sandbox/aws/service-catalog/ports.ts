/** What Service Catalog asks of the organization that its accounts belong to. */
export interface Organization {
  readonly id: string;
  readonly managementAccount: string;
  isMember(account: string): boolean;
  has(node: string): boolean;
  /** Ids of all accounts in a node - the organization, a unit, an account - as the organization is now. */
  accountsUnder(node: string): readonly string[];
  isTrusted(service: string): boolean;
  trust(service: string): void;
  distrust(service: string): void;
  delegatedAdministrators(): readonly { readonly account: string; readonly service: string }[];
  isDelegatedAdministrator(account: string, service: string): boolean;
  onDelegationEnded(listener: (account: string, service: string) => void): void;
}

/** What Service Catalog asks of IAM. */
export interface Roles {
  /** The role's full ARN, with its path; undefined where the account has no such role. */
  arnOf(account: string, roleName: string): string | undefined;
}
