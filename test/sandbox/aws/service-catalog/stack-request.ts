import type { RoleCaller } from '../iam/caller';
import { AwsError } from '../service';
import type { Stacks } from '../stacks';
import type { Version } from './catalog';
import type { Ids } from './ids';
import type { LaunchPaths } from './launch-paths';
import type { Caller } from './operation';
import type { Roles } from './ports';
import type { Progress } from './progress';
import type { Inventory } from './provisioned-products';
import { invalidParameters } from './refusals';
import type { Tag } from './shapes';
import type { TokenMemory } from './token-memory';
import type { VersionContents } from './version-contents';
import type { Visibility } from './visibility';

/** What the operations work with that have CloudFormation create or update a stack. */
export interface StackRequestOptions {
  readonly now: () => Date;
  readonly ids: Ids;
  readonly stacks: Stacks;
  readonly roles: Roles;
  readonly visibility: Visibility;
  readonly launchPaths: LaunchPaths;
  readonly contentsOf: (version: Version) => VersionContents;
  readonly inventory: Inventory;
  readonly tokens: TokenMemory;
  readonly progress: Progress;
  readonly badParameters: BadParameters;
}

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

/** Where CloudFormation's refusal of a launch or an update shows: in the operation's answer, or in the record. */
export type BadParameters = 'refused' | 'recorded';

/**
 * What CloudFormation refuses, as records tell it.
 * @throws AwsError `InvalidParametersException` where that is to be answered; any other error as it is
 */
export const refusalInRecord = (error: unknown, badParameters: BadParameters): string => {
  if (!(error instanceof AwsError) || error.code !== 'ValidationError') throw error;
  if (badParameters === 'refused') throw invalidParameters(error.message);
  return `AmazonCloudFormationException ${error.message} (Error Code: ${error.code})`;
};
