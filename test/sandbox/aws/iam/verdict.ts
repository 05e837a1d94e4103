import { type DenialPolicyType, getDenialReasons, type RequestAnalysis } from '@cloud-copilot/iam-simulate';

/** What allowed a call: one statement of one policy of the caller's. */
export interface Grant {
  /** Name of an inline policy, ARN of a managed one. */
  readonly policy: string;
  /** The statement's Sid, or its number, counted from 1. */
  readonly statement: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface Verdict {
  readonly allowed: boolean;
  /** How AWS words the refusal, from `because` or `with` on; undefined for what is allowed. */
  readonly reason: string | undefined;
  readonly grants: readonly Grant[];
}

const POLICY: Readonly<Record<DenialPolicyType, string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  pb: 'permissions boundary',
  scp: 'service control policy',
  rcp: 'resource control policy',
  vpce: 'VPC endpoint policy',
  's3-bpa': 'block public access setting',
};

const kindOf = (type: DenialPolicyType, action: string): string =>
  type === 'resource' && action.startsWith('sts:') ? 'role trust policy' : POLICY[type];

const explicit = (kind: string): string =>
  `with an explicit deny in ${/^[aei]/.test(kind) ? 'an' : 'a'} ${kind}`;
const implicit = (kind: string, action: string): string => `because no ${kind} allows the ${action} action`;

/** Nothing speaks for the call. */
export const refused = (type: DenialPolicyType, action: string): Verdict => ({
  allowed: false,
  reason: implicit(kindOf(type, action), action),
  grants: [],
});

const list = <Item>(given: Item | Item[] | undefined): Item[] =>
  given === undefined ? [] : ([given].flat() as Item[]);

/** What a simulation's analysis comes to. */
export const verdictOf = (analysis: RequestAnalysis, action: string): Verdict => {
  if (analysis.result !== 'Allowed') {
    const reasons = getDenialReasons(analysis);
    const denial =
      reasons.find(({ denialType }) => denialType === 'Explicit') ??
      reasons.find(({ blocking }) => blocking) ??
      reasons[0];
    const kind = kindOf(denial?.policyType ?? 'identity', action);
    const reason = denial?.denialType === 'Explicit' ? explicit(kind) : implicit(kind, action);
    return { allowed: false, reason, grants: [] };
  }
  const grants = (analysis.identityAnalysis?.allowStatements ?? []).map(({ policyId, explain }) => ({
    policy: policyId,
    statement: explain.identifier,
    actions: list(explain.actions).flatMap(({ action, matches }) => (matches ? [action] : [])),
    resources: list(explain.resources).flatMap(({ resource, matches }) => (matches ? [resource] : [])),
  }));
  return { allowed: true, reason: undefined, grants };
};
