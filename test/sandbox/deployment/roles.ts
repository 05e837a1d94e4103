type Document = Readonly<Record<string, unknown>>;

interface Role {
  readonly account: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly name: string;
  readonly trust: Document;
  readonly policies: Readonly<Record<string, Document>>;
  readonly managedPolicyArns: readonly string[];
  readonly boundaryArn?: string;
}

/** What IAM keeps of all this, and decides by it. */
export interface Iam {
  putRole(role: Role): void;
  putManagedPolicy(policy: ManagedPolicy): void;
  putResourcePolicy(arn: string, document: Document): void;
  authorize(call: {
    readonly as: { readonly account: string; readonly roleName: string };
    readonly action: string;
    readonly resource: string;
  }): Promise<{ readonly allowed: boolean; readonly reason: string }>;
}

interface ManagedPolicy {
  readonly account: string;
  readonly path: string;
  readonly name: string;
  readonly document: Document;
}

/** The roles of every account, as stacks make them and add policies to them. */
export interface Roles {
  /** @returns the role's ARN @throws Error where the account has a role of that name, whatever its path */
  create(role: Role): string;
  /** @throws Error where the account has no such role */
  addPolicy(account: string, roleName: string, policyName: string, document: Document): void;
  attach(account: string, roleName: string, policyArn: string): void;
  /** @returns the policy's ARN */
  createManagedPolicy(policy: ManagedPolicy): string;
  /** @throws Error where the role does not exist or does not let the service assume it */
  demand(arn: string, service: string): { readonly account: string; readonly name: string };
  putResourcePolicy(arn: string, document: Document): void;
  /** Whether the role may do that, its account's and the resource's policies taken together. */
  mayDo(roleArn: string, action: string, resource: string): Promise<boolean>;
}

const arnOf = ({ account, path, name }: Pick<Role, 'account' | 'path' | 'name'>): string =>
  `arn:aws:iam::${account}:role${path}${name}`;

export const createRoles = (iam: Iam): Roles => {
  const roles = new Map<string, Role>();
  const key = (account: string, name: string): string => `${account}/${name}`;
  const put = (role: Role): void => {
    roles.set(key(role.account, role.name), role);
    iam.putRole(role);
  };
  const existing = (account: string, name: string): Role => {
    const role = roles.get(key(account, name));
    if (!role) throw new Error(`The role with name ${name} cannot be found.`);
    return role;
  };
  return {
    create: (role) => {
      if (roles.has(key(role.account, role.name)))
        throw new Error(`Role with name ${role.name} already exists.`);
      put(role);
      return arnOf(role);
    },
    addPolicy: (account, roleName, policyName, policy) => {
      const role = existing(account, roleName);
      put({ ...role, policies: { ...role.policies, [policyName]: policy } });
    },
    attach: (account, roleName, policyArn) => {
      const role = existing(account, roleName);
      put({ ...role, managedPolicyArns: [...role.managedPolicyArns, policyArn] });
    },
    createManagedPolicy: (policy) => {
      iam.putManagedPolicy(policy);
      return `arn:aws:iam::${policy.account}:policy${policy.path}${policy.name}`;
    },
    demand: (arn, service) => {
      const [, , , , account = ''] = arn.split(':');
      const role = roles.get(key(account, arn.split('/').at(-1) ?? ''));
      if (!role || arnOf(role) !== arn) throw new Error(`The role ${arn} cannot be found.`);
      if (!JSON.stringify(role.trust).includes(`"${service}"`))
        throw new Error(`The role ${arn} cannot be assumed by ${service}.`);
      return role;
    },
    putResourcePolicy: (arn, policy) => iam.putResourcePolicy(arn, policy),
    mayDo: async (roleArn, action, resource) => {
      const [, , , , account = ''] = roleArn.split(':');
      const roleName = roleArn.split('/').at(-1) ?? '';
      const { allowed } = await iam.authorize({ as: { account, roleName }, action, resource });
      return allowed;
    },
  };
};
