import { request } from 'node:http';
import { Faults } from '../../../sandbox/faults';
import { Journal } from '../../../sandbox/journal';
import { type HttpApi, startHttpApi } from '../../../sandbox/aws/http-api';

let api: HttpApi;
let journal: Journal;
let faults: Faults;
let events: Record<string, unknown>[];
let answer: (event: Record<string, unknown>) => Promise<unknown>;
beforeEach(async () => {
  journal = new Journal();
  faults = new Faults();
  events = [];
  answer = () => Promise.resolve({ statusCode: 202, headers: { 'X-Kind': 'accepted' }, body: '{"ok":true}' });
  api = await startHttpApi({
    journal,
    faults,
    now: () => new Date('2026-01-15T09:00:00Z'),
    routes: {
      'POST /webhook': (event) => {
        events.push({ ...event });
        return answer({ ...event });
      },
    },
  });
});
afterEach(() => api.close());

const post = (init: RequestInit = {}, path = '/webhook') =>
  fetch(`${api.endpoint}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'Webhook-Id': 'launch-1' },
    body: '{"a":"ü"}',
    ...init,
  });

test('a request becomes an event of payload format 2.0, and the result an answer', async () => {
  const answered = await post({}, '/webhook?x=1&x=2');
  expect([answered.status, answered.headers.get('x-kind'), await answered.text()]).toEqual([
    202,
    'accepted',
    '{"ok":true}',
  ]);
  expect(events).toMatchObject([
    {
      version: '2.0',
      routeKey: 'POST /webhook',
      rawPath: '/webhook',
      rawQueryString: 'x=1&x=2',
      queryStringParameters: { x: '1,2' },
      headers: { 'webhook-id': 'launch-1' },
      body: '{"a":"ü"}',
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST', path: '/webhook' }, timeEpoch: 1_768_467_600_000 },
    },
  ]);
  expect(journal.of('bridge', 'POST /webhook')).toMatchObject([
    { status: 202, detail: { 'webhook-id': 'launch-1' } },
  ]);
});

test('a header that comes twice reaches the function joined by a comma', async () => {
  await new Promise<void>((resolve, reject) => {
    const sent = request(`${api.endpoint}/webhook`, { method: 'POST' }, (response) => {
      response.resume().on('end', resolve);
    });
    sent.setHeader('Webhook-Signature', ['v1,a', 'v1,b']);
    sent.on('error', reject).end();
  });
  expect(events).toMatchObject([{ headers: { 'webhook-signature': 'v1,a,v1,b' }, isBase64Encoded: false }]);
});

test('a body of another content type reaches the function in base64', async () => {
  await post({ headers: { 'content-type': 'application/octet-stream' }, body: Buffer.from([255, 254]) });
  expect(events).toMatchObject([{ isBase64Encoded: true, body: '//4=' }]);
});

test('another path or method is 404, a body over 10 MB 413, a broken function 500', async () => {
  expect((await post({}, '/other')).status).toBe(404);
  expect((await fetch(`${api.endpoint}/webhook`)).status).toBe(404);
  expect((await post({ body: Buffer.alloc(10 * 1024 * 1024 + 1) })).status).toBe(413);
  expect(events).toStrictEqual([]);
  answer = () => Promise.reject(new Error('broken'));
  const broken = await post();
  expect([broken.status, await broken.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
});

test('faults hit the API: nothing is done but where only the answer is lost', async () => {
  faults.plan('bridge', 'POST /webhook', 'throttled');
  faults.plan('bridge', 'POST /webhook', 'failed');
  faults.plan('bridge', 'POST /webhook', 'unreachable');
  expect([(await post()).status, (await post()).status]).toEqual([429, 503]);
  await expect(post()).rejects.toThrow();
  expect(events).toHaveLength(0);
  faults.plan('bridge', 'POST /webhook', 'answer lost');
  await expect(post()).rejects.toThrow();
  expect(events).toHaveLength(1);
  expect(journal.of('bridge').map((entry) => entry.status)).toEqual([429, 503, 0, 0]);
});
