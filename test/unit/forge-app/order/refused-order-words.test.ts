import {
  complaintAboutName,
  complaintAboutTag,
  MOST_TAGS,
} from '../../../../forge-app/order/check-name-and-tags';
import type { OrderRequest } from '../../../../forge-app/order/fix-order';
import { aCatalog, aParameter, aProduct, aVersion, aVersionDescription } from '../../../builders/catalog';
import { anOrderForm, REQUEST_KEY } from '../../../builders/orders';
import { projectSettings, REQUEST_TYPE } from '../../../builders/settings';
import { fix, problemsOf } from './fixing';

const catalogOf = (...versions: ReturnType<typeof aVersion>[]) =>
  aCatalog({ products: [aProduct({ versions })] });
const accountsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: String(100000000100 + index),
    name: `team-${index}`,
    regions: ['eu-west-1'],
    organizations: 'everyone' as const,
  }));

test.each<[string, Partial<OrderRequest>, string, string]>([
  [
    'a product that there is not',
    { form: anOrderForm({ productId: 'prod-gone' }) },
    'productId',
    'Product: "prod-gone" is not in the catalogue (any more). Choose another product.',
  ],
  [
    'a product of another type of request',
    { requestTypeId: '26' },
    'productId',
    'Product: Private bucket is not offered with this type of request. Raise a request of the type that offers it.',
  ],
  [
    'a product that is not CloudFormation’s',
    { catalog: aCatalog({ products: [aProduct({ type: 'TERRAFORM_OPEN_SOURCE' })] }) },
    'productId',
    'Product: Private bucket is of the type TERRAFORM_OPEN_SOURCE; only CLOUD_FORMATION_TEMPLATE can be launched from here. Ask the service desk.',
  ],
  [
    'a version of a product that has none left',
    { catalog: catalogOf(aVersion({ active: false })) },
    'provisioningArtifactId',
    'Version: v1 is not active. It has no version that can be launched now; ask the service desk.',
  ],
  [
    'a version that there is not',
    { form: anOrderForm({ provisioningArtifactId: 'pa-gone' }) },
    'provisioningArtifactId',
    'Version: Private bucket has no version "pa-gone". Choose v1.',
  ],
  [
    'an account, of somebody who may use none',
    { settings: projectSettings({ accounts: [] }) },
    'account',
    'Account: "100000000003" is not an account that you may use here. There is none yet; ask the service desk to give you one.',
  ],
  [
    'a region that the account has not',
    { form: anOrderForm({ region: 'us-east-1' }) },
    'region',
    'Region: "us-east-1" is not offered for payments-dev. Choose eu-west-1.',
  ],
  [
    'a region that the product has not',
    { catalog: aCatalog({ products: [aProduct({ region: 'us-east-1' })] }) },
    'region',
    'Region: "eu-west-1" is not where this Private bucket is launched. Choose us-east-1, or the product of that name in the other region.',
  ],
  [
    'a launch path that is none',
    { form: anOrderForm({ pathId: '../..' }) },
    'pathId',
    'Launch path: this is no id of a launch path. Leave it out unless the service desk gave you one.',
  ],
  [
    'a tag that is reserved',
    { form: anOrderForm({ tags: { 'aws:x': 'me' } }) },
    'tags.aws:x',
    `Tag "aws:x": ${complaintAboutTag('aws:x', 'me') ?? ''}`,
  ],
  [
    'a name that is none',
    { form: anOrderForm({ name: '-' }) },
    'name',
    `Name: ${complaintAboutName('-') ?? ''}`,
  ],
])('of %s its reporter reads where it is wrong and what to do', (_what, overrides, field, message) => {
  expect(problemsOf(overrides)).toEqual([{ field, message }]);
});

test('what may be chosen instead is named: of versions the ten newest, of accounts the first twenty', () => {
  const versions = Array.from({ length: 12 }, (_, index) =>
    aVersion({ id: `pa-${index}`, name: `v${index}` }),
  );
  expect(problemsOf({ catalog: catalogOf(...versions) })).toMatchObject([
    { message: expect.stringMatching(/Choose v2, v3, v4, v5, v6, v7, v8, v9, v10 or v11\.$/) as string },
  ]);
  const [problem] = problemsOf({ settings: projectSettings({ accounts: accountsOf(25) }) });
  expect(problem?.message).toMatch(/You may use team-0 \(100000000100\), .* or team-19 \(100000000119\)\.$/);
});

test('a product among others is found by its id, and offered by the setting that names it and this type of request', () => {
  const catalog = aCatalog({ products: [aProduct({ id: 'prod-other', name: 'Other' }), aProduct()] });
  const settings = projectSettings({
    products: [
      { productId: 'prod-other', requestTypeId: REQUEST_TYPE, approval: 'required' },
      { productId: 'prod-bucket', requestTypeId: '26', approval: 'required' },
      { productId: 'prod-bucket', requestTypeId: REQUEST_TYPE, approval: 'none' },
    ],
  });
  expect(fix({ catalog, settings })).toMatchObject({
    outcome: 'fixed',
    product: { name: 'Private bucket' },
    setting: { productId: 'prod-bucket', requestTypeId: REQUEST_TYPE, approval: 'none' },
  });
  const elsewhere = projectSettings({
    products: [{ productId: 'prod-other', requestTypeId: REQUEST_TYPE, approval: 'required' }],
  });
  expect(problemsOf({ catalog, settings: elsewhere })).toMatchObject([{ field: 'productId' }]);
});

test('a version among others is found by its id', () => {
  const catalog = catalogOf(aVersion({ id: 'pa-other', name: 'v0' }), aVersion());
  expect(fix({ catalog })).toMatchObject({ outcome: 'fixed', version: { name: 'v1' } });
});

test('a launch path and tags that are in order are part of the order', () => {
  expect(fix({ form: anOrderForm({ pathId: 'lpv2-abc', tags: { team: 'web' } }) })).toMatchObject({
    outcome: 'fixed',
    order: { pathId: 'lpv2-abc', tags: { team: 'web', 'gatehouse:request': REQUEST_KEY } },
  });
});

test('as many tags as Service Catalog takes beside the one that names the request are in order', () => {
  const tagsOf = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, 'x']));
  expect(MOST_TAGS).toBe(49);
  expect(fix({ form: anOrderForm({ tags: tagsOf(49) }) }).outcome).toBe('fixed');
  expect(problemsOf({ form: anOrderForm({ tags: tagsOf(50) }) })).toEqual([
    { field: 'tags', message: expect.stringMatching(/^Tags: .*49/) as string },
  ]);
});

test('a parameter that does not fit its pattern is refused', () => {
  const described = aVersionDescription({ parameters: [aParameter({ allowedPattern: '[a-z]+' })] });
  const parametersOf = (BucketPurpose: string) => ({
    catalog: catalogOf(aVersion({ described })),
    form: anOrderForm({ parameters: { BucketPurpose } }),
  });
  expect(problemsOf(parametersOf('A1'))).toMatchObject([{ field: 'parameters.BucketPurpose' }]);
  expect(fix(parametersOf('abc')).outcome).toBe('fixed');
});

test('what the contract takes no order with is refused with where it is wrong', () => {
  expect(problemsOf({ requester: 'nobody at all' })).toEqual([
    {
      field: 'requester',
      message: expect.stringMatching(/^requester: .+\. Ask the service desk\.$/) as string,
    },
  ]);
  expect(problemsOf({ requestKey: '|' })).toMatchObject([{ field: 'tags.gatehouse:request' }]);
});

test('an order is shown in thirty thousand characters, and one that takes one more is refused', () => {
  const keys = Array.from({ length: 8 }, (_, index) => `P${index}`);
  const described = aVersionDescription({ parameters: keys.map((key) => aParameter({ key })) });
  const withLast = (length: number) =>
    fix({
      catalog: catalogOf(aVersion({ described })),
      form: anOrderForm({
        parameters: Object.fromEntries(keys.map((key) => [key, 'x'.repeat(key === 'P7' ? length : 4000)])),
      }),
    });
  const short = withLast(1);
  const room = 30_000 - (short.outcome === 'fixed' ? short.summary.length : 0);
  expect(withLast(1 + room)).toMatchObject({ outcome: 'fixed' });
  expect(withLast(2 + room)).toEqual({
    outcome: 'refused',
    problems: [
      {
        field: 'parameters',
        message:
          'The order is too long to be shown to its approver in full: 30001 characters, at most 30000 are possible. Shorten the values.',
      },
    ],
  });
});
