import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { parseTemplate } from '../../sandbox/aws/cloudformation/template';
import { catalogue } from '../../../products/catalogue';
import { PRODUCT_TAG } from '../../../products/product-tag';
import { OPTIONAL_VALUES } from './optional-values';
import { judge, versions } from './templates';

const Layout = z.object({
  ParameterGroups: z.array(z.object({ Parameters: z.array(z.string()) })),
  ParameterLabels: z.record(z.string(), z.object({ default: z.string() })),
});

/** What holds data: whoever adds another such type decides about its retention, too. */
const STATEFUL = new Set([
  'AWS::DynamoDB::Table',
  'AWS::EC2::Instance',
  'AWS::EFS::FileSystem',
  'AWS::KMS::Key',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
]);
/** Types of this catalogue that CloudFormation can give no tags. */
const UNTAGGABLE = new Set([
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::WaitConditionHandle',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::EC2::Route',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::IAM::InstanceProfile',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'Custom::ApprovalGate',
]);
/** The property that says that what is in it is encrypted. */
const ENCRYPTION: Readonly<Record<string, RegExp>> = {
  'AWS::EC2::Instance': /"Encrypted":true/,
  'AWS::RDS::DBInstance': /"StorageEncrypted":true/,
  'AWS::S3::Bucket': /"BucketEncryption":/,
  'AWS::SNS::Topic': /"KmsMasterKeyId":/,
  'AWS::SQS::Queue': /"SqsManagedSseEnabled":true/,
};

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-products-'));
const engine = new CelEngine();
afterAll(() => {
  engine.free();
  rmSync(folder, { recursive: true });
});

describe.each(versions)('$name', ({ name, product, template }) => {
  const sections = parseTemplate(template);
  const resources = Object.entries(sections.Resources);
  const ofType = (types: ReadonlySet<string>) => resources.filter(([, { Type: type }]) => types.has(type));

  test('is a template that CloudFormation would take', () => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(template));
    const { diagnostics } = engine.validateStandard(new TemplateFile(file), {
      parameterOverrides: OPTIONAL_VALUES,
    });
    const errors = diagnostics.filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL');
    expect(errors.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toStrictEqual([]);
  });

  test('is within what Service Catalog takes, and asks the account for nothing of the CDK', () => {
    const text = JSON.stringify(template);
    expect(text.length).toBeLessThan(51_200);
    expect(text).toMatch(/^[\x20-\x7e]*$/);
    expect(text).not.toMatch(/Bootstrap|AWS::CDK|cdk-hnb|AssetParameters/);
    expect(product.description.length).toBeLessThanOrEqual(8191);
  });

  test('describes, labels and groups every parameter, and describes every output', () => {
    const names = Object.keys(sections.Parameters).sort();
    const layout = Layout.parse(sections.Metadata?.['AWS::CloudFormation::Interface']);
    expect(layout.ParameterGroups.flatMap(({ Parameters: group }) => group).sort()).toEqual(names);
    expect(Object.keys(layout.ParameterLabels).sort()).toEqual(names);
    for (const parameter of Object.values(sections.Parameters)) {
      expect(parameter.Description).toBeTruthy();
      const constrained = parameter.AllowedPattern ?? parameter.AllowedValues ?? parameter.MinValue;
      expect(parameter.ConstraintDescription !== undefined).toBe(constrained !== undefined);
    }
    for (const output of Object.values(sections.Outputs)) expect(output.Description).toBeTruthy();
  });

  test('has no free text without a pattern, and asks nobody for a secret', () => {
    for (const [parameter, declaration] of Object.entries(sections.Parameters)) {
      expect(declaration.NoEcho ?? false).toBe(false);
      expect(parameter).not.toMatch(/password|secret|token/i);
      if (declaration.Type === 'String') {
        expect([parameter, declaration.AllowedPattern ?? declaration.AllowedValues]).not.toEqual([
          parameter,
          undefined,
        ]);
      }
    }
  });

  test('decides what becomes of everything that holds data', () => {
    for (const [id, { DeletionPolicy: onDelete, UpdateReplacePolicy: onReplace }] of ofType(STATEFUL)) {
      expect(template).toHaveProperty(['Resources', id, 'DeletionPolicy'], onDelete);
      expect([id, onReplace]).not.toEqual([id, undefined]);
    }
  });

  test('tags all that it creates as its own', () => {
    for (const [id, { Type: type, Properties: properties }] of resources) {
      if (UNTAGGABLE.has(type)) continue;
      expect([id, properties['Tags']]).toEqual([
        id,
        expect.arrayContaining([{ Key: PRODUCT_TAG, Value: product.key }]),
      ]);
    }
  });

  test('encrypts what it stores', () => {
    for (const [id, { Type: type, Properties: properties }] of resources) {
      expect([id, JSON.stringify(properties)]).toEqual([id, expect.stringMatching(ENCRYPTION[type] ?? /^/)]);
    }
  });

  test('opens nothing to the public', () => {
    for (const [, { Type: type, Properties: properties }] of resources) {
      if (type === 'AWS::S3::Bucket') {
        expect(properties['PublicAccessBlockConfiguration']).toEqual({
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        });
      }
      if (type === 'AWS::RDS::DBInstance') expect(properties['PubliclyAccessible']).toBe(false);
      if (type === 'AWS::EC2::Subnet') expect(properties['MapPublicIpOnLaunch']).toBe(false);
      if (type === 'AWS::EC2::SecurityGroup') {
        expect(JSON.stringify(properties['SecurityGroupIngress'] ?? [])).not.toMatch(/0\.0\.0\.0|::\/0/);
      }
      if (type.endsWith('Policy')) {
        const open = /"Effect":"Allow","Principal":("\*"|\{"AWS":"\*"\})/;
        expect(JSON.stringify(properties)).not.toMatch(open);
      }
    }
  });

  test('gives every role the boundary of workloads', () => {
    for (const [, { Properties: properties }] of ofType(new Set(['AWS::IAM::Role']))) {
      expect(JSON.stringify(properties['PermissionsBoundary'])).toMatch(/:policy\/GatehouseWorkload"/);
    }
  });
});

test.each(catalogue.map(({ key }) => key))(
  'the rules of the template and of the portfolio let the defaults of %s pass',
  (key) => {
    const needed = key === 'database' ? { AllowedRange: '10.0.0.0/16' } : {};
    expect(() => judge(key, needed)).not.toThrow();
  },
);

test('keys and names in the catalogue are unique', () => {
  expect(new Set(catalogue.map(({ key }) => key)).size).toBe(catalogue.length);
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
});
