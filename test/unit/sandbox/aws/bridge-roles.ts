import { type PolicyDocument, type Role, roleArn } from '../../../sandbox/aws/iam/role';
import { DATA_PROD, HUB, ORGANIZATION_ID, PAYMENTS_DEV, REGION } from '../../../sandbox/organization';

/** Roles of a bridge and its tenants, as small as the tests of the stand-ins themselves need them. */

/** Path and name, as the bridge's TENANT_ROLE_NAME has them. */
export const TENANT_ROLE_NAME = 'gatehouse/GatehouseTenant';
const LAUNCH_ROLE_NAME = 'gatehouse/GatehouseLaunch';
export const EXTERNAL_ID = 'gatehouse-sandbox';

export const WEBHOOK_SECRET_ID = 'gatehouse/webhook';
const CALLBACK_SECRET_ID = 'gatehouse/callback';
export const WAITERS_TABLE = 'gatehouse-waiters';

/** The bridge's functions. Each runs with the role of its name. */
export const INGRESS = 'gatehouse-ingress';
export const CATALOG = 'gatehouse-catalog';
export const OPERATION = 'gatehouse-operation';
export const WAKE = 'gatehouse-wake';
export const OPERATION_FUNCTION = `arn:aws:lambda:${REGION}:${HUB}:function:${OPERATION}:live`;

interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const allowing = (statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements.map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
  })),
});

const assumedBy = (service: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});

const functionRole = (name: string, statements: readonly Statement[]): Role => ({
  account: HUB,
  name,
  trust: assumedBy('lambda.amazonaws.com'),
  policies: { calls: allowing(statements) },
});

/** A path and a name, as the bridge's TENANT_ROLE_NAME has them. */
const pathAndName = (given: string): Pick<Role, 'path' | 'name'> => {
  const parts = given.split('/');
  const name = parts.pop() ?? given;
  return { path: ['', ...parts, ''].join('/'), name };
};

const secret = (id: string): string => `arn:aws:secretsmanager:${REGION}:${HUB}:secret:${id}-*`;
const operationFunction = `arn:aws:lambda:${REGION}:${HUB}:function:${OPERATION}`;
const waiters = `arn:aws:dynamodb:${REGION}:${HUB}:table/${WAITERS_TABLE}`;

const functionRoles: readonly Role[] = [
  functionRole(INGRESS, [
    {
      actions: ['lambda:InvokeFunction', 'lambda:GetDurableExecution'],
      resources: [`${operationFunction}:*`],
    },
    {
      actions: ['lambda:ListDurableExecutionsByFunction'],
      resources: [operationFunction, `${operationFunction}:*`],
    },
    { actions: ['secretsmanager:GetSecretValue'], resources: [secret(WEBHOOK_SECRET_ID)] },
  ]),
  functionRole(OPERATION, [
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
  ]),
  functionRole(WAKE, [
    { actions: ['dynamodb:GetItem'], resources: [waiters] },
    {
      actions: ['lambda:SendDurableExecutionCallbackSuccess'],
      resources: [`${operationFunction}:*`],
    },
  ]),
  functionRole(CATALOG, [
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
  ]),
];

/** Service Catalog uses it by itself; no call of the sandbox is made with it. */
const launchRole = (account: string): Role => ({
  account,
  ...pathAndName(LAUNCH_ROLE_NAME),
  trust: assumedBy('servicecatalog.amazonaws.com'),
  policies: {},
});

/** A role as principal would be bound to its unique id, and another of its name would be shut out of every account. */
const tenantTrust: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Enter',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${HUB}:root` },
      Action: 'sts:AssumeRole',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': roleArn({ account: HUB, name: OPERATION }) },
        StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION_ID, 'sts:ExternalId': EXTERNAL_ID },
        Null: { 'sts:SourceIdentity': 'false' },
      },
    },
    {
      // Neither of the two has an external id to look at.
      Sid: 'Sign',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${HUB}:root` },
      Action: ['sts:SetSourceIdentity', 'sts:TagSession'],
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': roleArn({ account: HUB, name: OPERATION }) },
        StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION_ID },
      },
    },
  ],
};

const tenantRoles = (account: string): readonly Role[] => [
  {
    account,
    ...pathAndName(TENANT_ROLE_NAME),
    trust: tenantTrust,
    policies: {
      calls: allowing([
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
      ]),
    },
  },
  launchRole(account),
];

export const ROLES: readonly Role[] = [
  ...functionRoles,
  // A launch constraint by local role name needs the role in the hub as well.
  launchRole(HUB),
  ...[PAYMENTS_DEV, DATA_PROD].flatMap(tenantRoles),
];
