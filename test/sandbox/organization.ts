/** The sandbox's AWS organization: who exists in it, and what each role may do. Data only. */

export const REGION = 'eu-west-1';

export const MANAGEMENT = '100000000001';
export const HUB = '100000000002';
export const PAYMENTS_DEV = '100000000003';
export const DATA_PROD = '100000000004';
export const RESEARCH = '100000000005';

export interface Account {
  readonly id: string;
  readonly name: string;
  /** Whether the StackSet has put Gatehouse's roles there. */
  readonly tenant: boolean;
}

export const ACCOUNTS: readonly Account[] = [
  { id: MANAGEMENT, name: 'management', tenant: false },
  { id: HUB, name: 'hub', tenant: false },
  { id: PAYMENTS_DEV, name: 'payments-dev', tenant: true },
  { id: DATA_PROD, name: 'data-prod', tenant: true },
  { id: RESEARCH, name: 'research', tenant: false },
];

/** Path and name, as the bridge's TENANT_ROLE_NAME has them. */
export const TENANT_ROLE_NAME = 'gatehouse/GatehouseTenant';
export const LAUNCH_ROLE_NAME = 'gatehouse/GatehouseLaunch';
export const EXTERNAL_ID = 'gatehouse-sandbox';

export const WEBHOOK_SECRET_ID = 'gatehouse/webhook';
export const CALLBACK_SECRET_ID = 'gatehouse/callback';
export const WAITERS_TABLE = 'gatehouse-waiters';

/** The bridge's functions. Each runs with the role of its name. */
export const INGRESS = 'gatehouse-ingress';
export const CATALOG = 'gatehouse-catalog';
export const OPERATION = 'gatehouse-operation';
export const WAKE = 'gatehouse-wake';
export const OPERATION_FUNCTION = `arn:aws:lambda:${REGION}:${HUB}:function:${OPERATION}:live`;

export interface Statement {
  readonly actions: readonly string[];
  /** ARNs, `*` standing for any characters. */
  readonly resources: readonly string[];
}

/** Who may assume a role, and under which conditions. */
export interface Trust {
  /** ARNs of roles. */
  readonly principals: readonly string[];
  /** A service that assumes the role by itself, without a call that the sandbox would see. */
  readonly service?: string;
  readonly externalId?: string;
  readonly sourceIdentityRequired?: boolean;
  /** What a caller may do to the session besides assuming it. */
  readonly allows: readonly ('sts:TagSession' | 'sts:SetSourceIdentity')[];
}

export interface Role {
  readonly account: string;
  /** With the path, without a leading slash. */
  readonly name: string;
  readonly trust: Trust;
  readonly statements: readonly Statement[];
}

export const roleArn = (role: Pick<Role, 'account' | 'name'>): string =>
  `arn:aws:iam::${role.account}:role/${role.name}`;

const lambda: Trust = { principals: [], service: 'lambda.amazonaws.com', allows: [] };
const secret = (id: string): string => `arn:aws:secretsmanager:${REGION}:${HUB}:secret:${id}-*`;
const operationFunction = `arn:aws:lambda:${REGION}:${HUB}:function:${OPERATION}`;
const waiters = `arn:aws:dynamodb:${REGION}:${HUB}:table/${WAITERS_TABLE}`;

const functionRoles: readonly Role[] = [
  {
    account: HUB,
    name: INGRESS,
    trust: lambda,
    statements: [
      {
        actions: ['lambda:InvokeFunction', 'lambda:GetDurableExecution'],
        resources: [`${operationFunction}:*`],
      },
      {
        actions: ['lambda:ListDurableExecutionsByFunction'],
        resources: [operationFunction, `${operationFunction}:*`],
      },
      { actions: ['secretsmanager:GetSecretValue'], resources: [secret(WEBHOOK_SECRET_ID)] },
    ],
  },
  {
    account: HUB,
    name: OPERATION,
    trust: lambda,
    statements: [
      {
        actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
        resources: [`${operationFunction}:*`],
      },
      {
        actions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        resources: [`arn:aws:iam::*:role/${TENANT_ROLE_NAME}`],
      },
      { actions: ['dynamodb:PutItem'], resources: [waiters] },
      { actions: ['secretsmanager:GetSecretValue'], resources: [secret(CALLBACK_SECRET_ID)] },
    ],
  },
  {
    account: HUB,
    name: WAKE,
    trust: lambda,
    statements: [
      { actions: ['dynamodb:GetItem'], resources: [waiters] },
      {
        actions: ['lambda:SendDurableExecutionCallbackSuccess'],
        resources: [`${operationFunction}:*`],
      },
    ],
  },
  {
    account: HUB,
    name: CATALOG,
    trust: lambda,
    statements: [
      {
        actions: [
          'servicecatalog:SearchProductsAsAdmin',
          'servicecatalog:DescribePortfolio',
          'servicecatalog:DescribeConstraint',
          'servicecatalog:DescribeProvisioningArtifact',
          'servicecatalog:ListConstraintsForPortfolio',
          'servicecatalog:ListProvisioningArtifacts',
          'cloudformation:GetTemplateSummary',
        ],
        resources: ['*'],
      },
      { actions: ['secretsmanager:GetSecretValue'], resources: [secret(WEBHOOK_SECRET_ID)] },
    ],
  },
];

/** Service Catalog uses it by itself; no call of the sandbox is made with it. */
const launchRole = (account: string): Role => ({
  account,
  name: LAUNCH_ROLE_NAME,
  trust: { principals: [], service: 'servicecatalog.amazonaws.com', allows: [] },
  statements: [],
});

const tenantRoles = (account: string): readonly Role[] => [
  {
    account,
    name: TENANT_ROLE_NAME,
    trust: {
      principals: [roleArn({ account: HUB, name: OPERATION })],
      externalId: EXTERNAL_ID,
      sourceIdentityRequired: true,
      allows: ['sts:TagSession', 'sts:SetSourceIdentity'],
    },
    statements: [
      {
        actions: [
          'servicecatalog:DescribeProvisionedProduct',
          'servicecatalog:DescribeRecord',
          'servicecatalog:ListLaunchPaths',
          'servicecatalog:ListRecordHistory',
          'servicecatalog:ProvisionProduct',
        ],
        resources: ['*'],
      },
      {
        actions: ['cloudformation:DescribeStackEvents'],
        resources: [`arn:aws:cloudformation:*:${account}:stack/SC-*`],
      },
    ],
  },
  launchRole(account),
];

export const ROLES: readonly Role[] = [
  ...functionRoles,
  // A launch constraint by local role name needs the role in the hub as well.
  launchRole(HUB),
  ...ACCOUNTS.filter((account) => account.tenant).flatMap((account) => tenantRoles(account.id)),
];
