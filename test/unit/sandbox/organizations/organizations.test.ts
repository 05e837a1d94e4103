import {
  DeregisterDelegatedAdministratorCommand,
  DescribeOrganizationCommand,
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { PRODUCTION, ROOT, WORKLOADS } from '../../../sandbox/aws/organizations/sandbox-organization';
import {
  DATA_PROD,
  HUB,
  MANAGEMENT,
  ORGANIZATION_ID,
  PAYMENTS_DEV,
  RESEARCH,
} from '../../../sandbox/organization';
import { type RunningOrganization, runningOrganization } from './running-organization';

let aws: RunningOrganization;
beforeEach(async () => {
  aws = await runningOrganization();
});
afterEach(() => aws.close());

const STACKSETS = 'member.org.stacksets.cloudformation.amazonaws.com';
const inManagement = () => aws.organizations(MANAGEMENT);
const trust = (ServicePrincipal: string) =>
  inManagement().send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
const register = (AccountId: string, ServicePrincipal = STACKSETS, account = MANAGEMENT) =>
  aws.organizations(account).send(new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal }));
const refused = (name: string, message: RegExp) => ({
  name,
  message: expect.stringMatching(message) as string,
});

test('every member may ask which organization it belongs to', async () => {
  await expect(aws.organizations(RESEARCH).send(new DescribeOrganizationCommand())).resolves.toMatchObject({
    Organization: {
      Id: ORGANIZATION_ID,
      Arn: `arn:aws:organizations::${MANAGEMENT}:organization/${ORGANIZATION_ID}`,
      MasterAccountId: MANAGEMENT,
      FeatureSet: 'ALL',
    },
  });
});

test('the tree is walked from its root, one level at a time', async () => {
  const client = inManagement();
  await expect(client.send(new ListRootsCommand())).resolves.toMatchObject({ Roots: [{ Id: ROOT }] });
  const below = async (ParentId: string) => {
    const { OrganizationalUnits = [] } = await client.send(
      new ListOrganizationalUnitsForParentCommand({ ParentId }),
    );
    const { Accounts = [] } = await client.send(new ListAccountsForParentCommand({ ParentId }));
    return [...OrganizationalUnits, ...Accounts].map(({ Id }) => Id);
  };
  expect(await below(ROOT)).toEqual([WORKLOADS, MANAGEMENT, HUB, RESEARCH]);
  expect(await below(WORKLOADS)).toEqual([PRODUCTION, PAYMENTS_DEV]);
  expect(await below(PRODUCTION)).toEqual([DATA_PROD]);
  await expect(below('ou-a1b2-elsewhere')).rejects.toMatchObject({ name: 'ParentNotFoundException' });
});

test('accounts come in pages', async () => {
  const first = await inManagement().send(new ListAccountsCommand({ MaxResults: 3 }));
  expect(first.Accounts?.map(({ Id }) => Id)).toEqual([MANAGEMENT, HUB, PAYMENTS_DEV]);
  const { NextToken } = first;
  const second = await inManagement().send(new ListAccountsCommand({ MaxResults: 3, NextToken }));
  expect(second.Accounts?.map(({ Name }) => Name)).toEqual(['data-prod', 'research']);
  expect(second.NextToken).toBeUndefined();
});

test('the tree is for the management account and delegated administrators to read', async () => {
  await expect(aws.organizations(HUB).send(new ListAccountsCommand())).resolves.toBeDefined();
  await expect(aws.organizations(PAYMENTS_DEV).send(new ListAccountsCommand())).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('a trusted service is listed since when it is, and may be trusted twice', async () => {
  await trust(STACKSETS);
  await trust(STACKSETS);
  await expect(inManagement().send(new ListAWSServiceAccessForOrganizationCommand())).resolves.toMatchObject({
    EnabledServicePrincipals: [
      { ServicePrincipal: 'servicecatalog.amazonaws.com' },
      { ServicePrincipal: STACKSETS, DateEnabled: aws.clock.now() },
    ],
  });
  await inManagement().send(new DisableAWSServiceAccessCommand({ ServicePrincipal: STACKSETS }));
  expect(aws.organization.isTrusted(STACKSETS)).toBe(false);
});

test('an account administers a trusted service until it is deregistered', async () => {
  await trust(STACKSETS);
  await register(HUB);
  const administrators = () =>
    inManagement().send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: STACKSETS }));
  expect(await administrators()).toMatchObject({
    DelegatedAdministrators: [{ Id: HUB, Name: 'hub', DelegationEnabledDate: aws.clock.now() }],
  });
  const deregister = () =>
    inManagement().send(
      new DeregisterDelegatedAdministratorCommand({ AccountId: HUB, ServicePrincipal: STACKSETS }),
    );
  await deregister();
  expect(await administrators()).toMatchObject({ DelegatedAdministrators: [] });
  await expect(deregister()).rejects.toMatchObject(
    refused('AccountNotRegisteredException', /not a registered delegated administrator/),
  );
});

test('nobody administers a service that is not trusted', async () => {
  await expect(register(HUB)).rejects.toMatchObject(
    refused('ConstraintViolationException', /enable trusted access for member.org.stacksets/),
  );
});

test('an account that administers the service already is told so', async () => {
  await trust(STACKSETS);
  await register(HUB);
  await expect(register(HUB)).rejects.toMatchObject(
    refused('AccountAlreadyRegisteredException', /already a delegated administrator/),
  );
});

test('neither the management account nor a stranger becomes a delegated administrator', async () => {
  await trust(STACKSETS);
  await expect(register(MANAGEMENT)).rejects.toMatchObject(
    refused('ConstraintViolationException', /^You cannot register management account/),
  );
  await expect(register('999999999999')).rejects.toMatchObject({ name: 'AccountNotFoundException' });
});

test('only the management account changes whom the organization trusts', async () => {
  await trust(STACKSETS);
  await expect(register(RESEARCH, STACKSETS, HUB)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(
    aws.organizations(HUB).send(new EnableAWSServiceAccessCommand({ ServicePrincipal: STACKSETS })),
  ).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test.each([
  () => inManagement().send(new ListAccountsCommand({ MaxResults: 21 })),
  () => inManagement().send(new ListAccountsForParentCommand({ ParentId: 'workloads' })),
  () => inManagement().send(new ListAccountsCommand({ NextToken: 'more' })),
  () => trust('not a principal'),
])('what the API does not take is refused: %#', async (ask) => {
  await expect(ask()).rejects.toMatchObject({ name: 'InvalidInputException' });
});
