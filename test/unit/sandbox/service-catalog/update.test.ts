import { z } from 'zod';
import { type Input, aHub, aPrincipal, aTemplate, otherTenant, refusal, tenant } from './a-hub';

const Updated = z.object({
  RecordDetail: z.looseObject({ RecordId: z.string(), Status: z.string(), RecordType: z.string() }),
});

const given = (values: Readonly<Record<string, string | undefined>>) =>
  Object.entries(values).map(([Key, Value]) =>
    Value === undefined ? { Key, UsePreviousValue: true } : { Key, Value },
  );

/** A product that has been launched, large and with a secret, and a second version of it. */
const aLaunched = async (options: Parameters<typeof aHub>[0] = {}) => {
  const hub = aHub(options);
  const second = hub.seed.addVersion({
    ...{ productId: hub.productId, name: 'v2', templateUrl: 'https://templates.example/bucket-2' },
    template: aTemplate({ Outputs: { Other: { Value: 'https://example.org/2' } } }),
  });
  const { ProvisionedProductId: id, RecordId: launched } = await hub.launch({
    ProvisioningParameters: given({ Size: 'large', Secret: 'of before' }),
    Tags: [{ Key: 'team', Value: 'payments' }],
  });
  await hub.clock.advance(0);
  const stack = hub.stacks.latest;
  hub.stacks.move(stack, 'CREATE_COMPLETE');
  await hub.clock.advance(options.recordDelay ?? 0);
  const update = async (changes: Input = {}, principal = aPrincipal()) =>
    Updated.parse(
      await hub.ask(
        'UpdateProvisionedProduct',
        { ProvisionedProductId: id, UpdateToken: 'update-1', ...changes },
        principal,
      ),
    ).RecordDetail;
  return { ...hub, second, id, launched, stack, update };
};

test('an update to another version is followed until its stack has come to its end', async () => {
  const hub = await aLaunched();
  const { RecordId, ...begun } = await hub.update({ ProvisioningArtifactId: hub.second });
  expect(begun).toMatchObject({
    ...{ Status: 'CREATED', RecordType: 'UPDATE_PROVISIONED_PRODUCT', ProvisioningArtifactId: hub.second },
    RecordTags: [{ Key: 'team', Value: 'payments' }],
  });
  expect(await hub.provisionedProduct(hub.id)).toMatchObject({
    ...{ Status: 'UNDER_CHANGE', LastRecordId: RecordId },
    // It is in its old version until the update has succeeded.
    ...{ LastSuccessfulProvisioningRecordId: hub.launched, ProvisioningArtifactId: hub.versionId },
  });
  await hub.clock.advance(0);
  expect((await hub.record(RecordId)).RecordDetail.Status).toBe('IN_PROGRESS');
  hub.stacks.move(hub.stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  expect((await hub.record(RecordId)).RecordDetail.Status).toBe('IN_PROGRESS');
  const outputs = [{ key: 'Other', value: 'https://example.org/2', description: undefined }];
  hub.stacks.move(hub.stack, 'UPDATE_COMPLETE', { outputs });
  const { RecordDetail, RecordOutputs } = await hub.record(RecordId);
  expect(RecordDetail.Status).toBe('SUCCEEDED');
  expect(RecordOutputs.map(({ OutputKey }) => OutputKey)).toEqual(['CloudformationStackARN', 'Other']);
  expect(await hub.provisionedProduct(hub.id)).toMatchObject({
    ...{ Status: 'AVAILABLE', ProvisioningArtifactId: hub.second },
    LastSuccessfulProvisioningRecordId: RecordId,
  });
});

test('an update that fails and rolls back leaves a tainted product of the old version, and says why', async () => {
  const hub = await aLaunched();
  const { RecordId } = await hub.update({ ProvisioningArtifactId: hub.second });
  hub.stacks.move(hub.stack, 'UPDATE_ROLLBACK_IN_PROGRESS', { statusReason: 'The bucket is taken' });
  expect((await hub.record(RecordId)).RecordDetail.Status).toBe('IN_PROGRESS_IN_ERROR');
  hub.stacks.move(hub.stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  hub.stacks.move(hub.stack, 'UPDATE_ROLLBACK_COMPLETE');
  expect((await hub.record(RecordId)).RecordDetail).toMatchObject({
    ...{ Status: 'FAILED', ProvisioningArtifactId: hub.second },
    RecordErrors: [{ Description: 'The bucket is taken' }],
  });
  expect(await hub.provisionedProduct(hub.id)).toMatchObject({
    ...{ Status: 'TAINTED', StatusMessage: 'The bucket is taken', ProvisioningArtifactId: hub.versionId },
    LastSuccessfulProvisioningRecordId: hub.launched,
  });
  await hub.update({ UpdateToken: 'update-2', ProvisioningArtifactId: hub.second });
  hub.stacks.move(hub.stack, 'UPDATE_COMPLETE');
  expect(await hub.provisionedProduct(hub.id)).toMatchObject({ Status: 'AVAILABLE' });
});

test('a roll-back that fails leaves an error', async () => {
  const hub = await aLaunched();
  await hub.update();
  hub.stacks.move(hub.stack, 'UPDATE_ROLLBACK_FAILED', { statusReason: 'Nor can it go back' });
  expect(await hub.provisionedProduct(hub.id)).toMatchObject({ Status: 'ERROR' });
});

test('a parameter keeps its value where the update says so; left out, it takes its default', async () => {
  const hub = await aLaunched();
  await hub.update({ ProvisioningParameters: given({ Secret: undefined, Zones: 'b,c' }) });
  expect(hub.stacks.updated).toMatchObject([
    {
      ...{ stackId: hub.stack, parameters: { Zones: 'b,c' }, previous: ['Secret'] },
      ...{ tags: { team: 'payments' }, as: { account: tenant, roleName: 'GatehouseTenant' } },
    },
  ]);
  expect(hub.stacks.updated[0]?.parameters).not.toHaveProperty('Size');
});

test.each([
  ['a value and the one before', [{ Key: 'Size', Value: 'small', UsePreviousValue: true }]],
  ['neither', [{ Key: 'Size' }]],
  ['twice', given({ Size: 'small' }).concat(given({ Size: undefined }))],
  ['of another template', given({ Colour: undefined })],
  ['that the template refuses', given({ Size: 'huge' })],
])('a parameter %s is refused, and nothing changes', async (_, ProvisioningParameters) => {
  const hub = await aLaunched();
  await expect(hub.update({ ProvisioningParameters })).rejects.toMatchObject({
    code: 'InvalidParametersException',
    message: expect.not.stringContaining('huge') as string,
  });
  expect(await hub.provisionedProduct(hub.id)).toMatchObject({
    ...{ Status: 'AVAILABLE', LastRecordId: hub.launched },
  });
});

test('what CloudFormation refuses may show in the record only', async () => {
  const hub = await aLaunched({ badParameters: 'recorded' });
  const { RecordId } = await hub.update({ ProvisioningParameters: given({ Size: 'huge' }) });
  await hub.clock.advance(0);
  expect((await hub.record(RecordId)).RecordDetail).toMatchObject({
    Status: 'FAILED',
    RecordErrors: [{ Description: expect.stringContaining('AmazonCloudFormationException') as string }],
  });
  expect(await hub.provisionedProduct(hub.id)).toMatchObject({ Status: 'TAINTED' });
});

test('a template constraint holds for values that stay as they were, too', async () => {
  const hub = await aLaunched();
  hub.seed.addConstraint({
    ...{ portfolioId: hub.portfolioId, productId: hub.productId, type: 'TEMPLATE' },
    rules: { Small: { Assertions: [{ Assert: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] } }] } },
  });
  await expect(hub.update({ ProvisioningParameters: given({ Size: undefined }) })).rejects.toMatchObject(
    refusal('InvalidParametersException', 'Template constraint rule Small is violated'),
  );
  await expect(hub.update()).resolves.toBeDefined();
});

test('while a product changes it is not updated', async () => {
  const hub = await aLaunched();
  const { RecordId } = await hub.update();
  await expect(hub.update({ UpdateToken: 'update-2' })).rejects.toMatchObject(
    refusal(
      'ValidationException',
      `Provisioned product ${hub.id} is UNDER_CHANGE. Wait until ${RecordId} has ended.`,
    ),
  );
});

test('a repeated request with the same token is the same update, and another one with it is refused', async () => {
  const hub = await aLaunched();
  const { RecordId } = await hub.update();
  expect(await hub.update({ AcceptLanguage: 'jp' })).toMatchObject({ RecordId });
  expect(hub.stacks.updated).toHaveLength(1);
  await expect(hub.update({ ProvisioningArtifactId: hub.second })).rejects.toMatchObject(
    refusal('InvalidParametersException', /was used before with other parameters/),
  );
});

test('the product is named, identified or found by its ARN, and only in its own account', async () => {
  const hub = await aLaunched();
  const named = (ProvisionedProductName: string) => ({
    ...{ ProvisionedProductId: undefined, ProvisionedProductName },
  });
  await expect(hub.update(named('reports-1'), aPrincipal({ account: otherTenant }))).rejects.toMatchObject(
    refusal('ResourceNotFoundException', 'Provisioned product reports-1 not found.'),
  );
  await expect(hub.update({ ProvisionedProductName: 'reports-1' })).rejects.toMatchObject(
    refusal('ValidationException', /has to be given, but not both/),
  );
  const arn = `arn:aws:servicecatalog:eu-west-1:${tenant}:stack/reports-1/${hub.id}`;
  await expect(hub.update(named(arn))).resolves.toBeDefined();
});

test('tags are updated only where a constraint allows it', async () => {
  const hub = await aLaunched();
  const Tags = [{ Key: 'team', Value: 'reports' }];
  await expect(hub.update({ Tags })).rejects.toMatchObject(
    refusal('InvalidParametersException', /no RESOURCE_UPDATE constraint that allows it/),
  );
  const { portfolioId, productId } = hub;
  hub.seed.addConstraint({ portfolioId, productId, type: 'RESOURCE_UPDATE', tagUpdates: 'ALLOWED' });
  expect(await hub.update({ Tags })).toMatchObject({ RecordTags: Tags });
  expect(hub.stacks.updated).toMatchObject([{ tags: { team: 'reports' } }]);
});

test('what runs in a version that is deprecated or inactive by now may be updated in it', async () => {
  const hub = await aLaunched();
  const ofProduct = (ProvisioningArtifactId: string) => ({
    ProductId: hub.productId,
    ProvisioningArtifactId,
  });
  const admin = aPrincipal({ account: '100000000002' });
  await hub.ask(
    'UpdateProvisioningArtifact',
    { ...ofProduct(hub.versionId), Guidance: 'DEPRECATED', Active: false },
    admin,
  );
  await expect(hub.update({ ProvisioningParameters: given({ Zones: 'c' }) })).resolves.toBeDefined();
  hub.stacks.move(hub.stack, 'UPDATE_COMPLETE');
  await hub.ask('UpdateProvisioningArtifact', { ...ofProduct(hub.second), Active: false }, admin);
  await expect(hub.update({ UpdateToken: 'update-2', ProvisioningArtifactName: 'v2' })).rejects.toMatchObject(
    refusal('ResourceNotFoundException', 'Provisioning artifact v2 not found.'),
  );
});

test('without its launch role, a product is not updated, and the record names the role', async () => {
  const hub = await aLaunched();
  const { portfolioId, productId } = hub;
  hub.seed.addConstraint({ portfolioId, productId, type: 'LAUNCH', localRoleName: 'Launcher' });
  hub.missingRoles.add(`${tenant}/Launcher`);
  const { RecordId } = await hub.update();
  await hub.clock.advance(0);
  expect((await hub.record(RecordId)).RecordDetail).toMatchObject({
    Status: 'FAILED',
    RecordErrors: [{ Description: expect.stringMatching(/cannot assume launch role .*Launcher/) as string }],
  });
  hub.missingRoles.clear();
  await hub.update({ UpdateToken: 'update-2' });
  expect(hub.stacks.updated).toMatchObject([
    { as: { account: tenant, roleName: 'Launcher', sessionName: 'servicecatalog' } },
  ]);
});

test('what is not modelled says so', async () => {
  const hub = await aLaunched();
  const other = hub.seed.createProduct({
    ...{ account: '100000000002', region: 'eu-west-1', name: 'Queue', owner: 'Platform' },
  });
  hub.seed.addProduct(hub.portfolioId, other);
  await expect(hub.update({ ProductId: other })).rejects.toThrow('updating to another product');
  await expect(hub.update({ ProvisioningPreferences: {} })).rejects.toThrow(
    'The sandbox does not model ProvisioningPreferences of UpdateProvisionedProduct',
  );
});
