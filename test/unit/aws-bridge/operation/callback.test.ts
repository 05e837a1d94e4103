import { generateKeySync } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { open } from '../../../../aws-bridge/contract/codec';
import {
  ConnectionAnswered,
  GateOpened,
  GateUndecided,
  OperationProgressed,
} from '../../../../aws-bridge/contract/messages';
import {
  createAnswerTest,
  createRaiseRequest,
  createRemindApprovers,
  createTellApp,
} from '../../../../aws-bridge/operation/callback';
import { progressOf } from '../../../../aws-bridge/operation/progress';
import { aGate, GATE_ID } from '../../../builders/gate';
import { anOperation } from './builders';

const key = generateKeySync('hmac', { length: 256 });
const progress = progressOf(anOperation(), 3, {
  state: 'succeeded',
  at: '2026-01-15T09:00:00.000Z',
  outputs: [{ key: 'BucketName', value: 'invoices' }],
  errors: [],
});

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}
let server: Server;
let received: Received[];
let statuses: number[];
let answered: string;
let retryAfter: string | undefined;
let url: string;

beforeEach(async () => {
  received = [];
  statuses = [];
  answered = '';
  retryAfter = undefined;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response
        .writeHead(statuses.shift() ?? 200, {
          location: '/elsewhere',
          ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
        })
        .end(answered);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  url = `http://127.0.0.1:${address.port}/callback`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const aTellApp = (now: () => Date) => createTellApp({ url, signingKeys: () => Promise.resolve([key]), now });

test('the app receives what it can verify, under an id of the operation and the sequence', async () => {
  const now = new Date('2026-01-15T09:00:05Z');
  expect(await aTellApp(() => now)(progress)).toBe('delivered');
  const [message] = received;
  if (!message) throw new TypeError('nothing received');
  const opened = open(OperationProgressed, { ...message, keys: [key], now });
  expect(opened.id).toBe('launch-10042-0123456789abcdef_3');
  expect(opened.content).toEqual({
    type: 'operation.progressed',
    timestamp: progress.at,
    data: progress,
  });
});

test('a repeat has the same id and body; only the moment and the signature differ', async () => {
  await aTellApp(() => new Date('2026-01-15T09:00:05Z'))(progress);
  await aTellApp(() => new Date('2026-01-15T10:00:05Z'))(progress);
  const [first, second] = received;
  expect(second?.body).toEqual(first?.body);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(second?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp']);
});

test('410 says that the request is gone', async () => {
  statuses.push(410);
  expect(await aTellApp(() => new Date())(progress)).toBe('gone');
});

test.each([301, 307, 400, 401, 404, 429, 500, 503])('%i is a failure to try again', async (status) => {
  statuses.push(status);
  await expect(aTellApp(() => new Date())(progress)).rejects.toThrow(`callback: answered ${status}`);
  expect(received).toHaveLength(1);
});

test('an app that cannot be reached is a failure to try again, which names neither address nor content', async () => {
  const tellApp = createTellApp({
    url: 'http://127.0.0.1:1/secret',
    signingKeys: () => Promise.resolve([key]),
    now: () => new Date(),
  });
  await expect(tellApp(progress)).rejects.toThrow(/^callback: unreachable \(TypeError\)$/);
});

test('without a signing key nothing is sent', async () => {
  const tellApp = createTellApp({
    url,
    signingKeys: () => Promise.reject(new RangeError('whsec_secret')),
    now: () => new Date(),
  });
  await expect(tellApp(progress)).rejects.toThrow(/^callback: no signing key \(RangeError\)$/);
  expect(received).toHaveLength(0);
});

const wire = () => ({ url, signingKeys: () => Promise.resolve([key]), now: () => new Date() });
const RAISED = { gateId: GATE_ID, requestKey: 'IT-42', link: 'https://site.example/browse/IT-42' };

test('a gate that opened is told under its own id, and the answer is the request', async () => {
  answered = JSON.stringify(RAISED);
  const gate = aGate();
  expect(await createRaiseRequest(wire())(gate)).toEqual({
    taken: true,
    requestKey: 'IT-42',
    link: RAISED.link,
  });
  const [message] = received;
  if (!message) throw new TypeError('nothing received');
  const opened = open(GateOpened, { ...message, keys: [key], now: new Date() });
  expect(opened).toEqual({
    id: `${GATE_ID}_opened`,
    content: { type: 'gate.opened', timestamp: gate.openedAt, data: gate },
  });
});

test.each([
  ['nothing', ''],
  ['a page', '<html>'],
  ['another gate’s request', JSON.stringify({ ...RAISED, gateId: `gate-${'f'.repeat(40)}` })],
  ['more than is read', JSON.stringify({ ...RAISED, more: 'x'.repeat(20_000) })],
])('success with %s is no request', async (_, body) => {
  answered = body;
  await expect(createRaiseRequest(wire())(aGate())).rejects.toThrow('callback: answer not understood');
});

test.each([
  [422, JSON.stringify({ error: 'NoProject', message: 'No project takes it.' }), 'No project takes it.'],
  [410, JSON.stringify({ error: 'Gone', message: 'Deleted.' }), 'Deleted.'],
  [422, '<html>', 'Jira takes no request for it'],
])('%i is final, with the reason where there is one', async (status, body, reason) => {
  statuses.push(status);
  answered = body;
  expect(await createRaiseRequest(wire())(aGate())).toEqual({ taken: false, reason });
});

test('a refusal at length is cut to what a stack’s reason holds', async () => {
  statuses.push(422);
  answered = JSON.stringify({ error: 'NoProject', message: 'no '.repeat(3000) });
  const raised = await createRaiseRequest(wire())(aGate());
  expect(raised).toMatchObject({ taken: false, reason: expect.stringMatching(/^no no .{494}$/) as string });
});

test.each([
  ['180', 180],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ['-5', undefined],
  ['99999999999', undefined],
  [undefined, undefined],
])('what is to be told again not before %s seconds says so', async (header, seconds) => {
  statuses.push(503);
  retryAfter = header;
  const thrown: unknown = await createRaiseRequest(wire())(aGate()).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ name: 'CallbackFailed', retryAfter: seconds });
});

test.each([302, 400, 401, 404, 503])('%i for a gate is a failure to try again', async (status) => {
  statuses.push(status);
  await expect(createRaiseRequest(wire())(aGate())).rejects.toThrow(`callback: answered ${status}`);
});

test('a reminder has an id of its own for each time, and the moment that it was due', async () => {
  const reminder = { gateId: GATE_ID, site: aGate().site, reminder: 2, deadline: aGate().deadline };
  const remind = createRemindApprovers(wire());
  expect(await remind(reminder, '2026-03-02T21:00:00.000Z')).toBe('delivered');
  const [message] = received;
  if (!message) throw new TypeError('nothing received');
  expect(open(GateUndecided, { ...message, keys: [key], now: new Date() })).toEqual({
    id: `${GATE_ID}_undecided_2`,
    content: { type: 'gate.undecided', timestamp: '2026-03-02T21:00:00.000Z', data: reminder },
  });
  statuses.push(410);
  expect(await remind(reminder, '2026-03-02T21:00:00.000Z')).toBe('gone');
});

const connectionTest = { site: aGate().site, testId: `test-${'a'.repeat(32)}` };
const AT = '2026-01-15T09:00:00.000Z';
const testWire = () => ({ url, signingKeys: () => Promise.resolve([key]), now: () => new Date(AT) });

test('a test of the connection goes the way of every callback, and the app’s own answer is what counts', async () => {
  answered = JSON.stringify({ testId: connectionTest.testId });
  expect(await createAnswerTest(testWire())(connectionTest, AT)).toEqual({ state: 'taken' });
  const [message] = received;
  if (!message) throw new Error('nothing was received');
  const { id, content } = open(ConnectionAnswered, { ...message, keys: [key], now: new Date(AT) });
  expect(id).toBe(`${connectionTest.testId}_answered`);
  expect(content.data).toEqual(connectionTest);
});

test.each([
  [401, '', { why: 'refused', status: 401 }],
  [302, '', { why: 'refused', status: 302 }],
  [200, '<html>', { why: 'not-understood', status: null }],
  [200, '{"testId":"test-of-somebody-else"}', { why: 'not-understood', status: null }],
])('an answer %i (%j) to a test is told as what it is', async (status, body, expected) => {
  statuses = [status];
  answered = body;
  expect(await createAnswerTest(testWire())(connectionTest, AT)).toEqual({ state: 'failed', ...expected });
});

test('nobody at the address, and nothing to sign with, are told apart', async () => {
  const nowhere = { ...testWire(), url: 'http://127.0.0.1:1/callback' };
  expect(await createAnswerTest(nowhere)(connectionTest, AT)).toMatchObject({ why: 'unreachable' });
  const keyless = { ...testWire(), signingKeys: () => Promise.reject(new Error('whsec_c2hvd24=')) };
  const told = await createAnswerTest(keyless)(connectionTest, AT);
  expect(told).toEqual({ state: 'failed', why: 'no-key', status: null });
  expect(received).toStrictEqual([]);
});
