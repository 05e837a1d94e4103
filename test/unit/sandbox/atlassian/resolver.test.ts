import type { Onlooker, Place } from '../../../sandbox/atlassian/page-visits';
import { PERSON, REQUEST_TYPE, SITE_ID } from '../../../sandbox/site';
import { APP_UUID, aManifest, aSite } from './tiny-app';

/** A site whose app answers with what its resolver was told, and with whom Jira takes the visitor for. */
const aTellingSite = () =>
  aSite(({ api, resolver, storage }) => {
    const definitions = new resolver.default();
    definitions.define('tell', ({ payload, context }) => ({ payload: payload as string, context }));
    definitions.define('answer at length', ({ payload }) => 'x'.repeat(Number(payload)));
    definitions.define('remember', async ({ payload }) => {
      await storage.kvs.set('by', { payload: payload as string });
    });
    definitions.define('ask', async ({ payload }) => {
      const { key } = payload as { key: string };
      const answer = await api.asUser().requestJira(api.route`/rest/servicedeskapi/request/${key}`);
      return { status: answer.status };
    });
    return { resolve: definitions.getDefinitions() };
  });

const aRequest = { as: 'employee', requestTypeId: REQUEST_TYPE.approved, summary: 'A bucket' } as const;
const onRequest = (key: string): Place => ({ portal: { id: 1 }, request: { key } });

test('more than Forge lets a page ask with or be answered with does not get through', async () => {
  const { site, callResolver } = await aTellingSite();
  const { key } = site.raiseRequest(aRequest);
  const call = { as: 'employee', module: 'portal-panel', extension: onRequest(key) } as const;
  const tell = (payload: unknown) => callResolver({ ...call, functionKey: 'tell', payload });
  expect(await tell('x'.repeat(499_998))).toMatchObject({ kind: 'returned' });
  expect(await tell('x'.repeat(499_999))).toEqual({
    kind: 'refused',
    reason: 'tell is asked with 500001 bytes',
  });
  const long = await callResolver({ ...call, functionKey: 'answer at length', payload: 5_000_000 });
  expect(long).toEqual({ kind: 'refused', reason: 'answer at length answers 5000002 bytes' });
});

test('a resolver is told who calls it and where the page stands, and its platform calls are that invocation’s', async () => {
  const { site, callResolver, storage, siteUrl } = await aTellingSite();
  const { key } = site.raiseRequest(aRequest);
  const call = { as: 'employee', module: 'portal-panel', extension: onRequest(key) } as const;
  expect(await callResolver({ ...call, functionKey: 'tell', payload: 'hello' })).toEqual({
    kind: 'returned',
    result: {
      payload: 'hello',
      context: {
        accountId: PERSON.employee,
        accountType: 'customer',
        cloudId: SITE_ID,
        environmentId: expect.any(String) as string,
        environmentType: 'PRODUCTION',
        extension: {
          type: 'jiraServiceManagement:portalRequestDetailPanel',
          location: `${siteUrl}/servicedesk/customer/portal/1/${key}`,
          portal: { id: 1 },
          request: { key, typeId: Number(REQUEST_TYPE.approved) },
        },
        installContext: `ari:cloud:jira::site/${SITE_ID}`,
        installation: expect.any(Object) as object,
        localId: expect.stringContaining(APP_UUID) as string,
        moduleKey: 'portal-panel',
        siteUrl,
      },
    },
  });
  await callResolver({ ...call, functionKey: 'remember', payload: 'this' });
  expect(storage.get('plain', 'by')).toMatchObject({ value: { payload: 'this' } });
});

test('a function that the resolver does not define is refused', async () => {
  const { callResolver } = await aTellingSite();
  const call = { as: 'agent', module: 'queue', functionKey: 'unheard-of' } as const;
  expect(await callResolver(call)).toMatchObject({ kind: 'threw' });
});

test('an agent’s pages know project and issue', async () => {
  const { site, callResolver } = await aTellingSite();
  const { id, key } = site.raiseRequest(aRequest);
  const issue = { issue: { key } };
  expect(
    await callResolver({ as: 'agent', module: 'agent-panel', functionKey: 'tell', extension: issue }),
  ).toMatchObject({
    result: {
      context: {
        accountType: 'licensed',
        extension: { issue: { id, key, typeId: '10100' }, project: { id: '10000', key: 'CLOUD' } },
      },
    },
  });
});

test.each<[Onlooker, string, boolean]>([
  ['employee', 'portal-panel', true],
  ['outsider', 'portal-panel', false],
  ['agent', 'portal-panel', true],
  ['anonymous', 'portal-panel', false],
  ['employee', 'agent-panel', false],
  ['collaborator', 'agent-panel', true],
  ['collaborator', 'queue', false],
  ['agent', 'queue', true],
  ['agent', 'settings', false],
  ['project-admin', 'settings', true],
  ['admin', 'settings', true],
])('%s in front of %s is let through: %s', async (as, module, through) => {
  const { site, callResolver, openPage } = await aTellingSite();
  const { key } = site.raiseRequest(aRequest);
  const extension = { issue: { key }, ...onRequest(key) };
  const outcome = await callResolver({ as, module, functionKey: 'tell', extension });
  expect(outcome.kind).toBe(through ? 'returned' : 'refused');
  expect(openPage({ as, module, extension }).kind).toBe(through ? 'shown' : 'refused');
});

test.each<[Onlooker, string, string]>([
  ['outsider', 'portal-panel', 'returned'],
  ['agent', 'settings', 'returned'],
  ['employee', 'agent-panel', 'refused'],
  ['anonymous', 'portal-panel', 'refused'],
])(
  'with a place that the browser made up, %s in front of %s is %s, because of the account’s type alone',
  async (as, module, kind) => {
    const { site, callResolver } = await aTellingSite();
    const { key } = site.raiseRequest(aRequest);
    const extension = { issue: { key }, ...onRequest(key) };
    expect(await callResolver({ as, module, functionKey: 'tell', extension, forged: true })).toMatchObject({
      kind,
    });
  },
);

test.each<[Onlooker, object]>([
  ['employee', { kind: 'returned', result: { status: 200 } }],
  ['colleague', { kind: 'returned', result: { status: 404 } }],
  ['outsider', { kind: 'threw', error: { name: 'NEEDS_AUTHENTICATION_ERR', status: 401 } }],
])('an app that asks Jira as %s gets what Jira and Forge let them have', async (as, outcome) => {
  const { site, callResolver } = await aTellingSite();
  const { key } = site.raiseRequest(aRequest);
  const call = { as, module: 'portal-panel', extension: onRequest(key), forged: true };
  expect(await callResolver({ ...call, functionKey: 'ask', payload: { key } })).toMatchObject(outcome);
});

test('the browser of whoever looks at a page is told their language', async () => {
  const { openPage } = await aTellingSite();
  expect(openPage({ as: 'agent', module: 'queue', locale: 'de-DE' })).toMatchObject({
    kind: 'shown',
    context: { accountId: PERSON.agent, moduleKey: 'queue', locale: 'de-DE' },
  });
});

test('a page of Jira’s own cannot be opened to customers', async () => {
  const page = {
    key: 'q',
    title: 'Q',
    resource: 'panel',
    render: 'native',
    resolver: { function: 'resolve' },
  };
  const manifest = JSON.parse(aManifest()) as { modules: Record<string, object[]> };
  manifest.modules['jiraServiceManagement:queuePage'] = [{ ...page, unlicensedAccess: ['customer'] }];
  await expect(aSite(undefined, { manifest: JSON.stringify(manifest) })).rejects.toThrow('cannot be open to');
});
