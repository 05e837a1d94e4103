import { GROUP, ORGANIZATION, PERSON, type PersonName, REQUEST_TYPE } from '../../../sandbox/site';
import { STATUS } from '../../../sandbox/atlassian/workflow';
import { aManifest, aSite, aWillingApp } from './tiny-app';

const aRequest = { as: 'employee', requestTypeId: REQUEST_TYPE.approved, summary: 'A bucket' } as const;
const KEYS = 'BROWSE_PROJECTS,SERVICEDESK_AGENT,ADMINISTER_PROJECTS,ADMINISTER';

/** Scopes of an app whose pages administer a project. */
const SCOPES = [
  'read:jira-work',
  'read:jira-user',
  'manage:jira-configuration',
  'read:requesttype:jira-service-management',
  'write:requesttype:jira-service-management',
];

test.each<[PersonName, readonly string[]]>([
  ['collaborator', ['BROWSE_PROJECTS']],
  ['agent', ['BROWSE_PROJECTS', 'SERVICEDESK_AGENT']],
  ['project-admin', ['BROWSE_PROJECTS', 'SERVICEDESK_AGENT', 'ADMINISTER_PROJECTS']],
  ['admin', ['BROWSE_PROJECTS', 'SERVICEDESK_AGENT', 'ADMINISTER_PROJECTS', 'ADMINISTER']],
])('the %s has the permissions %j', async (as, expected) => {
  const { site } = await aSite();
  const { id } = site.raiseRequest(aRequest);
  for (const where of ['projectId=10000', `issueId=${id}`]) {
    const { permissions } = (await site.ask(
      as,
      'GET',
      `/rest/api/3/mypermissions?${where}&permissions=${KEYS}`,
    )) as { permissions: Record<string, { havePermission: boolean }> };
    const held = Object.entries(permissions).filter(([, { havePermission }]) => havePermission);
    expect(held.map(([key]) => key)).toEqual(expected);
  }
});

test.each(['employee', 'outsider'] as const)('to the %s there is no project and no issue', async (as) => {
  const { site } = await aSite();
  const { id } = site.raiseRequest(aRequest);
  for (const where of ['projectId=10000', `issueId=${id}`]) {
    await expect(
      site.ask(as, 'GET', `/rest/api/3/mypermissions?${where}&permissions=${KEYS}`),
    ).rejects.toMatchObject({ status: 404 });
  }
  await expect(
    site.ask(as, 'POST', '/rest/api/3/search/jql', { jql: 'project = CLOUD' }),
  ).rejects.toMatchObject({ status: 400 });
  expect(
    await site.ask(as, 'POST', '/rest/api/3/search/approximate-count', { jql: 'created >= -7d' }),
  ).toEqual({ count: 0 });
});

test('a search is counted and paged by tokens, which belong to their query', async () => {
  const { site } = await aSite(undefined, { settings: { searchLag: 0 } });
  const keys = [1, 2, 3].map(() => site.raiseRequest(aRequest).key);
  const jql = 'project = CLOUD ORDER BY key ASC';
  const search = (more: object) =>
    site.ask('agent', 'POST', '/rest/api/3/search/jql', { jql, fields: ['summary'], maxResults: 2, ...more });
  const first = (await search({})) as { issues: { key: string }[]; nextPageToken: string };
  expect(first.issues.map(({ key }) => key)).toEqual(keys.slice(0, 2));
  const { nextPageToken } = first;
  expect(await search({ nextPageToken })).toMatchObject({ issues: [{ key: keys[2] }], isLast: true });
  await expect(search({ nextPageToken, jql: 'project = 10000' })).rejects.toMatchObject({ status: 400 });
  expect(await site.ask('agent', 'POST', '/rest/api/3/search/approximate-count', { jql })).toEqual({
    count: 3,
  });
});

test('a participant sees the request that is shared with them, and who takes part', async () => {
  const { site } = await aSite();
  const { key } = site.raiseRequest({ ...aRequest, participants: ['colleague'] });
  const path = `/rest/servicedeskapi/request/${key}/participant`;
  expect(await site.ask('colleague', 'GET', path)).toMatchObject({
    values: [{ accountId: PERSON.colleague }],
  });
  await expect(site.ask('outsider', 'GET', path)).rejects.toMatchObject({ status: 404 });
});

test('a request’s statuses are told, the newest first', async () => {
  const { site, clock } = await aSite();
  const { key } = site.raiseRequest(aRequest);
  await clock.advance(60_000);
  await site.answerApproval({ as: 'approver', key, decision: 'approve' });
  expect(await site.ask('employee', 'GET', `/rest/servicedeskapi/request/${key}/status`)).toMatchObject({
    values: [{ status: STATUS.approved }, { status: STATUS.awaitingApproval }],
  });
});

test('a new request type is in no group of the portal, and takes a project administrator', async () => {
  const { site } = await aSite();
  const path = '/rest/servicedeskapi/servicedesk/1/requesttype';
  const type = { name: 'A queue', issueTypeId: '10100', description: 'SQS', helpText: '' };
  await expect(site.ask('project-admin', 'POST', path, type)).rejects.toMatchObject({ status: 412 });
  const { perform } = await aWillingApp({ manifest: aManifest({ permissions: permissions(SCOPES) }) });
  const created = await perform(async ({ api }) => {
    const answer = await api.asApp().requestJira(api.route`/rest/servicedeskapi/servicedesk/1/requesttype`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-ExperimentalApi': 'opt-in' },
      body: JSON.stringify(type),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  });
  expect(created).toMatchObject({ status: 200, body: { name: 'A queue', groupIds: [] } });
});

const permissions = (scopes: string[]) => ({
  scopes,
  external: { fetch: { backend: [{ remote: 'bridge' }] } },
});

test('only who administers Jira is shown workflows, with their approval step; an app never is', async () => {
  const { site } = await aSite();
  const search = (as: PersonName) =>
    site.ask(as, 'GET', '/rest/api/3/workflows/search?expand=values.transitions');
  expect(await search('project-admin')).toMatchObject({ total: 0, values: [] });
  const found = (await search('admin')) as {
    values: { statuses: { approvalConfiguration?: object; statusReference: string }[] }[];
    statuses: { name: string; statusReference: string }[];
  };
  const [step] = found.values.flatMap(({ statuses }) => statuses).filter((one) => one.approvalConfiguration);
  expect(step?.approvalConfiguration).toMatchObject({
    active: 'true',
    conditionType: 'number',
    conditionValue: '1',
    fieldId: 'customfield_10003',
    transitionApproved: '11',
    transitionRejected: '12',
  });
  const waiting = found.statuses.find(({ statusReference }) => statusReference === step?.statusReference);
  expect(waiting?.name).toBe(STATUS.awaitingApproval);
  const byIssueType = (as: PersonName) =>
    site.ask(as, 'POST', '/rest/api/3/workflows?useApprovalConfiguration=true', {
      projectAndIssueTypes: [{ projectId: '10000', issueTypeId: '10100' }],
    });
  expect(await byIssueType('admin')).toMatchObject({
    workflows: [{ transitions: expect.any(Array) as object }],
  });
  expect(await byIssueType('agent')).toMatchObject({ workflows: [] });

  const { perform } = await aWillingApp({ manifest: aManifest({ permissions: permissions(SCOPES) }) });
  const seen = await perform(async ({ api }) => {
    const answer = await api.asApp().requestJira(api.route`/rest/api/3/workflows/search`);
    return (await answer.json()) as { total: number };
  });
  expect(seen.total).toBe(0);
});

test('the project’s statuses are those of its issue types’ workflows', async () => {
  const { site } = await aSite();
  expect(await site.ask('agent', 'GET', '/rest/api/3/project/CLOUD/statuses')).toMatchObject([
    {
      id: '10100',
      name: 'Service request with approvals',
      statuses: [{ name: STATUS.awaitingApproval }, {}, {}, {}, {}, {}],
    },
    { id: '10101', name: 'Service request' },
  ]);
  await expect(site.ask('employee', 'GET', '/rest/api/3/project/CLOUD/statuses')).rejects.toMatchObject({
    status: 404,
  });
});

test('groups and users are for those who have a licence', async () => {
  const { site } = await aSite();
  const of = (name: PersonName) => encodeURIComponent(PERSON[name]);
  expect(await site.ask('agent', 'GET', `/rest/api/3/user/groups?accountId=${of('employee')}`)).toMatchObject(
    [{ groupId: GROUP.engineers }],
  );
  expect(await site.ask('agent', 'GET', `/rest/api/3/group/bulk?groupId=${GROUP.analysts}`)).toMatchObject({
    values: [{ groupId: GROUP.analysts, name: 'data-analysts' }],
  });
  expect(await site.ask('agent', 'GET', '/rest/api/3/groups/picker?query=cloud')).toMatchObject({
    total: 1,
    groups: [{ groupId: GROUP.engineers }],
  });
  expect(await site.ask('employee', 'GET', '/rest/api/3/groups/picker?query=cloud')).toMatchObject({
    total: 0,
  });
  await expect(
    site.ask('employee', 'GET', `/rest/api/3/user/groups?accountId=${of('employee')}`),
  ).rejects.toMatchObject({ status: 403 });
  await expect(site.ask('agent', 'GET', '/rest/api/3/user/groups?accountId=nobody')).rejects.toMatchObject({
    status: 404,
  });
  expect(await site.ask('agent', 'GET', '/rest/api/3/user/search?query=appr')).toMatchObject([
    { accountId: PERSON.approver },
    { accountId: PERSON['other-approver'] },
  ]);
});

test('agents see the organizations of the service desk, customers do not', async () => {
  const { site } = await aSite();
  const path = '/rest/servicedeskapi/servicedesk/1/organization';
  expect(await site.ask('agent', 'GET', path)).toMatchObject({
    values: [{ id: ORGANIZATION.payments }, { id: ORGANIZATION.research }],
  });
  await expect(site.ask('employee', 'GET', path)).rejects.toMatchObject({ status: 403 });
  expect(
    await site.ask('employee', 'GET', '/rest/servicedeskapi/servicedesk/1/requesttypegroup'),
  ).toMatchObject({
    values: [{ id: '1' }, { id: '2' }],
  });
});

test('a collaborator reads and comments, and changes nothing', async () => {
  const { site } = await aSite();
  const { key } = site.raiseRequest(aRequest);
  const write = { as: 'collaborator', key, property: 'x', value: 1 } as const;
  await expect(site.setProperty(write)).rejects.toMatchObject({ status: 403 });
  await expect(site.deleteRequest({ as: 'collaborator', key })).rejects.toMatchObject({ status: 403 });
  await expect(site.transition({ as: 'collaborator', key, to: STATUS.declined })).rejects.toMatchObject({
    status: 403,
  });
  await site.setProjectProperty({ as: 'project-admin', property: 'x', value: 1 });
  await expect(site.setProjectProperty({ as: 'agent', property: 'x', value: 2 })).rejects.toMatchObject({
    status: 403,
  });
});

test('a site can be stocked with thousands of requests, which a search finds at once', async () => {
  const { site, clock } = await aSite();
  const hour = 3_600_000;
  const keys = site.stock(
    Array.from({ length: 10_000 }, (_, n) => ({
      reporter: 'employee',
      requestTypeId: REQUEST_TYPE.approved,
      summary: `Operation ${n}`,
      created: new Date(clock.now().getTime() - n * hour),
      properties: { tiny: { state: n % 100 === 0 ? 'stuck' : 'done' } },
    })),
  );
  expect(site.search('project = CLOUD AND tinyState = stuck ORDER BY created DESC')).toHaveLength(100);
  expect(site.request(keys[0] ?? '')).toMatchObject({ status: STATUS.awaitingApproval, approval: undefined });
});
