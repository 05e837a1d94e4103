import { z } from 'zod';
import type {
  CheckView,
  SavedView,
  SecretChangedView,
  SettingsView,
  TestView,
} from '../../forge-app/pages/settings/view';
import { SECRET } from '../../infra/names';
import { type PersonName, REQUEST_TYPE } from '../sandbox/site';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';
import { createJourney } from './journey';

const MINUTE = 60_000;

const Answered = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('ok'), value: z.unknown() }),
  z.object({
    outcome: z.literal('refused'),
    code: z.string(),
    problems: z.array(z.object({ field: z.string() })).optional(),
  }),
]);

let sandbox: Sandbox;
const logged: unknown[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({ notSetUp: true, log: (line) => void logged.push(line) });
  await sandbox.clock.advance(10_000);
}, 120_000);
afterAll(() => sandbox.close());

const ask = async (functionKey: string, payload: object = {}, as: PersonName = 'admin') => {
  const outcome = await sandbox.atlassian.callResolver({
    as,
    module: 'settings-page',
    functionKey,
    payload,
    forged: true,
  });
  if (outcome.kind !== 'returned') throw new Error(`${functionKey}: ${JSON.stringify(outcome)}`);
  return Answered.parse(outcome.result);
};

const told = async <Value>(functionKey: string, payload?: object, as?: PersonName): Promise<Value> => {
  const answer = await ask(functionKey, payload, as);
  if (answer.outcome !== 'ok') throw new Error(`${functionKey} was refused: ${JSON.stringify(answer)}`);
  // The page's own type: the resolver is the real one.
  return answer.value as Value;
};

const stateOf = async (id: string): Promise<string | undefined> =>
  (await told<CheckView>('settings.check')).checked.find((one) => one.id === id)?.state;

/** Puts a value where the bridge reads it, and lets it read it. */
const putIntoAws = async (direction: 'webhook' | 'callback', value: object): Promise<void> => {
  sandbox.aws.secrets.put(SECRET[direction], JSON.stringify(value));
  await sandbox.clock.advance(6 * MINUTE);
};

const tested = async (signedWith: 'current' | 'next' = 'current'): Promise<NonNullable<TestView>> => {
  let verdict = await told<TestView>('connection.test', { signedWith });
  for (let looks = 0; looks < 40 && verdict?.finished === false; looks += 1) {
    await sandbox.clock.advance(2_000);
    verdict = await told<TestView>('connection.outcome');
  }
  if (!verdict) throw new Error('nothing was tested');
  return verdict;
};

test('an administrator leads a project from nothing to a launch: secrets, catalogue, settings, check', async () => {
  const empty = await told<SettingsView>('settings.open');
  expect(empty).toMatchObject({
    saved: 'absent',
    revision: 'none',
    connection: {
      mayChange: true,
      bridgeUrl: sandbox.bridgeUrl,
      secrets: { toBridge: { source: 'missing' }, fromBridge: { source: 'missing' } },
    },
  });
  expect(empty.connection.callbackUrl).toMatch(/^https?:/);
  expect(await tested()).toMatchObject({ wayTo: { state: 'failed', why: 'no-key' } });

  const webhook = await told<SecretChangedView>('connection.change', {
    ...{ change: 'bring-in', direction: 'to-bridge', secret: null },
  });
  expect(webhook).toMatchObject({ state: { source: 'stored', next: null } });
  expect(await tested()).toMatchObject({ wayTo: { state: 'failed', why: 'unauthenticated', status: 401 } });
  await putIntoAws('webhook', { current: webhook.generated });

  const callback = await told<SecretChangedView>('connection.change', {
    ...{ change: 'bring-in', direction: 'from-bridge', secret: null },
  });
  expect(await tested()).toMatchObject({
    wayTo: { state: 'open' },
    wayBack: { state: 'failed', why: 'refused', status: 401 },
  });
  await putIntoAws('callback', { current: callback.generated });
  expect(await tested()).toMatchObject({
    wayTo: { state: 'open' },
    wayBack: { state: 'open', verifiedWith: 'current' },
    finished: true,
  });

  await told('settings.synchronise');
  const { catalogue, choices, draft } = await told<SettingsView>('settings.open');
  expect(catalogue.sync).toMatchObject({ failed: null, done: { products: catalogue.products.length } });
  expect(catalogue.products.length).toBeGreaterThan(0);
  expect(choices.requestTypes?.map(({ id }) => id)).toContain(REQUEST_TYPE.approved);

  const wanted = {
    ...draft,
    products: sandbox.settings.products.map((product) => ({ approval: 'required', ...product })),
    accounts: sandbox.settings.accounts.map((account) => ({ groups: [], ...account })),
    gates: sandbox.settings.gates,
    statuses: sandbox.settings.statuses,
  };
  const wrong = { ...wanted, statuses: { ...wanted.statuses, done: '' } };
  expect(await ask('settings.save', { revision: 'none', draft: wrong })).toMatchObject({
    code: 'invalid',
    problems: [{ field: 'statuses.done' }],
  });
  await told('settings.save', { revision: 'none', draft: wanted });
  // Whoever opened the page before that does not overwrite it.
  expect(await ask('settings.save', { revision: 'none', draft: wanted })).toMatchObject({ code: 'changed' });

  const { checked } = await told<CheckView>('settings.check');
  const notDone = checked.filter(({ state }) => state === 'missing');
  expect(notDone).toStrictEqual([]);

  const journey = createJourney(sandbox);
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
}, 300_000);

test('both secrets are exchanged while orders go on, and no secret is told a second time', async () => {
  const before = await told<SettingsView>('settings.open');
  expect(before.connection.secrets).toMatchObject({
    toBridge: { source: 'stored' },
    fromBridge: { source: 'stored' },
  });

  // To the bridge: it learns the new one first.
  const fresh = await told<SecretChangedView>('connection.change', {
    ...{ change: 'bring-in', direction: 'to-bridge', secret: null },
  });
  const id = fresh.state.next?.id;
  expect(await tested('next')).toMatchObject({ wayTo: { state: 'failed', why: 'unauthenticated' } });
  expect(await tested('current')).toMatchObject({ wayTo: { state: 'open' } });
  const held = z
    .object({ current: z.string() })
    .parse(JSON.parse(sandbox.aws.secrets.find(SECRET.webhook)?.value ?? ''));
  await putIntoAws('webhook', { current: fresh.generated, previous: held.current });
  expect(await tested('next')).toMatchObject({ wayTo: { state: 'open' } });
  await told('connection.change', { change: 'switch-over', direction: 'to-bridge', id });
  await putIntoAws('webhook', { current: fresh.generated });
  expect(await tested()).toMatchObject({ wayTo: { state: 'open' }, wayBack: { state: 'open' } });

  // From the bridge: the app takes both first.
  const other = await told<SecretChangedView>('connection.change', {
    ...{ change: 'bring-in', direction: 'from-bridge', secret: null },
  });
  await sandbox.clock.advance(MINUTE);
  expect(await tested()).toMatchObject({ wayBack: { state: 'open', verifiedWith: 'current' } });
  await putIntoAws('callback', { current: other.generated });
  expect(await tested()).toMatchObject({ wayBack: { state: 'open', verifiedWith: 'next' } });
  await told('connection.change', {
    ...{ change: 'switch-over', direction: 'from-bridge', id: other.state.next?.id },
  });
  expect(await tested()).toMatchObject({ wayBack: { state: 'open', verifiedWith: 'current' } });

  const after = JSON.stringify(await told<SettingsView>('settings.open'));
  for (const secret of [fresh.generated, other.generated]) {
    expect(secret).toMatch(/^whsec_/);
    expect(after).not.toContain(secret);
    expect(JSON.stringify(logged)).not.toContain(secret);
    expect(JSON.stringify(sandbox.journal.entries)).not.toContain(secret);
  }
}, 300_000);

test('whoever administers only the project sees the connection and changes nothing of it', async () => {
  const view = await told<SettingsView>('settings.open', {}, 'project-admin');
  expect(view.connection.mayChange).toBe(false);
  const change = { change: 'bring-in', direction: 'to-bridge', secret: null };
  expect(await ask('connection.change', change, 'project-admin')).toMatchObject({ code: 'not-yours' });
  // The workflow is Jira's administrators' to read.
  const { checked } = await told<CheckView>('settings.check', {}, 'project-admin');
  expect(checked).toContainEqual({ id: 'approval-step', state: 'unknown', about: [] });
});

test.each<[PersonName]>([['agent'], ['collaborator']])(
  'the settings are none of an %s’s, whatever their browser says',
  async (as) => {
    for (const name of ['settings.open', 'settings.check', 'connection.outcome', 'settings.synchronise']) {
      expect(await ask(name, {}, as)).toMatchObject({ outcome: 'refused', code: 'not-yours' });
    }
    const draft = { revision: 'none', draft: (await told<SettingsView>('settings.open')).draft };
    expect(await ask('settings.save', draft, as)).toMatchObject({ outcome: 'refused', code: 'not-yours' });
  },
);

test('a request type that is created from a product is not on the portal, which the check says once it is mapped', async () => {
  const { draft, revision, catalogue, choices } = await told<SettingsView>('settings.open');
  const [product] = catalogue.products;
  const issueTypeId = choices.issueTypes?.[0]?.id;
  const created = await told<{ readonly id: string; readonly name: string }>('settings.create-request-type', {
    ...{ productId: product?.id, name: 'A product of our own', issueTypeId },
  });
  const products = [
    ...draft.products,
    { productId: product?.id, requestTypeId: created.id, approval: 'required' },
  ];
  await told('settings.save', { revision, draft: { ...draft, products } });
  expect(await stateOf('request-types-in-portal')).toBe('missing');
});

test('three thousand accounts are saved at once, and one of them is launched into', async () => {
  const { draft, revision } = await told<SettingsView>('settings.open');
  const more = Array.from({ length: 3_000 }, (_, index) => ({
    id: String(900_000_000_000 + index),
    name: `team-${index}-dev`,
    regions: ['eu-west-1'],
    organizations: ['7'],
    groups: [],
  }));
  const accounts = [...more, ...draft.accounts];
  const saved = await told<SavedView>('settings.save', { revision, draft: { ...draft, accounts } });
  expect((await told<SettingsView>('settings.open')).draft).toEqual({ ...draft, accounts });

  const journey = createJourney(sandbox);
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');

  // What is not sent stays as it is; what fits into the property again leaves no lists behind.
  const later = { ...draft, accounts: null, separationOfDuties: false };
  const { revision: next } = await told<SavedView>('settings.save', { ...saved, draft: later });
  expect((await told<SettingsView>('settings.open')).draft).toEqual({ ...later, accounts });
  await told<SavedView>('settings.save', { revision: next, draft });
  const { values } = z
    .object({ values: z.tuple([z.object({ properties: z.record(z.string(), z.unknown()) })]) })
    .parse(await sandbox.site.ask('admin', 'GET', '/rest/api/3/project/search?properties=*all'));
  expect(Object.keys(values[0].properties)).toEqual(['gatehouse']);
}, 120_000);
