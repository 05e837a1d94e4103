import { ChoosableType } from '../../../aws-bridge/contract/choices';
import { LISTINGS } from '../../../aws-bridge/catalog/choices/listings';
import { catalogRoleArn } from '../../../infra/names';
import { aConfiguration } from '../../builders/configuration';
import type { Request } from '../../sandbox/aws/iam/iam';
import { anOrganization, HUB, OTHER_TENANT, putAdministrator, REGION, STRANGER, TENANT } from './account';

const configuration = aConfiguration();
const iam = anOrganization(configuration);
for (const account of [HUB, STRANGER, OTHER_TENANT]) putAdministrator(iam, account, 'gatehouse-catalog');
putAdministrator(iam, HUB, 'gatehouse-operation');
putAdministrator(iam, HUB, 'gatehouse-catalog-2', { path: '/gatehouse-catalog/' });

const ROLE = `arn:aws:iam::${TENANT}:role/GatehouseChoices`;
const EXTERNAL_ID = { 'sts:ExternalId': `gatehouse:${configuration.jira.site}` };

const enters = async (overrides: Partial<Request> = {}, action = 'sts:AssumeRole'): Promise<boolean> => {
  const request = { as: { account: HUB, roleName: 'gatehouse-catalog' }, action, resource: ROLE };
  const context = { ...EXTERNAL_ID, ...overrides.context };
  return (await iam.authorize({ ...request, ...overrides, context })).allowed;
};

test('the catalog function enters a tenant account to look up what there is to choose from', async () => {
  expect(catalogRoleArn(configuration)).toBe(`arn:aws:iam::${HUB}:role/gatehouse-catalog`);
  expect(await enters()).toBe(true);
});

test.each([
  ['another role of the hub', { account: HUB, roleName: 'gatehouse-operation' }],
  ['a role of the hub whose path and name begin alike', { account: HUB, roleName: 'gatehouse-catalog-2' }],
  ['a role of that name in another tenant', { account: OTHER_TENANT, roleName: 'gatehouse-catalog' }],
  ['a role of that name in another organization', { account: STRANGER, roleName: 'gatehouse-catalog' }],
])('%s does not', async (_, as) => {
  expect(await enters({ as })).toBe(false);
});

test.each([
  ['no external id', { 'sts:ExternalId': undefined }],
  ['the external id of another site', { 'sts:ExternalId': 'gatehouse:00000000-0000-4000-8000-000000000000' }],
  ['a hub of another organization', { 'aws:PrincipalOrgID': 'o-zzzzzzzzzz' }],
  ['a hub without an organization', { 'aws:PrincipalOrgID': undefined }],
])('with %s it does not', async (_, context) => {
  expect(await enters({ context })).toBe(false);
});

test.each(['sts:TagSession', 'sts:SetSourceIdentity'])('its session takes no %s', async (action) => {
  expect(await enters({}, action)).toBe(false);
});

const mayDo = async (action: string, region = REGION): Promise<boolean> => {
  const as = { account: TENANT, roleName: 'GatehouseChoices' };
  return (await iam.authorize({ as, action, resource: '*', region })).allowed;
};

test.each(ChoosableType.options)(
  'it may look up %s where products are launched, and nowhere else',
  async (type) => {
    const action = `ec2:${LISTINGS[type].ask.Action}`;
    expect(await mayDo(action)).toBe(true);
    expect(await mayDo(action, 'us-east-1')).toBe(false);
  },
);

test.each([
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceAttribute',
  'ec2:GetPasswordData',
  'ec2:CreateKeyPair',
  'ec2:RunInstances',
  'iam:ListRoles',
  's3:ListAllMyBuckets',
  'servicecatalog:ProvisionProduct',
  'sts:AssumeRole',
])('%s it may not', async (action) => {
  expect(await mayDo(action)).toBe(false);
});
