import fc from 'fast-check';
import { digestOf, Order } from '../../../../aws-bridge/contract/order';
import type { OrderRequest } from '../../../../forge-app/order/fix-order';
import {
  aCatalog,
  anUndescribedVersion,
  aParameter,
  aProduct,
  aVersion,
  aVersionDescription,
} from '../../../builders/catalog';
import { anOrder, anOrderForm, aSealedValue, REPORTER, REQUEST_KEY } from '../../../builders/orders';
import { OTHER_TENANT } from '../../../builders/settings';
import { fix, problemsOf } from './fixing';

const messagesOf = (overrides: Partial<OrderRequest>) => problemsOf(overrides).map(({ message }) => message);

test('an order is completed with who asks and for which request, and gets its digest', () => {
  const fixing = fix();
  expect(fixing).toMatchObject({ outcome: 'fixed', order: anOrder(), digest: digestOf(anOrder()) });
});

test('a parameter that is left out stays out: its default belongs to the version', () => {
  const described = aVersionDescription({ parameters: [aParameter({ key: 'Size', default: '8' })] });
  const catalog = aCatalog({ products: [aProduct({ versions: [aVersion({ described })] })] });
  const fixing = fix({ catalog, form: anOrderForm({ parameters: {} }) });
  expect(fixing).toMatchObject({ outcome: 'fixed', order: { parameters: {} } });
});

test('a product that is not in the catalogue is refused', () => {
  expect(messagesOf({ form: anOrderForm({ productId: 'prod-gone' }) })).toEqual([
    'Product: "prod-gone" is not in the catalogue (any more). Choose another product.',
  ]);
});

test('a product of another request type is refused', () => {
  expect(messagesOf({ requestTypeId: '26' })).toEqual([expect.stringMatching(/not offered with this type/)]);
});

test('a product is launched in the region of its portfolio, whatever the account may use', () => {
  const catalog = aCatalog({ products: [aProduct({ region: 'us-east-1' })] });
  expect(messagesOf({ catalog })).toEqual([
    'Region: "eu-west-1" is not where this Private bucket is launched. Choose us-east-1, or the product of that name in the other region.',
  ]);
});

test('a product that CloudFormation does not create is refused', () => {
  const catalog = aCatalog({ products: [aProduct({ type: 'TERRAFORM_OPEN_SOURCE' })] });
  expect(messagesOf({ catalog })).toEqual([expect.stringMatching(/TERRAFORM_OPEN_SOURCE; only/)]);
});

const versions = [
  aVersion({ id: 'pa-old', name: 'v0', guidance: 'DEPRECATED' }),
  aVersion({ id: 'pa-off', name: 'v0.1', active: false }),
  aVersion({ id: 'pa-bucketv1', name: 'v1' }),
  aVersion({ id: 'pa-bucketv2', name: 'v2' }),
];
test.each([
  ['pa-old', 'Version: v0 is deprecated and not offered for a new launch. Choose v1 or v2.'],
  ['pa-off', 'Version: v0.1 is not active. Choose v1 or v2.'],
  ['pa-other', 'Version: Private bucket has no version "pa-other". Choose v1 or v2.'],
])('the version %s is refused', (provisioningArtifactId, message) => {
  const catalog = aCatalog({ products: [aProduct({ versions })] });
  expect(messagesOf({ catalog, form: anOrderForm({ provisioningArtifactId }) })).toEqual([message]);
});

test('an account is refused in the same words whether it is unknown or another organization’s', () => {
  const unknown = messagesOf({ form: anOrderForm({ account: '100000000009' }) });
  const notMine = messagesOf({
    form: anOrderForm({ account: OTHER_TENANT }),
    memberships: { organizations: ['8'], groups: [] },
  });
  expect(unknown).toEqual([
    'Account: "100000000009" is not an account that you may use here. You may use payments-dev (100000000003).',
  ]);
  expect(notMine).toEqual(unknown.map((message) => message.replace('100000000009', OTHER_TENANT)));
});

test('a member of its organization may use an account', () => {
  expect(
    fix({
      form: anOrderForm({ account: OTHER_TENANT }),
      memberships: { organizations: ['6', '7'], groups: [] },
    }).outcome,
  ).toBe('fixed');
});

test('a region that the account does not offer is refused', () => {
  expect(messagesOf({ form: anOrderForm({ region: 'us-east-1' }) })).toEqual([
    'Region: "us-east-1" is not offered for payments-dev. Choose eu-west-1.',
  ]);
});

test.each(['', '-bucket', 'my bucket', 'a'.repeat(101), 'bücket', 'a\n'])(
  'the name %j is refused',
  (name) => {
    expect(problemsOf({ form: anOrderForm({ name }) })).toEqual([
      { field: 'name', message: expect.stringMatching(/start with a letter or digit/) as unknown },
    ]);
  },
);

test.each([
  [{ 'aws:createdBy': 'me' }, /reserved/],
  [{ 'AWS:x': 'me' }, /reserved/],
  [{ 'gatehouse:request': 'IT-1' }, /reserved/],
  [{ 'Gatehouse:Request': 'IT-1' }, /reserved/],
  [{ team: 'a|b' }, /letters, digits/],
  [{ '': 'x' }, /letters, digits/],
  [{ team: '' }, /1 to 256/],
  [{ team: 'x'.repeat(257) }, /1 to 256/],
])('the tags %j are refused', (tags, words) => {
  expect(messagesOf({ form: anOrderForm({ tags }) })).toEqual([expect.stringMatching(words)]);
});

test('fifty tags are one too many, because one more names the request', () => {
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag${index}`, 'x']));
  expect(problemsOf({ form: anOrderForm({ tags }) })).toMatchObject([{ field: 'tags' }]);
});

test('a launch path that is no id is refused', () => {
  expect(problemsOf({ form: anOrderForm({ pathId: '../..' }) })).toMatchObject([{ field: 'pathId' }]);
});

test('everything that is wrong is told at once', () => {
  const form = anOrderForm({ account: '1', name: '', tags: { 'aws:x': '' }, parameters: { Other: 'x' } });
  expect(problemsOf({ form, requestTypeId: '26' }).map(({ field }) => field)).toEqual([
    'productId',
    'account',
    'name',
    'tags.aws:x',
    'parameters.Other',
    'parameters.BucketPurpose',
  ]);
});

test('a version whose description has not arrived is no fault of the reporter’s', () => {
  const catalog = aCatalog({ products: [aProduct({ versions: [anUndescribedVersion()] })] });
  expect(fix({ catalog })).toEqual({ outcome: 'catalog-incomplete', provisioningArtifactId: 'pa-bucketv1' });
});

test('an order that a comment cannot show in full is refused', () => {
  const parameters = Array.from({ length: 10 }, (_, index) => aParameter({ key: `P${index}` }));
  const catalog = aCatalog({
    products: [aProduct({ versions: [aVersion({ described: aVersionDescription({ parameters }) })] })],
  });
  const form = anOrderForm({
    parameters: Object.fromEntries(parameters.map(({ key }) => [key, 'x'.repeat(4000)])),
  });
  expect(messagesOf({ catalog, form })).toEqual([expect.stringMatching(/too long to be shown/)]);
});

test('whatever is fixed is an order of the contract, of this requester and request, with its own digest', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  const forms = fc.record({
    productId: fc.constantFrom('prod-bucket', 'x'),
    provisioningArtifactId: fc.constantFrom('pa-bucketv1', 'y'),
    account: fc.constantFrom('100000000003', OTHER_TENANT),
    region: fc.constantFrom('eu-west-1', 'eu-central-1'),
    name: fc.oneof(fc.constant('invoices'), text),
    parameters: fc.record({ BucketPurpose: text }),
    tags: fc.dictionary(fc.oneof(fc.constantFrom('team', 'cost', 'gatehouse:request'), text), text, {
      maxKeys: 3,
    }),
    pathId: fc.option(fc.oneof(fc.constant('lpv2-abc'), text)),
  });
  let fixed = 0;
  fc.assert(
    fc.property(forms, fc.subarray(['6', '7']), (form, organizations) => {
      const fixing = fix({ form, memberships: { organizations, groups: [] } });
      if (fixing.outcome !== 'fixed') return;
      fixed += 1;
      expect(Order.parse(fixing.order)).toEqual(fixing.order);
      expect(fixing.digest).toBe(digestOf(fixing.order));
      expect(fixing.order).toMatchObject({ requester: REPORTER, tags: { 'gatehouse:request': REQUEST_KEY } });
      expect(fixing.order.parameters).toEqual(form.parameters);
      if (fixing.order.account === OTHER_TENANT) expect(organizations).toContain('7');
      expect(fixing.summary).toContain(fixing.digest);
    }),
    { numRuns: 1000, seed: 42 },
  );
  expect(fixed).toBeGreaterThan(5);
});

describe('a value that is sealed', () => {
  const withSecret = (more: object = {}) =>
    aVersionDescription({
      parameters: [aParameter(), aParameter({ key: 'Password', noEcho: true, label: 'Password', ...more })],
    });
  const catalogOf = (described: ReturnType<typeof withSecret>) =>
    aCatalog({ products: [aProduct({ versions: [aVersion({ described })] })] });
  const catalog = catalogOf(withSecret());
  const sealedParameters = { Password: aSealedValue() };

  test('is part of the order and of what its digest says, and the approver is told that they cannot see it', () => {
    const fixing = fix({ catalog, form: anOrderForm({ sealedParameters }) });
    const order = anOrder({ sealedParameters });
    expect(fixing).toMatchObject({ outcome: 'fixed', order, digest: digestOf(order) });
    expect(digestOf(order)).not.toBe(
      digestOf(anOrder({ sealedParameters: { Password: aSealedValue('B') } })),
    );
    expect(fixing).toMatchObject({
      summary: expect.stringContaining('Password: sealed (given by') as string,
    });
    expect(fixing).not.toMatchObject({ summary: expect.stringContaining('sealed.1') as string });
  });

  test('leaves an order without any as it was, also where the form names none', () => {
    const fixing = fix({ form: anOrderForm({ sealedParameters: {} }) });
    expect(fixing).toMatchObject({ outcome: 'fixed', digest: digestOf(anOrder()) });
    expect('order' in fixing && Object.keys(fixing.order)).not.toContain('sealedParameters');
  });

  test.each<[string, Partial<OrderRequest>, RegExp]>([
    ['for a parameter that there is not', { form: anOrderForm({ sealedParameters }) }, /no such parameter/],
    [
      'for a parameter that is to be read',
      { catalog: catalogOf(withSecret({ noEcho: false })), form: anOrderForm({ sealedParameters }) },
      /this parameter is to be read/,
    ],
    [
      'that was not sealed',
      { catalog, form: anOrderForm({ sealedParameters: { Password: 'hunter2' } }) },
      /not a value that was sealed/,
    ],
    [
      'and given in clear as well',
      {
        catalog,
        form: anOrderForm({ sealedParameters, parameters: { BucketPurpose: 'x', Password: 'hunter2' } }),
      },
      /in clear/,
    ],
    ['and missing', { catalog }, /Fill it in on the order form/],
  ])('%s is refused in words, without the value', (_, overrides, words) => {
    const messages = messagesOf(overrides);
    expect(messages).toEqual([expect.stringMatching(words)]);
    expect(messages.join()).not.toContain('hunter2');
  });
});

describe("a template's rule", () => {
  const LARGE = { 'Fn::Equals': [{ Ref: 'BucketPurpose' }, 'large'] };
  const rules = JSON.stringify({
    Size: { Assertions: [{ Assert: LARGE, AssertDescription: 'only large ones are allowed' }] },
    Tags: { Assertions: [{ Assert: { 'Fn::Not': [LARGE] } }] },
  });
  const catalog = aCatalog({
    products: [
      aProduct({
        versions: [aVersion({ described: aVersionDescription({ rules }) })],
        constraints: [
          {
            type: 'TEMPLATE',
            parameters: JSON.stringify({
              Rules: { Where: { Assertions: [{ Assert: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } }] } },
            }),
          },
        ],
      }),
    ],
  });

  test("that does not hold refuses the order in the author's words, a constraint's by its name", () => {
    expect(problemsOf({ catalog })).toEqual([
      { field: 'parameters.BucketPurpose', message: 'only large ones are allowed.' },
      { field: 'parameters', message: expect.stringContaining('rule Where does not hold') as string },
    ]);
  });

  test('that only AWS can judge refuses nothing', () => {
    const open = JSON.stringify({
      Vpc: {
        Assertions: [
          { Assert: { 'Fn::EachMemberIn': [{ 'Fn::ValueOfAll': ['a', 'b'] }, { 'Fn::RefAll': 'c' }] } },
        ],
      },
    });
    const described = aVersionDescription({ rules: open });
    expect(
      fix({ catalog: aCatalog({ products: [aProduct({ versions: [aVersion({ described })] })] }) }).outcome,
    ).toBe('fixed');
  });
});
