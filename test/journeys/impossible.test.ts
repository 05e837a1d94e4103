import { RESEARCH } from '../sandbox/organization';
import type { SandboxOptions } from '../sandbox/sandbox';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

// Invariant 4: what stays impossible is told to whoever can do something about it, in a state that JQL finds.

let journey: Journey | undefined;
const start = async (options?: SandboxOptions): Promise<Journey> => (journey = await startJourney(options));
afterEach(async () => {
  journey?.sandbox.faults.clear();
  await journey?.sandbox.close();
  journey = undefined;
});

const found = async ({ sandbox }: Journey, state: string): Promise<string[]> => {
  await sandbox.clock.advance(MINUTE);
  return sandbox.site.search(`gatehouseState = "${state}"`);
};

test('a bridge that cannot be reached for more than a day leaves the request stuck, and its agents told', async () => {
  const walk = await start();
  const key = await walk.raise();
  walk.sandbox.faults.plan('bridge', 'POST /webhook', 'unreachable', 10_000);
  await walk.approve(key);
  await walk.reaches(key, 'stuck', 30 * HOUR);
  expect(walk.comments(key, 'internal').join('\n')).toMatch(/bridge/i);
  expect(await found(walk, 'stuck')).toEqual([key]);
  expect(walk.stacks()).toHaveLength(0);
}, 60_000);

test('a bridge that refuses every signature has the agents told while delivery is still tried', async () => {
  const walk = await start();
  const key = await walk.raise();
  walk.sandbox.aws.secrets.put(
    'gatehouse/webhook',
    JSON.stringify({ current: walk.sandbox.secrets.callback }),
  );
  await walk.sandbox.clock.advance(10 * MINUTE);
  await walk.approve(key);
  await walk.sandbox.clock.until(
    () => walk.comments(key, 'internal').length > 0,
    24 * HOUR,
    'an internal comment',
  );
  walk.sandbox.aws.secrets.put(
    'gatehouse/webhook',
    JSON.stringify({ current: walk.sandbox.secrets.webhook }),
  );
  await walk.reaches(key, 'succeeded', 24 * HOUR);
  expect(walk.stacks()).toHaveLength(1);
});

test('an account without the tenant role is refused in words that say what to check', async () => {
  const walk = await start();
  const key = await walk.raise(walk.form({ account: RESEARCH }));
  await walk.approve(key);
  await walk.reaches(key, 'refused');
  expect(walk.comments(key).at(-1)).toContain(RESEARCH);
  expect(walk.comments(key, 'internal').join('\n')).toMatch(/TenantNotReachable/);
  expect(walk.sandbox.site.request(key).status).toBe('Failed');
  expect(await found(walk, 'refused')).toEqual([key]);
});

test('hours of throttling delay a launch and lose nothing', async () => {
  const walk = await start();
  const key = await walk.raise();
  walk.sandbox.faults.plan('sts', 'AssumeRole', 'throttled', 40);
  await walk.approve(key);
  await walk.reaches(key, 'succeeded', 24 * HOUR);
  expect(walk.stacks()).toHaveLength(1);
});

test('a provision token that Service Catalog has forgotten does not launch twice: the name holds', async () => {
  const walk = await start({ serviceCatalog: { tokenMemory: 0 } });
  const key = await walk.raise();
  walk.sandbox.faults.plan('servicecatalog', 'ProvisionProduct', 'answer lost', 3);
  await walk.approve(key);
  await walk.reaches(key, 'succeeded', 6 * HOUR);
  expect(walk.stacks()).toHaveLength(1);
  expect(walk.done('servicecatalog', 'DescribeProvisionedProduct')).toBeGreaterThan(0);
});

test.each(['DuplicateResourceException', 'InvalidParametersException'] as const)(
  'a lost answer is recovered whichever way Service Catalog says that the name is taken (%s)',
  async (nameTaken) => {
    const walk = await start({ serviceCatalog: { tokenMemory: 0, nameTaken } });
    const key = await walk.raise();
    walk.sandbox.faults.plan('servicecatalog', 'ProvisionProduct', 'answer lost');
    await walk.approve(key);
    await walk.reaches(key, 'succeeded', 6 * HOUR);
    expect(walk.stacks()).toHaveLength(1);
  },
);

test('a record that lags behind its stack is asked again until it knows', async () => {
  const walk = await start({ serviceCatalog: { recordDelay: MINUTE } });
  const key = await walk.raise();
  await walk.approve(key);
  await walk.reaches(key, 'succeeded');
  expect(walk.done('servicecatalog', 'DescribeRecord')).toBeGreaterThan(2);
});

test('an execution that somebody stopped leaves the request stuck, and its agents told', async () => {
  const walk = await start();
  const key = await walk.raise();
  walk.sandbox.bus.dropAll = true;
  walk.sandbox.cloudFormation.failNext({
    account: '100000000003',
    resourceType: 'AWS::S3::Bucket',
    reason: 'Service limit reached',
  });
  await walk.approve(key);
  await walk.reaches(key, 'provisioning');
  const { engine } = walk.sandbox.aws.lambda;
  const [execution] = engine.executions;
  if (!execution) throw new Error('nothing was started');
  engine.end(execution, { status: 'STOPPED', error: undefined });
  await walk.reaches(key, 'stuck', 24 * HOUR);
  expect(walk.comments(key, 'internal').join('\n')).not.toBe('');
  expect(await found(walk, 'stuck')).toEqual([key]);
});

test('a stack that fails names its first failed resource, for people and for agents', async () => {
  const walk = await start();
  walk.sandbox.cloudFormation.failNext({
    account: '100000000003',
    resourceType: 'AWS::S3::Bucket',
    reason: 'You have attempted to create more buckets than allowed',
  });
  const key = await walk.raise();
  await walk.approve(key);
  await walk.reaches(key, 'failed');
  expect(walk.comments(key).at(-1)).toContain('more buckets than allowed');
  expect(walk.comments(key, 'internal').at(-1)).toContain('more buckets than allowed');
  expect(walk.sandbox.site.request(key).status).toBe('Failed');
  expect(await found(walk, 'failed')).toEqual([key]);
});

test('events that Jira never delivers are made up for by the sweep', async () => {
  const walk = await start();
  const key = await walk.raise();
  walk.sandbox.atlassian.events.dropNext(10);
  await walk.approve(key);
  await walk.reaches(key, 'succeeded', 2 * HOUR);
  expect(walk.stacks()).toHaveLength(1);
});
