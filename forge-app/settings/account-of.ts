import type { AccountSetting, ProjectSettings } from './project-settings';

const byId = new WeakMap<readonly AccountSetting[], ReadonlyMap<string, AccountSetting>>();

/** An account of the settings by its id. There may be thousands, which are looked through once as long as they are the same. */
export const accountOf = (
  { accounts }: Pick<ProjectSettings, 'accounts'>,
  id: string,
): AccountSetting | undefined => {
  const known = byId.get(accounts) ?? new Map(accounts.map((account) => [account.id, account]));
  byId.set(accounts, known);
  return known.get(id);
};
