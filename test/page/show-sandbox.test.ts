import { request } from 'node:http';
import { PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { REQUEST_TYPE } from '../sandbox/site';
import { PortTaken, servePage } from './server/page-server';
import { showSandbox } from './show-sandbox';

let shown: Awaited<ReturnType<typeof showSandbox>>;
const defects: string[] = [];
beforeAll(async () => {
  const files = () =>
    Promise.resolve(new Map([['/', { status: 200, type: 'text/html', body: '<title>Gatehouse</title>' }]]));
  shown = await showSandbox({ port: 0, files, onDefect: (problem) => defects.push(problem) });
});
afterAll(() => shown.close());
afterEach(() => expect(defects.splice(0)).toStrictEqual([]));

const get = (path: string) => fetch(`${shown.url}${path}`);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${shown.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const act = async (body: object) => {
  const answer = await post('/api/act', body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { status: number; body: Record<string, unknown> };
};
const jira = (as: string, path: string) => get(`/api/jira?${new URLSearchParams({ as, path }).toString()}`);
/** Asks under whatever name, as a browser does that was led here. */
const statusUnder = (host: string, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(shown.url);
    request({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });

test('The page is served, and may load nothing from elsewhere', async () => {
  const answer = await get('/');
  expect(await answer.text()).toContain('Gatehouse');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await get('/nothing')).status).toBe(404);
});

test('A name that was pointed at this machine reads nothing', async () => {
  expect(await statusUnder('rebound.example', '/api/sandbox')).toBe(421);
  expect(await statusUnder('rebound.example', '/api/jira?as=admin&path=/rest/api/3/project/search')).toBe(
    421,
  );
});

test('A page of another origin acts for nobody', async () => {
  const raised = {
    kind: 'portal request',
    as: 'employee',
    requestTypeId: REQUEST_TYPE.other,
    summary: 'Led here',
  };
  const before = shown.sandbox.site.requests().length;
  expect((await post('/api/act', raised, { origin: 'http://evil.example' })).status).toBe(403);
  expect((await post('/api/act', raised, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await post('/api/time', { skip: 60_000 }, { origin: 'http://evil.example' })).status).toBe(403);
  expect(shown.sandbox.site.requests()).toHaveLength(before);
});

test('What is no act is refused with what is wrong about it', async () => {
  const unknown = await post('/api/act', {
    kind: 'jira',
    as: 'nobody',
    method: 'POST',
    path: '/rest/api/3/issue',
  });
  expect(unknown.status).toBe(400);
  expect(((await unknown.json()) as { message: string }).message).toContain('→ at as');
  expect((await post('/api/act', '{')).status).toBe(400);
  expect((await post('/api/act', JSON.stringify('x'.repeat(1_000_001)))).status).toBe(413);
  expect((await post('/api/time', { skip: 25 * 3_600_000 })).status).toBe(400);
});

test.each(['/etc/passwd', '/rest/../secret', 'http://example.com/rest/', '/restless'])(
  'Only the REST API of the site is passed through: not %s',
  async (path) => {
    expect((await jira('admin', path)).status).toBe(400);
  },
);

test('The stand-in refuses through the page whatever Jira refuses', async () => {
  const asked = {
    ...{ kind: 'portal request', as: 'employee' },
    requestTypeId: REQUEST_TYPE.other,
    summary: 'A lamp',
  };
  const { body } = await act(asked);
  const key = String(body['key']);
  const path = `/rest/servicedeskapi/request/${key}`;
  expect((await jira('employee', path)).status).toBe(200);
  expect((await jira('outsider', path)).status).toBe(404);
  const comment = { kind: 'jira', method: 'POST', path: `${path}/comment` };
  const internal = { body: 'Between us', public: false };
  expect((await act({ ...comment, as: 'employee', body: internal })).status).toBe(403);
  expect((await act({ ...comment, as: 'agent', body: internal })).status).toBe(201);
  const seen = (await (await jira('employee', `${path}/comment`)).json()) as { values: unknown[] };
  expect(seen.values).toStrictEqual([]);
});

test('A form that is not valid blocks the request, as Jira would', async () => {
  const before = shown.sandbox.site.requests().length;
  const { status } = await act({
    ...{
      kind: 'portal request',
      as: 'employee',
      requestTypeId: REQUEST_TYPE.approved,
      summary: 'Half an order',
    },
    panel: { fields: [], isValid: false },
  });
  expect(status).toBe(400);
  expect(shown.sandbox.site.requests()).toHaveLength(before);
});

test('A page of the app is shown to whom Jira shows it', async () => {
  const asked = { module: 'settings-page', extension: {}, locale: 'de-DE' };
  const opened = async (as: string) => (await (await post('/api/page', { as, ...asked })).json()) as object;
  expect(await opened('admin')).toMatchObject({ kind: 'shown', context: { locale: 'de-DE' } });
  expect(await opened('agent')).toMatchObject({ kind: 'refused' });
  const called = await act({ kind: 'page call', as: 'employee', functionKey: 'settings.read', ...asked });
  expect(called.status).toBe(403);
});

test('People act one after the other, while time is skipped', async () => {
  const { clock, site } = shown.sandbox;
  const before = site.requests().length;
  const from = clock.now().getTime();
  expect((await post('/api/time', { skip: 30 * 60_000 })).status).toBe(200);
  const asked = { kind: 'portal request', as: 'employee', requestTypeId: REQUEST_TYPE.other };
  const raised = await Promise.all(['one', 'two', 'three'].map((summary) => act({ ...asked, summary })));
  expect(new Set(raised.map(({ body }) => body['key'])).size).toBe(3);
  expect(site.requests()).toHaveLength(before + 3);
  // Skipping goes on in turns with what is asked here; it is over when it is over.
  await shown.time.settled();
  expect(clock.now().getTime()).toBe(from + 30 * 60_000);
});

test('What is launched in the console is refused or shown as AWS does', async () => {
  const launchable = (await (
    await get(`/api/aws/launchable?as=employee&account=${PAYMENTS_DEV}`)
  ).json()) as {
    productId: string;
    versionId: string;
    product: string;
  }[];
  const bucket = launchable.find(({ product }) => product === 'Private bucket');
  const launch = {
    ...{ kind: 'console launch', as: 'employee', account: PAYMENTS_DEV, name: 'from-console' },
    ...{ productId: bucket?.productId, versionId: bucket?.versionId },
  };
  const refused = await act({ ...launch, parameters: { RetentionDays: '0' } });
  expect(refused).toMatchObject({ status: 400 });
  expect((await act({ ...launch, parameters: { RetentionDays: '30' } })).status).toBe(200);
  await shown.time.skip(10 * 60_000);
  const accounts = (await (await get('/api/aws/accounts?as=employee')).json()) as {
    id: string;
    provisionedProducts: { name: string; status: string; stack: string }[];
  }[];
  const [product] = accounts.find(({ id }) => id === PAYMENTS_DEV)?.provisionedProducts ?? [];
  expect(product).toMatchObject({ name: 'from-console', status: 'AVAILABLE' });
  const query = new URLSearchParams({ as: 'employee', account: PAYMENTS_DEV, stack: product?.stack ?? '' });
  expect(await (await get(`/api/aws/stack?${query.toString()}`)).json()).toMatchObject({
    status: 'CREATE_COMPLETE',
    parameters: expect.arrayContaining([{ key: 'RetentionDays', value: '30' }]) as unknown,
  });
});

test('The address that lets a gated stack go on is nowhere on the page', async () => {
  const { cloudFormation, portfolio } = shown.sandbox;
  const { vpcId, subnetIds } = cloudFormation.defaultNetwork(PAYMENTS_DEV, REGION);
  const wordpress = portfolio.product('wordpress');
  const { status } = await act({
    ...{ kind: 'console launch', as: 'employee', account: PAYMENTS_DEV, name: 'blog' },
    ...{ productId: wordpress.productId, versionId: wordpress.versionId },
    parameters: {
      VpcId: vpcId,
      ServerSubnetId: subnetIds[0],
      DatabaseSubnetIds: subnetIds.slice(0, 2).join(','),
      AllowedRange: '172.31.0.0/16',
      RequesterEmail: 'employee@example.com',
      DeletionProtection: 'Off',
    },
  });
  expect(status).toBe(200);
  await shown.time.skip(10 * 60_000);
  const accounts = (await (await get('/api/aws/accounts?as=employee')).json()) as {
    id: string;
    provisionedProducts: { name: string; stack: string }[];
  }[];
  const blog = accounts
    .find(({ id }) => id === PAYMENTS_DEV)
    ?.provisionedProducts.find(({ name }) => name === 'blog');
  const query = new URLSearchParams({ as: 'employee', account: PAYMENTS_DEV, stack: blog?.stack ?? '' });
  const text = await (await get(`/api/aws/stack?${query.toString()}`)).text();
  expect(text).toContain('WaitConditionHandle');
  expect(text).not.toMatch(/X-Amz-Signature|cloudformation-waitcondition/i);
});

test('A port that is taken is said to be', async () => {
  const port = Number(new URL(shown.url).port);
  const answering = () => () => Promise.resolve(undefined);
  await expect(servePage({ port, answering, onDefect: () => undefined })).rejects.toThrow(PortTaken);
});

test('Every page hears of changes', async () => {
  const stop = new AbortController();
  const events = await fetch(`${shown.url}/api/events`, { signal: stop.signal });
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
  const heard = async (kind: string): Promise<void> => {
    for (;;) {
      const read = await reader?.read();
      if (!read || read.done) throw new Error(`The events ended before ${kind}`);
      if (read.value.includes(`event: ${kind}\n`)) return;
    }
  };
  await heard('time');
  await act({ kind: 'portal request', as: 'employee', requestTypeId: REQUEST_TYPE.other, summary: 'News' });
  await heard('change');
  stop.abort();
});

test('Nothing that was asked of the site is otherwise than Atlassian describes it', () => {
  expect(shown.sandbox.atlassian.takeViolations()).toStrictEqual([]);
});
