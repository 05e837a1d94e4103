import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as organizations from '@aws-sdk/client-organizations';
import * as serviceCatalog from '@aws-sdk/client-service-catalog';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { OrganizationStack } from '../../infra/organization/organization-stack';
import { aConfiguration } from '../builders/configuration';

const configuration = aConfiguration({ regions: ['eu-west-1', 'us-east-1'] });
const { hubAccount, organization } = configuration;

const templateOf = (of = configuration): Template =>
  Template.fromStack(
    new OrganizationStack(new App({ autoSynth: false }), 'gatehouse-organization', {
      configuration: of,
      env: { account: of.organization.managementAccount, region: 'eu-west-1' },
    }),
  );
const template = templateOf();

const Call = z.strictObject({
  service: z.enum(['service-catalog', 'organizations', 'cloudformation']),
  action: z.string(),
  region: z.string(),
  parameters: z.record(z.string(), z.string()).default({}),
  ignoreErrorCodesMatching: z.string(),
  physicalResourceId: z.strictObject({ id: z.string() }),
});
type Call = z.infer<typeof Call>;
const asCall = z.string().transform((json) => Call.parse(JSON.parse(json)));
const Resource = z.object({
  Type: z.string(),
  DependsOn: z.array(z.string()).default([]),
  Properties: z.object({
    Create: asCall.optional(),
    Update: asCall.optional(),
    Delete: z.unknown().optional(),
    InstallLatestAwsSdk: z.boolean().optional(),
  }),
});

const resources = Object.entries(z.record(z.string(), Resource).parse(template.toJSON().Resources)).filter(
  ([, { Type }]) => Type.startsWith('Custom::'),
);
const calls = resources.map(([, { Properties }]) => Call.parse(Properties.Create));

/** `[kind, namespace, name, traits, memberNames, memberSchemas, …]`: how the SDK's clients describe a shape. */
const Shape = z
  .tuple([z.number(), z.string(), z.string(), z.unknown(), z.array(z.string())])
  .rest(z.unknown());
const clients: Record<Call['service'], object> = {
  'service-catalog': serviceCatalog,
  organizations,
  cloudformation,
};
const exportOf = (service: Call['service'], name: string): unknown =>
  Object.entries(clients[service]).find(([exported]) => exported === name)?.[1];

test('the calls are made in the order that AWS takes them in', () => {
  expect(
    calls.map(({ service, action, region, parameters }) => ({ service, action, region, parameters })),
  ).toEqual([
    {
      service: 'service-catalog',
      action: 'EnableAWSOrganizationsAccess',
      region: 'eu-west-1',
      parameters: {},
    },
    {
      service: 'service-catalog',
      action: 'EnableAWSOrganizationsAccess',
      region: 'us-east-1',
      parameters: {},
    },
    {
      service: 'organizations',
      action: 'RegisterDelegatedAdministrator',
      region: 'us-east-1',
      parameters: { AccountId: hubAccount, ServicePrincipal: 'servicecatalog.amazonaws.com' },
    },
    { service: 'cloudformation', action: 'ActivateOrganizationsAccess', region: 'eu-west-1', parameters: {} },
    {
      service: 'organizations',
      action: 'RegisterDelegatedAdministrator',
      region: 'us-east-1',
      parameters: {
        AccountId: hubAccount,
        ServicePrincipal: 'member.org.stacksets.cloudformation.amazonaws.com',
      },
    },
  ]);
});

test('each waits for the one before', () => {
  resources.slice(1).forEach(([, { DependsOn }], index) => {
    expect(DependsOn).toContain(resources[index]?.[0]);
  });
});

test.each(calls.map((call) => [call.physicalResourceId.id, call] as const))(
  'the SDK has the call for %s, with these parameters and these errors',
  (_id, { service, action, parameters, ignoreErrorCodesMatching }) => {
    expect(exportOf(service, `${action}Command`)).toBeInstanceOf(Function);
    const [, , , , members] = Shape.parse(
      exportOf(service, `${action}Request$`) ?? exportOf(service, `${action}Input$`),
    );
    expect(members).toEqual(expect.arrayContaining(Object.keys(parameters)));

    const errors = Object.keys(clients[service]).filter((name) => name.endsWith('Exception'));
    expect(errors.filter((name) => new RegExp(ignoreErrorCodesMatching).test(name))).toHaveLength(1);
  },
);

test('a repeat changes nothing and is not refused', () => {
  for (const [, { Properties }] of resources) expect(Properties.Update).toEqual(Properties.Create);
  expect(new Set(calls.map(({ physicalResourceId }) => physicalResourceId.id)).size).toBe(calls.length);
});

test('deleting the stack takes nothing away from the organization', () => {
  for (const [, { Properties }] of resources) expect(Properties.Delete).toBeUndefined();
});

test('nothing is installed from a registry while it is deployed', () => {
  for (const [, { Properties }] of resources) expect(Properties.InstallLatestAwsSdk).toBe(false);
});

describe('the role', () => {
  const Policies = z.array(
    z.object({
      PolicyDocument: z.object({
        Statement: z.array(
          z.object({
            Effect: z.literal('Allow'),
            Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
            Resource: z.unknown(),
            Condition: z.unknown().optional(),
          }),
        ),
      }),
    }),
  );
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  const properties = z
    .object({ Policies, ManagedPolicyArns: z.unknown().optional() })
    .parse(role?.Properties);
  const statements = properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  const on = (action: string) => statements.filter(({ Action }) => Action.includes(action));

  test('may make exactly these calls, and what AWS does in its name for them', () => {
    const prefix = {
      'service-catalog': 'servicecatalog',
      organizations: 'organizations',
      cloudformation: 'cloudformation',
    };
    expect([...new Set(statements.flatMap(({ Action }) => Action))].sort()).toEqual(
      [
        ...new Set(calls.map(({ service, action }) => `${prefix[service]}:${action}`)),
        'iam:CreateServiceLinkedRole',
        'organizations:EnableAWSServiceAccess',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
      ].sort(),
    );
    expect(properties.ManagedPolicyArns).toBeUndefined();
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('may register the hub account and no other, for these services and no other', () => {
    const principals = ['servicecatalog.amazonaws.com', 'member.org.stacksets.cloudformation.amazonaws.com'];
    expect(on('organizations:RegisterDelegatedAdministrator')).toEqual(
      principals.map((principal) => ({
        Effect: 'Allow',
        Action: ['organizations:RegisterDelegatedAdministrator'],
        Resource: `arn:aws:organizations::${organization.managementAccount}:account/${organization.id}/${hubAccount}`,
        Condition: { StringEquals: { 'organizations:ServicePrincipal': principal } },
      })),
    );
    expect(on('organizations:EnableAWSServiceAccess').map(({ Condition }) => Condition)).toEqual(
      principals.map((principal) => ({ StringEquals: { 'organizations:ServicePrincipal': principal } })),
    );
  });

  test('may let AWS create two service-linked roles', () => {
    expect(on('iam:CreateServiceLinkedRole').map(({ Resource: arn }) => arn)).toEqual([
      expect.stringMatching(
        /^arn:aws:iam::100000000001:role\/aws-service-role\/orgsdatasync\.servicecatalog\./,
      ),
      expect.stringMatching(/^arn:aws:iam::100000000001:role\/aws-service-role\/stacksets\.cloudformation\./),
    ]);
  });
});

test('another hub account is registered anew, and the old one stays', () => {
  const moved = templateOf(aConfiguration({ hubAccount: '100000000009' }));
  moved.hasResourceProperties('Custom::ServiceCatalogAdministrator', {
    Create: Match.serializedJson(
      Match.objectLike({
        parameters: Match.objectLike({ AccountId: '100000000009' }),
        physicalResourceId: { id: 'servicecatalog.amazonaws.com/100000000009' },
      }),
    ),
  });
});
