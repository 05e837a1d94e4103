import { aHub, aPrincipal, hub, otherTenant, refusal, region, stranger, tenant } from './a-hub';

const noPaths = /^No launch paths found for resource: prod-/;

test('a role that the shared pattern means finds the product in its own account', async () => {
  const { ask, productId } = aHub();
  await expect(ask('SearchProducts', {})).resolves.toMatchObject({
    ProductViewSummaries: [{ ProductId: productId, Name: 'Bucket', Type: 'CLOUD_FORMATION_TEMPLATE' }],
  });
});

test('another role of the account has no launch path and finds nothing', async () => {
  const { ask, productId } = aHub();
  const somebody = aPrincipal({ roleName: 'Developer' });
  await expect(ask('SearchProducts', {}, somebody)).resolves.toMatchObject({ ProductViewSummaries: [] });
  await expect(ask('ListLaunchPaths', { ProductId: productId }, somebody)).rejects.toMatchObject(
    refusal('ResourceNotFoundException', noPaths),
  );
});

test('without shared principals a spoke sees a portfolio that its roles cannot use', async () => {
  const { ask, seed, portfolioId, productId } = aHub();
  seed.share({ portfolioId, with: 'organization', sharePrincipals: false });
  await expect(ask('DescribePortfolio', { Id: portfolioId })).resolves.toMatchObject({
    PortfolioDetail: { Id: portfolioId },
  });
  await expect(ask('ListLaunchPaths', { ProductId: productId })).rejects.toMatchObject(
    refusal('ResourceNotFoundException', noPaths),
  );
});

test('an account outside of the organization sees nothing', async () => {
  const { ask, portfolioId, productId } = aHub();
  const outside = aPrincipal({ account: stranger });
  await expect(ask('DescribePortfolio', { Id: portfolioId }, outside)).rejects.toMatchObject(
    refusal('ResourceNotFoundException', `Portfolio ${portfolioId} not found.`),
  );
  await expect(ask('ListLaunchPaths', { ProductId: productId }, outside)).rejects.toMatchObject(
    refusal('ResourceNotFoundException', `Product ${productId} not found.`),
  );
});

test('a share with an account counts once it has been accepted there, for roles that are granted there', async () => {
  const { ask, seed, portfolioId, productId } = aHub();
  const outside = aPrincipal({ account: stranger, roleName: 'Developer' });
  seed.share({ portfolioId, with: { account: stranger } });
  await expect(ask('ListLaunchPaths', { ProductId: productId }, outside)).rejects.toMatchObject(
    refusal('ResourceNotFoundException', `Product ${productId} not found.`),
  );
  seed.acceptShare(portfolioId, stranger);
  await expect(ask('ListLaunchPaths', { ProductId: productId }, outside)).rejects.toMatchObject(
    refusal('ResourceNotFoundException', noPaths),
  );
  const arn = `arn:aws:iam::${stranger}:role/Developer`;
  seed.associatePrincipal({ portfolioId, arn, type: 'IAM', account: stranger });
  await expect(ask('ListLaunchPaths', { ProductId: productId }, outside)).resolves.toMatchObject({
    LaunchPathSummaries: [{ Name: 'Self service' }],
  });
});

test('a share with a unit reaches the accounts in it, and no other member', async () => {
  const { ask, seed } = aHub();
  const portfolioId = seed.createPortfolio({ account: hub, region, name: 'Unit', provider: 'Platform' });
  seed.share({ portfolioId, with: { unit: 'ou-a1b2-workloads' } });
  await expect(ask('DescribePortfolio', { Id: portfolioId })).resolves.toBeDefined();
  await expect(
    ask('DescribePortfolio', { Id: portfolioId }, aPrincipal({ account: otherTenant })),
  ).rejects.toMatchObject(refusal('ResourceNotFoundException', `Portfolio ${portfolioId} not found.`));
});

test('a share with one member reaches that member, without its having to accept', async () => {
  const { ask, seed } = aHub();
  const portfolioId = seed.createPortfolio({ account: hub, region, name: 'One', provider: 'Platform' });
  seed.share({ portfolioId, with: { member: otherTenant } });
  await expect(
    ask('DescribePortfolio', { Id: portfolioId }, aPrincipal({ account: otherTenant })),
  ).resolves.toBeDefined();
  await expect(ask('DescribePortfolio', { Id: portfolioId })).rejects.toThrow(/not found/);
});

test('principals come along only with a share that goes to the organization or a unit of it', () => {
  const { seed, portfolioId } = aHub();
  expect(() => seed.share({ portfolioId, with: { account: stranger }, sharePrincipals: true })).toThrow(
    /Principals cannot be shared with account/,
  );
  expect(() => seed.share({ portfolioId, with: { member: tenant }, sharePrincipals: true })).toThrow(
    /Principals cannot be shared with account/,
  );
  expect(() => seed.share({ portfolioId, with: { unit: 'ou-a1b2-elsewhere' } })).toThrow(/has no node/);
});

test('nothing is seen from another region', async () => {
  const { ask, productId } = aHub();
  await expect(
    ask('ListLaunchPaths', { ProductId: productId }, aPrincipal(), 'eu-central-1'),
  ).rejects.toMatchObject(refusal('ResourceNotFoundException', /not found/));
});

test("the portfolio's own account grants by full ARN, which means nothing in a spoke", async () => {
  const { ask, seed, portfolioId, productId } = aHub();
  seed.associatePrincipal({ portfolioId, arn: `arn:aws:iam::${hub}:role/Operator`, type: 'IAM' });
  const inHub = aPrincipal({ account: hub, roleName: 'Operator' });
  await expect(ask('DescribeProduct', { Id: productId }, inHub)).resolves.toMatchObject({
    ProductViewSummary: { ProductId: productId },
  });
  await expect(
    ask('DescribeProduct', { Id: productId }, aPrincipal({ roleName: 'Operator' })),
  ).rejects.toMatchObject(refusal('ResourceNotFoundException', `Product ${productId} not found.`));
});

test("a spoke's administrator grants to a role of that spoke only", async () => {
  const { ask, seed, portfolioId, productId } = aHub();
  const arn = `arn:aws:iam::${tenant}:role/Developer`;
  seed.associatePrincipal({ portfolioId, arn, type: 'IAM', account: tenant });
  const developer = (account: string) => aPrincipal({ account, roleName: 'Developer' });
  await expect(ask('ListLaunchPaths', { ProductId: productId }, developer(tenant))).resolves.toBeDefined();
  await expect(
    ask('ListLaunchPaths', { ProductId: productId }, developer(otherTenant)),
  ).rejects.toMatchObject(refusal('ResourceNotFoundException', noPaths));
});

test.each([
  ['arn:aws:iam:::role/*/Gatehouse*', true],
  ['arn:aws:iam:::role/gatehouse/GatehouseTenan?', true],
  ['arn:aws:iam:::role/gatehouse/GatehouseTenant?', true],
  ['arn:aws:iam:::role/GatehouseTenant', false],
  ['arn:aws:iam:::user/*', false],
])('the pattern %s reaches the role gatehouse/GatehouseTenant: %s', async (arn, reaches) => {
  const { ask, seed } = aHub();
  const portfolioId = seed.createPortfolio({ account: hub, region, name: 'Other', provider: 'Platform' });
  const productId = seed.createProduct({ account: hub, region, name: 'Other', owner: 'Platform' });
  seed.addProduct(portfolioId, productId);
  seed.associatePrincipal({ portfolioId, arn, type: 'IAM_PATTERN' });
  seed.share({ portfolioId, with: 'organization', sharePrincipals: true });
  const asked = ask('ListLaunchPaths', { ProductId: productId });
  if (reaches) await expect(asked).resolves.toBeDefined();
  else await expect(asked).rejects.toMatchObject(refusal('ResourceNotFoundException', noPaths));
});

test.each([
  'arn:aws:iam:::*/GatehouseTenant',
  `arn:aws:iam::${tenant}:role/GatehouseTenant`,
  'GatehouseTenant',
])('%s is not a principal pattern', (arn) => {
  const { seed, portfolioId } = aHub();
  expect(() => seed.associatePrincipal({ portfolioId, arn, type: 'IAM_PATTERN' })).toThrow(
    /not a principal of type IAM_PATTERN/,
  );
});

test('a portfolio takes ten principal patterns and no more', () => {
  const { seed, portfolioId } = aHub();
  const associate = (name: string) =>
    seed.associatePrincipal({ portfolioId, arn: `arn:aws:iam:::role/${name}`, type: 'IAM_PATTERN' });
  for (let count = 2; count <= 10; count += 1) associate(`Role${count}`);
  expect(() => associate('Role11')).toThrow(/at most 10/);
});
