import * as z from 'zod/mini';
import { MessageMalformed, open } from '../../../../aws-bridge/contract/codec';
import { OperationApproved, Refusal } from '../../../../aws-bridge/contract/messages';
import { MAX_BODY_BYTES, SignatureRefused, signingKey } from '../../../../aws-bridge/contract/signature';
import { DownstreamFailed, DownstreamThrottled } from '../../../../aws-bridge/runtime/downstream';
import { InvocationTokenRefused } from '../../../../aws-bridge/runtime/invocation-token';
import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { AlreadyStarted } from '../../../../aws-bridge/runtime/refusals';
import { createSignedEndpoint } from '../../../../aws-bridge/runtime/signed-endpoint';
import {
  aMessage,
  anApprovedOperation,
  aRequest,
  inBase64,
  NOW,
  OPERATION_ID,
  OTHER_SECRET,
  SECRET,
  SITE,
} from './messages';

const approved = aMessage('operation.approved', anApprovedOperation());

const setUp = ({
  respond = () => Promise.resolve(),
  checkToken,
  signingKeys = () => Promise.resolve([signingKey(SECRET)]),
}: {
  readonly respond?: () => Promise<void>;
  readonly checkToken?: () => Promise<void>;
  readonly signingKeys?: () => Promise<ReturnType<typeof signingKey>[]>;
} = {}) => {
  const answered: unknown[] = [];
  const lines: LogLine[] = [];
  const endpoint = createSignedEndpoint(
    { path: '/webhook', site: SITE, open: (sealed) => open(OperationApproved, sealed) },
    {
      signingKeys,
      checkToken,
      respond: async (content) => {
        answered.push(content);
        await respond();
        return { status: 202, body: { operationId: content.data.operationId }, outcome: 'started' };
      },
      now: () => NOW,
      log: (line) => lines.push(line),
    },
  );
  const ask = async (request: unknown) => {
    const { statusCode, headers, body } = await endpoint(request);
    const value: unknown = JSON.parse(body);
    return { status: statusCode, headers, body: value };
  };
  return { ask, answered, lines };
};

const fails = (error: unknown) => () =>
  Promise.reject(error instanceof Error ? error : new Error(String(error)));

test.each([
  ['as text', aRequest(approved)],
  ['in base64', inBase64(aRequest(approved))],
])('an authentic message %s is answered, and logged by its identifiers', async (_, request) => {
  const { ask, answered, lines } = setUp();
  expect(await ask(request)).toMatchObject({ status: 202, body: { operationId: OPERATION_ID } });
  expect(answered).toEqual([approved]);
  expect(lines).toEqual([
    { outcome: 'started', status: 202, operationId: OPERATION_ID, webhookId: OPERATION_ID },
  ]);
});

test.each<[string, unknown, string]>([
  ['signed with another key', aRequest(approved, { secret: OTHER_SECRET }), 'no signature matches'],
  ['older than five minutes', aRequest(approved, { at: new Date(NOW.getTime() - 301_000) }), 'stale'],
  ['from the future', aRequest(approved, { at: new Date(NOW.getTime() + 301_000) }), 'from the future'],
  ['without a signature', { ...aRequest(approved), headers: {} }, 'no webhook-id'],
  ['with a signature given twice', aRequest(approved, { headers: { 'webhook-id': 'a,b' } }), 'malformed id'],
  ['changed on the way', { ...aRequest(approved), body: '{}' }, 'no signature matches'],
  [
    'in base64 that is declared as text',
    { ...inBase64(aRequest(approved)), isBase64Encoded: false },
    'no signature matches',
  ],
  [
    'as text that is declared as base64',
    { ...aRequest(approved), isBase64Encoded: true },
    'body is not base64',
  ],
])('a message %s gets the one answer for what is not authentic', async (_, request, reason) => {
  const { ask, answered, lines } = setUp();
  expect(await ask(request)).toEqual({
    status: 401,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: { error: 'unauthenticated', message: 'The message could not be authenticated.' },
  });
  expect(answered).toStrictEqual([]);
  expect(lines).toEqual([{ outcome: 'unauthenticated', status: 401, reason }]);
});

test('a refused token gets the same answer, and no key is read for it', async () => {
  const signingKeys = jest.fn(() => Promise.resolve([signingKey(SECRET)]));
  const { ask } = setUp({ checkToken: fails(new InvocationTokenRefused('expired')), signingKeys });
  const refused = await ask(aRequest(approved));
  expect(refused).toEqual(await setUp().ask(aRequest(approved, { secret: OTHER_SECRET })));
  expect(signingKeys).not.toHaveBeenCalled();
});

test('an authentic message that means nothing is told what is wrong with it', async () => {
  const { ask, answered } = setUp();
  const content = aMessage('operation.approved', {
    ...anApprovedOperation(),
    requestKey: 'nonsense',
    extra: 1,
  });
  const { status, body } = await ask(aRequest(content));
  expect(status).toBe(400);
  const { error, problems = [] } = Refusal.parse(body);
  expect(error).toBe('malformed');
  expect(problems.some((problem) => problem.startsWith('data.requestKey'))).toBe(true);
  expect(JSON.stringify(body)).not.toContain('nonsense');
  expect(answered).toStrictEqual([]);
});

test('a body with white space, which could be read in two ways, is malformed', async () => {
  const spaced = `${JSON.stringify(approved)} `;
  const { headers } = aRequest(approved);
  const { sign } = await import('../../../../aws-bridge/contract/signature');
  const signed = sign({ id: OPERATION_ID, at: NOW, body: Buffer.from(spaced), key: signingKey(SECRET) });
  const request = { ...aRequest(approved), headers: { ...headers, ...signed }, body: spaced };
  expect(await setUp().ask(request)).toMatchObject({ status: 400, body: { error: 'malformed' } });
});

test('a message for another site is not answered for', async () => {
  const { ask, answered, lines } = setUp();
  const elsewhere = anApprovedOperation({ site: '99999999-2222-4333-8444-555555555555' });
  expect(await ask(aRequest(aMessage('operation.approved', elsewhere)))).toMatchObject({
    status: 400,
    body: { error: 'wrong-site' },
  });
  expect(answered).toStrictEqual([]);
  expect(lines).toMatchObject([{ outcome: 'wrong-site', operationId: OPERATION_ID }]);
});

test('a body over the limit is refused before a token or a key is asked for', async () => {
  const checkToken = jest.fn(() => Promise.resolve());
  const signingKeys = jest.fn(() => Promise.resolve([signingKey(SECRET)]));
  const { ask } = setUp({ checkToken, signingKeys });
  const oversize = { ...aRequest(approved), body: 'a'.repeat(MAX_BODY_BYTES + 1) };
  expect(await ask(oversize)).toMatchObject({ status: 413, body: { error: 'too-large' } });
  expect(checkToken).not.toHaveBeenCalled();
  expect(signingKeys).not.toHaveBeenCalled();
});

test('another path and another method are refused without a look at the message', async () => {
  const { ask } = setUp();
  expect(await ask(aRequest(approved, { path: '/elsewhere' }))).toMatchObject({
    status: 404,
    body: { error: 'not-found' },
  });
  expect(await ask(aRequest(approved, { method: 'GET' }))).toMatchObject({
    status: 405,
    headers: { allow: 'POST' },
    body: { error: 'method-not-allowed' },
  });
});

const cause = new Error('arn:aws:lambda:eu-west-1:100000000002:function:operation whsec_hidden');

test.each<[string, Error, number, string, string | undefined]>([
  [
    'another order under the same id',
    new AlreadyStarted(undefined, { cause }),
    409,
    'already-started',
    undefined,
  ],
  [
    'a problem that only the use case sees',
    new MessageMalformed(['data.digest: differs']),
    400,
    'malformed',
    undefined,
  ],
  ['a throttling service', new DownstreamThrottled('lambda', cause), 429, 'throttled', '5'],
  ['a failing service', new DownstreamFailed('lambda', cause), 503, 'unavailable', '15'],
  ['an error that nobody foresaw', cause, 503, 'unavailable', '15'],
  ['a key that is gone', new SignatureRefused('any'), 401, 'unauthenticated', undefined],
])('%s has its answer, which says nothing of the cause', async (_, error, status, name, retryAfter) => {
  const { ask, lines } = setUp({ respond: fails(error) });
  const answer = await ask(aRequest(approved));
  expect(answer).toMatchObject({ status, body: { error: name } });
  expect(answer.headers['retry-after']).toBe(retryAfter);
  expect(() => Refusal.parse(answer.body)).not.toThrow();
  expect(JSON.stringify([answer, lines])).not.toMatch(/whsec_|arn:/);
  expect(lines).toMatchObject([{ outcome: name, status, operationId: OPERATION_ID }]);
});

test('while no key can be read, a sender is asked to try again', async () => {
  const { ask } = setUp({ signingKeys: fails(new DownstreamFailed('secretsmanager', cause)) });
  expect(await ask(aRequest(approved))).toMatchObject({ status: 503, headers: { 'retry-after': '15' } });
});

test('something that is no HTTP event is answered, not thrown', async () => {
  const { ask, lines } = setUp();
  expect(await ask({ Records: [] })).toMatchObject({ status: 503 });
  expect(lines).toMatchObject([{ reason: 'NotAnHttpEvent' }]);
  expect(z.object({ error: z.string() }).parse((await ask(null)).body).error).toBe('unavailable');
});
