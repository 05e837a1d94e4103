import { describeRecordsOfOneLaunch, seenWithoutEvents } from '../bench/scale/following';
import { type Journey, MINUTE, startJourney } from './journey';

/* Here also what is between the app and Jira goes over HTTP. */

let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ atlassian: { hops: 'over HTTP' } });
});
afterEach(() => journey.sandbox.close());

test('an approved request launches its product, and the request shows what came of it', async () => {
  const key = await journey.raise();
  expect(journey.state(key)).toBe('awaiting-approval');
  expect(journey.comments(key)[0]).toContain('Private bucket');

  await journey.approve(key);
  await journey.reaches(key, 'succeeded');

  const request = journey.sandbox.site.request(key);
  expect(request.status).toBe('Done');
  expect(journey.comments(key).at(-1)).toMatch(/arn:aws:s3:::/);
  expect(journey.stacks()).toHaveLength(1);
  // Jira's search index follows a little later.
  await journey.sandbox.clock.advance(MINUTE);
  expect(journey.sandbox.site.search('gatehouseState = "succeeded"')).toEqual([key]);
});

test('an approved request is seen to its end within a minute of its stack being complete', async () => {
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  const { journal, clock } = journey.sandbox;
  const [complete] = journal.of('stack', 'CREATE_COMPLETE');
  expect(clock.now().getTime() - (complete?.at.getTime() ?? 0)).toBeLessThan(MINUTE);
});

test('from approval to ProvisionProduct a warm bridge makes three calls', async () => {
  const first = await journey.raise();
  await journey.approve(first);
  await journey.reaches(first, 'succeeded');

  const second = await journey.raise();
  const { journal } = journey.sandbox;
  const before = journal.entries.length;
  await journey.approve(second);
  await journey.reaches(second, 'provisioning');
  const calls = journey.awsCalls(before);
  expect(calls.slice(0, calls.indexOf('ProvisionProduct') + 1)).toEqual([
    'Invoke',
    'AssumeRole',
    'ProvisionProduct',
  ]);
});

test('a launch path is looked up once per product and account', async () => {
  for (const name of ['first', 'second', 'third']) {
    const key = await journey.raise(journey.form({ name }));
    await journey.approve(key);
    await journey.reaches(key, 'succeeded');
  }
  expect(journey.done('servicecatalog', 'ListLaunchPaths')).toBe(1);
  expect(journey.done('servicecatalog', 'ProvisionProduct')).toBe(3);
});

test('with its event, a launch asks DescribeRecord twice', async () => {
  expect(await describeRecordsOfOneLaunch(journey)).toBe(2);
});

test('the tenant account can tell who approved', async () => {
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  const [assumed] = journey.sandbox.journal.of('sts', 'AssumeRole');
  expect(assumed?.detail).toMatchObject({
    RoleSessionName: key,
    SourceIdentity: 'jira.712020=00000000-0000-4000-8000-000000000003',
  });
});

test('without any event from the stack a launch still ends, within five minutes of its stack', async () => {
  expect(await seenWithoutEvents(journey)).toBeLessThanOrEqual(5 * MINUTE);
});

test.each(['network', 'instance'])('the product %s can be ordered, too', async (product) => {
  const { productId, versionId } = journey.sandbox.portfolio.product(product);
  const network = journey.sandbox.cloudFormation.defaultNetwork('100000000003', 'eu-west-1');
  const parameters =
    product === 'instance' ? { VpcId: network.vpcId, SubnetId: network.subnetIds[0] ?? '' } : {};
  const key = await journey.raise(
    journey.form({ productId, provisioningArtifactId: versionId, name: product, parameters }),
  );
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  expect(journey.comments(key).at(-1)).toMatch(product === 'network' ? /vpc-/ : /\bi-[0-9a-f]{8,}/);
});
