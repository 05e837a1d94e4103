import { signingKey } from '../../../../aws-bridge/contract/signature';
import { verdictOn } from '../../../../forge-app/connection/test-verdict';
import { createTryBridge, type Tried } from '../../../../forge-app/connection/try-bridge';

const BEGUN = '2026-01-15T09:00:00.000Z';
const at = (seconds: number) => new Date(Date.parse(BEGUN) + seconds * 1000);
const testId = `test-${'a'.repeat(32)}`;
const SITE = '5a6f1c2e-8d3b-4f0a-9c47-1b2d3e4f5a6b';
const key = signingKey(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);

const tried = (answer: { readonly status: number; readonly body: unknown } | Error): Promise<Tried> =>
  createTryBridge({
    invoke: () =>
      answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve({
            status: answer.status,
            headers: { get: () => null },
            text: () => Promise.resolve(JSON.stringify(answer.body)),
          }),
    now: () => at(0),
    newMessageId: () => 'm1',
  })({ site: SITE, testId }, key);

const refusal = (error: string) => ({ error, message: 'no' });

test.each<[string, Parameters<typeof tried>[0], object]>([
  ['no answer', new TypeError('fetch failed'), { why: 'unreachable', status: null }],
  ['401', { status: 401, body: refusal('unauthenticated') }, { why: 'unauthenticated', status: 401 }],
  ['another site’s bridge', { status: 400, body: refusal('wrong-site') }, { why: 'wrong-site' }],
  ['an older bridge', { status: 400, body: refusal('malformed') }, { why: 'outdated' }],
  ['404', { status: 404, body: refusal('not-found') }, { why: 'not-the-bridge', status: 404 }],
  ['503', { status: 503, body: refusal('unavailable') }, { why: 'busy', status: 503 }],
  ['200 of somebody else', { status: 200, body: { ok: true } }, { why: 'not-the-bridge' }],
  [
    '200 for another test',
    { status: 200, body: { testId: `test-${'b'.repeat(32)}`, wayBack: { state: 'taken' } } },
    { why: 'not-the-bridge' },
  ],
])('%s says why the way to the bridge is closed', async (_what, answer, expected) => {
  expect(await tried(answer)).toMatchObject({ state: 'closed', ...expected });
});

test('the bridge’s own answer says how far its call is', async () => {
  const body = { testId, wayBack: { state: 'under-way' } };
  expect(await tried({ status: 200, body })).toEqual({ state: 'open', wayBack: body.wayBack });
});

const test_ = { testId, begunAt: BEGUN, signedWith: 'current' } as const;
const open = (wayBack: Extract<Tried, { readonly state: 'open' }>['wayBack']): Tried => ({
  state: 'open',
  wayBack,
});

test('a callback that came in is what counts, with the secret that verified it', () => {
  const arrival = { testId, arrivedAt: BEGUN, verifiedWith: 'next' } as const;
  const closed = { state: 'closed', why: 'busy', status: 503 } as const;
  expect(verdictOn(test_, closed, arrival, at(1))).toMatchObject({
    wayTo: { state: 'open' },
    wayBack: { state: 'open', verifiedWith: 'next' },
    finished: true,
  });
});

test('a callback of another test is none of this one', () => {
  const arrival = { testId: `test-${'b'.repeat(32)}`, arrivedAt: BEGUN, verifiedWith: 'current' } as const;
  expect(verdictOn(test_, open({ state: 'under-way' }), arrival, at(1))).toMatchObject({
    wayBack: { state: 'under-way' },
    finished: false,
  });
});

test('nobody waits longer than a minute', () => {
  expect(verdictOn(test_, open({ state: 'under-way' }), undefined, at(59)).finished).toBe(false);
  expect(verdictOn(test_, open({ state: 'under-way' }), undefined, at(60))).toMatchObject({
    wayBack: { state: 'failed', why: 'too-late' },
    finished: true,
  });
});

test('what the bridge believes to have delivered, and nobody here has, went elsewhere', () => {
  expect(verdictOn(test_, open({ state: 'taken' }), undefined, at(3))).toMatchObject({
    wayBack: { state: 'failed', why: 'elsewhere' },
    finished: true,
  });
});
