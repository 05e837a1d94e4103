import { z } from 'zod';
import { aHub, aPrincipal, aTemplate, hub, refusal, region } from './a-hub';

const inHub = aPrincipal({ account: hub, roleName: 'GatehouseCatalog' });
const Products = z.object({
  ProductViewDetails: z.array(z.looseObject({})),
  NextPageToken: z.string().optional(),
});

test('the hub lists its portfolios, a spoke does not list those of the hub', async () => {
  const { ask, portfolioId } = aHub();
  await expect(ask('ListPortfolios', {}, inHub)).resolves.toMatchObject({
    PortfolioDetails: [{ Id: portfolioId, DisplayName: 'Self service', ProviderName: 'Platform' }],
  });
  await expect(ask('ListPortfolios', {})).resolves.toMatchObject({ PortfolioDetails: [] });
});

test("a portfolio's products come in pages of twenty", async () => {
  const { ask, seed, portfolioId } = aHub();
  for (let count = 1; count <= 20; count += 1) {
    const productId = seed.createProduct({ account: hub, region, name: `Product ${count}`, owner: 'Data' });
    seed.addProduct(portfolioId, productId);
  }
  const search = async (more: object) =>
    Products.parse(await ask('SearchProductsAsAdmin', { PortfolioId: portfolioId, ...more }, inHub));
  const first = await search({});
  expect(first.ProductViewDetails).toHaveLength(20);
  const second = await search({ PageToken: first.NextPageToken });
  expect(second.ProductViewDetails).toHaveLength(1);
  expect(second.NextPageToken).toBeUndefined();
  expect((await search({ PageSize: 5 })).ProductViewDetails).toHaveLength(5);
  expect((await search({ Filters: { Owner: ['Platform'] } })).ProductViewDetails).toHaveLength(1);
});

test('an unknown portfolio is not found', async () => {
  const { ask } = aHub();
  await expect(
    ask('SearchProductsAsAdmin', { PortfolioId: 'port-aaaaaaaaaaaaa' }, inHub),
  ).rejects.toMatchObject(refusal('ResourceNotFoundException', 'Portfolio port-aaaaaaaaaaaaa not found.'));
});

test('versions are listed with their state and guidance, inactive ones too', async () => {
  const { ask, seed, productId, versionId } = aHub();
  const newer = seed.addVersion({
    ...{ productId, name: 'v2', templateUrl: 'https://templates.example/v2', template: aTemplate() },
  });
  seed.setActive(versionId, false);
  seed.setGuidance(newer, 'DEPRECATED');
  await expect(ask('ListProvisioningArtifacts', { ProductId: productId }, inHub)).resolves.toMatchObject({
    ProvisioningArtifactDetails: [
      { Id: versionId, Name: 'v1', Active: false, Guidance: 'DEFAULT', Type: 'CLOUD_FORMATION_TEMPLATE' },
      { Id: newer, Name: 'v2', Active: true, Guidance: 'DEPRECATED' },
    ],
  });
});

test("a version's template is named, and shown to whoever wants all of it", async () => {
  const { ask, productId: ProductId, versionId: ProvisioningArtifactId } = aHub();
  const version = { ProductId, ProvisioningArtifactId };
  const brief = await ask('DescribeProvisioningArtifact', version, inHub);
  expect(brief).toMatchObject({ Info: { TemplateUrl: 'https://templates.example/bucket' } });
  expect(brief).not.toHaveProperty('ProvisioningArtifactParameters');
  const all = { ...version, Verbose: true, IncludeProvisioningArtifactParameters: true };
  await expect(ask('DescribeProvisioningArtifact', all, inHub)).resolves.toMatchObject({
    Info: { CloudFormationTemplate: JSON.stringify(aTemplate()) },
    ProvisioningArtifactParameters: [
      { ParameterKey: 'Size', DefaultValue: 'small' },
      { ParameterKey: 'Zones' },
      { ParameterKey: 'Secret', IsNoEcho: true },
    ],
  });
});

test('a product is described with its TagOptions', async () => {
  const { ask, seed, productId } = aHub();
  const Id = seed.associateTagOption({ resourceId: productId, key: 'stage', value: 'production' });
  await expect(ask('DescribeProductAsAdmin', { Name: 'Bucket' }, inHub)).resolves.toMatchObject({
    ProductViewDetail: { ProductViewSummary: { ProductId: productId }, Status: 'AVAILABLE' },
    TagOptions: [{ Id, Key: 'stage', Value: 'production', Active: true, Owner: hub }],
  });
});

test('constraints are listed by product and described with their parameters', async () => {
  const { ask, seed, portfolioId, productId } = aHub();
  const launch = seed.addConstraint({ portfolioId, productId, type: 'LAUNCH', localRoleName: 'Launch' });
  seed.addConstraint({ portfolioId, productId, type: 'RESOURCE_UPDATE', tagUpdates: 'ALLOWED' });
  const PortfolioId = portfolioId;
  await expect(ask('ListConstraintsForPortfolio', { PortfolioId }, inHub)).resolves.toMatchObject({
    ConstraintDetails: [{ ConstraintId: launch, Type: 'LAUNCH' }, { Type: 'RESOURCE_UPDATE' }],
  });
  await expect(ask('DescribeConstraint', { Id: launch }, inHub)).resolves.toMatchObject({
    ConstraintParameters: '{"LocalRoleName":"Launch"}',
  });
  await expect(
    ask('ListConstraintsForPortfolio', { PortfolioId, ProductId: 'prod-aaaaaaaaaaaaa' }, inHub),
  ).rejects.toMatchObject(refusal('ResourceNotFoundException', /prod-aaaaaaaaaaaaa not found/));
});

test('a product has one launch constraint a portfolio, for a role that exists in the hub', () => {
  const { seed, portfolioId, productId, missingRoles } = aHub();
  const constraint = { portfolioId, productId, type: 'LAUNCH', localRoleName: 'Launch' } as const;
  missingRoles.add(`${hub}/Launch`);
  expect(() => seed.addConstraint(constraint)).toThrow(/Role Launch does not exist in account/);
  missingRoles.clear();
  seed.addConstraint(constraint);
  expect(() => seed.addConstraint(constraint)).toThrow(/has a LAUNCH constraint/);
});

test.each(['ALLOWED', 'NOT_ALLOWED'] as const)(
  'a tag update constraint that says %s carries the parameters that AWS writes',
  async (tagUpdates) => {
    const { ask, seed, portfolioId, productId } = aHub();
    const Id = seed.addConstraint({ portfolioId, productId, type: 'RESOURCE_UPDATE', tagUpdates });
    await expect(ask('DescribeConstraint', { Id }, inHub)).resolves.toMatchObject({
      ConstraintDetail: { Type: 'RESOURCE_UPDATE' },
      ConstraintParameters: `{"Version":"2.0","Properties":{"TagUpdateOnProvisionedProduct":"${tagUpdates}"}}`,
    });
    expect(() => seed.addConstraint({ portfolioId, productId, type: 'RESOURCE_UPDATE', tagUpdates })).toThrow(
      /has a RESOURCE_UPDATE constraint/,
    );
  },
);

test('a launch constraint names its role without a path', () => {
  const { seed, portfolioId, productId } = aHub();
  const constraint = { portfolioId, productId, type: 'LAUNCH' } as const;
  expect(() => seed.addConstraint({ ...constraint, localRoleName: 'gatehouse/Launch' })).toThrow(
    /goes without path and account/,
  );
  expect(() => seed.addConstraint({ ...constraint, localRoleName: 'Launch' })).not.toThrow();
});

test('a constraint goes to a product that is in the portfolio', () => {
  const { seed, portfolioId } = aHub();
  const productId = seed.createProduct({ account: hub, region, name: 'Elsewhere', owner: 'Data' });
  expect(() =>
    seed.addConstraint({ portfolioId, productId, type: 'RESOURCE_UPDATE', tagUpdates: 'ALLOWED' }),
  ).toThrow(/is not in portfolio/);
});

test('a principal that is named in full has to exist, and counts once', async () => {
  const { ask, seed, portfolioId, missingRoles } = aHub();
  const arn = `arn:aws:iam::${hub}:role/Operator`;
  missingRoles.add(`${hub}/Operator`);
  expect(() => seed.associatePrincipal({ portfolioId, arn, type: 'IAM' })).toThrow(/does not exist/);
  missingRoles.clear();
  seed.associatePrincipal({ portfolioId, arn, type: 'IAM' });
  seed.associatePrincipal({ portfolioId, arn, type: 'IAM' });
  const { Principals } = await ask('ListPrincipalsForPortfolio', { PortfolioId: portfolioId }, inHub);
  expect(Principals).toHaveLength(2);
});

test('a product takes twenty-five TagOptions, within the limits of tags', () => {
  const { seed, productId: resourceId } = aHub();
  const associate = (key: string) => seed.associateTagOption({ resourceId, key, value: 'value' });
  expect(() => associate('who?')).toThrow(/'key' failed to satisfy constraint/);
  for (let count = 1; count <= 25; count += 1) associate(`key-${count}`);
  expect(() => associate('key-25')).not.toThrow();
  expect(() => associate('key-26')).toThrow(/at most 25/);
});

test('principals are listed with their type', async () => {
  const { ask, portfolioId } = aHub();
  await expect(ask('ListPrincipalsForPortfolio', { PortfolioId: portfolioId }, inHub)).resolves.toMatchObject(
    {
      Principals: [
        { PrincipalARN: 'arn:aws:iam:::role/gatehouse/GatehouseTenant', PrincipalType: 'IAM_PATTERN' },
      ],
    },
  );
});

test('identifiers have the real form and are the same in every run', () => {
  const [one, other] = [aHub(), aHub()];
  expect(one.productId).toMatch(/^prod-[a-z2-7]{13}$/);
  expect(one.versionId).toMatch(/^pa-[a-z2-7]{13}$/);
  expect([other.portfolioId, other.productId, other.versionId]).toEqual([
    ...[one.portfolioId, one.productId, one.versionId],
  ]);
  expect(aHub({ seed: 'another' }).productId).not.toBe(one.productId);
});
