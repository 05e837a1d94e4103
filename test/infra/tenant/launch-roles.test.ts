import type { aws_iam as iam } from 'aws-cdk-lib';
import { privateBucket } from '../../../products/private-bucket';
import type { Product } from '../../../products/product';
import { aConfiguration } from '../../builders/configuration';
import { anOrganization, HUB, putAdministrator, REGION, TENANT } from './account';

const withRights = (...launchRights: readonly iam.PolicyStatementProps[]): Product => ({
  ...privateBucket,
  launchRights,
});
/** A product whose author lists far too much: what is left is what the boundary leaves. */
const GREEDY = withRights({ actions: ['*'], resources: ['*'] });
const organization = anOrganization(aConfiguration(), [GREEDY]);
const bare = anOrganization(aConfiguration(), [withRights()]);
const as = { account: TENANT, roleName: 'GatehouseLaunch-private-bucket' };
const WORKLOAD = `arn:aws:iam::${TENANT}:policy/GatehouseWorkload`;
const PRODUCTS_ROLE = `arn:aws:iam::${TENANT}:role/SC-${TENANT}-pp-abcdefghijklm-Role-A1B2C3`;

const mayDo = async (action: string, resource: string, context = {}): Promise<boolean> =>
  (await organization.authorize({ as, action, resource, region: REGION, context })).allowed;
const mayAtLeast = async (action: string, resource: string, context = {}): Promise<boolean> =>
  (await bare.authorize({ as, action, resource, region: REGION, context })).allowed;
const stack = (name: string): string => `arn:aws:cloudformation:${REGION}:${TENANT}:stack/${name}/11111111`;

test('Service Catalog takes the launch role, and nobody else does', async () => {
  const resource = `arn:aws:iam::${TENANT}:role/GatehouseLaunch-private-bucket`;
  const allowed = async (service: string) =>
    (await organization.authorize({ as: { service }, action: 'sts:AssumeRole', resource })).allowed;
  expect(await allowed('servicecatalog.amazonaws.com')).toBe(true);
  expect(await allowed('cloudformation.amazonaws.com')).toBe(false);
  putAdministrator(organization, TENANT, 'Administrator');
  const administrator = { account: TENANT, roleName: 'Administrator' };
  expect(
    await organization.authorize({ as: administrator, action: 'sts:AssumeRole', resource }),
  ).toMatchObject({ allowed: false });
});

test.each(['CreateStack', 'UpdateStack', 'DeleteStack', 'DescribeStacks', 'SetStackPolicy', 'TagResource'])(
  'every launch may %s a stack of Service Catalog, and no other',
  async (operation) => {
    const action = `cloudformation:${operation}`;
    expect(await mayAtLeast(action, stack(`SC-${TENANT}-pp-abcdefghijklm`))).toBe(true);
    expect(await mayAtLeast(action, stack('StackSet-gatehouse-tenant-0'))).toBe(false);
  },
);

test('it reads templates of Service Catalog, and no other object', async () => {
  const template = 'arn:aws:s3:::cf-templates-of-service-catalog/template.json';
  const tagged = { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' };
  expect(await mayAtLeast('s3:GetObject', template, tagged)).toBe(true);
  expect(await mayAtLeast('s3:GetObject', template)).toBe(false);
});

test("beyond that it may what its product's launch rights say", async () => {
  expect(await mayAtLeast('s3:CreateBucket', 'arn:aws:s3:::invoices')).toBe(false);
  expect(await mayDo('s3:CreateBucket', 'arn:aws:s3:::invoices')).toBe(true);
});

test.each([
  ['iam:CreateUser', `arn:aws:iam::${TENANT}:user/SC-mallory`],
  ['iam:CreateAccessKey', `arn:aws:iam::${TENANT}:user/SC-mallory`],
  ['iam:CreatePolicyVersion', WORKLOAD],
  ['iam:CreatePolicyVersion', `arn:aws:iam::${TENANT}:policy/GatehouseLaunchBoundary`],
  ['iam:DeleteRole', `arn:aws:iam::${TENANT}:role/gatehouse/GatehouseTenant`],
  ['iam:UpdateRole', `arn:aws:iam::${TENANT}:role/GatehouseLaunch-network`],
  ['iam:DeleteServiceLinkedRole', `arn:aws:iam::${TENANT}:role/aws-service-role/x.amazonaws.com/Any`],
  ['organizations:LeaveOrganization', '*'],
  ['account:CloseAccount', `arn:aws:account::${TENANT}:account`],
  ['sts:AssumeRole', `arn:aws:iam::${HUB}:role/Administrator`],
  ['servicecatalog:ProvisionProduct', `arn:aws:catalog:${REGION}:${HUB}:product/prod-bucket`],
  ['events:DisableRule', `arn:aws:events:${REGION}:${TENANT}:rule/gatehouse-stack-events`],
  ['events:RemoveTargets', `arn:aws:events:${REGION}:${TENANT}:rule/gatehouse-stack-events`],
  ['iam:PassRole', `arn:aws:iam::${TENANT}:role/Administrator`],
])('whatever its launch rights say, no %s on %s', async (action, resource) => {
  expect(await mayDo(action, resource)).toBe(false);
});

const GIVING_RIGHTS = ['CreateRole', 'PutRolePolicy', 'AttachRolePolicy', 'UpdateAssumeRolePolicy'];

test.each([...GIVING_RIGHTS, 'PutRolePermissionsBoundary'])(
  'iam:%s only for roles of products within the workload boundary',
  async (operation) => {
    const action = `iam:${operation}`;
    const within = (arn: string) => ({ 'iam:PermissionsBoundary': arn });
    expect(await mayDo(action, PRODUCTS_ROLE, within(WORKLOAD))).toBe(true);
    expect(await mayDo(action, PRODUCTS_ROLE)).toBe(false);
    expect(await mayDo(action, PRODUCTS_ROLE, within('arn:aws:iam::aws:policy/AdministratorAccess'))).toBe(
      false,
    );
    expect(await mayDo(action, `arn:aws:iam::${TENANT}:role/Administrator`, within(WORKLOAD))).toBe(false);
  },
);

test('it takes a boundary from no role, but deletes, passes and puts into profiles what products created', async () => {
  const context = { 'iam:PermissionsBoundary': WORKLOAD };
  expect(await mayDo('iam:DeleteRolePermissionsBoundary', PRODUCTS_ROLE, context)).toBe(false);
  expect(await mayDo('iam:DeleteRole', PRODUCTS_ROLE)).toBe(true);
  expect(await mayDo('iam:PassRole', PRODUCTS_ROLE)).toBe(true);
  expect(await mayDo('iam:CreateInstanceProfile', `arn:aws:iam::${TENANT}:instance-profile/SC-a`)).toBe(true);
  expect(
    await mayDo(
      'iam:CreateServiceLinkedRole',
      `arn:aws:iam::${TENANT}:role/aws-service-role/rds.amazonaws.com/A`,
    ),
  ).toBe(true);
});

test.each([
  ['s3:GetObject', 'arn:aws:s3:::invoices/2026/1.pdf', true],
  ['sts:AssumeRole', 'arn:aws:iam::100000000004:role/Reader', true],
  ['iam:CreateRole', PRODUCTS_ROLE, false],
  ['iam:PassRole', PRODUCTS_ROLE, false],
  ['organizations:LeaveOrganization', '*', false],
  ['servicecatalog:ProvisionProduct', `arn:aws:catalog:${REGION}:${HUB}:product/prod-bucket`, false],
  ['cloudformation:DescribeStackResources', stack(`SC-${TENANT}-pp-abcdefghijklm`), false],
  ['events:PutTargets', `arn:aws:events:${REGION}:${TENANT}:rule/gatehouse-stack-events`, false],
  ['sts:AssumeRole', 'arn:aws:iam::100000000004:role/gatehouse/GatehouseTenant', false],
  ['sts:AssumeRole', 'arn:aws:iam::100000000004:role/OrganizationAccountAccessRole', false],
])(
  'a role that a product created, given everything, does %s on %s: %s',
  async (action, resource, allowed) => {
    putAdministrator(organization, TENANT, 'SC-workload', { boundaryArn: WORKLOAD });
    const asWorkload = { account: TENANT, roleName: 'SC-workload' };
    // The other account's side of the bargain is not in question here.
    const trust = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };
    organization.putRole({
      ...{ account: '100000000004', name: 'Reader', policies: {} },
      trust: { Version: '2012-10-17', Statement: [trust] },
    });
    const verdict = await organization.authorize({ as: asWorkload, action, resource, region: REGION });
    expect(verdict.allowed).toBe(allowed);
  },
);
