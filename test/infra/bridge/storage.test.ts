import { aConfiguration } from '../../builders/configuration';
import { bridgeTemplate, HOME, HUB, theResource } from './a-bridge';

const template = bridgeTemplate();
const dataKey = theResource(template, 'AWS::KMS::Key', { EnableKeyRotation: true });
const keyArn = { 'Fn::GetAtt': [dataKey.id, 'Arn'] };

interface Statement {
  readonly Sid?: string;
  readonly Principal: unknown;
  readonly Action: unknown;
  readonly Condition?: unknown;
}
interface Permission {
  readonly Action: unknown;
  readonly Resource: unknown;
}
const keyPolicy = (key: { readonly Properties: Readonly<Record<string, unknown>> }): readonly Statement[] =>
  (key.Properties['KeyPolicy'] as { Statement: Statement[] }).Statement;

test('the waiters are encrypted, expire and can be restored to any point of a week', () => {
  expect(theResource(template, 'AWS::DynamoDB::Table')).toMatchObject({
    DeletionPolicy: 'Delete',
    Properties: {
      TableName: 'gatehouse-waiters',
      KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    },
  });
});

test.each(['gatehouse/webhook', 'gatehouse/callback'])('%s is closed to other accounts', (name) => {
  const secret = theResource(template, 'AWS::SecretsManager::Secret', { Name: name });
  expect(secret.Properties['KmsKeyId']).toEqual(keyArn);
  expect(
    theResource(template, 'AWS::SecretsManager::ResourcePolicy', { SecretId: { Ref: secret.id } }).Properties,
  ).toMatchObject({
    BlockPublicPolicy: true,
    ResourcePolicy: {
      Statement: [
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'secretsmanager:*',
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': HUB } },
        },
      ],
    },
  });
});

test.each(['gatehouse-failed-operations', 'gatehouse-failed-wakes', 'gatehouse-undelivered-events'])(
  '%s keeps its messages encrypted for two weeks and is reached over TLS only',
  (name) => {
    const queue = theResource(template, 'AWS::SQS::Queue', { QueueName: name });
    expect(queue.Properties).toMatchObject({ MessageRetentionPeriod: 1_209_600, KmsMasterKeyId: keyArn });
    const { PolicyDocument } = theResource(template, 'AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: queue.id }],
    }).Properties as { PolicyDocument: { Statement: object[] } };
    expect(PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  },
);

test('the data key outlives the stack and is rotated every year', () => {
  expect(dataKey).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { RotationPeriodInDays: 365 },
  });
});

test('besides the account, the data key serves logs, executions, undelivered events and alarms of the bridge', () => {
  const operation = `arn:aws:lambda:${HOME}:${HUB}:function:gatehouse-operation`;
  const [account, ...services] = keyPolicy(dataKey);
  expect(account).toMatchObject({ Action: 'kms:*' });
  expect(services.map(({ Sid, Principal, Condition }) => ({ Sid, Principal, Condition }))).toEqual([
    {
      Sid: 'Logs',
      Principal: { Service: `logs.${HOME}.amazonaws.com` },
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${HOME}:${HUB}:log-group:/aws/*/gatehouse-*`,
        },
      },
    },
    {
      Sid: 'StateOfExecutions',
      Principal: { Service: 'lambda.amazonaws.com' },
      Condition: {
        StringEquals: {
          'aws:SourceAccount': HUB,
          'aws:SourceArn': operation,
          'kms:EncryptionContext:aws:lambda:FunctionArn': operation,
        },
      },
    },
    {
      Sid: 'UndeliveredEvents',
      Principal: { Service: 'events.amazonaws.com' },
      Condition: {
        StringEquals: {
          'aws:SourceAccount': HUB,
          'kms:EncryptionContext:aws:sqs:arn': `arn:aws:sqs:${HOME}:${HUB}:gatehouse-undelivered-events`,
        },
      },
    },
    {
      Sid: 'Alarms',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': HUB } },
    },
  ]);
});

test('sealed values have a key pair that outlives the stack: catalog and gate function tell its public half, the operation function opens', () => {
  const sealed = theResource(template, 'AWS::KMS::Key', { KeySpec: 'RSA_4096' });
  expect(sealed).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { KeyUsage: 'ENCRYPT_DECRYPT' },
  });
  expect(keyPolicy(sealed)).toHaveLength(1);
  theResource(template, 'AWS::KMS::Alias', {
    AliasName: 'alias/gatehouse-sealed',
    TargetKeyId: { 'Fn::GetAtt': [sealed.id, 'Arn'] },
  });
  const roles = template.findResources('AWS::IAM::Role') as Record<
    string,
    { Properties: { RoleName?: string; Policies: { PolicyDocument: { Statement: Permission[] } }[] } }
  >;
  const withKey = Object.values(roles).flatMap(({ Properties: { RoleName, Policies } }) =>
    Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Resource }) => JSON.stringify(Resource).includes(sealed.id))
      .map(({ Action }) => [RoleName, Action]),
  );
  expect(withKey.sort()).toEqual([
    ['gatehouse-catalog', 'kms:GetPublicKey'],
    ['gatehouse-gate', 'kms:GetPublicKey'],
    ['gatehouse-operation', 'kms:Decrypt'],
  ]);
});

test('one key more takes over the sealing; the former ones stay what they are, and open', () => {
  const first = theResource(template, 'AWS::KMS::Key', { KeySpec: 'RSA_4096' }).id;
  const rotated = bridgeTemplate(aConfiguration({ sealedValuesKeys: 3 }));
  const arn = (id: string) => ({ 'Fn::GetAtt': [expect.stringMatching(id) as string, 'Arn'] });
  const [third, second] = [arn('^SealedValuesKey3'), arn('^SealedValuesKey2')];
  expect(
    Object.keys(rotated.findResources('AWS::KMS::Key', { Properties: { KeySpec: 'RSA_4096' } })),
  ).toContain(first);
  const variablesOf = (name: string): unknown =>
    theResource(rotated, 'AWS::Lambda::Function', { FunctionName: name }).Properties['Environment'];
  for (const name of ['gatehouse-catalog', 'gatehouse-gate', 'gatehouse-operation']) {
    expect(variablesOf(name)).toMatchObject({ Variables: { SEALED_VALUES_KEY: third } });
  }
  expect(variablesOf('gatehouse-operation')).toMatchObject({
    Variables: { FORMER_SEALED_VALUES_KEYS: { 'Fn::Join': ['', [second, ',', arn(`^${first}$`)]] } },
  });
  expect(
    JSON.stringify(theResource(rotated, 'AWS::IAM::Role', { RoleName: 'gatehouse-catalog' })),
  ).not.toMatch(/SealedValuesKey[^3]/);
});
