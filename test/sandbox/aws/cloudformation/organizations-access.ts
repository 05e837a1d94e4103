import { AwsError, type AwsCall } from '../service';

/** What StackSets asks of the organization. */
export interface TrustingOrganization {
  readonly managementAccount: string;
  isTrusted(service: string): boolean;
  trust(service: string): void;
}

/** The service that an organization trusts with stack sets. */
export const STACK_SETS = 'member.org.stacksets.cloudformation.amazonaws.com';

/** Lets StackSets work in every account of the organization, as its management account asks. */
export const activateOrganizationsAccess =
  (organization: TrustingOrganization) =>
  ({ principal }: AwsCall): object => {
    if (principal.account !== organization.managementAccount)
      throw new AwsError(
        'InvalidOperationException',
        'This operation is only allowed for the management account.',
      );
    if (organization.isTrusted(STACK_SETS))
      throw new AwsError('InvalidOperationException', 'Organizations access is activated already.');
    organization.trust(STACK_SETS);
    return {};
  };
