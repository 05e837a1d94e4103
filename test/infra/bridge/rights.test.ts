import { FUNCTION } from '../../../infra/names';
import { bridgeTemplate, HOME, HUB, theResource } from './a-bridge';

const template = bridgeTemplate();
const operation = `arn:aws:lambda:${HOME}:${HUB}:function:gatehouse-operation`;
const table = `arn:aws:dynamodb:${HOME}:${HUB}:table/gatehouse-waiters`;
const key = { 'Fn::GetAtt': [theResource(template, 'AWS::KMS::Key', { EnableKeyRotation: true }).id, 'Arn'] };
const sealedValuesKey = {
  'Fn::GetAtt': [theResource(template, 'AWS::KMS::Key', { KeySpec: 'RSA_4096' }).id, 'Arn'],
};
const secret = (name: string) => ({
  Ref: theResource(template, 'AWS::SecretsManager::Secret', { Name: name }).id,
});

const allow = (Action: string | string[], Resource: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const decrypt = (
  service: string,
  context: Record<string, unknown>,
  action: string | string[] = 'kms:Decrypt',
) =>
  allow(action, key, {
    StringEquals: {
      'kms:ViaService': `${service}.${HOME}.amazonaws.com`,
      ...Object.fromEntries(
        Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
      ),
    },
  });
const readSecret = (name: string) => [
  allow('secretsmanager:GetSecretValue', secret(name)),
  decrypt('secretsmanager', { SecretARN: secret(name) }),
];
const layDown = (queue: string) => [
  allow('sqs:SendMessage', `arn:aws:sqs:${HOME}:${HUB}:${queue}`),
  decrypt('sqs', { 'aws:sqs:arn': `arn:aws:sqs:${HOME}:${HUB}:${queue}` }, [
    'kms:Decrypt',
    'kms:GenerateDataKey',
  ]),
];
const waiters = (action: string | string[]) => [
  allow(action, table),
  decrypt('dynamodb', { 'aws:dynamodb:tableName': 'gatehouse-waiters' }),
];
const execution = (action: string | string[]) => [
  allow(action, `${operation}:*`),
  decrypt('lambda', { 'aws:lambda:FunctionArn': operation }),
];

interface Policy {
  readonly PolicyName: string;
  readonly PolicyDocument: { readonly Statement: unknown[] };
}
const policyOf = (part: keyof typeof FUNCTION, name: string): unknown[] => {
  const { Policies } = theResource(template, 'AWS::IAM::Role', { RoleName: FUNCTION[part] }).Properties;
  return (Policies as Policy[]).find(({ PolicyName }) => PolicyName === name)?.PolicyDocument.Statement ?? [];
};

test('the ingress starts and wakes operations, writes down decisions, and cannot assume a role', () => {
  expect(policyOf('ingress', 'Calls')).toEqual([
    allow('lambda:InvokeFunction', `${operation}:live`),
    allow('lambda:ListDurableExecutionsByFunction', operation),
    ...execution(['lambda:GetDurableExecution', 'lambda:SendDurableExecutionCallbackSuccess']),
    ...waiters(['dynamodb:GetItem', 'dynamodb:UpdateItem']),
    ...readSecret('gatehouse/webhook'),
  ]);
});

test('the operation function enters tenants of the organization by their one role, and keeps its own state', () => {
  expect(policyOf('operation', 'Calls')).toEqual([
    allow(['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'], `${operation}:*`),
    allow(
      ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      'arn:aws:iam::*:role/gatehouse/GatehouseTenant',
      { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } },
    ),
    ...waiters(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']),
    allow('kms:Decrypt', sealedValuesKey, {
      StringEquals: { 'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_256' },
    }),
    ...readSecret('gatehouse/callback'),
    ...layDown('gatehouse-failed-operations'),
  ]);
});

test('the wake function reads who waits and completes callbacks', () => {
  expect(policyOf('wake', 'Calls')).toEqual([
    ...waiters('dynamodb:GetItem'),
    ...execution('lambda:SendDurableExecutionCallbackSuccess'),
    ...layDown('gatehouse-failed-wakes'),
  ]);
});

test('the gate function seals, starts operations and wakes them; it opens nothing and enters no tenant', () => {
  expect(policyOf('gate', 'Calls')).toEqual([
    allow('lambda:InvokeFunction', `${operation}:live`),
    allow('kms:GetPublicKey', sealedValuesKey),
    ...waiters('dynamodb:GetItem'),
    ...execution('lambda:SendDurableExecutionCallbackSuccess'),
  ]);
});

test('the catalog function reads products of the hub where its portfolios are, and enters tenants to look up choices', () => {
  expect(policyOf('catalog', 'Calls')).toEqual([
    allow(
      ['servicecatalog:ListProvisioningArtifacts', 'servicecatalog:DescribeProvisioningArtifact'],
      `arn:aws:catalog:${HOME}:${HUB}:product/*`,
    ),
    allow(
      [
        'servicecatalog:SearchProductsAsAdmin',
        'servicecatalog:ListConstraintsForPortfolio',
        'servicecatalog:DescribeConstraint',
        'cloudformation:GetTemplateSummary',
      ],
      '*',
    ),
    allow('sts:AssumeRole', 'arn:aws:iam::*:role/GatehouseChoices', {
      StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' },
    }),
    allow(
      's3:GetObject',
      ['json', 'yaml', 'yml'].map((ending) => `arn:aws:s3:::cdk-*-assets-${HUB}-${HOME}/*.${ending}`),
    ),
    allow('kms:GetPublicKey', sealedValuesKey),
    ...readSecret('gatehouse/webhook'),
  ]);
});

test.each(['ingress', 'catalog', 'operation', 'wake', 'watch', 'gate'] as const)(
  'the %s function writes its own log and has its own environment decrypted',
  (part) => {
    const name = FUNCTION[part];
    const self = `arn:aws:lambda:${HOME}:${HUB}:function:${name}`;
    expect(policyOf(part, 'Runtime')).toEqual([
      allow(
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        `arn:aws:logs:${HOME}:${HUB}:log-group:/aws/lambda/${name}:*`,
      ),
      allow('kms:Decrypt', key, {
        StringLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': [self, `${self}:*`] },
      }),
    ]);
  },
);
