import { createHash } from 'node:crypto';
import type { Caller } from './caller';
import { type Role, roleArn } from './role';

/** Condition keys of a request; what is undefined is not there. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The unique id of a role: another one once the role is made anew, which the sandbox does not distinguish. */
export const roleId = (arn: string): string =>
  `AROA${createHash('sha256').update(arn).digest('hex').toUpperCase().slice(0, 17)}`;

const tags = (prefix: string, given: Readonly<Record<string, string>> = {}): Context =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [`${prefix}/${key}`, value]));

const ofCaller = (
  caller: Caller,
  role: Role | undefined,
  organizationOf: (account: string) => string | undefined,
): Context => {
  if ('service' in caller) {
    return {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': caller.service,
      'aws:SourceArn': caller.sourceArn,
      'aws:SourceAccount': caller.sourceAccount,
      'aws:SourceOrgID':
        caller.sourceAccount === undefined ? undefined : organizationOf(caller.sourceAccount),
    };
  }
  const { account, roleName, sessionName = roleName } = caller;
  const arn = role ? roleArn(role) : roleArn({ account, name: roleName });
  return {
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalOrgID': organizationOf(account),
    'aws:userid': `${roleId(arn)}:${sessionName}`,
    'aws:SourceIdentity': caller.sourceIdentity,
    ...tags('aws:PrincipalTag', role?.tags),
    ...tags('aws:PrincipalTag', caller.sessionTags),
  };
};

/** KMS tells its keys' policies in which account the caller is, or who a service calls for. */
const ofKms = (caller: Caller): Context => ({
  'kms:CallerAccount': 'service' in caller ? caller.sourceAccount : caller.account,
});

/** The keys that say who asks, and when: AWS sets them by itself, whatever is asked. */
export const automaticContext = (request: {
  readonly as: Caller;
  readonly action: string;
  /** The caller's role. */
  readonly role: Role | undefined;
  readonly resourceAccount: string | undefined;
  readonly region: string | undefined;
  readonly now: Date;
  readonly organizationOf: (account: string) => string | undefined;
}): Context => {
  const { as, action, role, resourceAccount, region, now, organizationOf } = request;
  return {
    ...ofCaller(as, role, organizationOf),
    ...(action.startsWith('kms:') && ofKms(as)),
    // The loopback interface stands in for TLS.
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': resourceAccount,
    'aws:ResourceOrgID': resourceAccount === undefined ? undefined : organizationOf(resourceAccount),
  };
};
