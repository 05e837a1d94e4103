import { tenantTemplate } from '../../../infra/tenant/tenant-template';
import type { Configuration } from '../../../infra/configuration';
import { catalogue } from '../../../products/catalogue';
import type { Product } from '../../../products/product';
import { decideConditions } from '../../sandbox/aws/cloudformation/conditions';
import { evaluate } from '../../sandbox/aws/cloudformation/intrinsics';
import { createIam, type Iam } from '../../sandbox/aws/iam/iam';
import type { PolicyDocument } from '../../sandbox/aws/iam/role';

export const HUB = '100000000002';
export const TENANT = '100000000003';
export const OTHER_TENANT = '100000000004';
/** An account of somebody else's organization. */
export const STRANGER = '999999999999';
export const REGION = 'eu-west-1';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
}
interface Template {
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Omit<Resource, 'Properties'> & Partial<Resource>>>;
}

/** What the tenant template makes in an account and region, references and conditions resolved. */
export const deployed = (
  template: Readonly<Record<string, unknown>>,
  { account = TENANT, region = REGION }: { readonly account?: string; readonly region?: string } = {},
): Readonly<Record<string, Resource>> => {
  // CDK says of a template no more than that it is an object; this one is of our own making.
  const { Conditions = {}, Resources } = template as unknown as Template;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
  };
  const references = {
    ref: (name: string): unknown => {
      const policy = Resources[name]?.Properties?.['ManagedPolicyName'] as string | undefined;
      return policy === undefined ? pseudo[name] : `arn:aws:iam::${account}:policy/${policy}`;
    },
    attribute: (id: string): unknown =>
      `arn:aws:iam::${account}:role/${Resources[id]?.Properties?.['RoleName'] as string}`,
    mapped: () => undefined,
    zones: () => [],
  };
  const conditions = decideConditions(Conditions, references);
  const condition = (name: string): boolean => conditions.get(name) === true;
  return Object.fromEntries(
    Object.entries(Resources)
      .filter(([, { Condition }]) => Condition === undefined || condition(Condition))
      .map(([id, resource]) => [
        id,
        evaluate({ Properties: {}, ...resource }, { ...references, condition }) as Resource,
      ]),
  );
};

/** An organization of hub and tenants, with the tenant template's roles and policies in the tenants. */
export const anOrganization = (
  configuration: Configuration,
  products: readonly Product[] = catalogue,
): Iam => {
  const members = [HUB, TENANT, OTHER_TENANT];
  const iam = createIam({
    organizationId: configuration.organization.id,
    isMember: (account) => members.includes(account),
    now: () => new Date('2026-01-15T09:00:00.000Z'),
  });
  const template = tenantTemplate(configuration, products);
  for (const account of [TENANT, OTHER_TENANT]) {
    const resources = Object.values(deployed(template, { account }));
    for (const { Type, Properties } of resources) {
      if (Type !== 'AWS::IAM::ManagedPolicy') continue;
      iam.putManagedPolicy({
        account,
        name: Properties['ManagedPolicyName'] as string,
        document: Properties['PolicyDocument'] as PolicyDocument,
      });
    }
    for (const { Type, Properties } of resources) {
      if (Type !== 'AWS::IAM::Role') continue;
      const policies = Properties['Policies'] as {
        readonly PolicyName: string;
        readonly PolicyDocument: PolicyDocument;
      }[];
      const boundaryArn = Properties['PermissionsBoundary'] as string | undefined;
      iam.putRole({
        account,
        path: (Properties['Path'] as string | undefined) ?? '/',
        name: Properties['RoleName'] as string,
        trust: Properties['AssumeRolePolicyDocument'] as PolicyDocument,
        policies: Object.fromEntries(
          policies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument]),
        ),
        ...(boundaryArn !== undefined && { boundaryArn }),
      });
    }
  }
  return iam;
};

const allowing = (...actions: readonly string[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

const trusting = (service: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
});

/** A role that may do anything that nothing else forbids. */
export const putAdministrator = (
  iam: Iam,
  account: string,
  name: string,
  more: { readonly path?: string; readonly boundaryArn?: string } = {},
): void =>
  iam.putRole({
    ...{ account, name, trust: trusting('lambda.amazonaws.com') },
    policies: { everything: allowing('*') },
    ...more,
  });
