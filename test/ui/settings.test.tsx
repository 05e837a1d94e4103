import type { Answer } from '../../forge-app/pages/answer';
import type { SettingsView, TestView } from '../../forge-app/pages/settings/view';
import { draftOf } from '../../forge-app/settings/draft';
import { projectSettings } from '../builders/settings';
import { openPage } from './ui-kit';

const NOW = '2026-01-15T09:00:00.000Z';
const NO_SECRET = { source: 'missing', since: null, next: null } as const;
const STORED = { source: 'stored', since: NOW, next: null } as const;

const aView = (overrides: Partial<SettingsView> = {}): SettingsView => ({
  revision: 'r1',
  saved: 'read',
  draft: draftOf(projectSettings()),
  problems: [],
  choices: {
    issueTypes: [
      { id: '10100', name: 'Service request', statuses: ['Waiting for approval', 'In progress', 'Done'] },
    ],
    requestTypes: [
      { id: '25', name: 'Bucket', issueTypeId: '10100', inPortal: true },
      { id: '26', name: 'Site', issueTypeId: '10100', inPortal: false },
    ],
    organizations: [
      { id: '7', name: 'Payments' },
      { id: '8', name: 'Research' },
    ],
    approverFields: [{ id: 'customfield_10003', name: 'Approvers' }],
    groups: [],
    people: [],
  },
  catalogue: {
    products: [
      { id: 'prod-bucket', name: 'Private bucket', region: 'eu-west-1', launchable: true },
      { id: 'prod-site', name: 'WordPress', region: 'eu-west-1', launchable: true },
    ],
    sync: { done: { at: NOW, products: 2, tooLarge: [] }, failed: null },
  },
  connection: {
    mayChange: true,
    bridgeUrl: 'https://bridge.example.com',
    callbackUrl: 'https://app.example.com/x1/abc',
    secrets: { toBridge: STORED, fromBridge: STORED },
  },
  ...overrides,
});

const connected = (connection: Partial<SettingsView['connection']>): Partial<SettingsView> => ({
  connection: { ...aView().connection, ...connection },
});

const aTest = (overrides: Partial<NonNullable<TestView>> = {}): NonNullable<TestView> => ({
  testId: 'test-1',
  begunAt: NOW,
  signedWith: 'current',
  wayTo: { state: 'open' },
  wayBack: { state: 'open', verifiedWith: 'current' },
  finished: true,
  ...overrides,
});

type Answers = Readonly<Record<string, (payload: unknown) => Answer<unknown>>>;
const ok = (value: unknown): Answer<unknown> => ({ outcome: 'ok', value });

/** A settings page whose calls are answered by name. */
const openSettings = async (
  view: Partial<SettingsView> = {},
  answers: Answers = {},
  locale: 'en-US' | 'de-DE' = 'en-US',
) => {
  const asked: { readonly name: string; readonly payload: unknown }[] = [];
  const page = await openPage({
    resource: 'settings',
    context: { locale },
    answer: (name, payload) => {
      asked.push({ name, payload });
      const answer = answers[name];
      if (answer) return Promise.resolve(answer(payload));
      if (name === 'settings.open') return Promise.resolve(ok(aView(view)));
      throw new Error(`The page asks for ${name}, which this test has no answer for`);
    },
  });
  const payloadsOf = (name: string) => asked.filter((one) => one.name === name).map(({ payload }) => payload);
  return { page, payloadsOf };
};

test('addresses, and where the secrets come from, are in sight; no secret is', async () => {
  const { page } = await openSettings();
  await page.see('https://bridge.example.com');
  expect(page.text()).toContain('https://app.example.com/x1/abc');
  expect(page.text()).toContain('Stored here');
  expect(page.text()).toContain('export BRIDGE_URL=https://…, then forge deploy and forge install --upgrade');
  expect(page.text()).toContain('forge variables set BRIDGE_URL with the same address');
});

test('whoever administers only the project sees how the connection is, and no way to change it', async () => {
  const { page } = await openSettings(connected({ mayChange: false }));
  await page.see('A Jira administrator can change it');
  expect(() => page.find({ name: 'Generate a new secret to the bridge' })).toThrow(/No/);
});

test('a secret that is generated is shown once, with the value that AWS is to keep', async () => {
  const { page, payloadsOf } = await openSettings(
    connected({ secrets: { toBridge: NO_SECRET, fromBridge: STORED } }),
    { 'connection.change': () => ok({ state: STORED, generated: 'whsec_c2hvd24=' }) },
  );
  await page.see('Without this secret nothing can be sent');
  await page.press('Generate the secret to the bridge');
  await page.see('{"current":"whsec_c2hvd24="}');
  expect(payloadsOf('connection.change')).toEqual([
    { direction: 'to-bridge', change: 'bring-in', secret: null },
  ]);
  await page.press('I have copied it');
  expect(page.text()).not.toContain('whsec_c2hvd24=');
});

test('what is typed as a secret and is none is said at the field, and kept there', async () => {
  const { page } = await openSettings(
    {},
    {
      'connection.change': () => ({
        outcome: 'refused',
        code: 'invalid',
        problems: [{ field: 'secret', message: 'malformed' }],
      }),
    },
  );
  await page.see('Secret to the bridge');
  await page.press('Enter a new secret to the bridge');
  await page.type('Secret (whsec_…)', 'hunter2');
  await page.press('Store');
  await page.see('This is no webhook secret');
  expect(page.field('Secret (whsec_…)').value).toBe('hunter2');
});

test('an exchange leads through its steps, and is concluded under the id of the new secret', async () => {
  const next = { id: 'n1', since: NOW };
  const { page, payloadsOf } = await openSettings(
    connected({ secrets: { toBridge: { ...STORED, next }, fromBridge: STORED } }),
    {
      'connection.test': () => ok(aTest({ signedWith: 'next' })),
      'connection.change': () => ok({ state: STORED, generated: null }),
    },
  );
  await page.see('No test has shown yet');
  await page.press('Test with the new secret');
  await page.see('Open, with the new secret');
  expect(page.text()).not.toContain('No test has shown yet');
  await page.press('Use the new secret to the bridge');
  expect(payloadsOf('connection.test')).toEqual([{ signedWith: 'next' }]);
  expect(payloadsOf('connection.change')).toEqual([
    { direction: 'to-bridge', change: 'switch-over', id: 'n1' },
  ]);
});

test('a test is looked at until both ways are known', async () => {
  const answers = [
    aTest({ wayBack: { state: 'under-way' }, finished: false }),
    aTest({
      wayBack: { state: 'failed', why: 'refused', status: 401 },
    }),
  ];
  const { page, payloadsOf } = await openSettings(
    {},
    {
      'connection.test': () => ok(aTest({ wayBack: { state: 'under-way' }, finished: false })),
      'connection.outcome': () => ok(answers.shift()),
    },
  );
  await page.see('Test both ways');
  await page.press('Test both ways');
  await page.see('Under way');
  await page.later(2_000);
  await page.later(2_000);
  await page.see('The bridge was refused');
  expect(page.text()).toContain('Answered with status 401.');
  await page.later(10_000);
  expect(payloadsOf('connection.outcome')).toHaveLength(2);
});

test.each([
  ['unauthenticated', 'The bridge does not take our word'],
  ['unreachable', 'Nobody answered at the bridge’s address'],
  ['wrong-site', 'serves another Jira site'],
] as const)('a way to the bridge that is closed (%s) says what to do', async (why, words) => {
  const { page } = await openSettings(
    {},
    {
      'connection.test': () =>
        ok(aTest({ wayTo: { state: 'failed', why, status: null }, wayBack: { state: 'not-tried' } })),
    },
  );
  await page.see('Test both ways');
  await page.press('Test both ways');
  await page.see(words);
});

test('products are mapped, and what is saved is the whole draft but accounts that stay, under its revision', async () => {
  const { page, payloadsOf } = await openSettings({}, { 'settings.save': () => ok({ revision: 'r2' }) });
  await page.see('Connection');
  await page.press('Products');
  await page.see('Private bucket');
  expect(page.field('Request type').options).toContain('Site (not on the portal yet)');
  await page.switch('Approval of Private bucket', false);
  await page.see('There are unsaved changes.');
  await page.press('Save');
  await page.see('Saved.');
  const draft = draftOf(projectSettings());
  expect(payloadsOf('settings.save')).toEqual([
    {
      revision: 'r1',
      draft: { ...draft, accounts: null, products: [{ ...draft.products[0], approval: 'none' }] },
    },
  ]);
});

test('what cannot be saved is said at its field and names its tab, and what was typed stays', async () => {
  const { page } = await openSettings(
    {},
    {
      'settings.save': () => ({
        outcome: 'refused',
        code: 'invalid',
        problems: [{ field: 'accounts.0.id', message: 'Write the twelve digits' }],
      }),
    },
  );
  await page.see('Connection');
  await page.press('Accounts');
  await page.type('Account id (payments-dev)', '12');
  await page.press('Save');
  await page.see('In the tab Accounts: Enter the twelve digits of the AWS account.');
  const field = page.field('Account id (payments-dev)');
  expect(field).toMatchObject({ value: '12', invalid: true });
  expect(field.error).toContain('twelve digits');
});

test('who saves what somebody else has changed keeps the own changes until they are dropped', async () => {
  let opened = 0;
  const { page } = await openSettings(
    {},
    {
      'settings.open': () => ok(aView({ revision: `r${++opened}` })),
      'settings.save': () => ({ outcome: 'refused', code: 'changed' }),
    },
  );
  await page.see('Connection');
  await page.press('Accounts');
  await page.type('Name (payments-dev)', 'mine');
  await page.press('Save');
  await page.see('somebody else has saved in the meantime');
  expect(page.field('Name (mine)').value).toBe('mine');
  await page.press('Drop my changes and load what is saved');
  await page.seeGone('somebody else has saved');
  await page.press('Accounts');
  await page.see('payments-dev');
});

test('an account is given to a group that is found by its name', async () => {
  const { page, payloadsOf } = await openSettings(
    {},
    {
      'settings.find-groups': () => ok([{ id: 'g-1', name: 'developers' }]),
      'settings.save': () => ok({ revision: 'r2' }),
    },
  );
  await page.see('Connection');
  await page.press('Accounts');
  await page.type('Find a group by name (data-prod)', 'dev');
  await page.press('Find');
  await page.choose('Groups found (data-prod)', 'developers');
  await page.press('Save');
  await page.see('Saved.');
  expect(payloadsOf('settings.save')).toMatchObject([
    { draft: { accounts: [{}, { organizations: ['7'], groups: ['g-1'] }] } },
  ]);
});

test('an account that is removed takes its own fields with it', async () => {
  const { page } = await openSettings();
  await page.see('Connection');
  await page.press('Accounts');
  await page.press('Remove payments-dev');
  expect(page.field('Regions, separated by commas (data-prod)').value).toBe('eu-west-1, eu-central-1');
  await page.press('Add an account');
  await page.type('Regions, separated by commas (Account 2)', 'eu-west-1; us-east-1');
  expect(page.field('Regions, separated by commas (Account 2)').value).toBe('eu-west-1; us-east-1');
});

/** So many accounts, called team-0, team-1 and so on. */
const withAccounts = (count: number): Partial<SettingsView> => ({
  draft: {
    ...draftOf(projectSettings()),
    accounts: Array.from({ length: count }, (_, index) => ({
      id: String(index).padStart(12, '0'),
      name: `team-${index}`,
      regions: ['eu-west-1'],
      organizations: ['7'],
      groups: [],
    })),
  },
});

test('of thousands of accounts twenty are shown, and one is found by a part of its name or id', async () => {
  const { page, payloadsOf } = await openSettings(withAccounts(3_000), {
    'settings.save': () => ok({ revision: 'r2' }),
  });
  await page.see('Connection');
  await page.press('Accounts');
  await page.see('Accounts 1 to 20 of 3000');
  await expect(page.press('Previous accounts')).rejects.toThrow(/disabled/);
  await page.press('Next accounts');
  await page.see('Accounts 21 to 40 of 3000');
  expect(page.field('Name (team-20)').value).toBe('team-20');
  expect(page.text()).not.toContain('Remove team-19');

  await page.type('Find accounts by a part of their name or id', '000000002345');
  await page.press('Find accounts');
  await page.seeGone('Accounts 21 to 40');
  // It stays in sight while it is changed.
  await page.type('Name (team-2345)', 'payments');
  expect(page.field('Account id (payments)').value).toBe('000000002345');
  await page.type('Find accounts by a part of their name or id', 'TEAM-23');
  await page.press('Find accounts');
  await page.see('Accounts 1 to 20 of 110');
  await page.press('Remove team-23');
  await page.see('Accounts 1 to 20 of 109');
  await page.type('Find accounts by a part of their name or id', 'nobody');
  await page.press('Find accounts');
  await page.see('No account has that in its name or id.');
  await page.type('Find accounts by a part of their name or id', '');
  await page.press('Find accounts');
  await page.see('Accounts 1 to 20 of 2999');

  await page.press('Save');
  await page.see('Saved.');
  const [saved] = payloadsOf('settings.save') as { draft: SettingsView['draft'] }[];
  expect(saved?.draft.accounts).toHaveLength(2_999);
  expect(saved?.draft.accounts.filter(({ name }) => name === 'payments' || name === 'team-23')).toMatchObject(
    [{ id: '000000002345', name: 'payments' }],
  );
});

test('a new account is in sight among many, and so is the one with a fault', async () => {
  const { page } = await openSettings(withAccounts(45), {
    'settings.save': () => ({
      outcome: 'refused',
      code: 'invalid',
      problems: [{ field: 'accounts.30.regions', message: 'Write a list' }],
    }),
  });
  await page.see('Connection');
  await page.press('Accounts');
  await page.press('Add an account');
  await page.see('Accounts 41 to 46 of 46');
  await page.type('Name (Account 46)', 'newest');
  await page.press('Save');
  await page.see('Accounts 21 to 40 of 46');
  expect(page.field('Regions, separated by commas (team-30)').invalid).toBe(true);
});

test('the last account of the last twenty takes them with it', async () => {
  const { page } = await openSettings(withAccounts(41));
  await page.see('Connection');
  await page.press('Accounts');
  await page.press('Next accounts');
  await page.press('Next accounts');
  await page.see('Accounts 41 to 41 of 41');
  await page.press('Remove team-40');
  await page.see('Accounts 21 to 40 of 40');
  await expect(page.press('Next accounts')).rejects.toThrow(/disabled/);
});

test('more accounts than Forge lets a page send are not sent, and it is said what to do', async () => {
  const { page, payloadsOf } = await openSettings(withAccounts(6_000), {
    'settings.save': () => ok({ revision: 'r2' }),
  });
  await page.see('Connection');
  await page.press('Accounts');
  await page.press('Remove team-0');
  await page.press('Save');
  await page.see('write them with npm run settings');
  expect(payloadsOf('settings.save')).toStrictEqual([]);
});

test('a request type is created from a product, mapped, and Jira’s part is named', async () => {
  const { page, payloadsOf } = await openSettings(
    {},
    {
      'settings.create-request-type': () =>
        ok({ id: '27', name: 'A site', issueTypeId: '10100', inPortal: false }),
    },
  );
  await page.see('Connection');
  await page.press('Products');
  await page.see('Create a request type for a product');
  await page.choose('Product of the new request type', 'WordPress');
  await page.type('Name on the portal', 'A site');
  await page.choose('Issue type', 'Service request');
  await page.press('Create and map');
  await page.see('Jira leaves the rest to you');
  expect(payloadsOf('settings.create-request-type')).toEqual([
    { productId: 'prod-site', name: 'A site', issueTypeId: '10100' },
  ]);
  await page.see('Remove WordPress');
});

test('a catalogue that could not be synchronised says why, and what is known stays', async () => {
  const { page } = await openSettings(
    {},
    { 'settings.synchronise': () => ({ outcome: 'refused', code: 'unavailable', detail: 'status 503' }) },
  );
  await page.see('Connection');
  await page.press('Products');
  await page.press('Synchronise now');
  await page.see('status 503');
  expect(page.text()).toContain('Private bucket');
});

test('the check lists what is to do first, with what to do about it', async () => {
  const { page } = await openSettings(
    {},
    {
      'settings.check': () =>
        ok({
          checked: [
            { id: 'secret-to-bridge', state: 'ok', about: [] },
            { id: 'approval-step', state: 'missing', about: ['Cloud workflow'] },
            { id: 'mail-approvals', state: 'unknown', about: [] },
          ],
        }),
    },
  );
  await page.see('Connection');
  await page.press('Check');
  await page.see('One thing is to be done.');
  const text = page.text();
  expect(text).toContain('Cloud workflow');
  expect(text).toContain('require a sign-in for approvals by e-mail');
  expect(text.indexOf('approval step')).toBeLessThan(text.indexOf('The secret to the bridge is set'));
});

test('a project without settings is led from left to right', async () => {
  const { page } = await openSettings({ saved: 'absent', draft: draftOf(undefined) });
  await page.see('Go through the tabs from left to right');
});

test('settings that somebody wrote by hand and that cannot be used are open for correction', async () => {
  const { page } = await openSettings({
    saved: 'unusable',
    problems: [{ path: 'statuses.done', message: 'Write the name of a status' }],
  });
  await page.see('nothing is launched from this project until they are corrected');
  await page.press('Approval');
  await page.see('Choose a status of the workflow.');
});

test('whoever may not administer the project is told so', async () => {
  const { page } = await openSettings(
    {},
    { 'settings.open': () => ({ outcome: 'refused', code: 'not-yours' }) },
  );
  await page.see('You may not see or do this');
});

test('the page speaks German', async () => {
  const { page } = await openSettings({}, {}, 'de-DE');
  await page.see('Verbindung');
  expect(page.text()).toContain('Geheimnis zur Brücke');
});
