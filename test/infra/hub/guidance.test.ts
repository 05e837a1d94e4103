import { ListProvisioningArtifactsCommand } from '@aws-sdk/client-service-catalog';
import { composeGuidance } from '../../../infra/hub/guidance/compose';
import { HUB, REGION } from '../../sandbox/organization';
import {
  type RunningOrganization,
  runningOrganization,
} from '../../unit/sandbox/organizations/running-organization';

let aws: RunningOrganization;
let productId: string;
beforeEach(async () => {
  aws = await runningOrganization();
  const { seed } = aws;
  productId = seed.createProduct({ account: HUB, region: REGION, name: 'Bucket', owner: 'Cloud platform' });
  for (const name of ['1.0', '1.1', '2.0'])
    seed.addVersion({
      ...{ productId, name, templateUrl: `https://templates.example/${name}.json` },
      template: { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } },
    });
});
afterEach(() => aws.close());

const declared = (guidance: Readonly<Record<string, string>>) =>
  Object.entries(guidance).map(([Name, Guidance]) => ({
    Name,
    Guidance,
    Template: `https://…/${Name}.json`,
  }));
const handle = (RequestType: 'Create' | 'Update' | 'Delete', guidance: Readonly<Record<string, string>>) =>
  composeGuidance(aws.serviceCatalog())({
    RequestType,
    ResourceProperties: { ServiceToken: 'arn', ProductId: productId, Versions: declared(guidance) },
  });
const guidance = async (): Promise<Readonly<Record<string, string | undefined>>> => {
  const { ProvisioningArtifactDetails = [] } = await aws
    .serviceCatalog()
    .send(new ListProvisioningArtifactsCommand({ ProductId: productId }));
  return Object.fromEntries(
    ProvisioningArtifactDetails.map(({ Name = '', Guidance }) => [Name, Guidance] as const),
  );
};
const updates = () =>
  aws.journal.entries.filter(({ operation }) => operation === 'UpdateProvisioningArtifact').length;

test('marks deprecated versions, and no others', async () => {
  expect(await handle('Create', { '1.0': 'DEPRECATED', '1.1': 'DEPRECATED', '2.0': 'DEFAULT' })).toEqual({
    PhysicalResourceId: productId,
  });
  expect(await guidance()).toEqual({ '1.0': 'DEPRECATED', '1.1': 'DEPRECATED', '2.0': 'DEFAULT' });
  expect(updates()).toBe(2);
});

test('an event that comes twice changes once', async () => {
  await handle('Create', { '1.0': 'DEPRECATED' });
  await handle('Create', { '1.0': 'DEPRECATED' });
  expect(updates()).toBe(1);
});

test('a version that was deprecated by mistake is offered again', async () => {
  await handle('Create', { '1.0': 'DEPRECATED' });
  await handle('Update', { '1.0': 'DEFAULT' });
  expect(await guidance()).toMatchObject({ '1.0': 'DEFAULT' });
});

test('deleting it leaves the versions as they are: they go with their product', async () => {
  await handle('Create', { '1.0': 'DEPRECATED' });
  await handle('Delete', { '1.0': 'DEPRECATED' });
  expect(await guidance()).toMatchObject({ '1.0': 'DEPRECATED' });
});

test('a version that the product does not have is named', async () => {
  await expect(handle('Create', { '1.0': 'DEFAULT', '3.0': 'DEPRECATED' })).rejects.toThrow(
    `Product ${productId} has no version 3.0, only 1.0, 1.1, 2.0`,
  );
});
