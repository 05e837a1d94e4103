import type { Alteration, WeighedCall } from '../../sandbox/aws/iam/iam';
import { DATA_PROD, HUB, MANAGEMENT, PAYMENTS_DEV, REGION } from '../../sandbox/organization';
import { INTRUDER, type Made, STRANGER } from './matrix';

/** Makes of a call that is allowed one that must not be. `find` looks up another call of the walk. */
type But = (call: WeighedCall, find: (made: Made) => WeighedCall) => Alteration;
type Row = readonly [what: string, made: Made, but: But];

const arn = (service: string, rest: string, account = HUB): string =>
  `arn:aws:${service}:${REGION}:${account}:${rest}`;
const role = (name: string, account = PAYMENTS_DEV): string => `arn:aws:iam::${account}:role/${name}`;
const without =
  (key: string): But =>
  () => ({ context: { [key]: undefined } });
const having =
  (key: string, value: string | readonly string[]): But =>
  () => ({ context: { [key]: value } });
const on =
  (resource: string): But =>
  () => ({ resource });
const instead =
  (action: string): But =>
  () => ({ action });
/** A service's call on behalf of something else. */
const onBehalfOf =
  (sourceArn: string, sourceAccount = HUB): But =>
  ({ as }) => ({ as: { ...as, sourceArn, sourceAccount } });
/** The call of one function, with the role of another that made the other call. */
const byWhoever =
  (made: Made): But =>
  (_call, find) => ({ as: find(made).as });
/** The same name in another account. */
const inAccount =
  (account: string): But =>
  ({ resource }) => ({ resource: resource?.replace(/:\d{12}:/, `:${account}:`) });

const ENTERS: Made = ['gatehouse-operation', 'sts:AssumeRole'];
const NAMES_ITSELF: Made = ['gatehouse-operation', 'sts:SetSourceIdentity'];
const TAGS: Made = ['gatehouse-operation', 'sts:TagSession'];

const INTO_A_TENANT: readonly Row[] = [
  ['without an external id', ENTERS, without('sts:ExternalId')],
  ['with the external id of another site', ENTERS, having('sts:ExternalId', 'gatehouse:another-site')],
  ['without a source identity', ENTERS, without('sts:SourceIdentity')],
  ['without a name for it', NAMES_ITSELF, without('sts:SourceIdentity')],
  [
    'with a tag that the trust does not know',
    TAGS,
    having('aws:TagKeys', ['gatehouse:request', 'gatehouse:administrator']),
  ],
  ...[ENTERS, NAMES_ITSELF, TAGS].flatMap((made): Row[] => [
    ['once its account has left the organization', made, without('aws:PrincipalOrgID')],
    ['once it belongs to another organization', made, having('aws:PrincipalOrgID', 'o-zzzzzzzzzz')],
    ['into an account of another organization', made, on(role('gatehouse/GatehouseTenant', STRANGER))],
    ['into another role that trusts the hub', made, on(role('TrustsTheHub'))],
    ['into a launch role', made, on(role('GatehouseLaunch-private-bucket'))],
    ['into the role that forwards events', made, on(role('GatehouseEvents'))],
    ['under another path', made, on(role('GatehouseTenant'))],
  ]),
];

const IN_A_TENANT: readonly Row[] = (
  [
    [
      'of an account of another organization',
      on(`arn:aws:catalog:${REGION}:${STRANGER}:product/prod-abcdefghijklm`),
    ],
    ['in a region that is not configured', on(`arn:aws:catalog:us-east-1:${HUB}:product/prod-abcdefghijklm`)],
  ] as const
)
  .flatMap(([what, but]): Row[] => [
    [what, ['GatehouseTenant', 'servicecatalog:ListLaunchPaths'], but],
    [what, ['GatehouseTenant', 'servicecatalog:ProvisionProduct'], but],
  ])
  .concat(
    ['DescribeRecord', 'DescribeProvisionedProduct', 'ListRecordHistory'].map((operation) => [
      'of what others launched',
      ['GatehouseTenant', `servicecatalog:${operation}`],
      without('servicecatalog:roleLevel'),
    ]),
    [
      [
        'of a stack that no product made',
        ['GatehouseTenant', 'cloudformation:DescribeStackEvents'],
        on(arn('cloudformation', 'stack/payroll/5e6f', PAYMENTS_DEV)),
      ],
      [
        'of a product in another account',
        ['GatehouseTenant', 'cloudformation:DescribeStackEvents'],
        inAccount(DATA_PROD),
      ],
      ...['iam:CreateRole', 'sts:AssumeRole'].map((action): Row => [
        `but ${action} of a launch role`,
        ['GatehouseTenant', 'cloudformation:DescribeStackEvents'],
        () => ({ action, resource: role('GatehouseLaunch-private-bucket') }),
      ]),
    ],
  );

const ENTERS_TO_LOOK: Made = ['gatehouse-catalog', 'sts:AssumeRole'];

/** What the order form offers is looked up by a role that reads, which nobody else may have. */
const LOOKING_UP: readonly Row[] = [
  ['without an external id', ENTERS_TO_LOOK, without('sts:ExternalId')],
  [
    'with the external id of another site',
    ENTERS_TO_LOOK,
    having('sts:ExternalId', 'gatehouse:another-site'),
  ],
  ['once its account has left the organization', ENTERS_TO_LOOK, without('aws:PrincipalOrgID')],
  ['once it belongs to another organization', ENTERS_TO_LOOK, having('aws:PrincipalOrgID', 'o-zzzzzzzzzz')],
  ['into an account of another organization', ENTERS_TO_LOOK, on(role('GatehouseChoices', STRANGER))],
  ['into the role that launches', ENTERS_TO_LOOK, on(role('gatehouse/GatehouseTenant'))],
  ['into another role that trusts the hub', ENTERS_TO_LOOK, on(role('TrustsTheHub'))],
  ['into a launch role', ENTERS_TO_LOOK, on(role('GatehouseLaunch-private-bucket'))],
  ['but tags its session', ENTERS_TO_LOOK, instead('sts:TagSession')],
  ['with the role of the operation function', ENTERS_TO_LOOK, byWhoever(ENTERS)],
  ['by the role of the catalog function, into the role that launches', ENTERS, byWhoever(ENTERS_TO_LOOK)],
  ...[
    'ec2:DescribeAvailabilityZones',
    'ec2:DescribeKeyPairs',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcs',
  ].flatMap((action): Row[] => {
    const made: Made = ['GatehouseChoices', action];
    return [
      ['in a region that is not configured', made, () => ({ region: 'us-east-1' })],
      ['but looks at instances', made, instead('ec2:DescribeInstances')],
      ['but launches one', made, instead('ec2:RunInstances')],
    ];
  }),
];

const READS_WEBHOOK: Made = ['gatehouse-ingress', 'secretsmanager:GetSecretValue'];
const READS_CALLBACK: Made = ['gatehouse-operation', 'secretsmanager:GetSecretValue'];
const WRITES_WAITERS: Made = ['gatehouse-operation', 'dynamodb:PutItem'];
const READS_WAITERS: Made = ['gatehouse-wake', 'dynamodb:GetItem'];

const SECRETS_AND_TABLE: readonly Row[] = [
  ['of the other direction', READS_WEBHOOK, (_, find) => ({ resource: find(READS_CALLBACK).resource })],
  ['of the other direction', READS_CALLBACK, (_, find) => ({ resource: find(READS_WEBHOOK).resource })],
  ...[READS_WEBHOOK, READS_CALLBACK].flatMap((made): Row[] => [
    ['of something else', made, on(arn('secretsmanager', 'secret:payroll-a1b2c3'))],
    ['of another account', made, inAccount(PAYMENTS_DEV)],
    ['but changes it', made, instead('secretsmanager:PutSecretValue')],
  ]),
  ...[WRITES_WAITERS, READS_WAITERS].flatMap((made): Row[] => [
    ['of another table', made, on(arn('dynamodb', 'table/payroll'))],
    ['of another account', made, inAccount(PAYMENTS_DEV)],
    ['but reads all of it', made, instead('dynamodb:Scan')],
    ['but removes something', made, instead('dynamodb:DeleteItem')],
    ['but removes it', made, instead('dynamodb:DeleteTable')],
  ]),
  ['but writes', READS_WAITERS, instead('dynamodb:PutItem')],
];

/** Decrypts under the bridge's key: for one purpose, in the hands of one service. */
const KEY: readonly Row[] = [
  ...(
    [
      ['gatehouse-ingress', 'kms:Decrypt', 'SecretARN'],
      ['gatehouse-catalog', 'kms:Decrypt', 'SecretARN'],
      ['gatehouse-operation', 'kms:Decrypt', 'SecretARN'],
    ] as const
  ).flatMap((made): Row[] => [
    ['by itself', made, without('kms:ViaService')],
    ['through another service', made, having('kms:ViaService', `s3.${REGION}.amazonaws.com`)],
    ['of no secret', made, without('kms:EncryptionContext:SecretARN')],
    [
      'of another secret',
      made,
      having('kms:EncryptionContext:SecretARN', arn('secretsmanager', 'secret:payroll-a1b2c3')),
    ],
  ]),
  ...(
    [
      ['gatehouse-operation', 'kms:Decrypt', 'dynamodb:tableName'],
      ['gatehouse-wake', 'kms:Decrypt', 'dynamodb:tableName'],
    ] as const
  ).flatMap((made): Row[] => [
    ['by itself', made, without('kms:ViaService')],
    ['through another service', made, having('kms:ViaService', `s3.${REGION}.amazonaws.com`)],
    ['of no table', made, without('kms:EncryptionContext:aws:dynamodb:tableName')],
    ['of another table', made, having('kms:EncryptionContext:aws:dynamodb:tableName', 'payroll')],
    ['under another key', made, on(arn('kms', 'key/11111111-2222-4333-8444-555555555555'))],
    ['of another account', made, inAccount(PAYMENTS_DEV)],
    ['but encrypts', made, instead('kms:Encrypt')],
    ['but has the key deleted', made, instead('kms:ScheduleKeyDeletion')],
  ]),
];

const INVOKES: Made = ['gatehouse-ingress', 'lambda:InvokeFunction'];
const CHECKPOINTS: Made = ['gatehouse-operation', 'lambda:CheckpointDurableExecution'];
const WAKES: Made = ['gatehouse-wake', 'lambda:SendDurableExecutionCallbackSuccess'];

const EXECUTIONS: readonly Row[] = [
  ['without an alias', INVOKES, on(arn('lambda', 'function:gatehouse-operation'))],
  ['on a version', INVOKES, on(arn('lambda', 'function:gatehouse-operation:1'))],
  ['another function', INVOKES, on(arn('lambda', 'function:gatehouse-wake'))],
  ['of another account', INVOKES, inAccount(PAYMENTS_DEV)],
  ['but replaces its code', INVOKES, instead('lambda:UpdateFunctionCode')],
  ['but stops executions', CHECKPOINTS, instead('lambda:StopDurableExecution')],
  ['but stops executions', WAKES, instead('lambda:StopDurableExecution')],
  ['but moves its alias', INVOKES, instead('lambda:UpdateAlias')],
  ...(
    [
      CHECKPOINTS,
      WAKES,
      ['gatehouse-ingress', 'lambda:GetDurableExecution'],
      ['gatehouse-ingress', 'lambda:ListDurableExecutionsByFunction'],
      ['gatehouse-watch', 'lambda:ListDurableExecutionsByFunction'],
    ] as const
  ).flatMap((made): Row[] => [
    [
      'of another function',
      made,
      ({ resource }) => ({ resource: resource?.replace('gatehouse-operation', 'payroll') }),
    ],
    ['of another account', made, inAccount(PAYMENTS_DEV)],
  ]),
];

const FORWARDS: Made = ['GatehouseEvents', 'events:PutEvents'];
const ASKS_FOR: Made = ['apigateway.amazonaws.com', 'lambda:InvokeFunction', '/POST/webhook'];
const DELIVERS: Made = ['events.amazonaws.com', 'lambda:InvokeFunction', 'gatehouse-wake'];
const TICKS: Made = ['events.amazonaws.com', 'lambda:InvokeFunction', 'gatehouse-watch'];
const TAKES_ITS_ROLE: Made = ['events.amazonaws.com', 'sts:AssumeRole', PAYMENTS_DEV];

const EVENTS_AND_SERVICES: readonly Row[] = [
  ['on another bus', FORWARDS, on(arn('events', 'event-bus/default'))],
  ['on a bus of another account', FORWARDS, inAccount(DATA_PROD)],
  ['once its account has left the organization', FORWARDS, without('aws:PrincipalOrgID')],
  ['once it belongs to another organization', FORWARDS, having('aws:PrincipalOrgID', 'o-zzzzzzzzzz')],
  ['of something else', FORWARDS, having('events:source', 'aws.signin')],
  ['of another kind', FORWARDS, having('events:detail-type', 'CloudFormation Resource Status Change')],
  ['for another API', ASKS_FOR, onBehalfOf(arn('execute-api', 'abcdefghij/$default/POST/webhook'))],
  [
    'for another route',
    ASKS_FOR,
    ({ as }) =>
      'service' in as
        ? { as: { ...as, sourceArn: as.sourceArn?.replace('/webhook', '/anything') ?? '' } }
        : {},
  ],
  ['for another rule', DELIVERS, onBehalfOf(arn('events', 'rule/gatehouse/payroll'))],
  [
    "for another account's rule",
    DELIVERS,
    onBehalfOf(arn('events', 'rule/gatehouse/payroll', DATA_PROD), DATA_PROD),
  ],
  ['for another rule', TICKS, onBehalfOf(arn('events', 'rule/payroll'))],
  ['for another rule', TAKES_ITS_ROLE, onBehalfOf(arn('events', 'rule/payroll', PAYMENTS_DEV), PAYMENTS_DEV)],
  [
    'for a rule of another account',
    TAKES_ITS_ROLE,
    onBehalfOf(arn('events', 'rule/gatehouse-stack-events', STRANGER), STRANGER),
  ],
  [
    'as another service',
    ['lambda.amazonaws.com', 'sts:AssumeRole', 'role/gatehouse-operation'],
    () => ({ as: { service: 'ec2.amazonaws.com', sourceAccount: HUB } }),
  ],
];

const SHARES: Made = ['gatehouse-hub-ShareStart', 'servicecatalog:CreatePortfolioShare'];
const MARKS: Made = ['gatehouse-hub-GuidanceSet', 'servicecatalog:UpdateProvisioningArtifact'];
const DELEGATES: Made = ['gatehouse-organization', 'organizations:RegisterDelegatedAdministrator'];

const DEPLOYMENT: readonly Row[] = [
  ['another portfolio', SHARES, on(arn('catalog', 'portfolio/port-abcdefghijklm'))],
  ['but gives somebody access to it', SHARES, instead('servicecatalog:AssociatePrincipalWithPortfolio')],
  ['of another product', MARKS, on(arn('catalog', 'product/prod-abcdefghijklm'))],
  ['but removes it', MARKS, instead('servicecatalog:DeleteProvisioningArtifact')],
  ['to another account', DELEGATES, ({ resource }) => ({ resource: resource?.replace(HUB, DATA_PROD) })],
  ['of another service', DELEGATES, having('organizations:ServicePrincipal', 'guardduty.amazonaws.com')],
  [
    'but leaves the organization',
    DELEGATES,
    () => ({ action: 'organizations:DeleteOrganization', resource: '*' }),
  ],
];

const CATALOG: readonly Row[] = (
  [
    ['gatehouse-catalog', 'servicecatalog:DescribeProvisioningArtifact'],
    ['gatehouse-catalog', 'servicecatalog:ListProvisioningArtifacts'],
  ] as const
).flatMap((made): Row[] => [
  ['of another account', made, inAccount(MANAGEMENT)],
  [
    'in a region without a portfolio',
    made,
    ({ resource }) => ({ resource: resource?.replace(REGION, 'us-east-1') }),
  ],
  ['but changes it', made, instead('servicecatalog:UpdateProvisioningArtifact')],
  ['but launches it', made, instead('servicecatalog:ProvisionProduct')],
]);

const ASKS: Made = ['GatehouseLaunch-wordpress', 'lambda:InvokeFunction', 'gatehouse-gate'];
const SEALS: Made = ['gatehouse-gate', 'kms:GetPublicKey'];
const TELLS_KEY: Made = ['gatehouse-catalog', 'kms:GetPublicKey'];
const OPENS: Made = ['gatehouse-operation', 'kms:Decrypt', 'RSAES_OAEP_SHA_256'];
const STARTS: Made = ['gatehouse-gate', 'lambda:InvokeFunction'];
const LOOKS_UP: Made = ['gatehouse-gate', 'dynamodb:GetItem'];
const WAKES_A_GATE: Made = ['gatehouse-gate', 'lambda:SendDurableExecutionCallbackSuccess'];
const WRITES_DOWN: Made = ['gatehouse-ingress', 'dynamodb:UpdateItem'];
const ANNOUNCES: Made = ['gatehouse-operation', 'sns:Publish'];

const WHO_ASKS: readonly Row[] = [
  ['of another function', ASKS, on(arn('lambda', 'function:gatehouse-operation:live'))],
  ['once its account has left the organization', ASKS, without('aws:PrincipalOrgID')],
  ['once it belongs to another organization', ASKS, having('aws:PrincipalOrgID', 'o-zzzzzzzzzz')],
  [
    'from an account of nobody in the organization',
    ASKS,
    () => ({ as: { account: STRANGER, roleName: INTRUDER } }),
  ],
  ['but replaces its code', ASKS, instead('lambda:UpdateFunctionCode')],
  ['but opens it to others', ASKS, instead('lambda:AddPermission')],
];

/** The function that anybody in the organization may call: it can hand a stack's address on, and no more. */
const GATE_FUNCTION: readonly Row[] = [
  ['without an alias', STARTS, on(arn('lambda', 'function:gatehouse-operation'))],
  ['of another function', STARTS, on(arn('lambda', 'function:gatehouse-ingress'))],
  ['but opens what it seals', SEALS, instead('kms:Decrypt')],
  ['of another key', SEALS, on(arn('kms', 'key/11111111-2222-4333-8444-555555555555'))],
  ['of another account', SEALS, inAccount(PAYMENTS_DEV)],
  ['but opens what is sealed to it', TELLS_KEY, instead('kms:Decrypt')],
  ['of another key', TELLS_KEY, on(arn('kms', 'key/11111111-2222-4333-8444-555555555555'))],
  ...[ENTERS, NAMES_ITSELF, TAGS].map((made): Row => [
    'with the role of the gate function',
    made,
    byWhoever(SEALS),
  ]),
  ['of another table', LOOKS_UP, on(arn('dynamodb', 'table/payroll'))],
  ['of another account', LOOKS_UP, inAccount(PAYMENTS_DEV)],
  ...['Scan', 'Query', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map((operation): Row => [
    `but ${operation}`,
    LOOKS_UP,
    instead(`dynamodb:${operation}`),
  ]),
  [
    'of another function',
    WAKES_A_GATE,
    ({ resource }) => ({ resource: resource?.replace('gatehouse-operation', 'payroll') }),
  ],
  ['of another account', WAKES_A_GATE, inAccount(PAYMENTS_DEV)],
  ['but looks at what an execution says', WAKES_A_GATE, instead('lambda:GetDurableExecutionState')],
  ['but stops executions', WAKES_A_GATE, instead('lambda:StopDurableExecution')],
];

const OPENING: readonly Row[] = [
  ['by another algorithm', OPENS, having('kms:EncryptionAlgorithm', 'RSAES_OAEP_SHA_1')],
  ['without an algorithm', OPENS, without('kms:EncryptionAlgorithm')],
  ['under another key', OPENS, on(arn('kms', 'key/11111111-2222-4333-8444-555555555555'))],
  ['but has the key deleted', OPENS, instead('kms:ScheduleKeyDeletion')],
  ['with the role of the gate function', OPENS, byWhoever(SEALS)],
  ['with the role of the ingress', OPENS, byWhoever(INVOKES)],
  ['with the role of the wake function', OPENS, byWhoever(WAKES)],
];

const DECIDING: readonly Row[] = [
  ...['PutItem', 'DeleteItem', 'Scan', 'Query'].map((operation): Row => [
    `but ${operation}`,
    WRITES_DOWN,
    instead(`dynamodb:${operation}`),
  ]),
  ['of another table', WRITES_DOWN, on(arn('dynamodb', 'table/payroll'))],
  ['of another account', WRITES_DOWN, inAccount(PAYMENTS_DEV)],
  ['with the role of the gate function', WRITES_DOWN, byWhoever(SEALS)],
  ['with the role of the wake function', WRITES_DOWN, byWhoever(WAKES)],
];

const ANNOUNCING: readonly Row[] = [
  ['to another topic', ANNOUNCES, on(arn('sns', 'payroll'))],
  ['to the topic of the alarms', ANNOUNCES, on(arn('sns', 'gatehouse-alarms'))],
  ['of another account', ANNOUNCES, inAccount(PAYMENTS_DEV)],
  ['but has itself told', ANNOUNCES, instead('sns:Subscribe')],
  ...['kms:GenerateDataKey', 'kms:Decrypt'].flatMap((action): Row[] => {
    const made: Made = ['gatehouse-operation', action, 'sns:topicArn'];
    return [
      ['by itself', made, without('kms:ViaService')],
      ['for another topic', made, having('kms:EncryptionContext:aws:sns:topicArn', arn('sns', 'payroll'))],
    ];
  }),
];

const GATED_STACKS: readonly Row[] = (
  [
    ['GatehouseTenant', 'cloudformation:DescribeStackResource'],
    ['GatehouseTenant', 'cloudformation:DescribeStacks'],
  ] as const
).flatMap((made): Row[] => [
  ['of a stack that no product made', made, on(arn('cloudformation', 'stack/payroll/5e6f', PAYMENTS_DEV))],
  ['of a stack in another account', made, inAccount(DATA_PROD)],
  ['but lets it go on', made, instead('cloudformation:SignalResource')],
  ['but calls it off', made, instead('cloudformation:DeleteStack')],
]);

/** Calls of the walk, each with one thing changed. */
export const DENIED: readonly Row[] = [
  ...INTO_A_TENANT,
  ...IN_A_TENANT,
  ...LOOKING_UP,
  ...SECRETS_AND_TABLE,
  ...KEY,
  ...EXECUTIONS,
  ...EVENTS_AND_SERVICES,
  ...DEPLOYMENT,
  ...CATALOG,
  ...WHO_ASKS,
  ...GATE_FUNCTION,
  ...OPENING,
  ...DECIDING,
  ...ANNOUNCING,
  ...GATED_STACKS,
];
