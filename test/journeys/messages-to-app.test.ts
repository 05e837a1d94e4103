import type { OperationProgress } from '../../aws-bridge/contract/progress';
import { newWebhookSecret, SITE_ID } from '../sandbox/site';
import { type Journey, MINUTE, startJourney } from './journey';
import { type Answer, createPosts, type Post, type Posts, send } from './signed-post';

/*
 * What the app makes of callbacks that are not the bridge's, or come too late, over real HTTP. Invariants 3 (once,
 * whatever is repeated or reordered) and 7 (a message acts only for what it belongs to).
 */

let journey: Journey;
let posts: Posts;
/** A request whose operation is under way, and one that has ended. */
let running: string;
let ended: string;

beforeAll(async () => {
  journey = await startJourney();
  posts = createPosts(journey.sandbox);
  ended = await journey.raise(journey.form({ name: 'ended' }));
  await journey.approve(ended);
  await journey.reaches(ended, 'succeeded');
  running = await journey.raise(journey.form({ name: 'running' }));
  await journey.approve(running);
  await journey.reaches(running, 'provisioning');
  await journey.sandbox.clock.advance(1000);
});
afterAll(() => journey.sandbox.close());

const operationOf = (key: string): string => {
  const { site, journal } = journey.sandbox;
  const ids = journal.of('bridge', 'POST /webhook').map(({ detail }) => String(detail['webhook-id']));
  return ids.find((id) => id.startsWith(`launch-${site.request(key).id}-`)) ?? '';
};

const news = (key: string, overrides: Partial<OperationProgress> = {}): OperationProgress => ({
  operationId: operationOf(key),
  site: SITE_ID,
  sequence: 2,
  state: 'succeeded',
  at: journey.sandbox.clock.now().toISOString(),
  outputs: [{ key: 'Forged', value: 'forged' }],
  errors: [],
  ...overrides,
});

const contentOf = (data: unknown, type = 'operation.progressed') => ({
  type,
  timestamp: journey.sandbox.clock.now().toISOString(),
  data,
});

const callback = (
  progress: OperationProgress,
  more: { secret?: string; ahead?: number; id?: string } = {},
): Post => posts.toApp(contentOf(progress), { id: `${progress.operationId}_${progress.sequence}`, ...more });

/** All that anybody can see of the two requests. */
const seen = () => [running, ended].map((key) => journey.sandbox.site.request(key));

const without = (post: Post, header: string): Post => ({
  ...post,
  headers: Object.fromEntries(Object.entries(post.headers).filter(([name]) => name !== header)),
});

const notAuthentic: readonly (readonly [string, () => Post])[] = [
  ['signed with a key that nobody gave away', () => callback(news(running), { secret: newWebhookSecret() })],
  [
    'signed with the key of the other direction',
    () => callback(news(running), { secret: journey.sandbox.secrets.webhook }),
  ],
  ['older than five minutes', () => callback(news(running), { ahead: -301 })],
  ['from more than five minutes ahead', () => callback(news(running), { ahead: 301 })],
  [
    'changed after it was signed',
    () => ({ ...callback(news(running)), body: callback(news(running, { state: 'failed' })).body }),
  ],
  ['without its signature', () => without(callback(news(running)), 'webhook-signature')],
  ['without its id', () => without(callback(news(running)), 'webhook-id')],
  ['empty', () => ({ ...callback(news(running)), body: '' })],
];

test('every callback that is not authentic gets the same 401, and the requests stay as they are', async () => {
  const before = seen();
  const answers: (readonly [string, Answer])[] = [];
  for (const [what, post] of notAuthentic) answers.push([what, await send(post())]);
  expect(answers.map(([what, { status }]) => `${what}: ${status}`)).toEqual(
    answers.map(([what]) => `${what}: 401`),
  );
  expect(new Set(answers.map(([, { body }]) => body)).size).toBe(1);
  expect(seen()).toEqual(before);
});

test.each([
  [
    'of a type that there is not',
    () => posts.toApp(contentOf(news(running), 'gate.wished'), { id: `${operationOf(running)}_2` }),
    400,
  ],
  [
    'of a state that there is not',
    () =>
      posts.toApp(contentOf({ ...news(running), state: 'splendid' }), { id: `${operationOf(running)}_2` }),
    400,
  ],
  [
    'whose id is of another operation than its content',
    () => callback(news(running), { id: `${operationOf(ended)}_2` }),
    400,
  ],
  [
    'whose id is of another sequence than its content',
    () => callback(news(running), { id: `${operationOf(running)}_3` }),
    400,
  ],
  [
    'about an operation that nobody started',
    () => callback(news(running, { operationId: 'launch-99999-0123456789abcdef' })),
    410,
  ],
  [
    'about another operation of the same request',
    () => callback(news(running, { operationId: `${operationOf(running).slice(0, -1)}x` })),
    410,
  ],
  ['of another site', () => callback(news(running, { site: '11111111-2222-4333-8444-555555555555' })), 410],
])('an authentic callback %s is refused, and the requests stay as they are', async (_what, post, status) => {
  const before = seen();
  expect((await send(post())).status).toBe(status);
  expect(seen()).toEqual(before);
});

test.each([
  ['the same news again', () => callback(news(running, { sequence: 1, state: 'provisioning' }))],
  ['older news that say something else', () => callback(news(running, { sequence: 1, state: 'failed' }))],
  ['news of a start after the end', () => callback(news(ended, { sequence: 1, state: 'provisioning' }))],
  ['another end under the same sequence', () => callback(news(ended, { state: 'failed' }))],
])('%s are answered 200 and change nothing', async (_what, post) => {
  const before = seen();
  expect((await send(post())).status).toBe(200);
  expect(seen()).toEqual(before);
});

test('a callback that is sent twice at the same moment is shown once', async () => {
  const progress = news(running, { sequence: 2, state: 'rolling-back', outputs: [] });
  const answers = await Promise.all([send(callback(progress)), send(callback(progress))]);
  for (const { status } of answers) expect([200, 503]).toContain(status);
  await journey.sandbox.clock.advance(1000);
  expect(journey.state(running)).toBe('rolling-back');
  expect(journey.comments(running).filter((comment) => /undoing/.test(comment))).toHaveLength(1);
});

test('GET is no callback', async () => {
  const before = seen();
  const answer = await fetch(journey.sandbox.atlassian.webTriggerUrl('bridge-callback'));
  expect(answer.status).toBe(405);
  expect(seen()).toEqual(before);
});

test('news of an ended operation under a newer sequence do not take the end back', async () => {
  const before = journey.sandbox.site.request(ended);
  expect(
    (await send(callback(news(ended, { sequence: 9, state: 'provisioning', outputs: [] })))).status,
  ).toBe(200);
  await journey.sandbox.clock.advance(MINUTE);
  expect(journey.sandbox.site.request(ended)).toEqual(before);
});
