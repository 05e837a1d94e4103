import { aHub, aPrincipal, otherTenant, refusal } from './a-hub';

const anHour = 3_600_000;

test('a launch creates a stack of its own name with what was asked for', async () => {
  const { launch, stacks, aLaunch } = aHub();
  const Tags = [{ Key: 'team', Value: 'payments' }];
  const record = await launch(aLaunch({ ProvisioningParameters: [{ Key: 'Size', Value: 'large' }], Tags }));
  expect(record).toMatchObject({ RecordType: 'PROVISION_PRODUCT', ProvisionedProductType: 'CFN_STACK' });
  expect(record.RecordTags).toEqual(Tags);
  expect(stacks.created).toMatchObject([
    {
      stackName: `SC-100000000003-${record.ProvisionedProductId}`,
      parameters: { Size: 'large' },
      tags: { team: 'payments' },
      capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    },
  ]);
});

test('product and version may be given by name', async () => {
  const { launch, productId, versionId } = aHub();
  await expect(
    launch({
      ...{ ProductId: undefined, ProductName: 'Bucket' },
      ...{ ProvisioningArtifactId: undefined, ProvisioningArtifactName: 'v1' },
    }),
  ).resolves.toMatchObject({ ProductId: productId, ProvisioningArtifactId: versionId });
});

test.each([
  ['product', { ProductName: 'Bucket' }],
  ['product', { ProductId: undefined }],
  ['provisioning artifact', { ProvisioningArtifactName: 'v1' }],
  ['provisioning artifact', { ProvisioningArtifactId: undefined }],
])("the %s's name or id has to be given, but not both: %j", async (what, changes) => {
  const { launch } = aHub();
  await expect(launch(changes)).rejects.toMatchObject(
    refusal('InvalidParametersException', `The ${what}'s name or id has to be given, but not both.`),
  );
});

test.each([
  ['product', { ProductId: 'prod-aaaaaaaaaaaaa' }, 'Product prod-aaaaaaaaaaaaa not found.'],
  [
    'version',
    { ProvisioningArtifactId: 'pa-aaaaaaaaaaaaa' },
    'Provisioning artifact pa-aaaaaaaaaaaaa not found.',
  ],
])('an unknown %s is not found', async (_, changes, message) => {
  const { launch } = aHub();
  await expect(launch(changes)).rejects.toMatchObject(refusal('ResourceNotFoundException', message));
});

test('an inactive version is invisible to people who launch', async () => {
  const { ask, launch, seed, productId, versionId } = aHub();
  seed.setActive(versionId, false);
  await expect(launch()).rejects.toMatchObject(
    refusal('ResourceNotFoundException', `Provisioning artifact ${versionId} not found.`),
  );
  await expect(ask('DescribeProduct', { Id: productId })).resolves.toMatchObject({
    ProvisioningArtifacts: [],
  });
});

test('a deprecated version is shown, but not launched', async () => {
  const { ask, launch, seed, productId, versionId } = aHub();
  seed.setGuidance(versionId, 'DEPRECATED');
  await expect(ask('DescribeProduct', { Id: productId })).resolves.toMatchObject({
    ProvisioningArtifacts: [{ Id: versionId, Guidance: 'DEPRECATED' }],
  });
  await expect(launch()).rejects.toMatchObject(refusal('InvalidParametersException', /deprecated/));
});

test('a repeated request with the same token is the same launch', async () => {
  const { launch, stacks } = aHub();
  const first = await launch();
  expect(await launch()).toEqual(first);
  expect(stacks.created).toHaveLength(1);
});

test('a token does not stand for another request', async () => {
  const { launch } = aHub();
  await launch();
  await expect(launch({ ProvisionedProductName: 'reports-2' })).rejects.toMatchObject(
    refusal('InvalidParametersException', /Token launch-1 was used before with other parameters/),
  );
});

test('a refused launch leaves its token and its name free', async () => {
  const { launch } = aHub();
  await expect(launch({ ProvisioningParameters: [{ Key: 'Size', Value: 'huge' }] })).rejects.toThrow();
  await expect(launch()).resolves.toMatchObject({ Status: 'CREATED' });
});

test('once a token is forgotten, the name still keeps a launch from happening twice', async () => {
  const { launch, clock, stacks } = aHub({ tokenMemory: anHour });
  await launch();
  await clock.advance(anHour);
  await expect(launch()).rejects.toMatchObject(
    refusal('InvalidParametersException', 'A stack named reports-1 already exists.'),
  );
  expect(stacks.created).toHaveLength(1);
});

test('a taken name may be answered as a duplicate resource as well', async () => {
  const { launch } = aHub({ nameTaken: 'DuplicateResourceException' });
  await launch();
  await expect(launch({ ProvisionToken: 'launch-2' })).rejects.toMatchObject(
    refusal('DuplicateResourceException', /already exists/),
  );
});

test('names and tokens belong to one account', async () => {
  const { launch, stacks } = aHub();
  const [here, there] = [await launch(), await launch({}, aPrincipal({ account: otherTenant }))];
  expect(there.RecordId).not.toBe(here.RecordId);
  expect(stacks.created.map(({ account }) => account)).toEqual(['100000000003', '100000000004']);
});

test('a launch role is the one of that name in the launching account', async () => {
  const { launch, seed, portfolioId, productId } = aHub();
  seed.addConstraint({ portfolioId, productId, type: 'LAUNCH', localRoleName: 'Launch' });
  await expect(launch()).resolves.toMatchObject({ LaunchRoleArn: 'arn:aws:iam::100000000003:role/Launch' });
});

test('where the launch role is missing, the launch is accepted and fails', async () => {
  const { launch, seed, portfolioId, productId, missingRoles, clock, record, provisionedProduct, stacks } =
    aHub();
  seed.addConstraint({ portfolioId, productId, type: 'LAUNCH', localRoleName: 'Launch' });
  missingRoles.add('100000000003/Launch');
  const { RecordId, ProvisionedProductId, Status } = await launch();
  expect(Status).toBe('CREATED');
  await clock.advance(0);
  expect((await record(RecordId)).RecordDetail).toMatchObject({
    Status: 'FAILED',
    RecordErrors: [
      { Code: 'InternalFailure', Description: expect.stringContaining('role/Launch') as string },
    ],
  });
  expect(await provisionedProduct(ProvisionedProductId)).toMatchObject({ Status: 'ERROR' });
  expect(stacks.created).toHaveLength(0);
});
