import {
  CreatePortfolioShareCommand,
  DescribePortfolioShareStatusCommand,
  DescribePortfolioSharesCommand,
  DisableAWSOrganizationsAccessCommand,
  EnableAWSOrganizationsAccessCommand,
  GetAWSOrganizationsAccessStatusCommand,
  ListOrganizationPortfolioAccessCommand,
} from '@aws-sdk/client-service-catalog';
import { DeregisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations';
import { WORKLOADS } from '../../../sandbox/aws/organizations/sandbox-organization';
import { HUB, MANAGEMENT, PAYMENTS_DEV } from '../../../sandbox/organization';
import { type RunningOrganization, runningOrganization } from '../organizations/running-organization';

let aws: RunningOrganization;
beforeEach(async () => {
  aws = await runningOrganization();
});
afterEach(() => aws.close());

const ServicePrincipal = 'servicecatalog.amazonaws.com';
const enable = (account = MANAGEMENT) =>
  aws.serviceCatalog(account).send(new EnableAWSOrganizationsAccessCommand());
const disable = () => aws.serviceCatalog(MANAGEMENT).send(new DisableAWSOrganizationsAccessCommand());
const status = async (account = MANAGEMENT) =>
  (await aws.serviceCatalog(account).send(new GetAWSOrganizationsAccessStatusCommand())).AccessStatus;
const deregister = () =>
  aws
    .organizations(MANAGEMENT)
    .send(new DeregisterDelegatedAdministratorCommand({ AccountId: HUB, ServicePrincipal }));
const share = () =>
  aws.serviceCatalog().send(
    new CreatePortfolioShareCommand({
      PortfolioId: aws.portfolioId,
      OrganizationNode: { Type: 'ORGANIZATIONAL_UNIT', Value: WORKLOADS },
    }),
  );

test('it is switched on and off in a while, and Organizations knows', async () => {
  await deregister();
  await disable();
  expect(await status()).toBe('UNDER_CHANGE');
  await aws.clock.advance(5_000);
  expect(await status()).toBe('DISABLED');
  expect(aws.organization.isTrusted(ServicePrincipal)).toBe(false);
  await enable();
  await expect(enable()).rejects.toMatchObject({ name: 'InvalidStateException' });
  await aws.clock.advance(5_000);
  expect(await status()).toBe('ENABLED');
  expect(aws.organization.isTrusted(ServicePrincipal)).toBe(true);
});

test('switching it on again changes nothing', async () => {
  await enable();
  expect(await status()).toBe('ENABLED');
});

test('it is switched by the management account alone, and asked for by delegates too', async () => {
  await expect(enable(HUB)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(await status(HUB)).toBe('ENABLED');
  await expect(status(PAYMENTS_DEV)).rejects.toMatchObject({ name: 'OperationNotSupportedException' });
});

test('it stays on while another account administers Service Catalog', async () => {
  await expect(disable()).rejects.toMatchObject({ name: 'InvalidStateException' });
});

test('without it nothing is shared along the organization', async () => {
  aws.organization.distrust(ServicePrincipal);
  expect(await status()).toBe('DISABLED');
  await expect(share()).rejects.toMatchObject({
    name: 'OperationNotSupportedException',
    message: 'AWS Organizations access is not enabled.',
  });
});

test('trust that only Organizations was told of is not enough', async () => {
  await deregister();
  await disable();
  await aws.clock.advance(5_000);
  aws.organization.trust(ServicePrincipal);
  aws.organization.delegate(HUB, ServicePrincipal);
  await expect(share()).rejects.toMatchObject({ name: 'OperationNotSupportedException' });
});

test('with the delegation, the shares of the account are gone, also after it is delegated again', async () => {
  await share();
  await aws.clock.advance(20_000);
  await deregister();
  await expect(share()).rejects.toMatchObject({ name: 'OperationNotSupportedException' });
  aws.organization.delegate(HUB, ServicePrincipal);
  const Type = 'ORGANIZATIONAL_UNIT';
  await expect(
    aws.serviceCatalog().send(new DescribePortfolioSharesCommand({ PortfolioId: aws.portfolioId, Type })),
  ).resolves.toMatchObject({ PortfolioShareDetails: [] });
});

test('a share that is being made fails when the delegation ends', async () => {
  const { PortfolioShareToken } = await share();
  await deregister();
  aws.organization.delegate(HUB, ServicePrincipal);
  await aws.clock.advance(60_000);
  await expect(
    aws.serviceCatalog().send(new DescribePortfolioShareStatusCommand({ PortfolioShareToken })),
  ).resolves.toMatchObject({ Status: 'ERROR' });
});

test('nodes with access are listed for administrators of the organization only', async () => {
  await deregister();
  await expect(
    aws.serviceCatalog().send(
      new ListOrganizationPortfolioAccessCommand({
        PortfolioId: aws.portfolioId,
        OrganizationNodeType: 'ORGANIZATION',
      }),
    ),
  ).rejects.toMatchObject({ name: 'OperationNotSupportedException' });
});
