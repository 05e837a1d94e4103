import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { App, CfnOutput, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Construct } from 'constructs';
import cdk from '../../../cdk.json';
import type { Configuration } from '../../../infra/configuration';
import { HubStack } from '../../../infra/hub/hub-stack';
import { catalogue } from '../../../products/catalogue';
import type { Product, Version } from '../../../products/product';
import { aConfiguration } from '../../builders/configuration';

class QueueStack extends ProductStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { analyticsReporting: false });
    new CfnOutput(this, 'Region', { value: this.region });
  }
}

const PRODUCTS = join(__dirname, '../../../products');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-versions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A template in a file, as `products/` would have it. @returns its path relative to `products/` */
const aFile = (name: string, text: string): string => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  return relative(PRODUCTS, join(folder, name));
};
const aVersion = (overrides: Partial<Version> = {}): Version => ({
  name: '1.0',
  description: 'The first',
  template: { stack: QueueStack },
  ...overrides,
});
const aProduct = (overrides: Partial<Product> = {}): Product => ({
  key: 'queue',
  name: 'Queue',
  description: 'A queue',
  owner: 'Cloud platform',
  versions: [aVersion()],
  templateConstraint: undefined,
  launchRights: [],
  tagUpdates: 'allowed',
  ...overrides,
});

interface PolicyResource {
  readonly Properties: {
    readonly PolicyDocument: { readonly Statement: readonly { Action: unknown; Resource: unknown }[] };
  };
}

interface Given {
  readonly products?: readonly Product[];
  readonly configuration?: Configuration;
  readonly context?: Readonly<Record<string, unknown>>;
}

const aHub = ({ products = [aProduct()], configuration = aConfiguration(), context }: Given = {}) => {
  const outdir = mkdtempSync(join(folder, 'assembly-'));
  const app = new App({
    outdir,
    context: { ...cdk.context, 'aws:cdk:bundling-stacks': [], ...context },
    // Every template is validated elsewhere; here it would take most of the time.
    builtinCloudFormationValidation: false,
  });
  const stack: Stack = new HubStack(app, 'gatehouse-hub', {
    configuration,
    catalogue: products,
    env: { account: configuration.hubAccount, region: 'eu-west-1' },
  });
  return { app, outdir, stack, template: Template.fromStack(stack) };
};

interface Artifact {
  readonly Name: string;
  readonly Info: { readonly LoadTemplateFromURL: unknown };
}
const artifacts = (template: Template): readonly Artifact[] => {
  const [product] = Object.values(template.findResources('AWS::ServiceCatalog::CloudFormationProduct'));
  return (product as { Properties: { ProvisioningArtifactParameters: Artifact[] } }).Properties
    .ProvisioningArtifactParameters;
};
const addresses = (template: Template): Readonly<Record<string, string>> =>
  Object.fromEntries(
    artifacts(template).map(({ Name, Info }) => [Name, JSON.stringify(Info.LoadTemplateFromURL)]),
  );

test('offers a product that is code, and one whose template is a file in YAML', () => {
  const file = aFile('topic.yaml', 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n');
  const { template } = aHub({
    products: [
      aProduct(),
      aProduct({ key: 'topic', name: 'Topic', versions: [aVersion({ template: { file } })] }),
    ],
  });
  template.hasResourceProperties('AWS::ServiceCatalog::CloudFormationProduct', {
    Name: 'Queue',
    Owner: 'Cloud platform',
    ProvisioningArtifactParameters: [{ Name: '1.0', Info: { LoadTemplateFromURL: Match.anyValue() } }],
  });
  template.hasResourceProperties('AWS::ServiceCatalog::CloudFormationProduct', {
    Name: 'Topic',
    ProvisioningArtifactParameters: [
      { Info: { LoadTemplateFromURL: { 'Fn::Sub': Match.stringLikeRegexp('[0-9a-f]{64}\\.yaml$') } } },
    ],
  });
  template.resourceCountIs('AWS::ServiceCatalog::PortfolioProductAssociation', 2);
});

test('makes versions oldest first, and keeps the ids of those that are there', () => {
  const { template } = aHub({
    products: [aProduct({ versions: [aVersion({ name: '2.0' }), aVersion({ name: '1.0' })] })],
  });
  expect(artifacts(template).map(({ Name }) => Name)).toEqual(['1.0', '2.0']);
  template.allResourcesProperties('AWS::ServiceCatalog::CloudFormationProduct', {
    ReplaceProvisioningArtifacts: false,
  });
});

test('adding a version leaves name and address of the older ones as they are', () => {
  const before = addresses(aHub().template);
  const file = aFile('two.json', '{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}');
  const after = addresses(
    aHub({
      products: [aProduct({ versions: [aVersion({ name: '2.0', template: { file } }), aVersion()] })],
    }).template,
  );
  expect(after).toMatchObject(before);
});

test('a version that was code and is now the file that the code gave has the same address', () => {
  const { app, outdir, template } = aHub();
  app.synth();
  const written = readdirSync(outdir).find((name) => name.endsWith('.product.template.json')) ?? '';
  const text = readFileSync(join(outdir, written), 'utf8');
  const asFile = (layout: string) => {
    const file = aFile('queue-1.0.template.json', layout);
    return addresses(
      aHub({ products: [aProduct({ versions: [aVersion({ template: { file } })] })] }).template,
    );
  };
  expect(addresses(template)['1.0']).toContain(createHash('sha256').update(text).digest('hex'));
  expect(asFile(text)).toEqual(addresses(template));
  expect(asFile(JSON.stringify(JSON.parse(text)))).toEqual(addresses(template));
});

test.each(catalogue.map((product) => [product.key, product] as const))(
  '%s keeps its newest version when that is put away as a file',
  (key, product) => {
    const [newest] = product.versions;
    const file = `versions/${key}/${newest.name}.template.json`;
    const offered = (version: Version) =>
      addresses(aHub({ products: [{ ...product, versions: [version] }] }).template);
    expect(offered({ ...newest, template: { file } })).toEqual(offered(newest));
  },
);

test('a template does not say where in this app it was made, whatever the command line asks for', () => {
  const context = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };
  expect(addresses(aHub({ context }).template)).toEqual(addresses(aHub().template));
});

test('refuses two versions of one name', () => {
  expect(() => aHub({ products: [aProduct({ versions: [aVersion(), aVersion()] })] })).toThrow(
    'The product queue has two versions 1.0; give the newer one another name',
  );
});

test('has deprecated versions marked, again whenever a version changes', () => {
  const versions = [
    aVersion({ name: '2.0' }),
    aVersion({ deprecated: 'Its TLS policy is too old' }),
  ] as const;
  const { template } = aHub({ products: [aProduct({ versions })] });
  template.hasResourceProperties('Custom::VersionGuidance', {
    Versions: [
      { Name: '1.0', Guidance: 'DEPRECATED', Template: Match.anyValue() },
      { Name: '2.0', Guidance: 'DEFAULT', Template: Match.anyValue() },
    ],
  });
});

test('launches by a role of the product that is there by name, and makes none', () => {
  const products = ['one', 'two', 'three'].map((key) => aProduct({ key, name: key }));
  const { template } = aHub({ products });
  for (const { key } of products)
    template.hasResourceProperties('AWS::ServiceCatalog::LaunchRoleConstraint', {
      LocalRoleName: `GatehouseLaunch-${key}`,
      RoleArn: Match.absent(),
    });
  template.resourcePropertiesCountIs(
    'AWS::IAM::Role',
    { RoleName: Match.stringLikeRegexp('GatehouseLaunch') },
    0,
  );
});

test('narrows a template by rules where the product has some', () => {
  const rules = {
    Small: {
      Assertions: [
        { Assert: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] }, AssertDescription: 'Small ones only' },
      ],
    },
  };
  const { template } = aHub({
    products: [
      aProduct({ templateConstraint: { description: 'Small ones', rules } }),
      aProduct({ key: 'free', name: 'Free' }),
    ],
  });
  template.resourceCountIs('AWS::ServiceCatalog::LaunchTemplateConstraint', 1);
  template.hasResource('AWS::ServiceCatalog::LaunchTemplateConstraint', {
    Properties: { Description: 'Small ones', Rules: JSON.stringify(rules) },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('InPortfolio')]),
  });
});

test.each([
  ['allowed', 'ALLOWED'],
  ['refused', 'NOT_ALLOWED'],
] as const)('changing tags of what was launched may be %s', (tagUpdates, tagUpdateOnProvisionedProduct) => {
  aHub({ products: [aProduct({ tagUpdates })] }).template.hasResourceProperties(
    'AWS::ServiceCatalog::ResourceUpdateConstraint',
    { TagUpdateOnProvisionedProduct: tagUpdateOnProvisionedProduct },
  );
});

test('every TagOption has one value, so that no launch has to choose', () => {
  const options = Object.values(aHub().template.findResources('AWS::ServiceCatalog::TagOption'));
  const keys = options.map((option) => (option as { Properties: { Key: string } }).Properties.Key);
  expect(keys).toContain('managed-by');
  expect(new Set(keys).size).toBe(keys.length);
  aHub().template.resourceCountIs('AWS::ServiceCatalog::TagOptionAssociation', keys.length);
});

test("admits the tenants' role and the roles of the console by pattern, each once", () => {
  const configuration = aConfiguration({ consoleRoles: ['dev/*', 'gatehouse/GatehouseTenant'] });
  const { template } = aHub({ configuration });
  for (const role of ['gatehouse/GatehouseTenant', 'dev/*'])
    template.hasResourceProperties('AWS::ServiceCatalog::PortfolioPrincipalAssociation', {
      PrincipalARN: `arn:aws:iam:::role/${role}`,
      PrincipalType: 'IAM_PATTERN',
    });
  template.resourceCountIs('AWS::ServiceCatalog::PortfolioPrincipalAssociation', 2);
});

const units = ['ou-a1b2-c3d4e5f6', 'ou-a1b2-c3d4e5f7'];

test('is shared with the whole organization by its id', () => {
  const { template } = aHub();
  template.resourceCountIs('Custom::PortfolioShare', 1);
  template.hasResourceProperties('Custom::PortfolioShare', {
    Node: { Type: 'ORGANIZATION', Value: 'o-a1b2c3d4e5' },
    SharePrincipals: true,
    ShareTagOptions: true,
  });
});

test('is shared with one unit after the other', () => {
  const configuration = aConfiguration({ tenants: { within: { organizationalUnits: units } } });
  const { template } = aHub({ configuration });
  const shares = template.findResources('Custom::PortfolioShare');
  const [first, second] = Object.entries(shares) as [string, { DependsOn: string[] }][];
  expect(Object.values(shares)).toMatchObject(
    units.map((Value) => ({
      Properties: { Node: { Type: 'ORGANIZATIONAL_UNIT', Value }, SharePrincipals: true },
    })),
  );
  expect(second?.[1].DependsOn).toEqual([first?.[0]]);
});

test('is shared with named accounts only, without principals, which Service Catalog does not share with them', () => {
  const tenants = { within: { root: 'r-a1b2' }, accounts: ['100000000003'] };
  const { template } = aHub({ configuration: aConfiguration({ tenants }) });
  template.resourceCountIs('Custom::PortfolioShare', 1);
  template.hasResourceProperties('Custom::PortfolioShare', {
    Node: { Type: 'ACCOUNT', Value: '100000000003' },
    SharePrincipals: false,
    ShareTagOptions: true,
  });
});

test('is shared when all of it is there', () => {
  const { template } = aHub();
  const [share] = Object.values(template.findResources('Custom::PortfolioShare')) as {
    DependsOn: string[];
  }[];
  const all = [
    'AWS::ServiceCatalog::PortfolioProductAssociation',
    'AWS::ServiceCatalog::LaunchRoleConstraint',
    'AWS::ServiceCatalog::PortfolioPrincipalAssociation',
    'AWS::ServiceCatalog::TagOptionAssociation',
    'Custom::VersionGuidance',
  ].flatMap((type) => Object.keys(template.findResources(type)));
  expect(share?.DependsOn).toEqual(expect.arrayContaining(all));
});

test('what shares may touch this portfolio and no other', () => {
  const { stack, template } = aHub();
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as PolicyResource[];
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const writing = statements.filter(({ Action }) => JSON.stringify(Action).includes('PortfolioShare"'));
  const [portfolio] = Object.keys(template.findResources('AWS::ServiceCatalog::Portfolio'));
  expect(writing.map(({ Resource }) => Resource)).toEqual([
    {
      'Fn::Join': [
        '',
        ['arn:aws:catalog:eu-west-1:100000000002:portfolio/', stack.resolve({ Ref: portfolio })],
      ],
    },
  ]);
});

test('its functions run on Node 24 and arm64, and every log ends some day', () => {
  const { template } = aHub();
  template.resourcePropertiesCountIs(
    'AWS::Lambda::Function',
    { Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: Match.stringLikeRegexp('^index\\.') },
    3,
  );
  template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: Match.anyValue() });
  template.allResourcesProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: Match.anyValue() } });
});

test('it tells the ids that the settings of a project need', () => {
  const { template } = aHub({ products: [aProduct({ key: 'private-bucket' })] });
  template.hasOutput('PortfolioId', { Value: { Ref: Match.stringLikeRegexp('^Portfolio') } });
  template.hasOutput('ProductIdPrivateBucket', {
    Value: { Ref: Match.stringLikeRegexp('Product') },
    Description: Match.stringLikeRegexp('Queue'),
  });
});

test('keeps the rules of cdk-nag, or says why not', () => {
  const { app } = aHub({
    configuration: aConfiguration({ tenants: { within: { organizationalUnits: units } } }),
  });
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  expect(violations.map(({ ruleName }) => ruleName)).toStrictEqual([]);
});
