import fc from 'fast-check';
import { digestOf } from '../../../../aws-bridge/contract/order';
import { approverSummary, refusalComment } from '../../../../forge-app/order/summary';
import { aParameter, aProduct, aVersion, aVersionDescription } from '../../../builders/catalog';
import { anOrder } from '../../../builders/orders';
import { projectSettings } from '../../../builders/settings';

const [account] = projectSettings().accounts;
const summaryOf = (described = aVersionDescription(), order = anOrder(), product = aProduct()) => {
  if (!account) throw new Error('the settings name an account');
  return approverSummary({
    order,
    digest: digestOf(order),
    product: { ...product, versions: [aVersion({ described })] },
    version: { ...aVersion(), described },
    account,
  });
};

/** The lines of each block that Jira shows as they are. */
const blocksOf = (comment: string): readonly (readonly string[])[] =>
  comment
    .split('{noformat}')
    .filter((_, index) => index % 2 === 1)
    .map((text) => text.split('\n').slice(1, -1));

test('the approver reads everything that they decide about', () => {
  const described = aVersionDescription({
    parameters: [
      aParameter({ key: 'BucketPurpose', label: 'What the bucket is for' }),
      aParameter({ key: 'Days', type: 'Number', default: '30' }),
      aParameter({ key: 'Password', noEcho: true, default: 'hunter2' }),
    ],
    resourceTypes: [
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'AWS::IAM::Role',
      'AWS::IAM::Role',
      'Custom::Gate',
    ],
    capabilities: ['CAPABILITY_NAMED_IAM'],
  });
  const order = anOrder();
  expect(summaryOf(described, order)).toBe(
    [
      'Please decide whether this is to be launched in AWS.',
      '',
      '{noformat}',
      'Product: Private bucket (prod-bucket)',
      'Version: v1 (pa-bucketv1)',
      'Account: payments-dev (100000000003)',
      'Region: eu-west-1',
      'Name: invoices',
      '{noformat}',
      '',
      'Parameters:',
      '{noformat}',
      'What the bucket is for (BucketPurpose): "Invoices of the year"',
      'Days: "30" (the default)',
      'Password: not shown (the default)',
      '{noformat}',
      '',
      'Tags:',
      '{noformat}',
      'gatehouse:request: "IT-42"',
      '{noformat}',
      '',
      'Creates:',
      '- IAM: Role (2)',
      '- S3: Bucket, BucketPolicy',
      '- Other: Custom::Gate',
      '',
      'Attention: access rights and more:',
      '- CAPABILITY_NAMED_IAM: it creates IAM resources under names of its own, which can give access to others',
      '',
      `Digest: ${digestOf(order)}`,
      '',
      'What is launched after the approval is exactly this order. If the order changes, the approval is worth nothing.',
    ].join('\n'),
  );
});

test('a launch path is named where one was chosen', () => {
  expect(summaryOf(undefined, anOrder({ pathId: 'lpv2-abc' }))).toContain('\nLaunch path: lpv2-abc\n');
});

test('whatever names the approver reads, they read letter for letter: none is drawn as markup', () => {
  const product = aProduct({ name: 'Site -- *small*' });
  const [lines] = blocksOf(summaryOf(undefined, anOrder({ name: 'a--b_c_d', pathId: 'lpv2--a' }), product));
  expect(lines).toEqual([
    'Product: Site -- *small* (prod-bucket)',
    'Version: v1 (pa-bucketv1)',
    'Account: payments-dev (100000000003)',
    'Region: eu-west-1',
    'Name: a--b_c_d',
    'Launch path: lpv2--a',
  ]);
});

test('no value can forge a line, hide behind another or be mistaken for another', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      const written = (value: string) =>
        summaryOf(undefined, anOrder({ parameters: { BucketPurpose: value } }));
      const lines = (value: string) => written(value).split('\n');
      expect(lines(one)).toHaveLength(lines('').length);
      expect(written(one)).not.toMatch(/[^\P{C}\n]/u);
      const shown = (value: string) => lines(value).find((line) => line.includes('BucketPurpose'));
      expect(shown(one) === shown(other)).toBe(one === other);
    }),
  );
});

test('the reporter reads what to change', () => {
  expect(
    refusalComment([
      { field: 'account', message: 'Account: choose another.' },
      { field: 'name', message: 'Name: shorten it.' },
    ]),
  ).toBe(
    [
      'This order cannot be launched as it stands, so nobody has been asked to approve it.',
      '',
      'What has to change:',
      '- Account: choose another.',
      '- Name: shorten it.',
      '',
      'Please raise a new request with these points put right.',
    ].join('\n'),
  );
});

test('a refusal fits into a comment, however much is wrong', () => {
  const problems = Array.from({ length: 250 }, () => ({ field: 'x', message: 'x'.repeat(5000) }));
  expect(refusalComment(problems).length).toBeLessThan(32_000);
  expect(refusalComment(problems)).toContain('and 210 more');
});
