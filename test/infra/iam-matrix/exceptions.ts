import type { UnusedPermission } from '../../sandbox/aws/iam/unused-permissions';
import { HUB, REGION } from '../../sandbox/organization';
import { nameOf } from './matrix';

/*
 * What the walk does not show, each with its reason. A row that is no longer true fails, and so does what has no row.
 */

interface NotWalked {
  readonly folder: string;
  readonly action: string;
  /** What it is asked on. */
  readonly resource: () => string;
  /** Account and name of the role that calls. */
  readonly as: readonly [account: string, roleName: string];
  readonly verdict: 'allowed' | 'denied';
  readonly because: string;
}

const operation = `arn:aws:lambda:${REGION}:${HUB}:function:gatehouse-operation`;
const execution = `${operation}:1/durable-execution/gate-1/050c23fa-fdd0-4310-a776-b7c5705c5a8e`;
const waiters = `arn:aws:dynamodb:${REGION}:${HUB}:table/gatehouse-waiters`;

/** Calls that are in a function's code and that the walk does not make, each weighed by itself. */
export const NOT_WALKED: readonly NotWalked[] = [
  {
    ...{ folder: 'aws-bridge/operation', action: 'lambda:GetDurableExecutionState', verdict: 'allowed' },
    ...{ resource: () => execution, as: [HUB, 'gatehouse-operation'] },
    because: 'since a state has pages only beyond a thousand steps',
  },
  {
    ...{ folder: 'aws-bridge/ingress', action: 'dynamodb:PutItem', verdict: 'denied' },
    ...{ resource: () => waiters, as: [HUB, 'gatehouse-ingress'] },
    because: 'since its code has it from the operation function, which alone opens gates',
  },
];

/** Calls that tell by being refused, each with what they tell. */
export const REFUSED = [
  {
    who: 'GatehouseTenant',
    action: 'servicecatalog:DescribeProvisionedProduct',
    tells: 'that somebody else launched it, and that nobody has approved it on the portal',
  },
] as const;

interface Shared {
  /** Matches action, resource and context. */
  readonly call: RegExp;
  /** How the names of those begin who may make it. */
  readonly who: readonly string[];
}

/** What stacks of every account call. */
export const GATE = /^lambda:InvokeFunction .*:gatehouse-gate/;

/** Calls that more than one role may make. */
export const SHARED: readonly Shared[] = [
  {
    call: /^lambda:InvokeFunction .*:gatehouse-operation/,
    who: ['gatehouse-ingress', 'gatehouse-gate'],
  },
  // Lambda's permission for an organization is one for all of its roles; the gate function believes nothing it is told.
  { call: GATE, who: [''] },
  { call: /^lambda:ListDurableExecutionsByFunction/, who: ['gatehouse-ingress', 'gatehouse-watch'] },
  {
    call: /^lambda:SendDurableExecutionCallbackSuccess/,
    who: ['gatehouse-wake', 'gatehouse-ingress', 'gatehouse-gate'],
  },
  {
    call: /^(dynamodb:GetItem|kms:Decrypt .*dynamodb:tableName)/,
    who: ['gatehouse-wake', 'gatehouse-ingress', 'gatehouse-gate', 'gatehouse-operation'],
  },
  { call: /^dynamodb:UpdateItem/, who: ['gatehouse-ingress', 'gatehouse-operation'] },
  {
    call: /^(secretsmanager:GetSecretValue|kms:Decrypt) .*gatehouse\/webhook/,
    who: ['gatehouse-ingress', 'gatehouse-catalog'],
  },
  // It is public: whoever has it can seal, and nobody can open with it.
  { call: /^kms:GetPublicKey/, who: ['gatehouse-gate', 'gatehouse-catalog'] },
  {
    call: /^servicecatalog:ListProvisioningArtifacts/,
    who: ['gatehouse-catalog', 'gatehouse-hub-GuidanceSet'],
  },
  // CloudFormation looks with the launch role at the networks that it makes.
  {
    call: /^ec2:Describe(AvailabilityZones|KeyPairs|SecurityGroups|Subnets|Vpcs) /,
    who: ['GatehouseChoices', 'GatehouseLaunch-'],
  },
  { call: /^cloudformation:DescribeStack/, who: ['GatehouseTenant', 'GatehouseLaunch-'] },
  // The keys that AWS manages for a service let in whoever comes through it and belongs to the account.
  { call: /^kms:(DescribeKey|CreateGrant) .*"kms:ViaService":"(rds|secretsmanager)\./, who: ['Gatehouse'] },
  // Names are given at a launch, so products that make the same kind of thing cannot be told apart by it.
  { call: /^/, who: ['GatehouseLaunch-'] },
];

interface Unused {
  readonly what: string;
  readonly because: string;
  /** @param statement the whole of it, as JSON */
  readonly is: (unused: UnusedPermission, statement: string) => boolean;
}

/** The provider framework's own functions and state machine, which CDK writes. */
const FRAMEWORK = /^gatehouse-hub-(GuidanceFramework|ShareEvent|ShareWaiter|ShareProvider)/;

/** Permissions that no call of the walk needed. */
export const UNUSED: readonly Unused[] = [
  {
    what: 'writing a log',
    because: 'Lambda does it with the role of the function',
    is: (_, statement) => statement.includes('"logs:PutLogEvents"'),
  },
  {
    what: 'decrypting its environment',
    because: 'Lambda does it with the role of the function',
    is: ({ policy }, statement) => policy === 'Runtime' && statement.includes('aws:lambda:FunctionArn'),
  },
  {
    what: 'sending a dead letter',
    because: 'Lambda does it with the role of the function',
    is: (_, statement) => /"sqs:SendMessage"|kms:EncryptionContext:aws:sqs:arn/.test(statement),
  },
  {
    what: 'decrypting the state of executions',
    because: 'Lambda does it for whoever reads or continues one',
    is: ({ policy }, statement) =>
      policy === 'Calls' && statement.includes(`"kms:ViaService":"lambda.${REGION}.amazonaws.com"`),
  },
  {
    what: 'reading a template in YAML',
    because: 'the catalogue has none; test/journeys/template-rules.test.ts has',
    is: ({ permission }) => /^arn:aws:s3:::cdk-.*\/\*\.ya?ml$/.test(permission),
  },
  {
    what: 'reading the organization',
    because: 'Service Catalog does it with the rights of who shares',
    is: ({ statement }) => statement === 'ServiceCatalogReadsTheOrganization',
  },
  {
    what: 'giving a service access to the organization, with its role',
    because: 'Service Catalog and CloudFormation do it with the rights of who activates them',
    is: (_, statement) =>
      /"(organizations:EnableAWSServiceAccess|iam:CreateServiceLinkedRole)"/.test(statement),
  },
  {
    what: "what CDK's provider framework calls",
    because: 'the sandbox calls the functions behind it without it',
    is: ({ role }) => FRAMEWORK.test(nameOf(role)),
  },
  {
    what: 'what a launch needs',
    because: 'here two products are launched; all of them are where their launch rights are looked at',
    is: ({ role }) => nameOf(role).startsWith('GatehouseLaunch-'),
  },
  {
    what: 'calls that are not walked',
    because: 'they are weighed one by one',
    is: ({ role, permission }, statement) =>
      NOT_WALKED.some(
        ({ as, action, verdict }) =>
          verdict === 'allowed' &&
          nameOf(role) === as[1] &&
          // With its action goes the resource that the statement names, unless something else uses it.
          (permission === action || (permission.startsWith('arn:') && statement.includes(`"${action}"`))),
      ),
  },
];
