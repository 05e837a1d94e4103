import type { aws_iam as iam } from 'aws-cdk-lib';
import { homeRegion } from '../names';
import type { Configuration } from '../configuration';

/** A call of AWS's API that is made when the stack is created and whenever the call itself changes. */
export interface OrganizationCall {
  readonly id: string;
  /** Name of the client in the AWS SDK for JavaScript: `@aws-sdk/client-…`. */
  readonly service: string;
  readonly action: string;
  readonly region: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Errors by which the service says that it is so already. */
  readonly settled: readonly string[];
  readonly physicalId: string;
  /** What the call itself needs, and what the service does with the caller's rights. */
  readonly rights: readonly iam.PolicyStatementProps[];
}

/** Organizations has one endpoint for all regions of the partition. */
const ORGANIZATIONS_REGION = 'us-east-1';

const SERVICE_CATALOG = 'servicecatalog.amazonaws.com';
const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';

const serviceAccess = (principal: string): iam.PolicyStatementProps => ({
  actions: ['organizations:EnableAWSServiceAccess'],
  resources: ['*'],
  conditions: { StringEquals: { 'organizations:ServicePrincipal': principal } },
});

const serviceLinkedRole = (
  { organization }: Configuration,
  service: string,
  name: string,
): iam.PolicyStatementProps => ({
  actions: ['iam:CreateServiceLinkedRole'],
  resources: [`arn:aws:iam::${organization.managementAccount}:role/aws-service-role/${service}/${name}`],
  conditions: { StringEquals: { 'iam:AWSServiceName': service } },
});

const delegatedAdministrator = (
  { organization, hubAccount }: Configuration,
  id: string,
  principal: string,
): OrganizationCall => ({
  id,
  service: 'organizations',
  action: 'RegisterDelegatedAdministrator',
  region: ORGANIZATIONS_REGION,
  parameters: { AccountId: hubAccount, ServicePrincipal: principal },
  settled: ['AccountAlreadyRegisteredException'],
  physicalId: `${principal}/${hubAccount}`,
  rights: [
    {
      actions: ['organizations:RegisterDelegatedAdministrator'],
      resources: [
        `arn:aws:organizations::${organization.managementAccount}:account/${organization.id}/${hubAccount}`,
      ],
      conditions: { StringEquals: { 'organizations:ServicePrincipal': principal } },
    },
  ],
});

/**
 * In the order in which AWS takes them: registering fails with `SERVICE_ACCESS_NOT_ENABLED` before trusted access. So an
 * error that says "it is so already" can be passed over where access is granted: if it was not so, registering fails.
 */
export const organizationCalls = (configuration: Configuration): readonly OrganizationCall[] => [
  ...configuration.regions.map((region, index): OrganizationCall => ({
    id: index === 0 ? 'ServiceCatalogAccess' : `ServiceCatalogAccess-${region}`,
    service: 'service-catalog',
    action: 'EnableAWSOrganizationsAccess',
    region,
    settled: ['InvalidStateException'],
    physicalId: `${SERVICE_CATALOG}/${region}`,
    rights: [
      { actions: ['servicecatalog:EnableAWSOrganizationsAccess'], resources: ['*'] },
      serviceAccess(SERVICE_CATALOG),
      serviceLinkedRole(
        configuration,
        'orgsdatasync.servicecatalog.amazonaws.com',
        'AWSServiceRoleForServiceCatalogOrgsDataSync',
      ),
    ],
  })),
  delegatedAdministrator(configuration, 'ServiceCatalogAdministrator', SERVICE_CATALOG),
  {
    id: 'StackSetsAccess',
    service: 'cloudformation',
    action: 'ActivateOrganizationsAccess',
    region: homeRegion(configuration),
    settled: ['InvalidOperationException'],
    physicalId: STACK_SETS,
    rights: [
      { actions: ['cloudformation:ActivateOrganizationsAccess'], resources: ['*'] },
      serviceAccess(STACK_SETS),
      serviceLinkedRole(
        configuration,
        'stacksets.cloudformation.amazonaws.com',
        'AWSServiceRoleForCloudFormationStackSetsOrgAdmin',
      ),
    ],
  },
  delegatedAdministrator(configuration, 'StackSetsAdministrator', STACK_SETS),
];
