import { operationRoleArn } from '../../../infra/names';
import { sessionOf } from '../../../aws-bridge/operation/tenant-session';
import { aConfiguration } from '../../builders/configuration';
import { anApprovedOperation } from '../../builders/orders';
import type { Request } from '../../sandbox/aws/iam/iam';
import { anOrganization, HUB, putAdministrator, REGION, STRANGER, TENANT } from './account';

const configuration = aConfiguration();
const iam = anOrganization(configuration);
for (const account of [HUB, STRANGER]) putAdministrator(iam, account, 'gatehouse-operation');
putAdministrator(iam, HUB, 'gatehouse-ingress');
putAdministrator(iam, HUB, 'gatehouse-operation-2', { path: '/gatehouse-operation/' });

const ROLE = `arn:aws:iam::${TENANT}:role/gatehouse/GatehouseTenant`;
const session = sessionOf(anApprovedOperation());

/** The context of the call that the bridge makes. */
const CONTEXT = {
  'sts:ExternalId': `gatehouse:${configuration.jira.site}`,
  'sts:SourceIdentity': session.sourceIdentity,
  'sts:RoleSessionName': session.sessionName,
  'aws:TagKeys': Object.keys(session.tags),
};
const ASSUMING = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];

const enters = async (overrides: Partial<Request> = {}): Promise<Record<string, boolean>> => {
  const allowed = ASSUMING.map(async (action) => {
    const request = { as: { account: HUB, roleName: 'gatehouse-operation' }, action, resource: ROLE };
    const context = { ...CONTEXT, ...overrides.context };
    return [action, (await iam.authorize({ ...request, ...overrides, context })).allowed] as const;
  });
  return Object.fromEntries(await Promise.all(allowed));
};
const ALL = { 'sts:AssumeRole': true, 'sts:SetSourceIdentity': true, 'sts:TagSession': true };
const NONE = { 'sts:AssumeRole': false, 'sts:SetSourceIdentity': false, 'sts:TagSession': false };

test('the operation function enters a tenant account in the name of the approver', async () => {
  expect(operationRoleArn(configuration)).toBe(`arn:aws:iam::${HUB}:role/gatehouse-operation`);
  expect(await enters()).toEqual(ALL);
});

test.each([
  ['another role of the hub', { account: HUB, roleName: 'gatehouse-ingress' }],
  ['a role of the hub whose path and name begin alike', { account: HUB, roleName: 'gatehouse-operation-2' }],
  ['a role of that name in another organization', { account: STRANGER, roleName: 'gatehouse-operation' }],
])('%s does not', async (_, as) => {
  expect(await enters({ as })).toEqual(NONE);
});

test('the operation function does not once the hub has left the organization', async () => {
  expect(await enters({ context: { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' } })).toEqual(NONE);
  expect(await enters({ context: { 'aws:PrincipalOrgID': undefined } })).toEqual(NONE);
});

test.each([
  ['the external id of another site', { 'sts:ExternalId': 'gatehouse:00000000-0000-4000-8000-000000000000' }],
  ['no external id', { 'sts:ExternalId': undefined }],
])('with %s it does not', async (_, context) => {
  expect(await enters({ context })).toMatchObject({ 'sts:AssumeRole': false });
});

test('without a source identity it does not, so no session is without a name in CloudTrail', async () => {
  expect(await enters({ context: { 'sts:SourceIdentity': undefined } })).toMatchObject({
    'sts:AssumeRole': false,
    'sts:SetSourceIdentity': false,
  });
});

test('a session tag that the bridge does not send is refused', async () => {
  const context = { 'aws:TagKeys': [...CONTEXT['aws:TagKeys'], 'department'] };
  expect(await enters({ context })).toMatchObject({ 'sts:TagSession': false });
});

const asTenant = { account: TENANT, roleName: 'GatehouseTenant' };
const mayDo = async (action: string, resource: string, context = {}): Promise<boolean> =>
  (await iam.authorize({ as: asTenant, action, resource, region: REGION, context })).allowed;

test.each([HUB, TENANT])('it launches products, whether their ARN names %s or not', async (account) => {
  const product = `arn:aws:catalog:${REGION}:${account}:product/prod-bucket`;
  expect(await mayDo('servicecatalog:ListLaunchPaths', product)).toBe(true);
  expect(await mayDo('servicecatalog:ProvisionProduct', product)).toBe(true);
});

test("it launches neither another account's products nor in a region that is not configured", async () => {
  const elsewhere = [`${REGION}:${STRANGER}`, `us-east-1:${HUB}`];
  const allowed = elsewhere.map((place) =>
    mayDo('servicecatalog:ProvisionProduct', `arn:aws:catalog:${place}:product/prod-bucket`),
  );
  expect(await Promise.all(allowed)).toEqual([false, false]);
});

test.each(['DescribeProvisionedProduct', 'DescribeRecord', 'ListRecordHistory'])(
  'with %s it sees what it launched, and not what others did',
  async (operation) => {
    const action = `servicecatalog:${operation}`;
    expect(await mayDo(action, '*', { 'servicecatalog:roleLevel': 'self' })).toBe(true);
    expect(await mayDo(action, '*', { 'servicecatalog:accountLevel': 'self' })).toBe(false);
  },
);

test.each([
  'cloudformation:DescribeStackEvents',
  'cloudformation:DescribeStackResource',
  'cloudformation:DescribeStacks',
])('with %s it looks at stacks that Service Catalog launched, and at no other', async (action) => {
  const stack = (name: string) => `arn:aws:cloudformation:${REGION}:${TENANT}:stack/${name}`;
  expect(await mayDo(action, stack(`SC-${TENANT}-pp-abcdefghijklm/11111111-2222`))).toBe(true);
  expect(await mayDo(action, stack('payroll/11111111-2222'))).toBe(false);
});

test('it can neither terminate what is there nor list all that a stack made', async () => {
  expect(
    await mayDo('servicecatalog:TerminateProvisionedProduct', '*', { 'servicecatalog:roleLevel': 'self' }),
  ).toBe(false);
  expect(
    await mayDo(
      'cloudformation:DescribeStackResources',
      `arn:aws:cloudformation:${REGION}:${TENANT}:stack/SC-${TENANT}-pp-abcdefghijklm/11111111-2222`,
    ),
  ).toBe(false);
});
