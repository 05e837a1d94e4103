import { existsSync } from 'node:fs';
import { z } from 'zod';
import { DESCRIPTIONS } from '../../../sandbox/atlassian/openapi';
import { PERSON, REQUEST_TYPE } from '../../../sandbox/site';
import { approvalWorkflow, type ApprovalStep, STATUS } from '../../../sandbox/atlassian/workflow';
import { APP_UUID, aSite, aWillingApp } from './tiny-app';

const aRequest = { as: 'employee', requestTypeId: REQUEST_TYPE.approved, summary: 'A bucket' } as const;

/** A site whose only request type has an approval step as the test wants it. */
const withApproval = (step: Partial<ApprovalStep>, approvers: readonly string[], bypass = false) => {
  const workflow = approvalWorkflow(bypass);
  Object.assign(workflow.approval ?? {}, step);
  return aSite(undefined, {
    requestTypes: [{ id: REQUEST_TYPE.approved, name: 'Something', workflow, approvers }],
  });
};

test('an approval by its approver moves the request on, once', async () => {
  const { site } = await aSite();
  const { key } = site.raiseRequest(aRequest);
  expect(site.request(key)).toMatchObject({ status: STATUS.awaitingApproval, approval: 'pending' });
  await site.answerApproval({ as: 'approver', key, decision: 'approve', comment: 'Go ahead' });
  expect(site.request(key)).toMatchObject({ status: STATUS.approved, approval: 'approved' });
  await expect(site.answerApproval({ as: 'approver', key, decision: 'decline' })).rejects.toMatchObject({
    status: 409,
  });
});

test('a declined request goes where the workflow says', async () => {
  const { site } = await aSite();
  const { key } = site.raiseRequest(aRequest);
  await site.answerApproval({ as: 'approver', key, decision: 'decline' });
  expect(site.request(key)).toMatchObject({ status: STATUS.declined, approval: 'declined' });
});

test.each(['employee', 'agent', 'admin'] as const)('an approval is not for the %s', async (as) => {
  const { site } = await aSite();
  const { key } = site.raiseRequest(aRequest);
  await expect(site.answerApproval({ as, key, decision: 'approve' })).rejects.toMatchObject({ status: 403 });
});

test('a customer sees nothing of the requests of others', async () => {
  const { site } = await aSite();
  const { key } = site.raiseRequest(aRequest);
  await expect(site.answerApproval({ as: 'outsider', key, decision: 'approve' })).rejects.toMatchObject({
    status: 404,
  });
});

test('with two approvals needed, the first alone moves nothing', async () => {
  const { site } = await withApproval({ conditionValue: 2 }, [PERSON.approver, PERSON['other-approver']]);
  const { key } = site.raiseRequest(aRequest);
  await site.answerApproval({ as: 'approver', key, decision: 'approve' });
  expect(site.request(key).status).toBe(STATUS.awaitingApproval);
  await site.answerApproval({ as: 'other-approver', key, decision: 'approve' });
  expect(site.request(key).status).toBe(STATUS.approved);
});

test('a reporter may approve the own request only where the workflow does not exclude reporters', async () => {
  const careless = await withApproval({}, [PERSON.employee]);
  const { key } = careless.site.raiseRequest(aRequest);
  await careless.site.answerApproval({ as: 'employee', key, decision: 'approve' });
  expect(careless.site.request(key).status).toBe(STATUS.approved);
  const careful = await withApproval({ exclude: ['reporter'] }, [PERSON.employee, PERSON.approver]);
  const other = careful.site.raiseRequest(aRequest);
  const answer = careful.site.answerApproval({ as: 'employee', key: other.key, decision: 'approve' });
  await expect(answer).rejects.toMatchObject({ status: 403 });
});

test('nobody moves a request past its pending approval, unless the project was set up so', async () => {
  const careful = await aSite();
  const first = careful.site.raiseRequest(aRequest);
  const past = careful.site.transition({ as: 'agent', key: first.key, to: STATUS.approved });
  await expect(past).rejects.toMatchObject({ status: 400 });
  const careless = await withApproval({}, [PERSON.approver], true);
  const { key } = careless.site.raiseRequest(aRequest);
  await careless.site.transition({ as: 'agent', key, to: STATUS.approved });
  expect(careless.site.request(key)).toMatchObject({ status: STATUS.approved, approval: 'pending' });
  const late = careless.site.answerApproval({ as: 'approver', key, decision: 'approve' });
  await expect(late).rejects.toMatchObject({ status: 409 });
});

const Status = z.object({
  changelog: z.object({ items: z.array(z.object({ fromString: z.string(), toString: z.string() })) }),
});

test('the app is told of a new request with its order, and of a new status', async () => {
  const events: object[] = [];
  const site = await aSite(() => ({
    onCreated: (event: object) => void events.push(event),
    onUpdated: (event: object) => void events.push(event),
  }));
  const { key } = site.site.raiseRequest({ ...aRequest, order: { productId: 'prod-1' } });
  expect(site.site.request(key).properties).toEqual({ [APP_UUID]: { productId: 'prod-1' } });
  await site.clock.advance(2000);
  expect(events).toMatchObject([
    {
      eventType: 'avi:jira:created:issue',
      selfGenerated: false,
      issue: { key },
      atlassianId: PERSON.employee,
    },
  ]);
  await site.site.answerApproval({ as: 'approver', key, decision: 'approve' });
  await site.clock.advance(2000);
  const [, second] = events;
  expect(second).toMatchObject({
    eventType: 'avi:jira:updated:issue',
    issue: { key },
    atlassianId: PERSON.approver,
  });
  expect(Status.parse(second).changelog.items).toEqual([
    { fromString: STATUS.awaitingApproval, toString: STATUS.approved },
  ]);
});

test('an event may be lost or doubled, and is retried four times at most', async () => {
  let seen = 0;
  const site = await aSite(({ events }) => ({
    onCreated: () => {
      seen += 1;
      return new events.InvocationError();
    },
  }));
  site.events.dropNext();
  site.site.raiseRequest(aRequest);
  await site.clock.advance(60_000);
  expect(seen).toBe(0);
  site.site.raiseRequest(aRequest);
  await site.clock.advance(60_000);
  expect(seen).toBe(5);
  site.events.duplicateNext();
  site.site.raiseRequest(aRequest);
  await site.clock.advance(60_000);
  expect(seen).toBe(15);
});

test("a trigger that ignores the app's own doings is not told of them", async () => {
  const updated: object[] = [];
  const site = await aSite(({ api }) => ({
    onCreated: async ({ issue }: { issue: { id: string } }) => {
      await api.asApp().requestJira(api.route`/rest/api/3/issue/${issue.id}/transitions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ transition: { id: '21' } }),
      });
    },
    onUpdated: (event: object) => void updated.push(event),
  }));
  const { key } = site.site.raiseRequest(aRequest);
  await site.clock.advance(10_000);
  expect(site.site.request(key).status).toBe(STATUS.declined);
  expect(updated).toStrictEqual([]);
});

test('comments are public or internal, and a customer reads only the public ones', async () => {
  const { site, perform } = await aWillingApp();
  const { key } = site.raiseRequest(aRequest);
  await perform(async ({ api }) => {
    for (const visible of [true, false]) {
      await api.asApp().requestJira(api.route`/rest/servicedeskapi/request/${key}/comment`, {
        method: 'POST',
        body: JSON.stringify({ body: visible ? 'for all' : 'for agents', public: visible }),
      });
    }
  });
  expect(site.request(key).comments).toMatchObject([
    { body: 'for all', public: true },
    { body: 'for agents', public: false },
  ]);
  const path = `/rest/servicedeskapi/request/${key}/comment`;
  expect(await site.ask('employee', 'GET', path)).toMatchObject({ size: 1 });
  expect(await site.ask('agent', 'GET', path)).toMatchObject({ size: 2 });
});

test('a request whose body or query is not as published is answered loudly and written down', async () => {
  const { site, perform, takeViolations } = await aWillingApp();
  const { key } = site.raiseRequest(aRequest);
  const status = await perform(async ({ api }) => {
    const wrongBody = await api.asApp().requestJira(api.route`/rest/servicedeskapi/request/${key}/comment`, {
      method: 'POST',
      body: JSON.stringify({ body: 'x', visible: true }),
    });
    const wrongQuery = await api.asApp().requestJira(api.route`/rest/api/3/issue/${key}?field=status`);
    return [wrongBody.status, wrongQuery.status];
  });
  const violations = takeViolations();
  if (!existsSync(DESCRIPTIONS)) return;
  expect(status).toEqual([501, 501]);
  expect(violations).toEqual([
    expect.stringContaining('visible'),
    expect.stringContaining('unknown query parameter field'),
  ]);
});

test('an app without the scope is refused', async () => {
  const { site, perform } = await aWillingApp();
  const answer = await perform(({ api }) =>
    api
      .asApp()
      .requestJira(api.route`/rest/api/3/project/CLOUD/properties/gatehouse`, { method: 'PUT', body: '{}' }),
  );
  expect(answer.status).toBe(403);
  await site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: { a: 1 } });
  const read = await perform(async ({ api }) => {
    const found = await api
      .asApp()
      .requestJira(api.route`/rest/api/3/project/search?typeKey=service_desk&properties=gatehouse`);
    return found.json() as Promise<unknown>;
  });
  expect(read).toMatchObject({
    total: 1,
    isLast: true,
    values: [{ key: 'CLOUD', properties: { gatehouse: { a: 1 } } }],
  });
});

test('a property has as many characters as Jira keeps, and goes as it came', async () => {
  const { site } = await aWillingApp();
  const { key } = site.raiseRequest({
    as: 'employee',
    requestTypeId: REQUEST_TYPE.approved,
    summary: 'A bucket',
  });
  for (const path of ['/rest/api/3/project/CLOUD', `/rest/api/3/issue/${key}`]) {
    const put = (name: string, length: number) =>
      site.send('admin', 'PUT', `${path}/properties/${name}`, 'x'.repeat(length - 2));
    expect(await put('long', 32_769)).toMatchObject({
      status: 400,
      text: expect.stringContaining('32769') as string,
    });
    expect(await put('k'.repeat(256), 2)).toMatchObject({ status: 400 });
    expect(await put('long', 32_768)).toMatchObject({ status: 201 });
  }
  const remove = () => site.send('admin', 'DELETE', '/rest/api/3/project/CLOUD/properties/long');
  expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
});

test('a throttled request says when to come again', async () => {
  const { perform, faults, journal } = await aWillingApp();
  faults.plan('jira', 'GET /rest/servicedeskapi/organization', 'throttled');
  const organizations = () =>
    perform(({ api }) =>
      api.asApp().requestJira(api.route`/rest/servicedeskapi/organization?accountId=${PERSON.employee}`),
    );
  const first = await organizations();
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '5']);
  expect(await (await organizations()).json()).toMatchObject({
    size: 1,
    isLastPage: true,
    values: [{ id: '1' }],
  });
  expect(journal.of('jira').map(({ caller, status }) => [caller, status])).toEqual([
    ['forge-app', 429],
    ['forge-app', 200],
  ]);
});
