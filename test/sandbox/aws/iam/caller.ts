import type { Principal } from '../service';

/** The session of a role. */
export interface RoleCaller extends Pick<Principal, 'account' | 'roleName'> {
  readonly sessionName?: string;
  readonly sourceIdentity?: string | undefined;
  readonly sessionTags?: Readonly<Record<string, string>>;
}

/** A service of AWS that calls by itself, such as `events.amazonaws.com` for a rule. */
export interface ServiceCaller {
  readonly service: string;
  /** On whose behalf: the rule, the API, the alarm. */
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

export type Caller = RoleCaller | ServiceCaller;

/** How IAM's policies name the caller. */
export const principalOf = (caller: Caller): string => {
  if ('service' in caller) return caller.service;
  const { account, roleName, sessionName = roleName } = caller;
  return `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`;
};
