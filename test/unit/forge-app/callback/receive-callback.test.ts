import { seal } from '../../../../aws-bridge/contract/codec';
import type { OperationProgress } from '../../../../aws-bridge/contract/progress';
import { signingKey } from '../../../../aws-bridge/contract/signature';
import { OperationUnknown } from '../../../../forge-app/callback/refusal';
import { createReceiveCallback } from '../../../../forge-app/callback/receive-callback';
import { JiraUnavailable } from '../../../../forge-app/jira/jira-client';
import { createRequests, IssueUnseen, type Perform } from '../../../../forge-app/request/requests';
import { aProgress, anOperation, aRequest, NOW, SITE } from '../request/a-request';
import { issueOfLaunch } from '../../../../forge-app/storage/keys';
import { aStore } from '../request/a-store';

const key = signingKey(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
const otherKey = signingKey(`whsec_${Buffer.alloc(32, 8).toString('base64')}`);

const sent = aRequest({
  state: 'sending',
  handover: anOperation(),
  delivery: {
    since: NOW.toISOString(),
    attempts: 1,
    dueAt: NOW.toISOString(),
    acceptedAt: NOW.toISOString(),
    recalledAt: null,
    delayTold: false,
  },
});

const aTrigger = (
  start = sent,
  perform: Perform = () => Promise.resolve([]),
  takeTest: Parameters<typeof createReceiveCallback>[0]['takeTest'] = () => Promise.resolve(false),
) => {
  const { store, record } = aStore(start);
  const reported: string[] = [];
  const requests = createRequests({
    store,
    perform,
    now: () => NOW,
    newHolder: () => 'holder',
    report: () => undefined,
  });
  const receive = createReceiveCallback({
    requests,
    requestOf: (operationId) => Promise.resolve(issueOfLaunch(operationId)),
    raiseGate: () => Promise.reject(new OperationUnknown()),
    remind: () => Promise.reject(new OperationUnknown()),
    lookForDecision: () => Promise.resolve(undefined),
    takeTest,
    keys: () => Promise.resolve([key]),
    now: () => NOW,
    report: (problem) => reported.push(problem),
  });
  return { receive, record, reported };
};

const PLACE = { siteId: SITE, appId: 'app' };

const aCallback = (
  progress: OperationProgress = aProgress(),
  overrides: {
    readonly id?: string;
    readonly at?: Date;
    readonly key?: typeof key;
    readonly body?: string;
  } = {},
) => {
  const content = { type: 'operation.progressed', timestamp: NOW.toISOString(), data: progress };
  const id = overrides.id ?? `${progress.operationId}_${progress.sequence}`;
  const { headers, body } = seal({ id, at: overrides.at ?? NOW, content, key: overrides.key ?? key });
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { headers: lists, body: overrides.body ?? body };
};

test('news of an operation are taken in and answered once they are shown', async () => {
  const { receive, record } = aTrigger();
  expect((await receive(PLACE, aCallback())).statusCode).toBe(200);
  expect(record()).toMatchObject({ state: 'provisioning', sequence: 1, outbox: [] });
});

test('a repeat and an older message are answered 200 and change nothing', async () => {
  const { receive, record } = aTrigger();
  await receive(PLACE, aCallback(aProgress({ sequence: 2, state: 'succeeded' })));
  const shown = record();
  for (const sequence of [2, 1]) {
    expect((await receive(PLACE, aCallback(aProgress({ sequence, state: 'failed' })))).statusCode).toBe(200);
    expect(record()).toEqual(shown);
  }
});

test.each([
  ['another key', { key: otherKey }],
  ['a stale timestamp', { at: new Date(NOW.getTime() - 301_000) }],
  ['a body that was changed', { body: '{}' }],
])('%s is answered 401 without saying why, and nothing is written', async (_case, overrides) => {
  const { receive, record } = aTrigger();
  const answer = await receive(PLACE, aCallback(aProgress(), overrides));
  expect(answer).toMatchObject({ statusCode: 401, body: expect.not.stringMatching(/stale|match/) as string });
  expect(record()).toEqual(sent);
});

test.each([
  ['no body', { ...aCallback(), body: '' }],
  ['no headers', { ...aCallback(), headers: {} }],
  ['empty headers', { ...aCallback(), headers: { 'webhook-id': [], 'webhook-signature': [] } }],
  ['nothing at all', { body: '', headers: {} }],
])('a request with %s is answered 401', async (_case, callback) => {
  const { receive } = aTrigger();
  expect((await receive(PLACE, callback)).statusCode).toBe(401);
});

test('a message whose id is not that of its content is malformed', async () => {
  const { receive } = aTrigger();
  const answer = await receive(PLACE, aCallback(aProgress(), { id: 'another_1' }));
  expect(answer.statusCode).toBe(400);
  expect(answer.body).toContain('webhook-id');
});

test('a body over the limit is answered 413', async () => {
  const { receive } = aTrigger();
  const answer = await receive(PLACE, aCallback(aProgress(), { body: ' '.repeat(262_145) }));
  expect(answer.statusCode).toBe(413);
});

test.each([
  ['of another site', aProgress({ site: SITE.replace('6', '7') }), sent],
  ['that is unknown', aProgress({ operationId: 'launch-99999-0123456789abcdef' }), sent],
  ['that never was approved', aProgress(), aRequest()],
  ['whose request was deleted', aProgress(), { ...sent, gone: true }],
])('an operation %s is answered 410', async (_case, progress, start) => {
  const { receive, record } = aTrigger(start);
  expect((await receive(PLACE, aCallback(progress))).statusCode).toBe(410);
  expect(record()).toEqual(start);
});

test('while Jira does not answer, the bridge is asked to come back and nothing is lost', async () => {
  const { receive, record, reported } = aTrigger(sent, () =>
    Promise.reject(new JiraUnavailable('a comment', 'status 503', 17)),
  );
  const answer = await receive(PLACE, aCallback());
  expect(answer).toMatchObject({ statusCode: 503, headers: { 'Retry-After': ['17'] } });
  expect(record()?.outbox).not.toStrictEqual([]);
  expect(reported).toHaveLength(1);
});

test('while Jira does not show the issue, the bridge is asked to come back, and sent away only when it was so for a day', async () => {
  const hidden: Perform = (_effect, { issueId }) => Promise.reject(new IssueUnseen(issueId));
  const first = aTrigger(sent, hidden);
  expect((await first.receive(PLACE, aCallback())).statusCode).toBe(503);
  expect(first.record()).toMatchObject({ gone: false, state: 'provisioning' });
  expect(first.reported).toHaveLength(1);
  const unseenSince = new Date(NOW.getTime() - 24 * 3_600_000).toISOString();
  const last = aTrigger({ ...sent, unseenSince }, hidden);
  expect((await last.receive(PLACE, aCallback())).statusCode).toBe(410);
  expect(last.record()).toMatchObject({ gone: true });
});

const testId = `test-${'a'.repeat(32)}`;
const aTestCallback = (site = SITE) => {
  const content = { type: 'connection.answered', timestamp: NOW.toISOString(), data: { site, testId } };
  const { headers, body } = seal({ id: `${testId}_answered`, at: NOW, content, key });
  return {
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    body,
  };
};

test('the callback of a connection test is answered with its id, and with which key it was signed can be told', async () => {
  const told: boolean[] = [];
  const { receive } = aTrigger(sent, undefined, (_id, isSignedWith) => {
    told.push(isSignedWith(key), isSignedWith(otherKey));
    return Promise.resolve(true);
  });
  const answer = await receive(PLACE, aTestCallback());
  expect(answer.statusCode).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({ testId });
  expect(told).toEqual([true, false]);
});

test.each([
  ['that nobody waits for', SITE, () => Promise.resolve(false)],
  ['of another site', SITE.replace('6', '7'), () => Promise.resolve(true)],
])('the callback of a test %s is answered 410', async (_case, site, takeTest) => {
  const { receive } = aTrigger(sent, undefined, takeTest);
  expect((await receive(PLACE, aTestCallback(site))).statusCode).toBe(410);
});
