import { generateKeyPairSync, sign } from 'node:crypto';
import { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { digestOf } from '../../aws-bridge/contract/order';
import { MAX_BODY_BYTES } from '../../aws-bridge/contract/signature';
import { newWebhookSecret, PERSON, SITE_ID } from '../sandbox/site';
import { type Journey, MINUTE, startJourney } from './journey';
import { type Answer, createPosts, type Post, type Posts, send } from './signed-post';

/*
 * What the bridge makes of messages that are not the app's, over real HTTP. Invariants 1 (nothing is launched without
 * an approval), 3 (once, whatever is repeated) and 7 (a message acts only for the site that it belongs to).
 */

let journey: Journey;
let posts: Posts;
beforeAll(async () => {
  journey = await startJourney();
  posts = createPosts(journey.sandbox);
});
afterAll(() => journey.sandbox.close());

/** An operation that somebody made up: everything about it is right but that nobody approved it. */
const anOperation = (overrides: Partial<ApprovedOperation> = {}): ApprovedOperation => {
  const order = {
    ...journey.form(),
    pathId: null,
    tags: { 'gatehouse:request': 'CLOUD-99' },
    requester: PERSON.employee,
  };
  return ApprovedOperation.parse({
    operationId: 'launch-99999-0123456789abcdef',
    kind: 'launch',
    site: SITE_ID,
    requestKey: 'CLOUD-99',
    order,
    digest: digestOf(order),
    approval: { approvers: [PERSON.approver], approvedAt: journey.sandbox.clock.now().toISOString() },
    ...overrides,
  });
};

const contentOf = (data: unknown, type = 'operation.approved') => ({
  type,
  timestamp: journey.sandbox.clock.now().toISOString(),
  data,
});

const posted = (more: { secret?: string; ahead?: number } = {}, data: unknown = anOperation()): Post =>
  posts.toBridge('/webhook', contentOf(data), { id: anOperation().operationId, ...more });

const withHeaders = (post: Post, headers: Readonly<Record<string, string | undefined>>): Post => ({
  ...post,
  headers: Object.fromEntries(
    Object.entries({ ...post.headers, ...headers }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  ),
});

/** The token of a message, signed anew by somebody who has not got Atlassian's key. */
const withForgedToken = (post: Post): Post => {
  const [header = '', claims = ''] = (post.headers['authorization'] ?? '').slice('Bearer '.length).split('.');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forged = sign('sha256', Buffer.from(`${header}.${claims}`), privateKey).toString('base64url');
  return withHeaders(post, { authorization: `Bearer ${header}.${claims}.${forged}` });
};

const startsNothing = async (): Promise<void> => {
  const { clock, journal, aws } = journey.sandbox;
  await clock.advance(5 * MINUTE);
  expect(aws.lambda.engine.executions).toStrictEqual([]);
  expect(journal.of('lambda', 'Invoke')).toStrictEqual([]);
  expect(journal.of('sts')).toStrictEqual([]);
  expect(journal.of('servicecatalog', 'ProvisionProduct')).toStrictEqual([]);
};

const notAuthentic: readonly (readonly [string, () => Post])[] = [
  ['signed with a key that nobody gave away', () => posted({ secret: newWebhookSecret() })],
  ['signed with the key of the other direction', () => posted({ secret: journey.sandbox.secrets.callback })],
  ['older than five minutes', () => posted({ ahead: -301 })],
  ['from more than five minutes ahead', () => posted({ ahead: 301 })],
  ['changed after it was signed', () => ({ ...posted(), body: posted().body.replace('30', '31') })],
  [
    'renamed after it was signed',
    () => withHeaders(posted(), { 'webhook-id': 'launch-99999-fedcba9876543210' }),
  ],
  [
    'postdated after it was signed',
    () =>
      withHeaders(posted({ ahead: -400 }), { 'webhook-timestamp': posted().headers['webhook-timestamp'] }),
  ],
  ['without its id', () => withHeaders(posted(), { 'webhook-id': undefined })],
  ['without its moment', () => withHeaders(posted(), { 'webhook-timestamp': undefined })],
  ['without its signature', () => withHeaders(posted(), { 'webhook-signature': undefined })],
  ['with an empty signature', () => withHeaders(posted(), { 'webhook-signature': 'v1,' })],
  ['without a Forge Invocation Token', () => withHeaders(posted(), { authorization: undefined })],
  ['with a forged Forge Invocation Token', () => withForgedToken(posted())],
  ['with a token that is none', () => withHeaders(posted(), { authorization: 'Bearer a.b.c' })],
];

test('every message that is not authentic gets the same 401, and nothing is started', async () => {
  const answers: (readonly [string, Answer])[] = [];
  for (const [what, post] of notAuthentic) answers.push([what, await send(post())]);
  const old = posted();
  await journey.sandbox.clock.advance(6 * MINUTE);
  answers.push(['sent again after six minutes', await send(old)]);

  expect(answers.map(([what, { status }]) => `${what}: ${status}`)).toEqual(
    answers.map(([what]) => `${what}: 401`),
  );
  expect(new Set(answers.map(([, { body }]) => body)).size).toBe(1);
  await startsNothing();
});

test.each([
  [
    'whose digest is not its order’s',
    () => posted({}, { ...anOperation(), digest: '0'.repeat(64) }),
    400,
    /data\.digest/,
  ],
  [
    'of another site',
    () => posted({}, anOperation({ site: '11111111-2222-4333-8444-555555555555' })),
    400,
    /another site/,
  ],
  [
    'of a type that there is not',
    () => posts.toBridge('/webhook', contentOf(anOperation(), 'operation.wished'), { id: 'wish-1' }),
    400,
    /type/,
  ],
  ['without an order', () => posted({}, { ...anOperation(), order: undefined }), 400, /data\.order/],
  ['with a member that nobody knows', () => posted({}, { ...anOperation(), urgent: true }), 400, /urgent/],
  ['that is larger than 256 kB', () => posted({}, { padding: 'x'.repeat(MAX_BODY_BYTES) }), 413, /262144/],
  [
    'on the path of another',
    () => posts.toBridge('/catalog', contentOf(anOperation()), { id: 'launch-1' }),
    400,
    /type/,
  ],
])(
  'an authentic message %s is refused with what is wrong, and nothing is started',
  async (_what, post, status, words) => {
    const answer = await send(post());
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(words);
    await startsNothing();
  },
);

test.each(['GET', 'PUT', 'DELETE'])('%s is served nowhere', async (method) => {
  for (const path of ['/webhook', '/catalog', '/', '/webhook/']) {
    const { status } = await fetch(`${journey.sandbox.bridgeUrl}${path}`, { method });
    expect([404, 405]).toContain(status);
  }
  await startsNothing();
});

test('an approved operation that is replayed, as it was or signed anew, takes effect once', async () => {
  const { aws } = journey.sandbox;
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'provisioning', MINUTE);
  const [execution] = aws.lambda.engine.executions;
  const operation = ApprovedOperation.parse(JSON.parse(execution?.payload ?? ''));
  const { operationId: id } = operation;

  const replay = posts.toBridge('/webhook', contentOf(operation), { id });
  for (const post of [replay, replay, posts.toBridge('/webhook', contentOf(operation), { id })]) {
    const answer = await send(post);
    expect([200, 202]).toContain(answer.status);
    expect(JSON.parse(answer.body)).toEqual({ operationId: id });
  }

  const order = { ...operation.order, parameters: { RetentionDays: '3650' } };
  const other = { ...operation, order, digest: digestOf(order) };
  const refused = await send(posts.toBridge('/webhook', contentOf(other), { id }));
  expect(refused.status).toBe(409);
  expect(refused.body).toMatch(/already started for another order/);

  await journey.reaches(key, 'succeeded');
  const before = journey.sandbox.journal.entries.length;
  expect((await send(posts.toBridge('/webhook', contentOf(operation), { id }))).status).toBe(200);
  // A duplicate costs one call.
  expect(journey.awsCalls(before)).toEqual(['Invoke']);
  await journey.sandbox.clock.advance(10 * MINUTE);
  expect(aws.lambda.engine.executions).toHaveLength(1);
  expect(journey.launches(key)).toHaveLength(1);
  expect(journey.stacks()).toHaveLength(1);
});

test('the catalogue is told to nobody but the app, and what has not changed is answered as unchanged', async () => {
  const ask = (data: object, signing: { secret?: string } = {}) =>
    send(
      posts.toBridge(
        '/catalog',
        contentOf({ site: SITE_ID, revision: null, describedVersions: [], ...data }, 'catalog.requested'),
        {
          id: 'catalog-1',
          ...signing,
        },
      ),
    );
  expect((await ask({}, { secret: newWebhookSecret() })).status).toBe(401);
  expect(await ask({ revision: 7 })).toMatchObject({
    status: 400,
    body: expect.stringMatching(/data\.revision/) as string,
  });
  expect((await ask({ site: '11111111-2222-4333-8444-555555555555' })).status).toBe(400);

  const first = await ask({});
  expect(first).toMatchObject({ status: 200, body: expect.stringMatching(/"changed":true/) as string });
  const revision = /"revision":"([0-9a-f]{64})"/.exec(first.body)?.[1];
  const again = await ask({ revision });
  expect(JSON.parse(again.body)).toEqual({ changed: false, revision });
});
