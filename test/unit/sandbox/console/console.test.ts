import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { createConsole } from '../../../sandbox/console';
import { consoleRoles, DEVELOPER } from '../../../sandbox/console-roles';
import { PAYMENTS_DEV, REGION, RESEARCH } from '../../../sandbox/organization';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox';

const MINUTE = 60_000;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const bucket = (name: string) => ({ product: 'private-bucket', name, parameters: { RetentionDays: '30' } });

test('a developer launches and terminates a product, and an administrator sees its stack', async () => {
  const console = sandbox.consoleOf();
  const until = (status: string) =>
    sandbox.clock.until(async () => (await console.status('reports')) === status, 30 * MINUTE, status);
  const launch = await console.launch(bucket('reports'));
  await until('AVAILABLE');
  expect(await console.record(launch)).toStrictEqual({ id: launch, status: 'SUCCEEDED', errors: [] });
  const made = await console.stack('reports');
  expect(made.status).toBe('CREATE_COMPLETE');
  expect(Object.keys(made.outputs)).toContain('Arn');
  expect([made.events[0]?.status, made.events.at(-1)?.status]).toEqual([
    'CREATE_IN_PROGRESS',
    'CREATE_COMPLETE',
  ]);

  const end = await console.terminate({ name: 'reports' });
  await sandbox.clock.until(async () => (await console.record(end)).status === 'SUCCEEDED', 30 * MINUTE);
  expect((await console.stack('reports')).status).toBe('DELETE_COMPLETE');
});

test('a developer updates a product, and every parameter that is not given keeps its value', async () => {
  const console = sandbox.consoleOf();
  const until = (status: string) =>
    sandbox.clock.until(async () => (await console.status('archive')) === status, 30 * MINUTE, status);
  await console.launch(bucket('archive'));
  await until('AVAILABLE');
  const update = await console.update({ name: 'archive', parameters: { RetentionDays: '60' } });
  expect(await console.status('archive')).toBe('UNDER_CHANGE');
  await until('AVAILABLE');
  expect(await console.record(update)).toMatchObject({ status: 'SUCCEEDED' });
  expect((await console.stack('archive')).status).toBe('UPDATE_COMPLETE');
  // With nothing given, nothing would change, which CloudFormation refuses.
  await expect(console.update({ name: 'archive' })).rejects.toMatchObject({
    ...{ name: 'InvalidParametersException', message: 'No updates are to be performed.' },
  });
});

test('an administrator takes an update back, and the product is tainted', async () => {
  const console = sandbox.consoleOf();
  await console.launch(bucket('minutes'));
  await sandbox.clock.until(async () => (await console.status('minutes')) === 'AVAILABLE', 30 * MINUTE);
  const update = await console.update({ name: 'minutes', parameters: { RetentionDays: '60' } });
  await sandbox.clock.advance(1000);
  await console.cancelUpdate('minutes');
  await sandbox.clock.until(async () => (await console.status('minutes')) === 'TAINTED', 30 * MINUTE);
  expect(await console.record(update)).toMatchObject({ status: 'FAILED' });
  expect((await console.stack('minutes')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test('an administrator deletes a stack while it is launched', async () => {
  const console = sandbox.consoleOf();
  const launch = await console.launch(bucket('drafts'));
  await sandbox.clock.advance(1000);
  await console.deleteStack('drafts');
  await sandbox.clock.until(async () => (await console.status('drafts')) === 'ERROR', 30 * MINUTE);
  expect(await console.record(launch)).toMatchObject({ status: 'FAILED' });
  expect(await console.stack('drafts')).toMatchObject({ status: 'DELETE_COMPLETE' });
});

test('whoever launches is not shown by which address a stack is signalled', async () => {
  const console = sandbox.consoleOf();
  await console.launch(bucket('secrets'));
  const { id: StackName } = await console.stack('secrets');
  const client = new CloudFormationClient({
    ...{ region: REGION, endpoint: sandbox.aws.endpoint, maxAttempts: 1 },
    credentials: sandbox.aws.credentialsFor(DEVELOPER, PAYMENTS_DEV),
  });
  await expect(client.send(new DescribeStackResourcesCommand({ StackName }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  for (const verb of ['DescribeStackEvents', 'ListStackResources', 'DescribeStackResource']) {
    const { allowed, reason } = await sandbox.aws.iam.authorize({
      as: { account: PAYMENTS_DEV, roleName: DEVELOPER },
      ...{ action: `cloudformation:${verb}`, resource: StackName, region: REGION },
    });
    expect([allowed, reason]).toEqual([false, 'with an explicit deny in an identity-based policy']);
  }
});

test('what somebody else has launched is out of a developer’s reach', async () => {
  await sandbox.consoleOf().launch(bucket('mine'));
  const other = sandbox.consoleOf(PAYMENTS_DEV, 'outsider');
  await expect(other.terminate({ name: 'mine' })).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('an account that the portfolio is not shared with is shown nothing', async () => {
  await expect(sandbox.consoleOf(RESEARCH).launch(bucket('reports'))).rejects.toThrow(
    `The console does not show a product Private bucket in ${RESEARCH}`,
  );
});

test('a role that the configuration does not name launches nothing', async () => {
  const [developer] = consoleRoles([PAYMENTS_DEV]);
  if (!developer) throw new Error('no developer');
  sandbox.aws.iam.putRole({ ...developer, path: '/' });
  const { aws, portfolio } = sandbox;
  const console = createConsole({
    ...{ aws, portfolio, account: PAYMENTS_DEV, region: REGION, who: 'employee@example.com' },
  });
  await expect(console.launch(bucket('hidden'))).rejects.toThrow('does not show a product');
  sandbox.aws.iam.putRole(developer);
});
