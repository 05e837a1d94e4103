import type { Answer } from '../../forge-app/pages/answer';
import { ok, refused } from '../../forge-app/pages/answer';
import type { CustomerView, Opened } from '../../forge-app/pages/request/view';
import { aGate } from '../builders/gate';
import { gateDigestOf } from '../../aws-bridge/contract/gate';
import { aRequest, NOW } from '../unit/forge-app/request/a-request';
import { aCustomersView, APPROVED, aRequestAfter, told } from './request-views';
import { openPage, type Page } from './ui-kit';

/** All that is in sight, whatever stands on a line of its own. */
const read = (page: Page): string => page.text().replace(/\s+/g, ' ').trim();

const openPanel = (answer: () => Answer<Opened<CustomerView>>, locale: 'en-US' | 'de-DE' = 'en-US') => {
  let asked = 0;
  return openPage({
    resource: 'request-panel',
    context: { locale },
    answer: (functionKey) => {
      expect(functionKey).toBe('request-panel.open');
      asked += 1;
      return Promise.resolve(answer());
    },
  }).then((page) => ({ page, asked: () => asked }));
};

test('before the approval it shows exactly what the approver decides on, and no value that is hidden', async () => {
  const { page } = await openPanel(() => ok(aCustomersView(aRequestAfter())));
  await page.see('Waiting for approval');
  for (const text of [
    'An approver decides. If they approve, exactly this is launched.',
    'Product: Private bucket',
    'Version: v1',
    'Account: payments-dev (100000000003)',
    'Region: eu-west-1',
    'Name: reports',
    'Keep old versions (Versioning): yes',
    'Master password (Password): Not shown (the default)',
    'gatehouse:request: IT-42',
    'IAM: Role (2)',
    'S3: Bucket',
    'CAPABILITY_IAM',
    'It creates IAM resources, which can give access to others.',
    'Digest: ',
  ])
    expect(read(page)).toContain(text);
});

test('what happened is told in order, without anybody’s name', async () => {
  const { page } = await openPanel(() =>
    ok(aCustomersView(aRequestAfter(APPROVED, told({ state: 'provisioning' })))),
  );
  await page.see('What happened');
  expect(page.findAll({ type: 'ListItem' }).map(({ text }) => text.replace(/\s+Jan .*/s, ''))).toEqual([
    'The order was checked and fixed',
    'Approved',
    'On its way to AWS',
    'Taken over by the bridge in AWS',
    'AWS is creating the resources',
  ]);
  expect(read(page)).not.toContain('bob');
});

test('outputs that are addresses are links, everything else is text to be copied', async () => {
  const outputs = [
    { key: 'Site', value: 'https://example.com/app', description: 'Open it' },
    { key: 'Name', value: 'bucket-1' },
    { key: 'Script', value: 'javascript:alert(1)' },
    { key: 'Insecure', value: 'http://example.com' },
    { key: 'Secretive', value: 'https://user:pass@example.com' },
  ];
  const { page } = await openPanel(() =>
    ok(aCustomersView(aRequestAfter(APPROVED, told({ state: 'succeeded', sequence: 2, outputs })))),
  );
  await page.see('What you can use');
  expect(page.findAll({ type: 'Link' }).map(({ props }) => props['href'])).toEqual([
    'https://example.com/app',
  ]);
  const copyable = page.findAll({ type: 'Code' }).map(({ text }) => text);
  for (const { value } of outputs.slice(1)) expect(copyable).toContain(value);
});

test('a failure names the resource, what AWS said and what to do', async () => {
  const failure = told({
    state: 'failed',
    sequence: 2,
    failedResource: { logicalId: 'Bucket', type: 'AWS::S3::Bucket', reason: 'The name is taken.' },
    errors: [
      { code: 'ResourceCreationFailed', message: 'The stack failed.', remedy: 'Choose another name.' },
    ],
  });
  const { page } = await openPanel(() => ok(aCustomersView(aRequestAfter(APPROVED, failure))));
  await page.see('The first resource that failed: Bucket (AWS::S3::Bucket)');
  for (const text of ['The name is taken.', 'The stack failed.', 'Choose another name.', 'Failed'])
    expect(read(page)).toContain(text);
  expect(read(page)).not.toContain('ResourceCreationFailed');
});

test('a request whose order was changed after it was fixed says so, and shows what was fixed', async () => {
  const { page } = await openPanel(() => ok(aCustomersView(aRequestAfter(), { tampered: true })));
  await page.see('holds another order by now');
  expect(read(page)).toContain('Name: reports');
});

test('a stack that waits shows what the gate told of it', async () => {
  const gate = aGate();
  const fixed = {
    kind: 'gate',
    approvedBlind: [],
    gate,
    digest: gateDigestOf(gate),
    at: NOW.toISOString(),
    reporter: null,
  } as const;
  const { page } = await openPanel(() => ok(aCustomersView(aRequest({ operationId: gate.gateId, fixed }))));
  await page.see('A stack in AWS waits before it creates its resources.');
  for (const text of [gate.stackId, 'ada@example.com (as typed in AWS, not verified)', 'Size: small'])
    expect(read(page)).toContain(text);
});

test('a request that was raised this moment shows its order as soon as it is taken up', async () => {
  const answers: Opened<CustomerView>[] = ['soon', aCustomersView(aRequestAfter())];
  const { page } = await openPanel(() => ok(answers.shift() ?? null));
  await page.see('The order is about to be checked.');
  await page.later(5_000);
  await page.see('Waiting for approval');
});

test('on a request that is none of ours there is nothing', async () => {
  const { page } = await openPanel(() => ok(null));
  await page.seeGone('Loading');
  expect(read(page)).toBe('');
});

test('somebody who may not see the request reads so, and nothing else', async () => {
  const { page, asked } = await openPanel(() => refused('not-yours'));
  await page.see('You may not see or do this.');
  await page.later(120_000);
  expect(asked()).toBe(1);
});

test('news come by themselves, what is known stays when they cannot be had, and it is quiet once it has ended', async () => {
  const answers: (() => Answer<Opened<CustomerView>>)[] = [
    () => ok(aCustomersView(aRequestAfter(APPROVED, told({ state: 'provisioning' })))),
    () => refused('unavailable'),
    () => ok(aCustomersView(aRequestAfter(APPROVED, told({ state: 'succeeded', sequence: 2 })))),
  ];
  const { page, asked } = await openPanel(() => (answers.shift() ?? (() => refused('unavailable')))());
  await page.see('Being created');
  await page.later(5_000);
  await page.see('This could not be reached just now.');
  expect(read(page)).toContain('Being created');
  await page.later(5_000);
  await page.see('Ready');
  await page.later(600_000);
  expect(asked()).toBe(3);
});

test('it is read in German, too', async () => {
  const { page } = await openPanel(() => ok(aCustomersView(aRequestAfter())), 'de-DE');
  await page.see('Wartet auf Genehmigung');
  expect(read(page)).toContain('Wie es weitergeht');
});
