import { type Input, aHub, aPrincipal, hub, region, refusal } from './a-hub';
import { aParameter } from './stacks-stand-in';

/** A hub with a product that an engine of its own launches, launched once. */
const anEngineLaunch = async () => {
  const sandbox = aHub();
  const { seed, portfolioId, engineQueue, ask, launch, clock } = sandbox;
  const productId = seed.createProduct({
    ...{ account: hub, region, name: 'Cluster', owner: 'Platform', type: 'EXTERNAL' },
  });
  seed.addProduct(portfolioId, productId);
  const versionId = seed.addEngineVersion({
    ...{ productId, name: 'v1', parameters: [aParameter({ key: 'Nodes', default: '3' })] },
  });
  seed.addConstraint({ portfolioId, productId, type: 'LAUNCH', localRoleName: 'Launch' });
  const record = await launch({
    ...{ ProductId: productId, ProvisioningArtifactId: versionId },
    ProvisioningParameters: [{ Key: 'Nodes', Value: '5' }],
  });
  await clock.advance(0);
  const [workflow] = engineQueue;
  const notify = async (
    changes: Input = {},
    principal = aPrincipal({ account: hub, roleName: 'Engine' }),
  ) => {
    const { token: WorkflowToken, recordId: RecordId } = workflow ?? {};
    await ask(
      'NotifyProvisionProductEngineWorkflowResult',
      { WorkflowToken, RecordId, Status: 'SUCCEEDED', IdempotencyToken: 'done-1', ...changes },
      principal,
    );
    await clock.advance(0);
  };
  return { ...sandbox, launched: record, engineProductId: productId, workflow, notify };
};

const ResourceIdentifier = { UniqueTag: { Key: 'SERVICE_CATALOG_PROVISIONED_PRODUCT_ID', Value: 'pp-1' } };

test("an external product's launch waits for the hub's engine, without any stack", async () => {
  const { launched, workflow, stacks, record } = await anEngineLaunch();
  expect(stacks.created).toStrictEqual([]);
  expect(workflow).toMatchObject({
    recordId: launched.RecordId,
    parameters: { Nodes: '5' },
    launchRoleArn: 'arn:aws:iam::100000000003:role/Launch',
  });
  expect((await record(launched.RecordId)).RecordDetail).toMatchObject({
    Status: 'IN_PROGRESS',
    ProvisionedProductType: 'EXTERNAL',
  });
});

test('what the engine reports becomes the record', async () => {
  const { launched, notify, record, provisionedProduct, engineQueue } = await anEngineLaunch();
  const Outputs = [{ OutputKey: 'Endpoint', OutputValue: 'https://example.org' }];
  await notify({ ResourceIdentifier, Outputs });
  expect(await record(launched.RecordId)).toMatchObject({
    RecordDetail: { Status: 'SUCCEEDED' },
    RecordOutputs: Outputs,
  });
  expect(await provisionedProduct(launched.ProvisionedProductId)).toMatchObject({ Status: 'AVAILABLE' });
  expect(engineQueue).toStrictEqual([]);
});

test.each([
  ['that left resources is tainted', { ResourceIdentifier }, 'TAINTED'],
  ['that left nothing is in error', {}, 'ERROR'],
])('a failed launch %s', async (_, changes, Status) => {
  const { launched, notify, record, provisionedProduct } = await anEngineLaunch();
  await notify({ Status: 'FAILED', FailureReason: 'No quota for a fifth node', ...changes });
  expect((await record(launched.RecordId)).RecordDetail).toMatchObject({
    Status: 'FAILED',
    RecordErrors: [{ Code: 'InternalFailure', Description: 'No quota for a fifth node' }],
  });
  expect(await provisionedProduct(launched.ProvisionedProductId)).toMatchObject({
    ...{ Status, StatusMessage: 'No quota for a fifth node' },
  });
});

test("only the hub's engine reports, once, with the token that it was given", async () => {
  const { notify } = await anEngineLaunch();
  await expect(notify({}, aPrincipal())).rejects.toMatchObject(
    refusal('ResourceNotFoundException', /Record .* not found/),
  );
  await expect(notify({ WorkflowToken: 'abc' })).rejects.toMatchObject(
    refusal('InvalidParametersException', /workflow token is not valid/),
  );
  await notify();
  await expect(notify()).rejects.toMatchObject(
    refusal('InvalidParametersException', /workflow token is not valid/),
  );
});

test('an external product needs a launch role', async () => {
  const { ask, launch, seed, addPortfolio, engineProductId } = await anEngineLaunch();
  const bare = addPortfolio('Without launch role');
  seed.addProduct(bare, engineProductId);
  const names = { ProvisionedProductName: 'c-2', ProvisionToken: 't-2', PathName: 'Without launch role' };
  const ofEngine = { ProductId: engineProductId, ProvisioningArtifactId: undefined };
  await expect(launch({ ...names, ...ofEngine, ProvisioningArtifactName: 'v1' })).rejects.toMatchObject(
    refusal('InvalidParametersException', /LaunchRoleArn is required/),
  );
  await expect(
    ask('DescribeProvisioningParameters', {
      ...{ ProductId: engineProductId, ProvisioningArtifactName: 'v1', PathName: 'Without launch role' },
    }),
  ).rejects.toMatchObject(refusal('InvalidParametersException', /LaunchRoleArn is required/));
});
