import type { RoleCaller } from '../iam/caller';
import type { AwsError } from '../service';
import type { Caller } from './operation';
import type { Roles } from './ports';
import type { Tag } from './shapes';

/** Service Catalog acknowledges for the person who launches whatever the template may create. */
export const capabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];

export const tagsOfStack = (tags: readonly Tag[]): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

/** The ARN of a product's launch role in an account, also where there is none of that name. */
export const launchRoleArn = (
  roles: Roles,
  account: string,
  roleName: string | undefined,
): string | undefined =>
  roleName === undefined
    ? undefined
    : (roles.arnOf(account, roleName) ?? `arn:aws:iam::${account}:role/${roleName}`);

/** Why a product cannot be launched by its launch role; undefined where it can. */
export const missingLaunchRole = (
  roles: Roles,
  account: string,
  roleName: string | undefined,
): string | undefined =>
  roleName === undefined || roles.arnOf(account, roleName) !== undefined
    ? undefined
    : `Service Catalog cannot assume launch role ${launchRoleArn(roles, account, roleName) ?? ''}: it does not exist.`;

/** With whose rights a stack is made: the launch role's, or the caller's where no constraint names one. */
export const rightsOf = (caller: Caller, roleName: string | undefined): RoleCaller =>
  roleName === undefined
    ? caller.session
    : { account: caller.account, roleName, sessionName: 'servicecatalog' };

/** What CloudFormation refuses, as records tell it. */
export const inRecord = ({ message, code }: AwsError): string =>
  `AmazonCloudFormationException ${message} (Error Code: ${code})`;
