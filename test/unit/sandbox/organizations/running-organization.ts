import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { startAws } from '../../../sandbox/aws/aws';
import { createCloudFormation } from '../../../sandbox/aws/cloudformation/cloudformation';
import { createTemplateStore } from '../../../sandbox/aws/cloudformation/template-store';
import type { Role } from '../../../sandbox/aws/iam/role';
import { createOrganizations } from '../../../sandbox/aws/organizations/organizations';
import { createSandboxOrganization } from '../../../sandbox/aws/organizations/sandbox-organization';
import { createServiceCatalog } from '../../../sandbox/aws/service-catalog/service-catalog';
import { DrivenClock } from '../../../sandbox/clock';
import { Faults } from '../../../sandbox/faults';
import { Journal } from '../../../sandbox/journal';
import { ACCOUNTS, HUB, REGION } from '../../../sandbox/organization';

/** A role in every account that may do whatever Organizations and Service Catalog have to offer. */
const ADMINISTRATOR = 'Administrator';

const actions = {
  organizations: [
    'DescribeOrganization',
    'ListRoots',
    'ListAccounts',
    'ListAccountsForParent',
    'ListOrganizationalUnitsForParent',
    'EnableAWSServiceAccess',
    'DisableAWSServiceAccess',
    'ListAWSServiceAccessForOrganization',
    'RegisterDelegatedAdministrator',
    'DeregisterDelegatedAdministrator',
    'ListDelegatedAdministrators',
  ],
  servicecatalog: [
    'EnableAWSOrganizationsAccess',
    'DisableAWSOrganizationsAccess',
    'GetAWSOrganizationsAccessStatus',
    'CreatePortfolioShare',
    'UpdatePortfolioShare',
    'DeletePortfolioShare',
    'DescribePortfolioShareStatus',
    'DescribePortfolioShares',
    'ListOrganizationPortfolioAccess',
    'DescribePortfolio',
    'ListPrincipalsForPortfolio',
    'ListLaunchPaths',
    'ListProvisioningArtifacts',
    'UpdateProvisioningArtifact',
  ],
};

const everythingListed = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: Object.entries(actions).flatMap(([service, names]) =>
        names.map((name) => `${service}:${name}`),
      ),
      Resource: '*',
    },
  ],
};

const roles: readonly Role[] = ACCOUNTS.map(({ id }) => ({
  account: id,
  name: ADMINISTRATOR,
  trust: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  },
  policies: { everythingListed },
}));

/**
 * AWS with an organization and a hub that administers Service Catalog for it, with a portfolio that nobody shares yet.
 * Time is driven: nothing asynchronous happens until a test advances the clock.
 */
export const runningOrganization = async () => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const faults = new Faults();
  const templates = createTemplateStore();
  const organization = createSandboxOrganization(clock.now);
  const cloudFormation = createCloudFormation({ clock, journal, templates, emit: () => undefined });
  const { service, seed, shareTroubles } = createServiceCatalog({
    ...{ clock, templates, organization, stacks: cloudFormation.stacks },
  });
  const aws = await startAws({
    ...{ clock, journal, faults, roles },
    services: {
      servicecatalog: service,
      cloudformation: cloudFormation.service,
      organizations: createOrganizations(organization),
    },
  });
  seed.enableOrganizationsAccess();
  organization.delegate(HUB, 'servicecatalog.amazonaws.com');
  const portfolioId = seed.createPortfolio({
    ...{ account: HUB, region: REGION, name: 'Self-service', provider: 'Cloud platform' },
  });

  /** Configuration of an SDK client that may do everything listed, in the hub unless another account is given. */
  const as = (account = HUB, region = REGION) => ({
    ...{ region, endpoint: aws.endpoint, maxAttempts: 1 },
    credentials: aws.credentialsFor(ADMINISTRATOR, account),
  });
  return {
    ...{ clock, journal, faults, organization, seed, shareTroubles, portfolioId, as },
    serviceCatalog: (account?: string, region?: string) => new ServiceCatalogClient(as(account, region)),
    organizations: (account?: string) => new OrganizationsClient(as(account)),
    /** What Lambda would put into a function's environment. */
    environment: aws.environmentFor(ADMINISTRATOR, HUB),
    close: () => aws.close(),
  };
};
export type RunningOrganization = Awaited<ReturnType<typeof runningOrganization>>;
