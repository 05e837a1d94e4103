import {
  ListProvisioningArtifactsCommand,
  UpdateProvisioningArtifactCommand,
} from '@aws-sdk/client-service-catalog';
import { HUB, PAYMENTS_DEV, REGION } from '../../../sandbox/organization';
import { type RunningOrganization, runningOrganization } from '../organizations/running-organization';
import { aTemplate } from './a-hub';

let aws: RunningOrganization;
let version: { ProductId: string; ProvisioningArtifactId: string };
beforeEach(async () => {
  aws = await runningOrganization();
  const home = { account: HUB, region: REGION };
  const productId = aws.seed.createProduct({ ...home, name: 'Bucket', owner: 'Platform' });
  aws.seed.addProduct(aws.portfolioId, productId);
  const template = aTemplate({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } });
  const templateUrl = 'https://templates.example/bucket';
  const versionId = aws.seed.addVersion({ productId, name: 'v1', templateUrl, template });
  version = { ProductId: productId, ProvisioningArtifactId: versionId };
});
afterEach(() => aws.close());

const update = (changes: object, account = HUB) =>
  aws.serviceCatalog(account).send(new UpdateProvisioningArtifactCommand({ ...version, ...changes }));

test("a version's guidance and state are changed one by one, and what is not named stays", async () => {
  await expect(update({ Guidance: 'DEPRECATED' })).resolves.toMatchObject({
    ProvisioningArtifactDetail: { Name: 'v1', Guidance: 'DEPRECATED', Active: true },
    Info: { TemplateUrl: 'https://templates.example/bucket' },
    Status: 'AVAILABLE',
  });
  await update({ Active: false, Description: 'Gone' });
  const { ProductId } = version;
  await expect(
    aws.serviceCatalog().send(new ListProvisioningArtifactsCommand({ ProductId })),
  ).resolves.toMatchObject({
    ProvisioningArtifactDetails: [{ Guidance: 'DEPRECATED', Active: false, Description: 'Gone' }],
  });
});

test('an account that the product is shared with cannot change its versions', async () => {
  aws.seed.share({ portfolioId: aws.portfolioId, with: 'organization' });
  await expect(update({ Guidance: 'DEPRECATED' }, PAYMENTS_DEV)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test.each([
  [{ ProvisioningArtifactId: 'pa-aaaaaaaaaaaaa' }, 'ResourceNotFoundException'],
  [{ ProductId: 'prod-aaaaaaaaaaaaa' }, 'ResourceNotFoundException'],
  [{ Guidance: 'RETIRED' }, 'ValidationException'],
])('%j is refused', async (changes, name) => {
  await expect(update(changes)).rejects.toMatchObject({ name });
});
