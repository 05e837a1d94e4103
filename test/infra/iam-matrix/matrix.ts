import { serviceControlPolicy } from '../../../infra/tenant/service-control-policy';
import type { Iam, WeighedCall } from '../../sandbox/aws/iam/iam';
import type { PolicyDocument } from '../../sandbox/aws/iam/role';
import { configuration } from '../../sandbox/configuration';
import { ACCOUNTS, DATA_PROD, HUB, MANAGEMENT, PAYMENTS_DEV } from '../../sandbox/organization';

/** An account of nobody in the organization. */
export const STRANGER = '999999999999';
/** In every account of {@link INTRUDERS}: somebody whose own policies allow everything. */
export const INTRUDER = 'Intruder';
const INTRUDERS = [HUB, DATA_PROD, STRANGER];
/** Administers a tenant account. */
export const ADMINISTRATOR = 'Administrator';

/** A call of the walk: by whom, what, and what else its resource or context has in it. */
export type Made = readonly [by: string, action: string, about?: string];

/** The role's own name; that of a role whose name CDK makes up begins as its construct is called. */
export const nameOf = (caller: string): string => caller.split('/').at(-1) ?? caller;
export const isBy = ({ caller }: WeighedCall, by: string): boolean => nameOf(caller).startsWith(by);

/** Executions, products and what is launched differ in nothing that a policy looks at. */
const sameAs = ({ caller, action, resource, context }: WeighedCall): string =>
  JSON.stringify([
    ...[caller, action, resource?.replace(/(durable-execution\/|product\/prod-|-pp-).*/, '$1…')],
    ...[context?.['kms:ViaService'], context?.['kms:EncryptionContext:SecretARN']],
  ]);

/** Every kind of call once. */
export const distinct = (calls: readonly WeighedCall[]): readonly WeighedCall[] => [
  ...new Map(calls.map((call) => [sameAs(call), call])).values(),
];

/** @throws Error where the walk made no such call */
export const theCall = (calls: readonly WeighedCall[], [by, action, about = '']: Made): WeighedCall => {
  const found = calls.find(
    (call) =>
      isBy(call, by) &&
      call.action === action &&
      JSON.stringify([call.resource, call.context, call.as]).includes(about),
  );
  if (found) return found;
  throw new Error(`the walk had no ${action} by ${by}${about && ` about ${about}`}`);
};

const policy = (statement: object): PolicyDocument => ({ Version: '2012-10-17', Statement: [statement] });

/** A role that may do whatever nothing else forbids. */
const putAdministrator = (
  iam: Iam,
  account: string,
  name: string,
  trusted: object = { Service: 'lambda.amazonaws.com' },
): void =>
  iam.putRole({
    ...{ account, name },
    trust: policy({
      ...{ Effect: 'Allow', Principal: trusted },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    }),
    policies: { everything: policy({ Effect: 'Allow', Action: '*', Resource: '*' }) },
  });

/** Makes the roles, after the walk, that whoever wants more than is theirs would have. */
export const letIntrudersIn = (iam: Iam): void => {
  for (const account of INTRUDERS) putAdministrator(iam, account, INTRUDER);
  // Who owns an account can make roles there under any name.
  putAdministrator(iam, STRANGER, 'gatehouse-catalog');
  putAdministrator(iam, STRANGER, 'gatehouse-operation');
  putAdministrator(iam, STRANGER, 'GatehouseEvents');
  for (const name of ['GatehouseTenant', 'GatehouseChoices']) {
    const role = iam.role(PAYMENTS_DEV, name);
    if (role) iam.putRole({ ...role, account: STRANGER });
  }
  putAdministrator(iam, PAYMENTS_DEV, 'TrustsTheHub', { AWS: `arn:aws:iam::${HUB}:root` });
  putAdministrator(iam, PAYMENTS_DEV, ADMINISTRATOR);
};

export const putServiceControlPolicy = (iam: Iam): void =>
  iam.putServiceControlPolicy({
    name: 'gatehouse',
    document: { ...serviceControlPolicy(configuration) },
    // Organizations binds no management account.
    accounts: ACCOUNTS.map(({ id }) => id).filter((id) => id !== MANAGEMENT),
  });
