import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { FUNCTION } from '../../../infra/names';
import { aConfiguration } from '../../builders/configuration';
import { bridgeTemplate, theResource } from './a-bridge';

const template = bridgeTemplate();
const PARTS = ['ingress', 'catalog', 'operation', 'wake', 'watch', 'gate'] as const;
type Part = (typeof PARTS)[number];

const propertiesOf = (part: Part) =>
  theResource(template, 'AWS::Lambda::Function', { FunctionName: FUNCTION[part] }).Properties;
const environmentOf = (part: Part): Readonly<Record<string, unknown>> =>
  (propertiesOf(part)['Environment'] as { Variables: Readonly<Record<string, unknown>> }).Variables;

/** What a composition root asks for, as its source has it; Lambda itself sets the region. */
const requiredBy = (part: Part): string[] => {
  const source = readFileSync(join(__dirname, '../../../aws-bridge', part, 'compose.ts'), 'utf8');
  const asked = [...source.matchAll(/(?:required\(env, |regionIn\()'([A-Z_]+)'\)/g)].map(
    ([, name]) => name ?? '',
  );
  return [...new Set(asked)].filter((name) => name !== 'AWS_REGION');
};
/** Where it is set, the endpoint checks the Forge Invocation Token. */
const asksForToken = (part: Part): boolean =>
  readFileSync(join(__dirname, '../../../aws-bridge', part, 'compose.ts'), 'utf8').includes(
    'invocationTokenCheckFrom',
  );

test.each(PARTS)('the %s function is given what its code requires, and nothing else', (part) => {
  expect(requiredBy(part)).not.toStrictEqual([]);
  expect(Object.keys(environmentOf(part)).sort()).toStrictEqual(
    [...requiredBy(part), ...(asksForToken(part) ? ['FORGE_APP_ID'] : [])].sort(),
  );
});

test.each(PARTS)('the %s function runs on Node 24 and arm64', (part) => {
  expect(propertiesOf(part)).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
  });
});

test.each(PARTS)('the %s function has a role of its own and its own name', (part) => {
  const role = theResource(template, 'AWS::IAM::Role', { RoleName: FUNCTION[part] });
  expect(propertiesOf(part)['Role']).toEqual({ 'Fn::GetAtt': [role.id, 'Arn'] });
  expect(role.Properties['AssumeRolePolicyDocument']).toMatchObject({
    Statement: [
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    ],
  });
  expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
});

test.each(PARTS)('the %s function logs JSON for half a year under the key of the project', (part) => {
  const log = theResource(template, 'AWS::Logs::LogGroup', { LogGroupName: `/aws/lambda/${FUNCTION[part]}` });
  expect(propertiesOf(part)['LoggingConfig']).toEqual({ LogFormat: 'JSON', LogGroup: { Ref: log.id } });
  expect(log.Properties).toMatchObject({
    RetentionInDays: 180,
    KmsKeyId: { 'Fn::GetAtt': [dataKey().id, 'Arn'] },
  });
});

const dataKey = () => theResource(template, 'AWS::KMS::Key', { EnableKeyRotation: true });

test('each function has code of its own', () => {
  const code = PARTS.map((part) => JSON.stringify(propertiesOf(part)['Code']));
  expect(new Set(code).size).toBe(PARTS.length);
});

test('no role may do anything by a policy outside of its own', () => {
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});

test('the ingress invokes the alias, never the bare function', () => {
  const alias = theResource(template, 'AWS::Lambda::Alias');
  expect(environmentOf('ingress')['OPERATION_FUNCTION']).toEqual({ Ref: alias.id });
});

test('the catalog function is told the portfolio of every region', () => {
  const several = bridgeTemplate(aConfiguration({ regions: ['eu-west-1', 'us-east-1'] }));
  several.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: FUNCTION.catalog,
    Environment: {
      Variables: Match.objectLike({
        PORTFOLIOS: '{"eu-west-1":"port-eu-west-1","us-east-1":"port-us-east-1"}',
      }),
    },
  });
});

test('no secret is in the template', () => {
  expect(JSON.stringify(template.toJSON())).not.toContain('whsec_');
  for (const secret of Object.values(template.findResources('AWS::SecretsManager::Secret'))) {
    expect(secret['Properties']).not.toHaveProperty('SecretString');
  }
});
