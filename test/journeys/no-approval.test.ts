import { CANCELED, STATUS } from '../sandbox/atlassian/workflow';
import { PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { PERSON, REQUEST_TYPE } from '../sandbox/site';
import { HOUR, type Journey, startJourney } from './journey';

/* Invariant 1 where there is no approval step: launched only where the project says that none is needed. */

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.sandbox.close());

const UNAPPROVED = { requestTypeId: REQUEST_TYPE.unapproved } as const;

test('a product that the project says needs no approval is launched at once, in its requester’s name', async () => {
  const key = await journey.raise(undefined, UNAPPROVED);
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
  expect(journey.sandbox.site.request(key).status).toBe('Done');
  const assumed = journey.sandbox.journal
    .of('sts', 'AssumeRole')
    .find(({ detail }) => detail['RoleSessionName'] === key);
  expect(assumed?.detail['SourceIdentity']).toContain(PERSON.employee.split(':')[1]);
});

test('a product that needs an approval is not launched from a request type that has no approval step', async () => {
  const { site, settings, clock } = journey.sandbox;
  const products = settings.products.map(({ productId, requestTypeId }) => ({ productId, requestTypeId }));
  await site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: { ...settings, products } });
  const key = await journey.raise(undefined, UNAPPROVED);
  await journey.reaches(key, 'blocked');
  await site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: settings });
  expect(journey.comments(key).at(-1)).toMatch(/without an approval/);
  await clock.advance(3 * HOUR);
  expect(journey.state(key)).toBe('blocked');
  expect([journey.deliveries(key), journey.entries(key), journey.launches(key).length]).toEqual([0, 0, 0]);
});

test('a product with a gate is not launched without an approval, whatever the project says', async () => {
  const { clock, cloudFormation, portfolio } = journey.sandbox;
  const { productId, versionId } = portfolio.product('wordpress');
  const { vpcId, subnetIds } = cloudFormation.defaultNetwork(PAYMENTS_DEV, REGION);
  const order = journey.form({
    ...{ productId, provisioningArtifactId: versionId, name: 'unasked-blog' },
    parameters: {
      VpcId: vpcId,
      ServerSubnetId: subnetIds[0] ?? '',
      DatabaseSubnetIds: subnetIds.slice(0, 2).join(','),
      AllowedRange: '172.31.0.0/16',
      RequesterEmail: 'employee@example.com',
    },
  });
  const key = await journey.raise(order, UNAPPROVED);
  await journey.reaches(key, 'blocked');
  expect(journey.comments(key).at(-1)).toMatch(/without an approval/);
  await clock.advance(3 * HOUR);
  expect(journey.state(key)).toBe('blocked');
  expect([journey.deliveries(key), journey.entries(key), journey.launches(key).length]).toEqual([0, 0, 0]);
});

test('who cancels before anything could be launched gets nothing, until the request is reopened', async () => {
  const { site, clock, faults } = journey.sandbox;
  faults.plan('bridge', 'POST /webhook', 'unreachable', 1000);
  const key = await journey.raise(undefined, UNAPPROVED);
  await clock.advance(10 * 60_000);
  expect(journey.state(key)).toBe('sending');
  await site.transition({ as: 'agent', key, to: CANCELED });
  faults.clear();
  await clock.advance(3 * HOUR);
  expect([journey.state(key), journey.launches(key).length]).toEqual(['withdrawn', 0]);
  await site.transition({ as: 'agent', key, to: STATUS.approved });
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
});

test('a request of a type that is not ours is left alone', async () => {
  const { site, clock, journal } = journey.sandbox;
  const { key } = site.raiseRequest({
    as: 'employee',
    requestTypeId: REQUEST_TYPE.other,
    summary: 'A question',
  });
  await site.transition({ as: 'agent', key, to: 'Done' });
  const before = journal.of('bridge', 'POST /webhook').length;
  await clock.advance(2 * HOUR);
  const request = site.request(key);
  expect(request.comments).toStrictEqual([]);
  expect(request.properties).toEqual({});
  expect(journal.of('bridge', 'POST /webhook')).toHaveLength(before);
});

test('a request of our type that has no order is refused with a word on how to raise one', async () => {
  const { site, clock } = journey.sandbox;
  const { key } = site.raiseRequest({
    as: 'employee',
    requestTypeId: REQUEST_TYPE.approved,
    summary: 'A question',
  });
  await journey.reaches(key, 'refused-order');
  expect(journey.comments(key)[0]).toMatch(/no order on this request.*Raise it on the portal/s);
  expect(site.request(key).status).toBe('Declined');
  await clock.advance(2 * HOUR);
  expect(journey.comments(key)).toHaveLength(1);
  expect([journey.deliveries(key), journey.entries(key), journey.launches(key).length]).toEqual([0, 0, 0]);
});

test('an order on a request type that offers nothing is refused, not launched', async () => {
  const key = await journey.raise(undefined, { requestTypeId: REQUEST_TYPE.other });
  expect(journey.state(key)).toBe('refused-order');
  expect(journey.comments(key)[0]).toMatch(/not offered with this type of request/);
});
