import { runSimulation } from '@cloud-copilot/iam-simulate';
import { AwsError } from '../service';
import { AWS_MANAGED_POLICIES } from './aws-managed-policies';
import { type Caller, principalOf } from './caller';
import { automaticContext, type Context } from './context';
import {
  checkManagedPolicy,
  checkRole,
  type ManagedPolicy,
  managedPolicyArn,
  type PolicyDocument,
  type Role,
  roleArn,
} from './role';
import { createRememberedVerdicts } from './remembered-verdicts';
import { simulatedContext, simulatedPolicy } from './simulated';
import { refused, type Verdict, verdictOf } from './verdict';

/** How many calls are kept, the latest ones. */
const KEPT = 10_000;

export interface Request {
  readonly as: Caller;
  /** Such as `sts:AssumeRole`. */
  readonly action: string;
  /** An ARN; `*` where the action has no resource; undefined where what is named cannot be known. */
  readonly resource: string | undefined;
  readonly region?: string;
  /** What the service knows of the request, beyond what AWS says of every request. */
  readonly context?: Context;
}

/** A request that was weighed, and what came of it. */
export interface WeighedCall extends Request, Verdict {
  /** The caller: the role's ARN with its path, or the service. */
  readonly caller: string;
}

/** What is otherwise when a call is weighed again; a key of the context that is undefined is taken away. */
export type Alteration = Partial<Request>;

export interface Iam {
  /** Makes a role, or replaces it. @throws AwsError for what IAM refuses, also a managed policy that there is not */
  putRole(role: Role): void;
  /** @throws AwsError */
  putManagedPolicy(policy: ManagedPolicy): void;
  /** The policy of a bus, secret, key, queue, topic or function. */
  putResourcePolicy(arn: string, document: PolicyDocument): void;
  /** Attaches a service control policy to accounts; on AWS the management account is never bound by one. */
  putServiceControlPolicy(policy: {
    readonly name: string;
    readonly document: PolicyDocument;
    readonly accounts: readonly string[];
  }): void;
  /** By name, without the path: a name is unique in its account. */
  role(account: string, name: string): Role | undefined;
  readonly roles: readonly Role[];
  /** Weighs a request and keeps it in `calls`. */
  authorize(request: Request): Promise<Verdict>;
  /** The same request with something changed, under the policies of now. Nothing is kept of it. */
  reconsider(call: Request, alteration?: Alteration): Promise<Verdict>;
  /** Every request that was weighed, oldest first, at most the latest 10,000. */
  readonly calls: readonly WeighedCall[];
}

const FULL_ACCESS = {
  name: 'FullAWSAccess',
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

const accountIn = (arn: string): string | undefined => arn.split(':')[4] || undefined;

/**
 * IAM and the policies of an organization's accounts, evaluated by an implementation that is not this project's.
 * Quotas are checked when something is put; a document that says nonsense is found when it is first weighed.
 */
export const createIam = (organization: {
  readonly organizationId: string;
  /** Whether an account belongs to the organization; every account does where not given. */
  readonly isMember?: (account: string) => boolean;
  readonly now: () => Date;
}): Iam => {
  const { organizationId, isMember = () => true, now } = organization;
  const roles = new Map<string, Role>();
  const managed = new Map(Object.entries(AWS_MANAGED_POLICIES));
  const resourcePolicies = new Map<string, PolicyDocument>();
  const controlPolicies: Parameters<Iam['putServiceControlPolicy']>[0][] = [];
  const calls: WeighedCall[] = [];

  const organizationOf = (account: string): string | undefined =>
    isMember(account) ? organizationId : undefined;
  const managedPolicy = (arn: string): { name: string; policy: PolicyDocument } => {
    const policy = managed.get(arn);
    if (policy) return { name: arn, policy: simulatedPolicy(policy) };
    const hint = arn.startsWith('arn:aws:iam::aws:')
      ? '; the sandbox knows only the AWS managed policies in aws-managed-policies.ts'
      : '';
    throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable${hint}.`, 404);
  };
  const roleOf = (caller: Caller): Role | undefined =>
    'service' in caller ? undefined : roles.get(`${caller.account}/${caller.roleName}`);

  /** Undefined where there is none; null where the resource would have to exist. */
  const resourcePolicyOf = (arn: string): PolicyDocument | undefined | null => {
    const name = /^arn:aws:iam::(?<account>\d{12}):role(?<path>\/(?:.*\/)?)(?<name>[^/]+)$/.exec(arn)?.groups;
    if (!name) return resourcePolicies.get(arn);
    const role = roles.get(`${name['account'] ?? ''}/${name['name'] ?? ''}`);
    return role && roleArn(role) === arn ? role.trust : null;
  };

  /** The account that IAM takes for the resource's owner. */
  const ownerOf = ({ as, resource }: Request): string => {
    const own = 'service' in as ? (as.sourceAccount ?? '') : as.account;
    // Service Catalog has no resource policies: what opens another account's product is a share, and not IAM.
    if (resource === undefined || resource.startsWith('arn:aws:catalog:')) return own;
    return accountIn(resource) ?? own;
  };

  const remembered = createRememberedVerdicts(() => [
    ...roles.values(),
    ...managed.values(),
    ...resourcePolicies.values(),
    ...controlPolicies,
  ]);

  const weigh = (request: Request): Promise<Verdict> => {
    const { as, action, resource, region } = request;
    const role = roleOf(as);
    const context = {
      ...automaticContext({
        ...{ as, action, role, now: now(), organizationOf },
        resourceAccount: resource === undefined ? undefined : accountIn(resource),
        region: region ?? (resource?.split(':')[3] || undefined),
      }),
      ...request.context,
    };
    const owner = ownerOf(request);
    const caller = { names: principalOf(as), role: role && roleArn(role) };
    return remembered.verdict({ caller, action, resource, owner, context }, () =>
      simulate(request, owner, context),
    );
  };

  const simulate = async (
    { as, action, resource }: Request,
    owner: string,
    context: Context,
  ): Promise<Verdict> => {
    const role = roleOf(as);
    if (!role && !('service' in as)) return refused('identity', action);
    const trusted = resource === undefined ? undefined : resourcePolicyOf(resource);
    if (trusted === null && action.startsWith('sts:')) return refused('resource', action);
    const account = 'service' in as ? undefined : as.account;
    const attached = controlPolicies.filter(({ accounts }) => accounts.some((given) => given === account));
    const results = await runSimulation(
      {
        request: {
          principal: principalOf(as),
          action,
          resource: { resource: resource ?? '*', accountId: owner },
          contextVariables: simulatedContext(context),
        },
        identityPolicies: [
          ...Object.entries(role?.policies ?? {}).map(([name, policy]) => ({
            name,
            policy: simulatedPolicy(policy),
          })),
          ...(role?.managedPolicyArns ?? []).map(managedPolicy),
        ],
        ...(role?.boundaryArn !== undefined && {
          permissionBoundaryPolicies: [managedPolicy(role.boundaryArn)],
        }),
        ...(trusted && { resourcePolicy: simulatedPolicy(trusted) }),
        serviceControlPolicies: attached.map(({ name, document }) => ({
          orgIdentifier: name,
          policies: [FULL_ACCESS, { name, policy: simulatedPolicy(document) }],
        })),
        resourceControlPolicies: [],
      },
      {},
    );
    if (results.resultType === 'error') {
      const what = JSON.stringify(results.errors);
      throw new Error(
        `IAM cannot weigh ${action} on ${resource ?? 'anything'} for ${principalOf(as)}: ${what}`,
      );
    }
    if (results.resultType === 'single') return verdictOf(results.result.analysis, action);
    // The simulation tries what the policies name. A call on everything needs a policy that says everything.
    const tried =
      resource === '*'
        ? results.results.filter(({ resourcePattern }) => resourcePattern === '*')
        : results.results;
    const decisive = tried.find(({ analysis }) => analysis.result === 'Allowed') ?? tried[0];
    return decisive ? verdictOf(decisive.analysis, action) : refused('identity', action);
  };

  return {
    putRole: (role) => {
      checkRole(role);
      [
        ...(role.managedPolicyArns ?? []),
        ...(role.boundaryArn === undefined ? [] : [role.boundaryArn]),
      ].forEach(managedPolicy);
      roles.set(`${role.account}/${role.name}`, role);
      remembered.forget();
    },
    putManagedPolicy: (policy) => {
      checkManagedPolicy(policy);
      managed.set(managedPolicyArn(policy), policy.document);
      remembered.forget();
    },
    putResourcePolicy: (arn, document) => {
      resourcePolicies.set(arn, document);
      remembered.forget();
    },
    putServiceControlPolicy: (policy) => {
      controlPolicies.push(policy);
      remembered.forget();
    },
    role: (account, name) => roles.get(`${account}/${name}`),
    get roles() {
      return [...roles.values()];
    },
    authorize: async (request) => {
      const verdict = await weigh(request);
      const role = roleOf(request.as);
      calls.push({ ...request, ...verdict, caller: role ? roleArn(role) : principalOf(request.as) });
      if (calls.length > KEPT) calls.shift();
      return verdict;
    },
    reconsider: (call, alteration = {}) => {
      const { as, action, resource, region, context } = { ...call, ...alteration };
      return weigh({
        ...{ as, action, resource },
        ...(region !== undefined && { region }),
        context: { ...call.context, ...context },
      });
    },
    calls,
  };
};
