import { z } from 'zod';
import type { Place } from '../sandbox/atlassian/page-visits';
import { STATUS } from '../sandbox/atlassian/workflow';
import { DATA_PROD, PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { appUuid, type PersonName, REQUEST_TYPE } from '../sandbox/site';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

/* What pages are asked by whoever means harm, or presses at the worst moment. */

let journey: Journey;
beforeAll(async () => {
  // What people press at once meets on the wire, so all of it goes over one.
  journey = await startJourney({ atlassian: { hops: 'over HTTP' } });
});
afterEach(async () => {
  journey.sandbox.faults.clear();
  await write(journey.sandbox.settings);
});
afterAll(() => journey.sandbox.close());

const Returned = z.object({
  kind: z.literal('returned'),
  result: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('ok'), value: z.unknown() }),
    z.strictObject({
      outcome: z.literal('refused'),
      code: z.string(),
      detail: z.string().optional(),
      problems: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    }),
  ]),
});

/** Calls a resolver as a browser can that says whatever it likes. */
const ask = async (
  module: string,
  functionKey: string,
  more: { readonly as: PersonName; readonly extension?: Place; readonly payload?: unknown },
) =>
  Returned.parse(await journey.sandbox.atlassian.callResolver({ ...more, module, functionKey, forged: true }))
    .result;

const write = (value: unknown) =>
  journey.sandbox.site.setProjectProperty({ as: 'admin', property: 'gatehouse', value });

const onIssue = (key: string, functionKey: string, payload?: unknown) => {
  const { id } = journey.sandbox.site.request(key);
  return ask('issue-context', functionKey, { as: 'agent', payload, extension: { issue: { id, key } } });
};
const View = z.object({
  attempt: z.number(),
  actions: z.object({ stamp: z.string(), notAgain: z.string().nullable() }),
});
const view = async (key: string) => {
  const answer = await onIssue(key, 'issue-context.open');
  if (answer.outcome === 'refused') throw new Error(`The issue’s panel is refused: ${answer.code}`);
  return View.parse(answer.value);
};
const press = async (key: string, action: 'retry' | 'cancel') =>
  onIssue(key, `request.${action}`, { stamp: (await view(key)).actions.stamp });

const failsNext = () =>
  journey.sandbox.cloudFormation.failNext({
    account: PAYMENTS_DEV,
    resourceType: 'AWS::S3::Bucket',
    reason: 'You have reached the limit of buckets in this account.',
  });
const failed = async (): Promise<string> => {
  failsNext();
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'failed');
  await journey.sandbox.clock.advance(MINUTE);
  return key;
};

test.each<[string, (key: string) => Promise<unknown> | undefined, RegExp]>([
  [
    'the product is not offered any more',
    () => write({ ...journey.sandbox.settings, products: [] }),
    /List it again/,
  ],
  [
    'the account was taken from its reporter',
    () => {
      const { settings } = journey.sandbox;
      return write({ ...settings, accounts: settings.accounts.filter(({ id }) => id !== PAYMENTS_DEV) });
    },
    /./,
  ],
  ['the settings cannot be used', () => write({ accounts: 'all of them' }), /accounts is "all of them"/],
  [
    'the order on the request is another one',
    async (key) => {
      const { site, atlassian } = journey.sandbox;
      await site.setProperty({
        ...{ as: 'agent', key, property: appUuid(atlassian.appId) },
        value: journey.form({ parameters: { RetentionDays: '3650' } }),
      });
    },
    /./,
  ],
])('a launch that failed is not launched again where by now %s', async (_, happens, words) => {
  const key = await failed();
  await happens(key);
  const answer = await press(key, 'retry');
  expect(answer).toMatchObject({ outcome: 'refused', detail: expect.stringMatching(words) as string });
  await journey.sandbox.clock.advance(2 * HOUR);
  expect(journey.launches(key)).toHaveLength(1);
  // Nor has it been moved anywhere.
  expect(journey.sandbox.site.request(key).status).toBe(STATUS.failed);
});

test('a second launch whose hand-over is answered into the void, and repeated by the sweep, is one', async () => {
  const key = await failed();
  journey.sandbox.faults.plan('bridge', 'POST /webhook', 'answer lost', 3);
  journey.sandbox.faults.plan('servicecatalog', 'ProvisionProduct', 'answer lost', 2);
  expect(await press(key, 'retry')).toMatchObject({ outcome: 'ok' });
  await journey.reaches(key, 'succeeded', 4 * HOUR);
  await journey.sandbox.clock.advance(2 * HOUR);
  const tokens = journey.launches(key).map(({ detail }) => detail['ProvisionToken']);
  expect(new Set(tokens).size).toBe(2);
  expect(journey.sandbox.site.request(key).status).toBe(STATUS.done);
});

test('calling off and approving at once comes to one of the two', async () => {
  for (const first of ['cancel', 'approve'] as const) {
    const key = await journey.raise();
    const { stamp } = (await view(key)).actions;
    const cancel = () => onIssue(key, 'request.cancel', { stamp });
    const approve = () => journey.approve(key);
    const [answer] = await (first === 'cancel'
      ? Promise.all([cancel(), approve()])
      : Promise.all([approve(), cancel()]).then(([, cancelled]) => [cancelled] as const));
    await journey.sandbox.clock.advance(2 * HOUR);
    const called = answer.outcome === 'ok';
    expect(journey.launches(key)).toHaveLength(called ? 0 : 1);
    expect(journey.state(key)).toBe(called ? 'withdrawn' : 'succeeded');
  }
});

test('after five attempts there is no sixth, whoever presses', async () => {
  const key = await failed();
  for (let attempt = 2; attempt <= 5; attempt += 1) {
    failsNext();
    expect(await press(key, 'retry')).toMatchObject({ outcome: 'ok' });
    await journey.reaches(key, 'sending', MINUTE);
    await journey.reaches(key, 'failed');
    await journey.sandbox.clock.advance(MINUTE);
    expect((await view(key)).attempt).toBe(attempt);
  }
  expect((await view(key)).actions.notAgain).toBe('spent');
  expect(await press(key, 'retry')).toMatchObject({ code: 'changed' });
  await journey.sandbox.clock.advance(HOUR);
  expect(journey.launches(key)).toHaveLength(5);
});

const filter = { states: 'all', account: null, product: null, age: null } as const;

test.each([
  ['a quote', '" OR project = "CLOUD'],
  ['a backslash before the quote', '\\" OR gatehouseState IS NOT EMPTY OR gatehouseProduct = "x'],
  ['a line break', 'x"\n OR key IS NOT EMPTY'],
])('the queue asks Jira for nothing but a product’s name, whatever it holds: %s', async (_, product) => {
  const key = await journey.raise();
  expect(journey.state(key)).toBe('awaiting-approval');
  const answer = await ask('queue-page', 'queue.open', {
    as: 'agent',
    payload: { filter: { ...filter, product }, token: null },
  });
  expect(answer).toMatchObject({ outcome: 'ok', value: { rows: [] } });
});

test.each([' ', '..', '../10000', '10000/../10000', '10000?x=1', '%2e%2e', '0', '-1', '9'.repeat(40)])(
  'a project or an issue that the browser calls "%s" is nobody’s',
  async (id) => {
    for (const [module, functionKey, payload] of [
      ['settings-page', 'settings.open', {}],
      ['settings-page', 'connection.change', { change: 'bring-in', direction: 'to-bridge', secret: null }],
      ['queue-page', 'queue.open', { filter, token: null }],
    ] as const) {
      const extension = { project: { id, key: 'CLOUD' } };
      expect(await ask(module, functionKey, { as: 'project-admin', extension, payload })).not.toMatchObject({
        outcome: 'ok',
      });
    }
    const extension = { issue: { id, key: 'CLOUD-99999' } };
    for (const call of ['issue-context.open', 'request.resync']) {
      const answer = await ask('issue-context', call, { as: 'agent', extension });
      expect(answer).not.toMatchObject({ outcome: 'ok' });
    }
    const portal = await ask('order-form', 'order-form.open', {
      as: 'employee',
      extension: { portal: { id }, request: { typeId: REQUEST_TYPE.approved } },
    });
    if (portal.outcome === 'ok') expect(portal.value).toEqual({ ours: false });
  },
);

/** With two of them a page sends nearly as much as Forge lets it. */
const HUGE = 'x'.repeat(249_000);

test.each<[string, string, PersonName, unknown]>([
  ['order-form', 'order-form.describe', 'employee', { productId: HUGE }],
  [
    'order-form',
    'order-form.seal',
    'employee',
    { productId: 'p', provisioningArtifactId: 'v', account: 'a', parameter: 'k', value: HUGE },
  ],
  [
    'order-form',
    'order-form.choices',
    'employee',
    {
      productId: 'p',
      account: PAYMENTS_DEV,
      region: REGION,
      types: Array.from({ length: 10_000 }, () => 'AWS::EC2::VPC::Id'),
    },
  ],
  ['queue-page', 'queue.open', 'agent', { filter: { ...filter, product: HUGE }, token: HUGE }],
  ['settings-page', 'settings.save', 'project-admin', { revision: 'none', draft: { accounts: HUGE } }],
  ['settings-page', 'settings.find-people', 'project-admin', { text: HUGE }],
])(
  'of %s, %s refuses as much as Forge lets through at once, and repeats none of it',
  async (module, call, as, payload) => {
    const extension = { portal: { id: 1 }, request: { typeId: REQUEST_TYPE.approved } };
    const answer = await ask(module, call, { as, payload, ...(as === 'employee' && { extension }) });
    expect(answer).toMatchObject({ outcome: 'refused', code: 'invalid' });
    expect(JSON.stringify(answer).length).toBeLessThan(1_000);
  },
);

test('customers learn nothing of how an account or the app is set up from what they are refused', async () => {
  const { productId } = journey.sandbox.portfolio.product('private-bucket');
  const extension = { portal: { id: 1 }, request: { typeId: REQUEST_TYPE.approved } };
  const chosen = (account: string, region: string) =>
    ask('order-form', 'order-form.choices', {
      ...{ as: 'employee', extension },
      payload: { productId, account, region, types: ['AWS::EC2::VPC::Id'] },
    });
  // An account that is somebody else's, and one that is nobody's, are refused alike.
  const [foreign, absent] = [await chosen(DATA_PROD, REGION), await chosen('999999999999', REGION)];
  expect(foreign).toEqual({ outcome: 'refused', code: 'not-yours' });
  expect(absent).toEqual(foreign);
  expect(await chosen(PAYMENTS_DEV, 'us-west-2')).toEqual(foreign);
  journey.sandbox.faults.plan('bridge', 'POST /catalog', 'unreachable', 20);
  expect(await chosen(PAYMENTS_DEV, REGION)).toEqual({ outcome: 'refused', code: 'unavailable' });
});
