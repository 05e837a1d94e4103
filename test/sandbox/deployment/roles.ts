import type { Context } from '../aws/iam/context';
import type { Iam } from '../aws/iam/iam';
import {
  type ManagedPolicy,
  managedPolicyArn,
  type PolicyDocument,
  type Role,
  roleArn,
} from '../aws/iam/role';

/** A service that wants to use a role or to call something, and on whose behalf. */
interface OnBehalf {
  /** Such as `events.amazonaws.com`. */
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** IAM as deployments see it: nothing is made twice, and policies come one by one. */
export interface Roles {
  /** @returns the role's ARN @throws Error where the account has a role of that name, whatever its path */
  create(role: Role): string;
  /** @throws Error where the account has no such role */
  addPolicy(account: string, roleName: string, policyName: string, document: PolicyDocument): void;
  attach(account: string, roleName: string, policyArn: string): void;
  /** @returns the policy's ARN @throws Error where the account has a policy of that name and path */
  createManagedPolicy(policy: ManagedPolicy): string;
  /** Adds a statement to the policy of a bus, a function or a key. */
  addStatement(resourceArn: string, statement: PolicyDocument): void;
  /** @throws Error where the role does not exist or its trust does not let the service assume it */
  demandAssumable(arn: string, by: OnBehalf): Promise<void>;
  /** Whether the role, or the service, may do that. */
  mayDo(
    as: { readonly roleArn: string } | OnBehalf,
    action: string,
    resource: string,
    context?: Context,
  ): Promise<boolean>;
}

const partsOf = (arn: string): { account: string; roleName: string } => ({
  account: arn.split(':')[4] ?? '',
  roleName: arn.split('/').at(-1) ?? '',
});

export const createRoles = (iam: Iam): Roles => {
  const managed = new Set<string>();
  const statements = new Map<string, readonly PolicyDocument[]>();
  const existing = (account: string, name: string): Role => {
    const role = iam.role(account, name);
    if (!role) throw new Error(`The role with name ${name} cannot be found.`);
    return role;
  };
  return {
    create: (role) => {
      if (iam.role(role.account, role.name)) throw new Error(`Role with name ${role.name} already exists.`);
      iam.putRole(role);
      return roleArn(role);
    },
    addPolicy: (account, roleName, policyName, policy) => {
      const role = existing(account, roleName);
      iam.putRole({ ...role, policies: { ...role.policies, [policyName]: policy } });
    },
    attach: (account, roleName, policyArn) => {
      const role = existing(account, roleName);
      iam.putRole({ ...role, managedPolicyArns: [...(role.managedPolicyArns ?? []), policyArn] });
    },
    createManagedPolicy: (policy) => {
      const arn = managedPolicyArn(policy);
      if (managed.has(arn)) throw new Error(`A policy called ${policy.name} already exists.`);
      managed.add(arn);
      iam.putManagedPolicy(policy);
      return arn;
    },
    addStatement: (resourceArn, statement) => {
      const all = [...(statements.get(resourceArn) ?? []), statement];
      statements.set(resourceArn, all);
      iam.putResourcePolicy(resourceArn, { Version: '2012-10-17', Statement: all });
    },
    demandAssumable: async (arn, by) => {
      const { account, roleName } = partsOf(arn);
      if (roleArn(existing(account, roleName)) !== arn) throw new Error(`The role ${arn} cannot be found.`);
      const { allowed } = await iam.authorize({ as: by, action: 'sts:AssumeRole', resource: arn });
      if (!allowed) throw new Error(`The role ${arn} cannot be assumed by ${by.service}.`);
    },
    mayDo: async (as, action, resource, context = {}) => {
      const caller = 'service' in as ? as : partsOf(as.roleArn);
      const { allowed } = await iam.authorize({ as: caller, action, resource, context });
      return allowed;
    },
  };
};
