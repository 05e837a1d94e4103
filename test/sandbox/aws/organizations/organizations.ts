import type {
  DescribeOrganizationResponse,
  ListAccountsForParentResponse,
  ListAccountsResponse,
  ListAWSServiceAccessForOrganizationResponse,
  ListDelegatedAdministratorsResponse,
  ListOrganizationalUnitsForParentResponse,
  ListRootsResponse,
} from '@aws-sdk/client-organizations';
import { AwsError, type AwsCall, type AwsService, NotModelled } from '../service';
import type { Account, Organization } from './organization';
import { isOperation, OPERATIONS, type OperationName, pageOf, parse } from './requests';

/** How many accounts may administer a service; the real limit differs by service and is not lower than this. */
const mostAdministrators = 3;

/** What only the management account may do; delegated administrators may do the rest. */
type Writer =
  | 'EnableAWSServiceAccess'
  | 'DisableAWSServiceAccess'
  | 'RegisterDelegatedAdministrator'
  | 'DeregisterDelegatedAdministrator';
type Reader = Exclude<OperationName, Writer | 'DescribeOrganization'>;
type Answers<Name extends OperationName> = Readonly<Record<Name, (call: AwsCall) => object>>;

/** AWS Organizations on the wire. Accounts and units are seeded through {@link Organization}. */
export const createOrganizations = (organization: Organization): AwsService => {
  const { id, managementAccount, root } = organization;
  const arn = (kind: string, node?: string): string =>
    `arn:aws:organizations::${managementAccount}:${[kind, id, node].filter(Boolean).join('/')}`;
  const accountOf = (account: Pick<Account, 'id' | 'name'>) => ({
    Id: account.id,
    Arn: arn('account', account.id),
    Email: `${account.name}@example.com`,
    Name: account.name,
    Status: 'ACTIVE' as const,
    JoinedMethod: 'CREATED' as const,
    JoinedTimestamp: new Date('2025-01-01T00:00:00Z'),
  });

  const demandMember = ({ principal }: AwsCall): void => {
    if (!organization.isMember(principal.account))
      throw new AwsError(
        'AWSOrganizationsNotInUseException',
        'Your account is not a member of an organization.',
      );
  };
  const demandReader = (call: AwsCall): void => {
    const { account } = call.principal;
    const administers = organization
      .delegatedAdministrators()
      .some((administrator) => administrator.account === account);
    if (account !== managementAccount && !administers)
      throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.");
  };
  const demandManagement = ({ principal }: AwsCall): void => {
    if (principal.account !== managementAccount)
      throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.");
  };
  const demandParent = (parent: string): void => {
    if (parent !== root && !organization.units().some((unit) => unit.id === parent))
      throw new AwsError('ParentNotFoundException', `You specified a parent that doesn't exist: ${parent}`);
  };
  const demandAccount = (account: string): void => {
    if (!organization.isMember(account))
      throw new AwsError(
        'AccountNotFoundException',
        `You specified an account that doesn't exist in the organization: ${account}`,
      );
  };

  const readers: Answers<Reader> = {
    ListRoots: (call): ListRootsResponse => {
      const page = pageOf([root], parse('ListRoots', call.input));
      return {
        Roots: page.items.map((node) => ({
          Id: node,
          Arn: arn('root', node),
          Name: 'Root',
          PolicyTypes: [],
        })),
        NextToken: page.next,
      };
    },

    ListAccounts: (call): ListAccountsResponse => {
      const page = pageOf(organization.accounts(), parse('ListAccounts', call.input));
      return { Accounts: page.items.map(accountOf), NextToken: page.next };
    },

    ListAccountsForParent: (call): ListAccountsForParentResponse => {
      const request = parse('ListAccountsForParent', call.input);
      demandParent(request.ParentId);
      const within = organization.accounts().filter(({ parent }) => parent === request.ParentId);
      const page = pageOf(within, request);
      return { Accounts: page.items.map(accountOf), NextToken: page.next };
    },

    ListOrganizationalUnitsForParent: (call): ListOrganizationalUnitsForParentResponse => {
      const request = parse('ListOrganizationalUnitsForParent', call.input);
      demandParent(request.ParentId);
      const page = pageOf(
        organization.units().filter(({ parent }) => parent === request.ParentId),
        request,
      );
      return {
        OrganizationalUnits: page.items.map((unit) => ({
          Id: unit.id,
          Arn: arn('ou', unit.id),
          Name: unit.name,
        })),
        NextToken: page.next,
      };
    },

    ListAWSServiceAccessForOrganization: (call): ListAWSServiceAccessForOrganizationResponse => {
      const page = pageOf(
        organization.trustedServices(),
        parse('ListAWSServiceAccessForOrganization', call.input),
      );
      return {
        EnabledServicePrincipals: page.items.map(({ service, since }) => ({
          ServicePrincipal: service,
          DateEnabled: since,
        })),
        NextToken: page.next,
      };
    },

    ListDelegatedAdministrators: (call): ListDelegatedAdministratorsResponse => {
      const request = parse('ListDelegatedAdministrators', call.input);
      const { ServicePrincipal: service } = request;
      const delegations = organization
        .delegatedAdministrators()
        .filter((administrator) => service === undefined || administrator.service === service);
      const page = pageOf(
        organization.accounts().flatMap((account) => {
          const first = delegations.find((delegation) => delegation.account === account.id);
          return first ? [{ ...accountOf(account), DelegationEnabledDate: first.since }] : [];
        }),
        request,
      );
      return { DelegatedAdministrators: page.items, NextToken: page.next };
    },
  };

  const writers: Answers<Writer> = {
    EnableAWSServiceAccess: (call) => {
      organization.trust(parse('EnableAWSServiceAccess', call.input).ServicePrincipal);
      return {};
    },

    DisableAWSServiceAccess: (call) => {
      organization.distrust(parse('DisableAWSServiceAccess', call.input).ServicePrincipal);
      return {};
    },

    RegisterDelegatedAdministrator: (call) => {
      const request = parse('RegisterDelegatedAdministrator', call.input);
      const { AccountId: account, ServicePrincipal: service } = request;
      if (account === managementAccount)
        throw new AwsError(
          'ConstraintViolationException',
          'You cannot register management account/yourself as delegated administrator for your organization.',
        );
      demandAccount(account);
      if (!organization.isTrusted(service))
        throw new AwsError(
          'ConstraintViolationException',
          `You must enable trusted access for ${service} before you register a delegated administrator.`,
        );
      if (organization.isDelegatedAdministrator(account, service))
        throw new AwsError(
          'AccountAlreadyRegisteredException',
          'The provided account is already a delegated administrator for your organization.',
        );
      const others = organization.delegatedAdministrators().filter((known) => known.service === service);
      if (others.length >= mostAdministrators)
        throw new NotModelled(`more than ${mostAdministrators} delegated administrators of ${service}`);
      organization.delegate(account, service);
      return {};
    },

    DeregisterDelegatedAdministrator: (call) => {
      const request = parse('DeregisterDelegatedAdministrator', call.input);
      const { AccountId: account, ServicePrincipal: service } = request;
      demandAccount(account);
      if (!organization.isDelegatedAdministrator(account, service))
        throw new AwsError(
          'AccountNotRegisteredException',
          'The provided account is not a registered delegated administrator for your organization.',
        );
      organization.endDelegation(account, service);
      return {};
    },
  };

  const describe = (): DescribeOrganizationResponse => {
    const management = organization.accounts().find((account) => account.id === managementAccount);
    return {
      Organization: {
        Id: id,
        Arn: arn('organization'),
        FeatureSet: 'ALL',
        MasterAccountArn: arn('account', managementAccount),
        MasterAccountId: managementAccount,
        MasterAccountEmail: `${management?.name ?? 'management'}@example.com`,
        AvailablePolicyTypes: [],
      },
    };
  };

  const writes = (operation: OperationName): operation is Writer => Object.hasOwn(writers, operation);

  const answer = (call: AwsCall, operation: OperationName): object => {
    demandMember(call);
    if (operation === 'DescribeOrganization') return describe();
    if (writes(operation)) {
      demandManagement(call);
      return writers[operation](call);
    }
    demandReader(call);
    return readers[operation](call);
  };
  return {
    handle: (call) =>
      Promise.resolve().then(() => {
        const { operation } = call;
        if (!isOperation(operation)) throw new NotModelled(`${operation} of Organizations`);
        try {
          return answer(call, operation);
        } catch (error) {
          const declared: readonly string[] = OPERATIONS[operation].refuses;
          if (!(error instanceof AwsError) || declared.includes(error.code)) throw error;
          throw new Error(`${operation} cannot answer ${error.code} in the real service`, { cause: error });
        }
      }),
  };
};
