import type { Choices, ChoicesRefused } from '../../aws-bridge/contract/choices';
import { proposedName } from '../../forge-app/ui/order-form/judge-draft';
import { aParameter } from '../builders/catalog';
import { ACCOUNT, aDescription, anOffer, opened, openOrderForm, SEALED } from './order-form-page';

const OTHER = { id: '100000000004', name: 'data-prod', regions: ['eu-west-1', 'eu-central-1'] };

const offerOf = (...parameters: Parameters<typeof aParameter>[0][]) =>
  anOffer({
    described: {
      versionId: 'pa-bucketv1',
      as: aDescription(parameters.map((parameter) => aParameter(parameter))),
    },
  });
const offering = (...parameters: Parameters<typeof aParameter>[0][]) =>
  opened({ offer: offerOf(...parameters) });

test('on a request type that is none of ours there is nothing, and nothing is handed to the request', async () => {
  const { page } = await openOrderForm({ outcome: 'ok', value: { ours: false } });
  expect(page.text()).toBe('');
  expect(page.submissions).toStrictEqual([]);
});

test.each([
  ['no account', opened({ accounts: [] }), 'There is no AWS account that you may use'],
  ['no product', opened({ offer: null, products: [] }), 'Nothing can be ordered'],
  ['no catalogue', opened({ offer: null, products: [], awaited: true }), 'has not arrived from AWS yet'],
])('with %s the form says so, and the request cannot be sent', async (_, open, words) => {
  const { page, submitted } = await openOrderForm(open);
  await page.see(words);
  expect(submitted()).toEqual({ form: undefined, isValid: false });
});

test.each([
  ['too-large', /asks for more than can be shown/],
  ['awaited', /has not arrived from AWS yet/],
] as const)('a version that is %s cannot be ordered, another one can', async (as, words) => {
  const versions = [
    { id: 'pa-2', name: 'v2', createdAt: '2026-02-02T10:00:00.000Z' },
    { id: 'pa-1', name: 'v1', createdAt: '2026-01-02T10:00:00.000Z' },
  ];
  const { page, submitted } = await openOrderForm(
    opened({ offer: anOffer({ versions, described: { versionId: 'pa-2', as } }) }),
    {
      describe: () => ({
        outcome: 'ok',
        value: anOffer({ versions, described: { versionId: 'pa-1', as: aDescription([]) } }),
      }),
    },
  );
  await page.see(words);
  expect(submitted().isValid).toBe(false);
  await page.choose('Version', 'v1');
  await page.see('The order is complete');
  expect(submitted()).toMatchObject({ isValid: true, form: { provisioningArtifactId: 'pa-1' } });
});

test('a visitor who is refused reads why; when nobody answers, asking again helps', async () => {
  const denied = await openOrderForm({ outcome: 'refused', code: 'not-yours' });
  await denied.page.see('You may not see or do this');
  let answers = 0;
  const { page } = await openOrderForm(() =>
    ++answers === 1 ? { outcome: 'refused', code: 'unavailable' } : opened(),
  );
  await page.see('could not be reached');
  await page.press('Try again');
  await page.see('Private bucket');
});

test('opening asks once; what leaves no choice is chosen, and the order is complete', async () => {
  const { page, asked, submitted } = await openOrderForm(opened());
  await page.see('The order is complete');
  expect(asked.map(({ name }) => name)).toEqual(['order-form.open']);
  expect(submitted()).toEqual({
    isValid: true,
    form: {
      productId: 'prod-bucket',
      provisioningArtifactId: 'pa-bucketv1',
      account: ACCOUNT.id,
      region: 'eu-west-1',
      name: 'private-bucket',
      parameters: {},
    },
  });
});

test('what will be created is said before anybody asks for it, with its access rights', async () => {
  const { page } = await openOrderForm(
    opened({
      offer: anOffer({
        described: {
          versionId: 'pa-bucketv1',
          as: aDescription([], {
            resourceTypes: ['AWS::EC2::Subnet', 'AWS::EC2::VPC', 'AWS::EC2::Subnet', 'Custom::Thing'],
            capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_FUTURE'],
          }),
        },
      }),
    }),
  );
  await page.see('EC2: Subnet (2), VPC');
  await page.see('Custom::Thing');
  await page.see('It creates roles or policies under names of its own');
  await page.see('The template asks for CAPABILITY_FUTURE.');
});

test('what is wrong is said when a field is left, or when somebody asks what is missing; not before', async () => {
  const { page, submitted } = await openOrderForm(
    offering({ key: 'Purpose', label: 'Purpose' }, { key: 'Days', type: 'Number', maxValue: 30 }),
  );
  await page.see('2 fields still need your attention');
  expect(page.field('Purpose').error).toBeUndefined();
  await page.type('Days', '31');
  expect(page.field('Days').error).toBe('"31" is more than 30, the most that is allowed.');
  expect(page.field('Days').invalid).toBe(true);
  expect(page.field('Purpose').error).toBeUndefined();
  await page.press('Show what is missing');
  expect(page.field('Purpose').error).toBe('A value is needed; this parameter has no default.');
  expect(submitted()).toMatchObject({ isValid: false, form: { parameters: { Days: '31' } } });
  await page.type('Purpose', 'Invoices');
  await page.type('Days', '30');
  expect(page.field('Days').error).toBeUndefined();
  expect(submitted()).toMatchObject({
    isValid: true,
    form: { parameters: { Purpose: 'Invoices', Days: '30' } },
  });
});

test('the name is proposed, checked, and one’s own once it is typed', async () => {
  const { page, submitted } = await openOrderForm(opened());
  await page.see('Private bucket');
  expect(page.field('Name').value).toBe('private-bucket');
  await page.type('Name', 'my bucket');
  expect(page.field('Name').error).toMatch(/^It has to start with a letter or digit/);
  await page.type('Name', 'my-bucket');
  expect(submitted()).toMatchObject({ isValid: true, form: { name: 'my-bucket' } });
});

test.each([
  ['Private bucket', 'private-bucket'],
  ['Datenbank für Zähler (groß)', 'datenbank-fur-zahler-gro'],
  ['  ..x  y ', 'x-y'],
  ['数据', ''],
])('of the product %j the name %j is proposed', (product, name) => {
  expect(proposedName(product)).toBe(name);
});

test('defaults are shown and left out of the order; a default that is taken out is given as nothing', async () => {
  const { page, submitted } = await openOrderForm(
    offering(
      { key: 'Class', default: 'standard' },
      { key: 'Note', default: 'none' },
      { key: 'Zones', type: 'CommaDelimitedList', default: 'a, b' },
    ),
  );
  await page.see('The order is complete');
  expect(page.field('Class').value).toBe('standard');
  expect(submitted().form?.parameters).toEqual({});
  await page.type('Class', 'archive');
  await page.type('Note', '');
  expect(submitted().form?.parameters).toEqual({ Class: 'archive', Note: '' });
  await page.type('Class', 'standard');
  expect(submitted().form?.parameters).toEqual({ Note: '' });
});

test('groups and labels are those of the template, and what is in no group comes last', async () => {
  const { page } = await openOrderForm(
    offering(
      { key: 'Loose' },
      { key: 'Cidr', label: 'Range of addresses', group: 'Network', description: 'Where it lies' },
      { key: 'Engine', group: 'Database', allowedValues: ['postgres', 'mysql'] },
    ),
  );
  await page.see('Range of addresses');
  const headings = page.findAll({ type: 'Heading' }).map(({ text }) => text);
  expect(headings).toEqual([
    'What you want to have in AWS',
    'Network',
    'Database',
    'More settings',
    'What will be created',
  ]);
  expect(page.field('Range of addresses').help).toContain('Where it lies');
  expect(page.field('Engine').options).toEqual(['postgres', 'mysql']);
});

test('yes and no are toggles, and what a toggle shows is what is ordered', async () => {
  const { page, submitted } = await openOrderForm(
    offering(
      { key: 'Encrypted', allowedValues: ['true', 'false'], default: 'true' },
      { key: 'Public', allowedValues: ['No', 'Yes'] },
    ),
  );
  await page.see('The order is complete');
  expect(page.field('Encrypted')).toMatchObject({ type: 'Toggle', value: true });
  expect(page.field('Public').value).toBe(false);
  expect(submitted().form?.parameters).toEqual({ Public: 'No' });
  await page.switch('Public', true);
  await page.switch('Encrypted', false);
  expect(submitted().form?.parameters).toEqual({ Encrypted: 'false', Public: 'Yes' });
});

test('a list has a field for each item, each with its own complaint; pasted commas make several', async () => {
  const { page, submitted } = await openOrderForm(
    offering({ key: 'Ports', type: 'List<Number>', minValue: 1, maxValue: 65535 }),
  );
  await page.see('Ports');
  await page.type('Ports', '80, 443,http');
  expect(page.field('Ports').value).toBe('80');
  expect(page.field('Ports, item 2').value).toBe('443');
  expect(page.field('Ports, item 3').error).toBe('"http" has to be a number such as 8 or 2.5.');
  expect(page.field('Ports').error).toBeUndefined();
  expect(submitted().isValid).toBe(false);
  await page.press('Remove item 3 of Ports');
  expect(submitted()).toMatchObject({ isValid: true, form: { parameters: { Ports: '80,443' } } });
  await page.press('Add an item to Ports');
  await page.type('Ports, item 3', '70000');
  expect(page.field('Ports, item 3').error).toContain('more than 65535');
});

test('several of a few are chosen together', async () => {
  const { page, submitted } = await openOrderForm(
    offering({ key: 'Logs', type: 'CommaDelimitedList', allowedValues: ['audit', 'error', 'slow'] }),
  );
  await page.see('Logs');
  await page.choose('Logs', ['audit', 'slow']);
  expect(submitted()).toMatchObject({ isValid: true, form: { parameters: { Logs: 'audit,slow' } } });
});

test('tags are out of the way until somebody wants one, and are checked', async () => {
  const { page, submitted } = await openOrderForm(opened());
  await page.press('Add tags');
  await page.type('Key of tag 1', 'aws:team');
  await page.type('Value of tag 1', 'payments');
  await page.see('Keys that start with "aws:"');
  expect(submitted().isValid).toBe(false);
  await page.type('Key of tag 1', 'team');
  expect(submitted()).toMatchObject({ isValid: true, form: { tags: { team: 'payments' } } });
  await page.press('Add another tag');
  await page.type('Key of tag 2', 'team');
  await page.see('This key is there twice');
  await page.press('Remove tag 2');
  expect(submitted().isValid).toBe(true);
});

test('another version keeps what was typed for parameters of the same name and type', async () => {
  const versions = [
    { id: 'pa-2', name: 'v2', createdAt: '2026-02-02T10:00:00.000Z' },
    { id: 'pa-1', name: 'v1', createdAt: '2026-01-02T10:00:00.000Z' },
  ];
  const purpose = aParameter({ key: 'Purpose' });
  const offer = (versionId: string, ...more: ReturnType<typeof aParameter>[]) =>
    anOffer({ versions, described: { versionId, as: aDescription([purpose, ...more]) } });
  const { page, asked, submitted } = await openOrderForm(
    opened({ offer: offer('pa-2', aParameter({ key: 'Size', type: 'Number' })) }),
    { describe: () => ({ outcome: 'ok', value: offer('pa-1', aParameter({ key: 'Size' })) }) },
  );
  await page.see('v2 (newest)');
  await page.type('Purpose', 'Invoices');
  await page.type('Size', '8');
  await page.choose('Version', 'v1');
  await page.see('Purpose');
  expect(page.field('Purpose').value).toBe('Invoices');
  expect(page.field('Size').value).toBe('');
  await page.type('Size', 'large');
  await page.choose('Version', 'v2 (newest)');
  await page.see('Purpose');
  expect(page.field('Size').value).toBe('8');
  expect(submitted()).toMatchObject({
    isValid: true,
    form: { provisioningArtifactId: 'pa-2', parameters: { Purpose: 'Invoices', Size: '8' } },
  });
  // The newest was told when the form was opened.
  expect(asked.filter(({ name }) => name === 'order-form.describe')).toHaveLength(1);
});

test('of several products one is chosen, then it is described; a region is chosen only where there are several', async () => {
  const { page, asked, submitted } = await openOrderForm(
    opened({
      accounts: [ACCOUNT, OTHER],
      offer: null,
      products: [
        { id: 'prod-bucket', name: 'Private bucket', region: 'eu-west-1' },
        { id: 'prod-bucket-2', name: 'Private bucket', region: 'eu-central-1' },
        { id: 'prod-net', name: 'Network', region: 'eu-west-1' },
      ],
    }),
    {
      describe: (payload) => {
        const { productId } = payload as { productId: string };
        return {
          outcome: 'ok',
          value: anOffer({
            id: productId,
            region: productId === 'prod-bucket-2' ? 'eu-central-1' : 'eu-west-1',
            described: { versionId: `pa-${productId}`, as: aDescription([]) },
            versions: [{ id: `pa-${productId}`, name: 'v1', createdAt: '2026-01-02T10:00:00.000Z' }],
          }),
        };
      },
    },
  );
  await page.see('Product');
  expect(page.field('Product').options).toEqual(['Private bucket', 'Network']);
  await page.choose('Product', 'Private bucket');
  await page.choose('AWS account', 'data-prod (100000000004)');
  await page.choose('Region', 'eu-central-1');
  await page.see('The order is complete');
  expect(submitted()).toMatchObject({
    isValid: true,
    form: { productId: 'prod-bucket-2', account: OTHER.id, region: 'eu-central-1' },
  });
  await page.choose('AWS account', 'payments-dev (100000000003)');
  await page.see('It is launched in eu-west-1.');
  expect(submitted()).toMatchObject({ isValid: true, form: { productId: 'prod-bucket' } });
  expect(asked.filter(({ name }) => name === 'order-form.describe')).toHaveLength(2);
});

test('a value that must not be shown is sealed when its field is left, and stands nowhere else', async () => {
  const { page, asked, submitted } = await openOrderForm(
    offering({ key: 'Password', label: 'Password', noEcho: true, minLength: 8 }),
  );
  await page.see('Password');
  expect(page.field('Password').props['type']).toBe('password');
  await page.type('Password', 'short');
  expect(page.field('Password').error).toBe('The value has 5 characters; at least 8 are needed.');
  await page.type('Password', 'correct horse battery');
  await page.see('A value is given and sealed.');
  expect(asked.filter(({ name }) => name === 'order-form.seal')).toEqual([
    {
      name: 'order-form.seal',
      payload: {
        productId: 'prod-bucket',
        provisioningArtifactId: 'pa-bucketv1',
        account: ACCOUNT.id,
        parameter: 'Password',
        value: 'correct horse battery',
      },
    },
  ]);
  expect(submitted()).toMatchObject({ isValid: true, form: { sealedParameters: { Password: SEALED } } });
  expect(JSON.stringify(page.submissions)).not.toMatch(/short|correct horse/);
  expect(page.text()).not.toContain('correct horse');
  await page.press('Give another value for Password');
  expect(page.field('Password').value ?? '').toBe('');
  expect(submitted().isValid).toBe(false);
});

test('a value that could not be sealed is not taken, and the form says so', async () => {
  const { page, submitted } = await openOrderForm(offering({ key: 'Password', noEcho: true }), {
    seal: () => ({ outcome: 'refused', code: 'unavailable' }),
  });
  await page.type('Password', 'correct horse battery');
  expect(page.field('Password').error).toMatch(/could not be sealed/);
  expect(submitted()).toMatchObject({ isValid: false });
});

test('values of AWS’s own types are picked from what the account has, or typed', async () => {
  const type = 'AWS::EC2::Subnet::Id';
  const { page, asked, submitted } = await openOrderForm(
    offering({ key: 'Subnets', type: `List<${type}>` }, { key: 'Main', type }),
    {
      choices: () => ({
        outcome: 'ok',
        value: {
          choices: [
            {
              outcome: 'listed',
              type,
              more: false,
              items: [
                { value: 'subnet-0123456789abcdef0', name: 'blue' },
                { value: 'subnet-0123456789abcdef1' },
              ],
            },
          ],
        },
      }),
    },
  );
  await page.see('Subnets');
  await page.choose('Subnets', ['blue (subnet-0123456789abcdef0)', 'subnet-0123456789abcdef1']);
  await page.press('Type the value of Main instead');
  await page.type('Main', 'subnet-1');
  expect(page.field('Main').error).toContain('has to be a subnet id');
  await page.type('Main', 'subnet-0123456789abcdef9');
  expect(submitted()).toMatchObject({
    isValid: true,
    form: {
      parameters: {
        Subnets: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
        Main: 'subnet-0123456789abcdef9',
      },
    },
  });
  expect(asked.filter(({ name }) => name === 'order-form.choices').map(({ payload }) => payload)).toEqual([
    { productId: 'prod-bucket', account: ACCOUNT.id, region: 'eu-west-1', types: [type] },
  ]);
});

const VPC = { type: 'AWS::EC2::VPC::Id' } as const;
const refusedAs = (reason: ChoicesRefused): Choices => ({ ...VPC, outcome: 'refused', reason });

test.each<[string, Choices | undefined, string]>([
  ['nobody answers', undefined, 'could not be looked up'],
  [
    'there is nothing of the kind',
    { ...VPC, outcome: 'listed', more: false, items: [] },
    'nothing of the kind',
  ],
  ['the account has no role for it', refusedAs('no-role'), 'lacks the role'],
  ['a policy forbids it', refusedAs('denied'), 'A policy in AWS'],
  ['the region is not enabled', refusedAs('region-disabled'), 'Choose another region'],
])('where %s the value is checked text', async (_, choices, words) => {
  const { page, submitted } = await openOrderForm(offering({ key: 'Vpc', ...VPC }), {
    choices: () =>
      choices === undefined
        ? { outcome: 'refused', code: 'unavailable' }
        : { outcome: 'ok', value: { choices: [choices] } },
  });
  await page.see(words);
  await page.type('Vpc', 'vpc-1');
  expect(page.field('Vpc').error).toContain('has to be a VPC id');
  await page.type('Vpc', 'vpc-0123456789abcdef0');
  expect(submitted().isValid).toBe(true);
});

const VPC_OF_IT: Choices = {
  ...VPC,
  outcome: 'listed',
  more: false,
  items: [{ value: 'vpc-0123456789abcdef0' }],
};

test('an account that could not be asked is asked again, by a button and by whoever comes back to it', async () => {
  const there = { ...ACCOUNT, id: '100000000004', name: 'data-dev' };
  let isAway = true;
  const { page, asked, submitted } = await openOrderForm(
    opened({ offer: offerOf({ key: 'Vpc', ...VPC }), accounts: [ACCOUNT, there] }),
    {
      choices: () =>
        isAway
          ? { outcome: 'refused', code: 'unavailable' }
          : { outcome: 'ok', value: { choices: [VPC_OF_IT] } },
    },
  );
  const questions = () => asked.filter(({ name }) => name === 'order-form.choices').length;
  await page.choose('AWS account', 'payments-dev (100000000003)');
  await page.see('could not be looked up');
  await page.press('Look up Vpc again');
  expect(questions()).toBe(2);
  await page.choose('AWS account', 'data-dev (100000000004)');
  await page.see('could not be looked up');
  isAway = false;
  await page.choose('AWS account', 'payments-dev (100000000003)');
  await page.choose('Vpc', 'vpc-0123456789abcdef0');
  expect(questions()).toBe(4);
  await page.choose('AWS account', 'data-dev (100000000004)');
  await page.see('Type the value of Vpc instead');
  await page.choose('AWS account', 'payments-dev (100000000003)');
  expect(questions()).toBe(5);
  expect(submitted().form?.parameters).toEqual({ Vpc: 'vpc-0123456789abcdef0' });
});

test('rules of the template are said at the field that they are about, before anything is sent', async () => {
  const rules = JSON.stringify({
    Size: {
      RuleCondition: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      Assertions: [
        {
          Assert: { 'Fn::Contains': [['large'], { Ref: 'Size' }] },
          AssertDescription: 'Production takes the large one',
        },
      ],
    },
  });
  const { page, submitted } = await openOrderForm(
    opened({
      offer: anOffer({
        described: {
          versionId: 'pa-bucketv1',
          as: aDescription(
            [
              aParameter({ key: 'Stage', allowedValues: ['dev', 'prod'] }),
              aParameter({ key: 'Size', allowedValues: ['small', 'large'] }),
            ],
            { rules },
          ),
        },
      }),
    }),
  );
  await page.choose('Stage', 'prod');
  await page.choose('Size', 'small');
  expect(page.field('Size').error).toBe('Production takes the large one.');
  expect(submitted().isValid).toBe(false);
  await page.choose('Size', 'large');
  expect(submitted().isValid).toBe(true);
});

test('an order that is longer than Jira takes is refused while it can still be shortened', async () => {
  const { page, submitted } = await openOrderForm(
    offering(...Array.from({ length: 10 }, (_, index) => ({ key: `P${index}`, default: '' }))),
  );
  for (let index = 0; index < 10; index += 1) await page.type(`P${index}`, 'x'.repeat(4000));
  await page.see('The order is too long for Jira');
  expect(submitted().isValid).toBe(false);
});

test('in German, too', async () => {
  const { page } = await openOrderForm(offering({ key: 'Anzahl', type: 'Number', maxValue: 5 }), {
    locale: 'de-DE',
  });
  await page.see('Was Sie in AWS haben möchten');
  await page.type('Anzahl', '6');
  expect(page.field('Anzahl').error).toBe('"6" ist zu groß; erlaubt ist höchstens 5.');
});
