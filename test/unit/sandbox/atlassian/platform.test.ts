import { AsyncResource } from 'node:async_hooks';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { NotModelled } from '../../../sandbox/aws/service';
import { aManifest, APP_UUID, aSite, aWillingApp } from './tiny-app';

interface Attempt {
  readonly at: string;
  readonly retries: number | undefined;
}

/** A consumer that writes down its attempts and then does as the test says. */
const aWorker = async (become: (attempt: number) => unknown) => {
  const attempts: Attempt[] = [];
  let pushed = false;
  const site = await aSite(({ events }) => {
    const queue = new events.Queue({ key: 'work' });
    return {
      onTime: async () => {
        if (!pushed) await queue.push({ body: { n: 1 }, delayInSeconds: 60 });
        pushed = true;
        return { statusCode: 204 };
      },
      onWork: (event: { retryContext?: { retryCount: number } }) => {
        attempts.push({
          at: site.clock.now().toISOString().slice(11, 19),
          retries: event.retryContext?.retryCount,
        });
        const result = become(attempts.length);
        return result === 'ask again'
          ? new events.InvocationError({
              retryAfter: 30,
              retryReason: events.InvocationErrorCode.FUNCTION_RETRY_REQUEST,
            })
          : result;
      },
    };
  });
  await site.runScheduled('sweep');
  return { ...site, attempts };
};

test('an event reaches its consumer after the delay that it asked for', async () => {
  const { attempts, clock } = await aWorker(() => undefined);
  await clock.advance(59_000);
  expect(attempts).toStrictEqual([]);
  await clock.advance(2000);
  expect(attempts).toEqual([{ at: '09:01:00', retries: undefined }]);
});

test('a consumer that asks for a retry gets the event again, when it asked and with the count', async () => {
  const { attempts, clock } = await aWorker((attempt) => (attempt < 3 ? 'ask again' : undefined));
  await clock.advance(600_000);
  expect(attempts).toEqual([
    { at: '09:01:00', retries: undefined },
    { at: '09:01:30', retries: 1 },
    { at: '09:02:00', retries: 2 },
  ]);
});

test('an event whose consumer keeps failing is tried for 24 hours, then dropped', async () => {
  const { attempts, journal, clock } = await aWorker(() => {
    throw new Error('not today');
  });
  await clock.advance(26 * 3_600_000);
  const tried = attempts.length;
  expect(tried).toBeGreaterThan(90);
  expect(journal.of('forge queue', 'drop')).toHaveLength(1);
  await clock.advance(3_600_000);
  expect(attempts).toHaveLength(tried);
});

test('an event can be delivered twice, and comes again when its acknowledgement is lost', async () => {
  const site = await aSite(({ events }) => ({
    onTime: async () => {
      await new events.Queue({ key: 'work' }).push({ body: {} });
      return { statusCode: 204 };
    },
  }));
  site.queue.deliverTwice();
  await site.runScheduled('sweep');
  await site.clock.advance(60_000);
  expect(site.journal.of('forge function', 'onWork')).toHaveLength(2);
  site.faults.plan('forge queue', 'deliver', 'answer lost');
  await site.runScheduled('sweep');
  await site.clock.advance(60_000);
  expect(site.journal.of('forge function', 'onWork')).toHaveLength(4);
});

test('a push to a queue without a consumer is refused, and one that is throttled says so', async () => {
  const { perform, faults } = await aWillingApp();
  const push = (key: string) => perform(({ events }) => new events.Queue({ key }).push({ body: {} }));
  await expect(push('nobody')).rejects.toThrow('400');
  faults.plan('forge queue', 'push', 'throttled');
  await expect(push('work')).rejects.toThrow('Too many requests');
});

test('a web trigger hands over the request and sends back the answer', async () => {
  const seen: unknown[] = [];
  const { webTriggerUrl } = await aSite(() => ({
    onCall: (request: object) => {
      seen.push(request);
      return { statusCode: 202, headers: { 'x-one': ['a', 'b'] }, body: 'taken' };
    },
  }));
  const answer = await fetch(`${webTriggerUrl('call')}?x=1&x=2`, {
    method: 'POST',
    body: '{"ä": 1}',
    headers: { 'webhook-id': 'i' },
  });
  expect([answer.status, answer.headers.get('x-one'), await answer.text()]).toEqual([202, 'a, b', 'taken']);
  expect(seen).toEqual([
    expect.objectContaining({
      method: 'POST',
      body: '{"ä": 1}',
      queryParameters: { x: ['1', '2'] },
      headers: expect.objectContaining({ 'webhook-id': ['i'] }) as unknown,
    }),
  ]);
});

test('the app is told the same URL of its web trigger as everybody', async () => {
  const { perform, webTriggerUrl } = await aWillingApp();
  expect(await perform(({ api }) => api.webTrigger.getUrl('call'))).toBe(webTriggerUrl('call'));
});

test('a web trigger whose function throws answers 424, one that returns no response 500', async () => {
  let throws = true;
  const { webTriggerUrl } = await aSite(() => ({
    onCall: () => {
      if (throws) throw new Error('no');
      return { status: 200 };
    },
  }));
  expect((await fetch(webTriggerUrl('call'), { method: 'POST' })).status).toBe(424);
  throws = false;
  expect((await fetch(webTriggerUrl('call'), { method: 'POST' })).status).toBe(500);
});

const aRemote = async () => {
  const requests: { url: string | undefined; authorization: string | undefined; body: string }[] = [];
  const server = createServer((message, response) => {
    void message.toArray().then((chunks) => {
      const body = Buffer.concat(chunks as Buffer[]).toString();
      requests.push({ url: message.url, authorization: message.headers.authorization, body });
      response.writeHead(202, { 'retry-after': '7' }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => server.close().closeAllConnections();
  return { url, requests, close };
};

test('a remote is called with an invocation token that the published keys verify', async () => {
  const remote = await aRemote();
  const { perform, jwksUrl, clock } = await aWillingApp({ bridgeUrl: () => remote.url });
  const answer = await perform(async ({ api }) => {
    const response = await api.invokeRemote('bridge', {
      path: '/webhook',
      method: 'POST',
      body: '{"a":1}',
      headers: { authorization: 'Bearer own' },
    });
    const body: unknown = await response.json();
    return [response.status, response.headers.get('retry-after'), body];
  });
  expect(answer).toEqual([202, '7', { ok: true }]);
  const [request] = remote.requests;
  expect(request).toMatchObject({ url: '/webhook', body: '{"a":1}' });
  const keys = (await (await fetch(jwksUrl)).json()) as JSONWebKeySet;
  const { payload } = await jwtVerify(
    request?.authorization?.replace('Bearer ', '') ?? '',
    createLocalJWKSet(keys),
    {
      issuer: 'forge/invocation-token',
      audience: `ari:cloud:ecosystem::app/${APP_UUID}`,
      currentDate: clock.now(),
    },
  );
  expect(payload).toMatchObject({ app: { id: `ari:cloud:ecosystem::app/${APP_UUID}` } });
  remote.close();
});

test('a remote that the manifest does not name, and one that cannot be reached, are errors to the app', async () => {
  const { perform } = await aWillingApp();
  const call = (key: string) =>
    perform(({ api }) => api.invokeRemote(key, { path: '/webhook', method: 'POST', body: '{}' }));
  await expect(call('elsewhere')).rejects.toMatchObject({ name: 'INVALID_REMOTE_ERR' });
  await expect(call('bridge')).rejects.toThrow('fetch failed');
});

test('a function reaches no address outside of the manifest, while code beside it does', async () => {
  const remote = await aRemote();
  const { perform } = await aWillingApp();
  const answer = await perform(async ({ api }) => {
    const own = await api.fetch(`${remote.url}/secret`);
    const global = await fetch(`${remote.url}/secret`);
    return [own.status, global.status];
  });
  expect(answer).toEqual([403, 403]);
  expect(remote.requests).toStrictEqual([]);
  expect((await fetch(`${remote.url}/open`)).status).toBe(202);
  remote.close();
});

test('an invocation that has ended reaches the platform no more', async () => {
  const late: (() => Promise<unknown>)[] = [];
  const { perform } = await aWillingApp();
  await perform(({ storage: { kvs } }) => {
    late.push(AsyncResource.bind(() => kvs.get('key')));
    return Promise.resolve();
  });
  await expect(late[0]?.()).rejects.toMatchObject({ responseDetails: { status: 401 } });
});

test('what getAppContext tells is the app of the manifest', async () => {
  const { perform } = await aWillingApp();
  const context = await perform(({ api }) => Promise.resolve(api.getAppContext()));
  expect(context.appAri.appId).toBe(APP_UUID);
});

test('schedules run every five simulated minutes', async () => {
  const { journal, clock } = await aSite();
  await clock.advance(16 * 60_000);
  expect(journal.of('forge function', 'onTime')).toHaveLength(3);
});

test('a manifest with a module that the sandbox does not know is refused', async () => {
  const manifest = aManifest({ modules: { 'jira:issuePanel': [{ key: 'panel' }] } });
  await expect(aSite(undefined, { manifest })).rejects.toThrow(NotModelled);
});
