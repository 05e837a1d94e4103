import { App, Aws } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { tenantTemplate } from '../../../infra/tenant/tenant-template';
import { TenantStack } from '../../../infra/tenant/tenant-stack';
import { catalogue } from '../../../products/catalogue';
import { privateBucket } from '../../../products/private-bucket';
import { aConfiguration } from '../../builders/configuration';
import { deployed, HUB, REGION, TENANT } from './account';

const TWO_REGIONS = aConfiguration({ regions: [REGION, 'us-east-1'] });

const anApp = (): App =>
  new App({ context: { 'aws:cdk:bundling-stacks': [] }, builtinCloudFormationValidation: false });
const aStack = (configuration = aConfiguration(), products = catalogue): TenantStack =>
  new TenantStack(anApp(), 'gatehouse-tenant', {
    configuration,
    catalogue: products,
    env: { account: HUB, region: REGION },
  });
const typesIn = (template: Readonly<Record<string, unknown>>, place: Parameters<typeof deployed>[1]) =>
  [...new Set(Object.values(deployed(template, place)).map(({ Type }) => Type))].sort();

const EVERYTHING = ['AWS::Events::Rule', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role'];
const NOTHING = 'AWS::CloudFormation::WaitConditionHandle';

test('a tenant account has both of the bridge’s roles, a launch role for each product, both boundaries and the rule', () => {
  const resources = Object.values(deployed(tenantTemplate(aConfiguration(), catalogue)));
  const names = resources.map(
    ({ Properties }) => Properties['RoleName'] ?? Properties['ManagedPolicyName'] ?? Properties['Name'],
  );
  expect(names.filter((name) => name !== undefined).sort()).toEqual(
    [
      'GatehouseChoices',
      'GatehouseEvents',
      'GatehouseLaunchBoundary',
      'GatehouseTenant',
      'GatehouseWorkload',
      'gatehouse-stack-events',
      ...catalogue.map(({ key }) => `GatehouseLaunch-${key}`),
    ].sort(),
  );
});

test('every launch role has the boundary', () => {
  const launchRoles = Object.entries(deployed(tenantTemplate(aConfiguration(), catalogue))).filter(
    ([id, { Type }]) => id.startsWith('Launch') && Type === 'AWS::IAM::Role',
  );
  expect(launchRoles).toHaveLength(catalogue.length);
  for (const [, { Properties }] of launchRoles) {
    expect(Properties['PermissionsBoundary']).toBe(`arn:aws:iam::${TENANT}:policy/GatehouseLaunchBoundary`);
  }
});

test('the template asks for nothing that a tenant account lacks: no bootstrapping, no parameters, no assets', () => {
  const template = tenantTemplate(aConfiguration(), catalogue);
  expect(Object.keys(template).sort()).toEqual(['Conditions', 'Description', 'Resources']);
  expect(JSON.stringify(template)).not.toContain('cdk');
});

test('the stack in the hub has the same roles and rule, and with one region no condition', () => {
  const direct = Template.fromStack(aStack()).toJSON() as Record<string, unknown>;
  expect(direct).not.toHaveProperty('Conditions');
  expect(direct).not.toHaveProperty('Parameters');
  expect(direct).not.toHaveProperty('Rules');
  const { Nothing, ...throughStackSet } = deployed(tenantTemplate(aConfiguration(), catalogue));
  const inHub = deployed(direct, { account: HUB });
  expect(Nothing?.Type).toBe(NOTHING);
  expect(Object.keys(inHub)).toEqual(Object.keys(throughStackSet));
  for (const id of Object.keys(inHub)) {
    expect(asInHub(inHub[id]?.Properties)).toEqual(asInHub(throughStackSet[id]?.Properties));
  }
});

/** Where the tenant is the hub, what names both names one. */
const asInHub = (properties: object = {}): unknown =>
  JSON.parse(JSON.stringify(properties).replaceAll(TENANT, HUB), (_key, value: unknown) => {
    if (!Array.isArray(value)) return value;
    const [only, ...others] = new Set<unknown>(value);
    return others.length === 0 ? only : [only, ...others];
  });

test('the role that the bridge assumes in the hub names no product twice', () => {
  const { Tenant } = deployed(Template.fromStack(aStack()).toJSON(), {
    account: HUB,
  });
  expect(JSON.stringify(Tenant).match(/:product\/\*/g)).toHaveLength(1);
});

test('where the StackSet reaches the hub, it makes nothing there that would clash', () => {
  expect(typesIn(tenantTemplate(aConfiguration(), catalogue), { account: HUB })).toEqual([NOTHING]);
  expect(typesIn(tenantTemplate(TWO_REGIONS, catalogue), { account: HUB })).toEqual([NOTHING]);
});

test('with several regions, what is global is made in the home region alone, and the rule in each', () => {
  const throughStackSet = tenantTemplate(TWO_REGIONS, catalogue);
  expect(typesIn(throughStackSet, { region: REGION })).toEqual([NOTHING, ...EVERYTHING]);
  expect(typesIn(throughStackSet, { region: 'us-east-1' })).toEqual([NOTHING, 'AWS::Events::Rule']);

  const direct = Template.fromStack(aStack(TWO_REGIONS)).toJSON() as Record<string, unknown>;
  expect(typesIn(direct, { account: HUB, region: REGION })).toEqual(EVERYTHING);
  expect(typesIn(direct, { account: HUB, region: 'us-east-1' })).toEqual(['AWS::Events::Rule']);
});

test('the rule of a further region goes to the home region by the role made there', () => {
  const rule = deployed(tenantTemplate(TWO_REGIONS, catalogue), { region: 'us-east-1' })['StackEvents'];
  expect(rule?.Properties['Targets']).toMatchObject([
    {
      Arn: `arn:aws:events:${REGION}:${HUB}:event-bus/gatehouse`,
      RoleArn: `arn:aws:iam::${TENANT}:role/GatehouseEvents`,
    },
  ]);
});

test('the boundary of workloads outlives the stack, because roles of products still need it', () => {
  const { WorkloadBoundary } = deployed(tenantTemplate(aConfiguration(), catalogue));
  expect(WorkloadBoundary?.DeletionPolicy).toBe('RetainExceptOnCreate');
});

test('cdk-nag finds nothing unexplained', () => {
  const stack = aStack(TWO_REGIONS);
  expect(new AwsSolutionsChecks().validateScope(stack.node.root).violations).toStrictEqual([]);
});

test('more launch rights than IAM takes are refused with the name of the product', () => {
  const resources = Array.from({ length: 300 }, (_, n) => `arn:aws:s3:::a-bucket-with-a-long-name-${n}`);
  const product = { ...privateBucket, launchRights: [{ actions: ['s3:CreateBucket'], resources }] };
  expect(() => aStack(aConfiguration(), [product])).toThrow(
    /launch role of product private-bucket would have \d+ characters of policy, and IAM takes 10240/,
  );
});

test('a reference counts as what it stands for', () => {
  const launchRights = Array.from({ length: 45 }, (_, n) => ({
    actions: ['s3:CreateBucket'],
    resources: [`arn:aws:s3:::${Aws.ACCOUNT_ID}-${Aws.REGION}-${n}-${'x'.repeat(120)}`],
  }));
  const { node } = aStack(aConfiguration(), [{ ...privateBucket, launchRights }]);
  expect(node.findChild('LaunchPrivateBucket')).toHaveProperty('policies.length', 2);
});

test('a product whose launch role would have too long a name is refused', () => {
  const key = 'a-product-with-a-key-that-goes-on-and-on-for-far-too-long';
  expect(() => aStack(aConfiguration(), [{ ...privateBucket, key }])).toThrow(
    `GatehouseLaunch-${key} has 73 characters, and IAM takes 64`,
  );
});
