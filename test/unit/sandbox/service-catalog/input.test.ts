import { aHub, refusal } from './a-hub';

const one = '1 validation error detected: ';

test.each([
  [
    { ProvisionedProductName: 'My reports' },
    `${one}Value 'My reports' at 'provisionedProductName' failed to satisfy constraint: ` +
      'Member must satisfy regular expression pattern: ^[a-zA-Z0-9][a-zA-Z0-9._-]*$',
  ],
  [
    { ProvisionToken: undefined },
    `${one}Value null at 'provisionToken' failed to satisfy constraint: Member must not be null`,
  ],
  [
    { PathName: '' },
    `${one}Value '' at 'pathName' failed to satisfy constraint: Member must have length greater than or equal to 1`,
  ],
  [
    {
      Tags: [
        { Key: 'team', Value: 'a' },
        { Key: 'who?', Value: 'b' },
      ],
    },
    `${one}Value 'who?' at 'tags.2.member.key' failed to satisfy constraint: ` +
      String.raw`Member must satisfy regular expression pattern: ^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$`,
  ],
])('ProvisionProduct refuses %j as the service words it', async (changes, message) => {
  const { launch } = aHub();
  await expect(launch(changes)).rejects.toMatchObject(refusal('ValidationException', message));
});

test.each([
  { ProvisionedProductName: 'a'.repeat(129) },
  { ProvisionToken: 'a'.repeat(129) },
  { ProvisionToken: '-launch' },
  { ProductId: 'prod 1' },
  { Tags: [{ Key: 'team', Value: '' }] },
  { ProvisioningParameters: [{ Key: 'Size', Value: 'a'.repeat(4097) }] },
])('ProvisionProduct keeps the limits of the API: %#', async (changes) => {
  const { launch } = aHub();
  await expect(launch(changes)).rejects.toMatchObject(refusal('ValidationException', /^1 validation error/));
});

test('several mistakes are told at once', async () => {
  const { launch } = aHub();
  await expect(launch({ ProvisionToken: '', ProductId: 'prod 1' })).rejects.toMatchObject(
    refusal('ValidationException', /^3 validation errors detected: .*'productId'.*; .*'provisionToken'/),
  );
});

test('a page is as large as the operation allows', async () => {
  const { ask } = aHub();
  await expect(ask('SearchProductsAsAdmin', { PageSize: 21 })).rejects.toMatchObject(
    refusal('ValidationException', /'pageSize' .* have value less than or equal to 20$/),
  );
  await expect(ask('SearchProducts', { PageSize: 100 })).resolves.toBeDefined();
});

test('an enum takes its own values', async () => {
  const { ask } = aHub();
  await expect(ask('SearchProducts', { SortBy: 'Owner' })).rejects.toMatchObject(
    refusal('ValidationException', /enum value set: \[Title, VersionCount, CreationDate\]$/),
  );
});

test('a member of another type does not get through', async () => {
  const { ask } = aHub();
  await expect(ask('DescribeRecord', { Id: 7 })).rejects.toMatchObject(
    refusal('SerializationException', 'id has to be string'),
  );
});

test('what the stand-in does not have is an error that says so', async () => {
  const { ask, launch } = aHub();
  await expect(ask('CreateProvisionedProductPlan', {})).rejects.toThrow(
    'The sandbox does not model CreateProvisionedProductPlan of Service Catalog',
  );
  await expect(launch({ NotificationArns: ['arn:aws:sns:eu-west-1:1:topic'] })).rejects.toThrow(
    'The sandbox does not model NotificationArns of ProvisionProduct',
  );
});
