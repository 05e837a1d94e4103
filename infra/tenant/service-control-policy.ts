import { WORKLOAD_BOUNDARY } from '../../products/workload-boundary';
import type { Configuration } from '../configuration';
import { CHOICES_ROLE, EVENT_ROLE } from '../names';
import { LAUNCH_BOUNDARY, OF_PRODUCTS, STACK_EVENTS_RULE, STACK_SET } from './names';

/** Characters that AWS Organizations takes, white space included. */
const LONGEST_POLICY = 5120;

/** What StackSets works as in a tenant account. Its own service-linked role, which no such policy binds, makes it. */
const STACK_SETS_ROLE = 'arn:aws:iam::*:role/stacksets-exec-*';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Deny';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface ServiceControlPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/**
 * Keeps the administrators of tenant accounts from editing what Gatehouse put there, and from making roles of its
 * names. StackSets may, and so may the hub account, where CDK deploys the same things. And it keeps those who launch from
 * the console from reading by which address their own stack is approved.
 * Organizations takes it without white space: `JSON.stringify(policy)`.
 * @throws where it is longer than Organizations takes
 */
export const serviceControlPolicy = (configuration: Configuration): ServiceControlPolicy => {
  const policy: ServiceControlPolicy = { Version: '2012-10-17', Statement: statementsFor(configuration) };
  const { length } = JSON.stringify(policy);
  if (length > LONGEST_POLICY) {
    throw new Error(
      `The service control policy has ${length} characters, and AWS Organizations takes ${LONGEST_POLICY}: ` +
        `choose shorter names under roles in the configuration`,
    );
  }
  return policy;
};

const statementsFor = ({ hubAccount, roles, consoleRoles }: Configuration): readonly Statement[] => {
  const byNobodyElse = {
    ArnNotLike: { 'aws:PrincipalArn': STACK_SETS_ROLE },
    StringNotEquals: { 'aws:PrincipalAccount': hubAccount },
  };
  return [
    {
      Sid: 'RolesOfGatehouse',
      Effect: 'Deny',
      Action: [...CHANGES_OF_ROLES, 'iam:PassRole'],
      Resource: ownRoles(roles).map((role) => `arn:aws:iam::*:role/${role}`),
      Condition: byNobodyElse,
    },
    {
      Sid: 'BoundariesOfGatehouse',
      Effect: 'Deny',
      Action: [
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:SetDefaultPolicyVersion',
        'iam:TagPolicy',
        'iam:UntagPolicy',
      ],
      Resource: [LAUNCH_BOUNDARY, WORKLOAD_BOUNDARY].map((name) => `arn:aws:iam::*:policy/${name}`),
      Condition: byNobodyElse,
    },
    {
      Sid: 'RuleOfGatehouse',
      Effect: 'Deny',
      Action: [
        'events:DeleteRule',
        'events:DisableRule',
        'events:EnableRule',
        'events:PutRule',
        'events:PutTargets',
        'events:RemoveTargets',
        'events:TagResource',
        'events:UntagResource',
      ],
      Resource: `arn:aws:events:*:*:rule/${STACK_EVENTS_RULE}`,
      Condition: byNobodyElse,
    },
    {
      Sid: 'StackOfGatehouse',
      Effect: 'Deny',
      Action: [
        'cloudformation:CancelUpdateStack',
        'cloudformation:ContinueUpdateRollback',
        'cloudformation:CreateChangeSet',
        'cloudformation:DeleteStack',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:RollbackStack',
        'cloudformation:SetStackPolicy',
        'cloudformation:UpdateStack',
        'cloudformation:UpdateTerminationProtection',
      ],
      Resource: `arn:aws:cloudformation:*:*:stack/StackSet-${STACK_SET}-*/*`,
      Condition: byNobodyElse,
    },
    // Else whoever makes a role of that name is exempt from all of the above.
    { Sid: 'RoleOfStackSets', Effect: 'Deny', Action: CHANGES_OF_ROLES, Resource: STACK_SETS_ROLE },
    ...(consoleRoles.length === 0
      ? []
      : [
          {
            Sid: 'AddressesOfGates',
            Effect: 'Deny',
            Action: TELLING_ADDRESSES,
            Resource: `arn:aws:cloudformation:*:*:stack/${OF_PRODUCTS}/*`,
            Condition: {
              ArnLike: { 'aws:PrincipalArn': consoleRoles.map((role) => `arn:aws:iam::*:role/${role}`) },
            },
          } as const,
        ]),
  ];
};

/**
 * What tells the physical id of a wait condition handle, which is the address that lets its stack go on. AWS's own policy
 * for those who launch from the console allows some of it.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSServiceCatalogEndUserFullAccess.html
 */
const TELLING_ADDRESSES = [
  'cloudformation:DescribeChangeSet',
  'cloudformation:DescribeEvents',
  'cloudformation:DescribeStackEvents',
  'cloudformation:DescribeStackResource',
  'cloudformation:DescribeStackResources',
  'cloudformation:ListStackResources',
];

const CHANGES_OF_ROLES = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
  'iam:UpdateRoleDescription',
];

/**
 * Paths and names. Everything under the tenant role's path is Gatehouse's. IAM knows a role by its name alone, so the
 * other names are kept free under every path.
 */
const ownRoles = ({ tenant, launchPrefix }: Configuration['roles']): readonly string[] => {
  const slash = tenant.lastIndexOf('/');
  const name = tenant.slice(slash + 1);
  return [
    ...(slash === -1 ? [] : [`${tenant.slice(0, slash)}/*`]),
    ...[name, `${launchPrefix}-*`, EVENT_ROLE, CHOICES_ROLE].flatMap((own) => [own, `*/${own}`]),
  ];
};
