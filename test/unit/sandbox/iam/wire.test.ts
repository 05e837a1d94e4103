import { CloudFormationClient, GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  DescribeRecordCommand,
  ProvisionProductCommand,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { PolicyDocument } from '../../../sandbox/aws/iam/role';
import { HUB, PAYMENTS_DEV, REGION } from '../../../sandbox/organization';
import { OPERATION, TENANT_ROLE_NAME } from '../aws/bridge-roles';
import { type RunningAws, runningAws } from '../aws/running-aws';

let aws: RunningAws;
beforeEach(async () => {
  aws = await runningAws();
});
afterEach(() => aws.close());

const ROLE = 'probe';
/** Gives the probe, a role of the tenant, exactly these statements. */
const allowed = (statements: object[], account = PAYMENTS_DEV): void => {
  const policies: Record<string, PolicyDocument> = {
    probe: { Version: '2012-10-17', Statement: statements.map((given) => ({ Effect: 'Allow', ...given })) },
  };
  aws.iam.putRole({ account, name: ROLE, trust: { Version: '2012-10-17', Statement: [] }, policies });
};
const launch = () =>
  new ServiceCatalogClient(aws.as(ROLE, PAYMENTS_DEV)).send(
    new ProvisionProductCommand({
      ...{ ProductId: 'prod-1', ProvisioningArtifactId: 'pa-1' },
      ...{ ProvisionedProductName: 'archive', ProvisionToken: 'launch-1' },
    }),
  );
const product = (account: string): string => `arn:aws:catalog:${REGION}:${account}:product/prod-1`;
const accessDenied = { name: 'AccessDeniedException' };

test('a shared product is launched under a policy that names it in either account, and no other product', async () => {
  aws.servicecatalog.answers = { ProvisionProduct: () => ({ RecordDetail: { RecordId: 'rec-1' } }) };
  const Action = 'servicecatalog:ProvisionProduct';
  allowed([{ Action, Resource: [product(PAYMENTS_DEV), product(HUB)] }]);
  await launch();
  for (const account of [PAYMENTS_DEV, HUB]) {
    allowed([{ Action, Resource: product(account) }]);
    await expect(launch()).rejects.toMatchObject(accessDenied);
  }
  allowed([{ Action, Resource: `arn:aws:catalog:*:*:product/prod-2` }]);
  await expect(launch()).rejects.toMatchObject({
    ...accessDenied,
    message: expect.stringContaining(
      `on resource: ${product(PAYMENTS_DEV)} because no identity-based`,
    ) as string,
  });
});

test('what the service knows of a request can be a condition', async () => {
  aws.servicecatalog.answers = { DescribeRecord: () => ({ RecordDetail: { RecordId: 'rec-1' } }) };
  aws.servicecatalog.conditionKeys = () => ({ 'servicecatalog:roleLevel': 'self' });
  const look = () =>
    new ServiceCatalogClient(aws.as(ROLE, PAYMENTS_DEV)).send(new DescribeRecordCommand({ Id: 'rec-1' }));
  const limitedTo = (level: string) => {
    const Condition = { StringEquals: { [`servicecatalog:${level}`]: 'self' } };
    return [{ Action: 'servicecatalog:DescribeRecord', Resource: '*', Condition }];
  };
  allowed(limitedTo('roleLevel'));
  await look();
  allowed(limitedTo('userLevel'));
  await expect(look()).rejects.toMatchObject(accessDenied);
});

test('the address of a template can be a condition', async () => {
  aws.cloudformation.answers = { GetTemplateSummary: () => ({}) };
  const Condition = { StringLike: { 'cloudformation:TemplateUrl': 'https://templates.example/*' } };
  // CloudFormation reads it with the rights of whoever names it.
  const read = { Action: 's3:GetObject', Resource: '*' };
  allowed([{ Action: 'cloudformation:GetTemplateSummary', Resource: '*', Condition }, read]);
  const summary = (TemplateURL: string) =>
    new CloudFormationClient(aws.as(ROLE, PAYMENTS_DEV)).send(new GetTemplateSummaryCommand({ TemplateURL }));
  await summary('https://templates.example/bucket');
  await expect(summary('https://elsewhere.example/bucket')).rejects.toMatchObject({ name: 'AccessDenied' });
  allowed([{ Action: 'cloudformation:GetTemplateSummary', Resource: '*', Condition }]);
  await expect(summary('https://templates.example/bucket')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a secret under a customer’s key is read by who may decrypt with it, through Secrets Manager', async () => {
  aws.secrets.put('probe/secret', 'value');
  const arn = aws.secrets.find('probe/secret')?.arn ?? '';
  const key = `arn:aws:kms:${REGION}:${HUB}:key/one`;
  aws.customerKeys.encrypt(arn, key);
  aws.iam.putResourcePolicy(key, {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:root` }, Action: 'kms:*', Resource: '*' },
    ],
  });
  const read = () =>
    new SecretsManagerClient(aws.as(ROLE)).send(new GetSecretValueCommand({ SecretId: 'probe/secret' }));
  const get = {
    Action: 'secretsmanager:GetSecretValue',
    Resource: `arn:aws:secretsmanager:${REGION}:${HUB}:secret:probe/secret-??????`,
  };
  allowed([get], HUB);
  await expect(read()).rejects.toMatchObject({
    ...accessDenied,
    message: expect.stringContaining(`kms:Decrypt on resource: ${key}`) as string,
  });
  const through = { 'kms:ViaService': `secretsmanager.${REGION}.amazonaws.com` };
  const decryptOf = (secret: string) => ({
    ...{ Action: 'kms:Decrypt', Resource: key },
    Condition: { StringEquals: { ...through, 'kms:EncryptionContext:SecretARN': secret } },
  });
  allowed([get, decryptOf(`${arn}-of-others`)], HUB);
  await expect(read()).rejects.toMatchObject(accessDenied);
  allowed([get, decryptOf(arn)], HUB);
  expect((await read()).SecretString).toBe('value');
});

test('what a session brings along - who approved, for which request - can be a condition of what it does', async () => {
  aws.servicecatalog.answers = { ProvisionProduct: () => ({ RecordDetail: { RecordId: 'rec-1' } }) };
  const enter = (SourceIdentity: string) =>
    new STSClient(aws.as(OPERATION)).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${PAYMENTS_DEV}:role/${TENANT_ROLE_NAME}`,
        ...{ RoleSessionName: 'IT-42', ExternalId: 'gatehouse-sandbox', SourceIdentity },
        Tags: [{ Key: 'gatehouse:request', Value: 'IT-42' }],
      }),
    );
  const tenant = aws.iam.role(PAYMENTS_DEV, 'GatehouseTenant');
  if (!tenant) throw new Error('no tenant role');
  const Condition = {
    StringEquals: { 'aws:SourceIdentity': 'ada', 'aws:PrincipalTag/gatehouse:request': 'IT-42' },
  };
  const Statement = [
    { Effect: 'Allow', Action: 'servicecatalog:ProvisionProduct', Resource: '*', Condition },
  ];
  aws.iam.putRole({ ...tenant, policies: { launch: { Version: '2012-10-17', Statement } } });
  const launchAs = async (identity: string) => {
    const { Credentials } = await enter(identity);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    return new ServiceCatalogClient({ ...aws.as(OPERATION), credentials }).send(
      new ProvisionProductCommand({
        ...{ ProductId: 'prod-1', ProvisioningArtifactId: 'pa-1' },
        ...{ ProvisionedProductName: 'archive', ProvisionToken: 'launch-1' },
      }),
    );
  };
  await launchAs('ada');
  await expect(launchAs('mallory')).rejects.toMatchObject(accessDenied);
  const asked = aws.iam.calls.map(({ action }) => action);
  expect(asked.slice(0, 3)).toEqual(['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']);
});
