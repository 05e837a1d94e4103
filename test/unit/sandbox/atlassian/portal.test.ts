import { REQUEST_TYPE } from '../../../sandbox/site';
import { STATUS } from '../../../sandbox/atlassian/workflow';
import { aSite } from './tiny-app';

const aRequest = { requestTypeId: REQUEST_TYPE.approved, summary: 'A bucket' } as const;
const REQUESTS = '/rest/servicedeskapi/request';

interface Listed {
  readonly values: readonly { readonly issueKey: string }[];
}

/** A portal with a request of the employee's that a colleague takes part in, then one of the colleague's. */
const aPortal = async () => {
  const portal = await aSite();
  const { site, clock } = portal;
  const own = site.raiseRequest({ ...aRequest, as: 'employee', participants: ['colleague'] }).key;
  await clock.advance(60_000);
  const other = site.raiseRequest({ ...aRequest, as: 'colleague' }).key;
  const listed = async (as: 'employee' | 'colleague' | 'outsider' | 'approver', query = '') =>
    ((await site.ask(as, 'GET', `${REQUESTS}${query}`)) as Listed).values.map(({ issueKey }) => issueKey);
  return { ...portal, own, other, listed };
};

test('a customer’s list holds the own requests and the shared ones, the latest activity first', async () => {
  const { listed, own, other, site, clock } = await aPortal();
  expect(await listed('employee')).toEqual([own]);
  expect(await listed('colleague')).toEqual([other, own]);
  expect(await listed('outsider')).toStrictEqual([]);
  await clock.advance(60_000);
  await site.ask('employee', 'POST', `${REQUESTS}/${own}/comment`, { body: 'Any *news*?', public: true });
  expect(await listed('colleague')).toEqual([own, other]);
  expect(await listed('colleague', '?requestOwnership=OWNED_REQUESTS')).toEqual([other]);
});

test('an approver is listed what waits for their decision, and what ever did', async () => {
  const { listed, own, other, site, clock } = await aPortal();
  const asked = '?requestOwnership=APPROVER&approvalStatus=';
  expect(await listed('approver')).toStrictEqual([]);
  expect(await listed('approver', `${asked}MY_PENDING_APPROVAL`)).toEqual([other, own]);
  await clock.advance(60_000);
  await site.answerApproval({ as: 'approver', key: own, decision: 'approve' });
  expect(await listed('approver', `${asked}MY_PENDING_APPROVAL`)).toEqual([other]);
  expect(await listed('approver', `${asked}MY_HISTORY_APPROVAL`)).toEqual([own, other]);
});

test('what is open and what is closed can be told apart', async () => {
  const { listed, own, other, site } = await aPortal();
  await site.transition({ as: 'agent', key: other, to: STATUS.declined });
  expect(await listed('colleague', '?requestStatus=OPEN_REQUESTS')).toEqual([own]);
  expect(await listed('colleague', '?requestStatus=CLOSED_REQUESTS')).toEqual([other]);
});

test('a customer reads and writes public comments as they were written, and no internal ones', async () => {
  const { own, site } = await aPortal();
  const path = `${REQUESTS}/${own}/comment`;
  await site.ask('agent', 'POST', path, { body: 'Between us', public: false });
  await site.ask('agent', 'POST', path, {
    body: '*Launched*: [the stack|https://example.com]',
    public: true,
  });
  expect(await site.ask('employee', 'GET', path)).toMatchObject({
    values: [{ body: '*Launched*: [the stack|https://example.com]', public: true }],
  });
  await expect(site.ask('employee', 'POST', path, { body: 'Psst', public: false })).rejects.toMatchObject({
    status: 403,
  });
  await expect(site.ask('outsider', 'POST', path, { body: 'Me too', public: true })).rejects.toMatchObject({
    status: 404,
  });
});

test('the portal tells of each request type which of its groups lists it', async () => {
  const { site } = await aPortal();
  const { values } = (await site.ask(
    'employee',
    'GET',
    '/rest/servicedeskapi/servicedesk/1/requesttype',
  )) as { values: { id: string; groupIds: string[] }[] };
  expect(values.map(({ id }) => id)).toEqual(Object.values(REQUEST_TYPE));
  expect(values.every(({ groupIds }) => groupIds.length > 0)).toBe(true);
});
