import { AwsError } from '../service';

/** A policy as IAM takes it. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

export interface Role {
  readonly account: string;
  /** Begins and ends with a slash; a slash alone where not given. */
  readonly path?: string;
  readonly name: string;
  readonly trust: PolicyDocument;
  /** Inline policies by name. */
  readonly policies: Readonly<Record<string, PolicyDocument>>;
  readonly managedPolicyArns?: readonly string[];
  /** The managed policy that says what the role may do at most. */
  readonly boundaryArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ManagedPolicy {
  readonly account: string;
  readonly path?: string;
  readonly name: string;
  readonly document: PolicyDocument;
}

export const roleArn = ({ account, path = '/', name }: Pick<Role, 'account' | 'path' | 'name'>): string =>
  `arn:aws:iam::${account}:role${path}${name}`;

export const managedPolicyArn = ({ account, path = '/', name }: Omit<ManagedPolicy, 'document'>): string =>
  `arn:aws:iam::${account}:policy${path}${name}`;

/** Characters, white space left out, as IAM's quotas count them. */
const LIMIT = { trust: 2_048, inline: 10_240, managed: 6_144 };
const MANAGED_POLICIES = 10;
const NAME = /^[\w+=,.@-]{1,64}$/;
const PATH = /^\/([!-~]{1,510}\/)?$/;

const sizeOf = (document: PolicyDocument): number => JSON.stringify(document).length;

const within = (size: number, limit: number, what: string): void => {
  if (size <= limit) return;
  throw new AwsError('LimitExceeded', `${what} has ${size} characters; IAM takes ${limit}`, 409);
};

const named = (name: string, path: string): void => {
  if (!NAME.test(name)) throw new AwsError('ValidationError', `'${name}' is no name that IAM takes`);
  if (!PATH.test(path)) throw new AwsError('ValidationError', `'${path}' is no path that IAM takes`);
};

/** @throws AwsError `LimitExceeded`, `ValidationError` as IAM refuses a role; quotas are those that need no request */
export const checkRole = (role: Role): void => {
  named(role.name, role.path ?? '/');
  within(sizeOf(role.trust), LIMIT.trust, `The trust policy of the role ${role.name}`);
  const inline = Object.values(role.policies).reduce((sum, document) => sum + sizeOf(document), 0);
  within(inline, LIMIT.inline, `What the role ${role.name} has in inline policies`);
  const attached = role.managedPolicyArns?.length ?? 0;
  if (attached > MANAGED_POLICIES) {
    throw new AwsError('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${MANAGED_POLICIES}`, 409);
  }
};

/** @throws AwsError `LimitExceeded`, `ValidationError` */
export const checkManagedPolicy = ({ name, path = '/', document }: ManagedPolicy): void => {
  if (name.length > 128 || !/^[\w+=,.@-]+$/.test(name)) {
    throw new AwsError('ValidationError', `'${name}' is no name that IAM takes`);
  }
  if (!PATH.test(path)) throw new AwsError('ValidationError', `'${path}' is no path that IAM takes`);
  within(sizeOf(document), LIMIT.managed, `The managed policy ${name}`);
};
