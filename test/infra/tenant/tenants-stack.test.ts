import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { tenantTemplate } from '../../../infra/tenant/tenant-template';
import { TenantsStack } from '../../../infra/tenant/tenants-stack';
import { catalogue } from '../../../products/catalogue';
import { aConfiguration } from '../../builders/configuration';
import { HUB, OTHER_TENANT, REGION, TENANT } from './account';

const TYPE = 'AWS::CloudFormation::StackSet';
const synthesized = (configuration = aConfiguration()) => {
  const app = new App({
    context: { 'aws:cdk:bundling-stacks': [] },
    builtinCloudFormationValidation: false,
  });
  const env = { account: HUB, region: REGION };
  const portfolios = Object.fromEntries(configuration.regions.map((region) => [region, `port-${region}`]));
  return {
    app,
    stack: new TenantsStack(app, 'gatehouse-tenants', { configuration, catalogue, portfolios, env }),
  };
};
const templateOf = (configuration = aConfiguration()) => Template.fromStack(synthesized(configuration).stack);

test('the hub, as delegated administrator, deploys into the whole organization and into accounts to come', () => {
  templateOf().hasResourceProperties(TYPE, {
    PermissionModel: 'SERVICE_MANAGED',
    CallAs: 'DELEGATED_ADMIN',
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
    StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['r-a1b2'] }, Regions: [REGION] }],
  });
});

test('or into organizational units', () => {
  const organizationalUnits = ['ou-a1b2-c3d4e5f6', 'ou-a1b2-d4e5f6a7'];
  templateOf(aConfiguration({ tenants: { within: { organizationalUnits } } })).hasResourceProperties(TYPE, {
    AutoDeployment: { Enabled: true },
    StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: organizationalUnits } }],
  });
});

test('where accounts are named, only into those, and into none that comes later', () => {
  const tenants = { within: { root: 'r-a1b2' }, accounts: [TENANT, OTHER_TENANT] };
  templateOf(aConfiguration({ tenants })).hasResourceProperties(TYPE, {
    AutoDeployment: { Enabled: false },
    StackInstancesGroup: [
      {
        DeploymentTargets: {
          OrganizationalUnitIds: ['r-a1b2'],
          Accounts: [TENANT, OTHER_TENANT],
          AccountFilterType: 'INTERSECTION',
        },
      },
    ],
  });
});

test('named accounts are told the portfolio of each region, since a share with them brings no principals', () => {
  const tenants = { within: { root: 'r-a1b2' }, accounts: [TENANT] };
  const configuration = aConfiguration({
    tenants,
    regions: [REGION, 'us-east-1'],
    consoleRoles: ['developers/*'],
  });
  templateOf(configuration).hasResourceProperties(TYPE, {
    Parameters: [
      { ParameterKey: 'PortfolioEuWest1', ParameterValue: `port-${REGION}` },
      { ParameterKey: 'PortfolioUsEast1', ParameterValue: 'port-us-east-1' },
    ],
  });
  const template = Template.fromJSON({ ...tenantTemplate(configuration, catalogue) });
  const associations = Object.values(
    template.findResources('AWS::ServiceCatalog::PortfolioPrincipalAssociation'),
  );
  expect(
    associations.map(({ Condition, Properties }) => [Condition as string, Properties as object]),
  ).toEqual(
    ['EuWest1', 'UsEast1'].flatMap((region) =>
      ['gatehouse/GatehouseTenant', 'developers/*'].map((role) => [
        `InPortfolio${region}`,
        {
          PortfolioId: { Ref: `Portfolio${region}` },
          PrincipalARN: `arn:aws:iam:::role/${role}`,
          PrincipalType: 'IAM_PATTERN',
        },
      ]),
    ),
  );
});

test('a share with the organization brings them along, so tenants have nothing to say', () => {
  const template = Template.fromJSON({ ...tenantTemplate(aConfiguration(), catalogue) });
  template.resourceCountIs('AWS::ServiceCatalog::PortfolioPrincipalAssociation', 0);
  templateOf().hasResourceProperties(TYPE, { Parameters: Match.absent() });
});

test('one region after the other, home first, and some failing accounts do not hold up the rest', () => {
  templateOf(aConfiguration({ regions: [REGION, 'us-east-1'] })).hasResourceProperties(TYPE, {
    ManagedExecution: { Active: true },
    OperationPreferences: {
      RegionConcurrencyType: 'SEQUENTIAL',
      RegionOrder: [REGION, 'us-east-1'],
      FailureTolerancePercentage: 20,
      ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
    },
    StackInstancesGroup: [{ Regions: [REGION, 'us-east-1'] }],
  });
});

test('the template that it names is published with the stack', () => {
  const { app, stack } = synthesized();
  const { directory } = app.synth();
  const { Resources } = Template.fromStack(stack).toJSON() as {
    readonly Resources: { readonly Tenants: { readonly Properties: { readonly TemplateURL: object } } };
  };
  const [, file = ''] =
    /([0-9a-f]{64}\.json)/.exec(JSON.stringify(Resources.Tenants.Properties.TemplateURL)) ?? [];
  const published = readFileSync(join(directory, `asset.${file}`), 'utf8');
  expect(published).toBe(JSON.stringify(tenantTemplate(aConfiguration(), catalogue)));
});

test('cdk-nag finds nothing', () => {
  expect(new AwsSolutionsChecks().validateScope(synthesized().app).violations).toStrictEqual([]);
});
