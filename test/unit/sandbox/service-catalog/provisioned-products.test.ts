import { aHub, aPrincipal, otherTenant, refusal } from './a-hub';

test('a provisioned product tells who launched what, and how it stands', async () => {
  const { ask, launch, stacks, productId, versionId } = aHub();
  const { ProvisionedProductId: id, RecordId } = await launch();
  stacks.move(stacks.latest, 'CREATE_COMPLETE');
  await expect(ask('DescribeProvisionedProduct', { Id: id })).resolves.toMatchObject({
    ProvisionedProductDetail: {
      Name: 'reports-1',
      Arn: `arn:aws:servicecatalog:eu-west-1:100000000003:stack/reports-1/${id}`,
      Status: 'AVAILABLE',
      IdempotencyToken: 'launch-1',
      ProductId: productId,
      ProvisioningArtifactId: versionId,
      LastRecordId: RecordId,
      LastProvisioningRecordId: RecordId,
      LastSuccessfulProvisioningRecordId: RecordId,
    },
  });
  await expect(ask('SearchProvisionedProducts', {})).resolves.toMatchObject({
    TotalResultsCount: 1,
    ProvisionedProducts: [
      {
        Id: id,
        UserArn: 'arn:aws:iam::100000000003:role/gatehouse/GatehouseTenant',
        UserArnSession: 'arn:aws:sts::100000000003:assumed-role/GatehouseTenant/IT-42',
        PhysicalId: stacks.latest,
        ProductName: 'Bucket',
        ProvisioningArtifactName: 'v1',
      },
    ],
  });
});

test('it is found by id or by name, and by one of the two', async () => {
  const { ask, launch } = aHub();
  const { ProvisionedProductId: Id } = await launch();
  await expect(ask('DescribeProvisionedProduct', { Name: 'reports-1' })).resolves.toMatchObject({
    ProvisionedProductDetail: { Id },
  });
  for (const input of [{}, { Id, Name: 'reports-1' }])
    await expect(ask('DescribeProvisionedProduct', input)).rejects.toMatchObject(
      refusal('InvalidParametersException', /has to be given, but not both/),
    );
  await expect(ask('DescribeProvisionedProduct', { Name: 'reports-2' })).rejects.toMatchObject(
    refusal('ResourceNotFoundException', 'Provisioned product reports-2 not found.'),
  );
});

test('it is not seen from another account', async () => {
  const { ask, launch } = aHub();
  const { ProvisionedProductId: Id } = await launch();
  const elsewhere = aPrincipal({ account: otherTenant });
  await expect(ask('DescribeProvisionedProduct', { Id }, elsewhere)).rejects.toMatchObject(
    refusal('ResourceNotFoundException', `Provisioned product ${Id} not found.`),
  );
  await expect(ask('SearchProvisionedProducts', {}, elsewhere)).resolves.toMatchObject({
    TotalResultsCount: 0,
  });
});

test('a search narrows by a field, orders, and refuses what it cannot do', async () => {
  const { ask, launch } = aHub();
  for (const name of ['b-1', 'a-1'])
    await launch({ ProvisionedProductName: name, ProvisionToken: `token-${name}` });
  await expect(
    ask('SearchProvisionedProducts', { Filters: { SearchQuery: ['name:a-1'] } }),
  ).resolves.toMatchObject({ ProvisionedProducts: [{ Name: 'a-1' }] });
  await expect(ask('SearchProvisionedProducts', { SortBy: 'name' })).resolves.toMatchObject({
    ProvisionedProducts: [{ Name: 'a-1' }, { Name: 'b-1' }],
  });
  await expect(ask('SearchProvisionedProducts', { SortBy: 'colour' })).rejects.toMatchObject(
    refusal('InvalidParametersException', /cannot be sorted by colour/),
  );
  await expect(ask('SearchProvisionedProducts', { Filters: { SearchQuery: ['name:a*'] } })).rejects.toThrow(
    'The sandbox does not model the search query name:a*',
  );
});

test('a scan shows one session what it launched', async () => {
  const { ask, launch } = aHub();
  await launch();
  await launch(
    { ProvisionedProductName: 'reports-2', ProvisionToken: 't-2' },
    aPrincipal({ sessionName: 'IT-43' }),
  );
  await expect(ask('ScanProvisionedProducts', {})).resolves.toMatchObject({
    ProvisionedProducts: [{ Name: 'reports-1' }],
  });
  const AccessLevelFilter = { Key: 'Role', Value: 'self' };
  await expect(ask('ScanProvisionedProducts', { AccessLevelFilter })).resolves.toMatchObject({
    ProvisionedProducts: [{ Name: 'reports-1' }, { Name: 'reports-2' }],
  });
  await expect(
    ask('ScanProvisionedProducts', { AccessLevelFilter: { Key: 'Role', Value: 'Admin' } }),
  ).rejects.toMatchObject(refusal('InvalidParametersException', /has to be self/));
});

test('outputs are asked for by key', async () => {
  const { ask, launch, stacks } = aHub();
  await launch();
  const outputs = [{ key: 'Url', value: 'https://example.org', description: undefined }];
  stacks.move(stacks.latest, 'CREATE_COMPLETE', { outputs });
  const of = { ProvisionedProductName: 'reports-1' };
  await expect(ask('GetProvisionedProductOutputs', { ...of, OutputKeys: ['Url'] })).resolves.toMatchObject({
    Outputs: [{ OutputKey: 'Url', OutputValue: 'https://example.org' }],
  });
  await expect(ask('GetProvisionedProductOutputs', { ...of, OutputKeys: ['Arn'] })).rejects.toMatchObject(
    refusal('InvalidParametersException', 'Invalid output keys: Arn'),
  );
});
