import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceControlPolicy } from '../../../infra/tenant/service-control-policy';
import { aConfiguration } from '../../builders/configuration';
import { anOrganization, HUB, putAdministrator, REGION, TENANT } from './account';

const configuration = aConfiguration();
const iam = anOrganization(configuration);
const ACCOUNTS = [HUB, TENANT];
iam.putServiceControlPolicy({
  name: 'gatehouse',
  document: { ...serviceControlPolicy(configuration) },
  accounts: ACCOUNTS,
});
putAdministrator(iam, TENANT, 'Administrator');
putAdministrator(iam, TENANT, 'OrganizationAccountAccessRole');
putAdministrator(iam, TENANT, 'stacksets-exec-0a1b2c3d');
putAdministrator(iam, HUB, 'cdk-hnb659fds-cfn-exec-role');

const may = async (roleName: string, action: string, resource: string, account = TENANT): Promise<boolean> =>
  (await iam.authorize({ as: { account, roleName }, action, resource, region: REGION })).allowed;

const own = (account: string): readonly (readonly [string, string])[] => {
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const policy = (name: string) => `arn:aws:iam::${account}:policy/${name}`;
  const rule = `arn:aws:events:${REGION}:${account}:rule/gatehouse-stack-events`;
  const stack = `arn:aws:cloudformation:${REGION}:${account}:stack/StackSet-gatehouse-tenant-1d2c3b4a/5e6f`;
  return [
    ['iam:UpdateAssumeRolePolicy', role('gatehouse/GatehouseTenant')],
    ['iam:PutRolePolicy', role('gatehouse/GatehouseTenant')],
    ['iam:CreateRole', role('gatehouse/GatehouseTenant')],
    ['iam:CreateRole', role('gatehouse/AnythingElse')],
    ['iam:CreateRole', role('elsewhere/GatehouseTenant')],
    ['iam:AttachRolePolicy', role('GatehouseLaunch-network')],
    ['iam:DeleteRolePermissionsBoundary', role('GatehouseLaunch-network')],
    ['iam:PassRole', role('GatehouseLaunch-network')],
    ['iam:CreateRole', role('mine/GatehouseLaunch-network')],
    ['iam:DeleteRole', role('GatehouseEvents')],
    ['iam:PutRolePolicy', role('GatehouseChoices')],
    ['iam:CreatePolicyVersion', policy('GatehouseLaunchBoundary')],
    ['iam:DeletePolicy', policy('GatehouseWorkload')],
    ['events:DisableRule', rule],
    ['events:PutTargets', rule],
    ['cloudformation:DeleteStack', stack],
    ['cloudformation:UpdateStack', stack],
  ];
};

test.each(own(TENANT))('administrators of a tenant account are denied %s on %s', async (action, resource) => {
  expect(await may('Administrator', action, resource)).toBe(false);
  expect(await may('OrganizationAccountAccessRole', action, resource)).toBe(false);
});

test.each(own(TENANT))('StackSets is not denied %s on %s', async (action, resource) => {
  expect(await may('stacksets-exec-0a1b2c3d', action, resource)).toBe(true);
});

test.each(own(HUB))('nor is who deploys in the hub, %s on %s', async (action, resource) => {
  expect(await may('cdk-hnb659fds-cfn-exec-role', action, resource, HUB)).toBe(true);
});

test.each(['CreateRole', 'UpdateAssumeRolePolicy', 'PutRolePolicy'])(
  'nobody becomes StackSets by iam:%s',
  async (operation) => {
    const action = `iam:${operation}`;
    expect(await may('Administrator', action, `arn:aws:iam::${TENANT}:role/stacksets-exec-evil`)).toBe(false);
    expect(
      await may('stacksets-exec-0a1b2c3d', action, `arn:aws:iam::${TENANT}:role/stacksets-exec-0a1b2c3d`),
    ).toBe(false);
  },
);

test('all else is left to the administrators of the account', async () => {
  const role = `arn:aws:iam::${TENANT}:role/payroll/GatehouseKeeper`;
  expect(await may('Administrator', 'iam:CreateRole', role)).toBe(true);
  expect(await may('Administrator', 'iam:GetRole', `arn:aws:iam::${TENANT}:role/GatehouseEvents`)).toBe(true);
  expect(
    await may('Administrator', 'events:PutRule', `arn:aws:events:${REGION}:${TENANT}:rule/payroll`),
  ).toBe(true);
});

test('a tenant role without a path is kept free under every path', () => {
  const roles = { tenant: 'Launcher' };
  const { Statement } = serviceControlPolicy(aConfiguration({ roles }));
  expect(Statement[0]?.Resource).toEqual(
    expect.arrayContaining(['arn:aws:iam::*:role/Launcher', 'arn:aws:iam::*:role/*/Launcher']),
  );
});

test('Organizations takes it, even with the longest names that a configuration may have', () => {
  const path = Array.from({ length: 5 }, () => 'p'.repeat(100)).join('/');
  const roles = { tenant: `${path}/${'n'.repeat(64)}`, launchPrefix: 'l'.repeat(24) };
  const { length } = JSON.stringify(serviceControlPolicy(aConfiguration({ roles })));
  expect(length).toBeLessThanOrEqual(5120);
});

test('the documentation shows the policy of the example', () => {
  const text = readFileSync(join(__dirname, '../../../docs/service-control-policy.md'), 'utf8');
  const [, shown = ''] = /```json\n([^]*?)```/.exec(text) ?? [];
  expect(JSON.parse(shown)).toEqual(serviceControlPolicy(aConfiguration({ hubAccount: '222222222222' })));
});

test('who launches from the console cannot read the address by which their stack is let go on', async () => {
  const consoleRoles = ['aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Developer_*'];
  const launching = anOrganization(configuration);
  const document = { ...serviceControlPolicy(aConfiguration({ consoleRoles })) };
  launching.putServiceControlPolicy({ name: 'gatehouse', document, accounts: ACCOUNTS });
  const path = '/aws-reserved/sso.amazonaws.com/eu-west-1/';
  putAdministrator(launching, TENANT, 'AWSReservedSSO_Developer_a1b2c3', { path });
  putAdministrator(launching, TENANT, 'Administrator');
  const reads = (roleName: string, operation: string, stackName: string) =>
    launching
      .authorize({
        as: { account: TENANT, roleName },
        action: `cloudformation:${operation}`,
        resource: `arn:aws:cloudformation:${REGION}:${TENANT}:stack/${stackName}/1d2c3b4a`,
        region: REGION,
      })
      .then(({ allowed }) => allowed);
  for (const operation of [
    'DescribeChangeSet',
    'DescribeStackEvents',
    'DescribeStackResource',
    'DescribeStackResources',
    'ListStackResources',
  ]) {
    expect(await reads('AWSReservedSSO_Developer_a1b2c3', operation, `SC-${TENANT}-pp-abcdefghijklm`)).toBe(
      false,
    );
    expect(await reads('AWSReservedSSO_Developer_a1b2c3', operation, 'their-own')).toBe(true);
    expect(await reads('Administrator', operation, `SC-${TENANT}-pp-abcdefghijklm`)).toBe(true);
  }
  expect(
    await reads('AWSReservedSSO_Developer_a1b2c3', 'DescribeStacks', `SC-${TENANT}-pp-abcdefghijklm`),
  ).toBe(true);
});

test('nobody is denied that where nobody launches from the console', () => {
  expect(serviceControlPolicy(configuration).Statement.map(({ Sid }) => Sid)).not.toContain(
    'AddressesOfGates',
  );
});
