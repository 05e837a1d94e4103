import type { GetAWSOrganizationsAccessStatusOutput } from '@aws-sdk/client-service-catalog';
import { z } from 'zod';
import type { Clock } from '../../clock';
import { AwsError } from '../service';
import { type Caller, type Operations, operation } from './operation';
import type { Organization } from './ports';
import { invalidState, notSupported } from './refusals';

const principal = 'servicecatalog.amazonaws.com';

/** Milliseconds that switching it on or off takes. */
const switching = 5_000;

/** Whether Service Catalog follows the organization's structure, and who may share along it. */
export interface OrganizationsAccess {
  /** At once, as if it had been done long ago. */
  enable(): void;
  /** @throws AwsError `OperationNotSupportedException` for anybody but the management account and its delegates */
  demandAdministrator(caller: Caller): Organization;
  /** @throws AwsError `OperationNotSupportedException` while shares with nodes cannot be made */
  demandEnabled(): void;
  /** Hears of an account that does not administer Service Catalog for the organization any more. */
  onAdministratorGone(listener: (account: string) => void): void;
  readonly operations: Operations;
}

export const createOrganizationsAccess = (
  clock: Clock,
  organization: Organization | undefined,
): OrganizationsAccess => {
  let status: 'ENABLED' | 'UNDER_CHANGE' | 'DISABLED' = 'DISABLED';
  // The trust can be withdrawn in Organizations, where Service Catalog is not asked.
  const current = () => (status === 'ENABLED' && !organization?.isTrusted(principal) ? 'DISABLED' : status);
  const member = ({ account }: Caller): Organization => {
    if (!organization?.isMember(account))
      throw notSupported(`Account ${account} is not part of an organization.`);
    return organization;
  };
  const demandManagement = (caller: Caller): Organization => {
    const known = member(caller);
    if (known.managementAccount !== caller.account)
      throw new AwsError('AccessDeniedException', 'You are not authorized to perform this action');
    return known;
  };
  const change = (to: 'ENABLED' | 'DISABLED'): void => {
    if (current() === 'UNDER_CHANGE')
      throw invalidState('Organizations access is being changed. Try again later.');
    if (current() === to) return;
    status = 'UNDER_CHANGE';
    clock.after(switching, `Service Catalog's access to the organization becomes ${to}`, () => {
      status = to;
    });
  };
  const access: OrganizationsAccess = {
    enable: () => {
      organization?.trust(principal);
      status = 'ENABLED';
    },
    demandAdministrator: (caller) => {
      const known = member(caller);
      const administers =
        known.managementAccount === caller.account ||
        known.isDelegatedAdministrator(caller.account, principal);
      if (!administers)
        throw notSupported(
          `Account ${caller.account} has to be the management account of the organization or a delegated administrator.`,
        );
      return known;
    },
    demandEnabled: () => {
      if (current() !== 'ENABLED') throw notSupported('AWS Organizations access is not enabled.');
    },
    onAdministratorGone: (listener) =>
      organization?.onDelegationEnded((account, service) => {
        if (service === principal) listener(account);
      }),
    operations: {
      EnableAWSOrganizationsAccess: operation({
        input: z.strictObject({}),
        refuses: ['InvalidStateException', 'OperationNotSupportedException'],
        answer: (_, caller) => {
          const known = demandManagement(caller);
          change('ENABLED');
          known.trust(principal);
          return {};
        },
      }),

      DisableAWSOrganizationsAccess: operation({
        input: z.strictObject({}),
        refuses: ['InvalidStateException', 'OperationNotSupportedException'],
        answer: (_, caller) => {
          const known = demandManagement(caller);
          if (known.delegatedAdministrators().some(({ service }) => service === principal))
            throw invalidState('There are delegated administrators. Deregister them first.');
          change('DISABLED');
          known.distrust(principal);
          return {};
        },
      }),

      GetAWSOrganizationsAccessStatus: operation({
        input: z.strictObject({}),
        refuses: ['OperationNotSupportedException'],
        answer: (_, caller): GetAWSOrganizationsAccessStatusOutput => {
          access.demandAdministrator(caller);
          return { AccessStatus: current() };
        },
      }),
    },
  };
  return access;
};
