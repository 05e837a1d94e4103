/** What Service Catalog asks of the organization that its accounts belong to. */
export interface Organization {
  isMember(account: string): boolean;
}

/** What Service Catalog asks of IAM. */
export interface Roles {
  /** The role's full ARN, with its path; undefined where the account has no such role. */
  arnOf(account: string, roleName: string): string | undefined;
}
