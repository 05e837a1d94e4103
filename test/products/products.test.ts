import { Match, Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import type { Scope } from '../sandbox/aws/cloudformation/intrinsics';
import { checkRules } from '../sandbox/aws/cloudformation/rules';
import { parseTemplate } from '../sandbox/aws/cloudformation/template';
import { synthesizeProducts, type SynthesizedProduct } from '../sandbox/products';
import { catalogue } from '../../products/catalogue';

const productOf = (key: string): SynthesizedProduct => {
  const found = synthesizeProducts().find(({ product }) => product.key === key);
  if (!found) throw new Error(`${key} is not in the catalogue`);
  return found;
};
const templateOf = (key: string): Template => Template.fromJSON({ ...productOf(key).template });
const patternOf = (key: string, parameter: string): RegExp => {
  const pattern = parseTemplate(productOf(key).template).Parameters[parameter]?.AllowedPattern ?? '';
  return new RegExp(`^(?:${pattern})$`);
};

/** Rules see parameters and nothing else. */
const aScope = (ref: Scope['ref']): Scope => ({
  ref,
  attribute: () => undefined,
  condition: () => false,
  mapped: () => undefined,
  zones: () => [],
});

const Layout = z.object({
  ParameterGroups: z.array(z.object({ Parameters: z.array(z.string()) })),
  ParameterLabels: z.record(z.string(), z.object({ default: z.string() })),
});

describe.each(catalogue.map(({ key }) => key))('%s', (key) => {
  test('is as it was reviewed', () => {
    expect(productOf(key).template).toMatchSnapshot();
  });

  test('carries nothing of the CDK that a tenant account would need', () => {
    expect(JSON.stringify(productOf(key).template)).not.toMatch(/Bootstrap|AWS::CDK|cdk-hnb|AssetParameters/);
  });

  test('describes, labels and groups every parameter, and describes every output', () => {
    const {
      Parameters: parameters,
      Outputs: outputs,
      Metadata: metadata,
    } = parseTemplate(productOf(key).template);
    const names = Object.keys(parameters).sort();
    const layout = Layout.parse(metadata?.['AWS::CloudFormation::Interface']);
    expect(layout.ParameterGroups.flatMap(({ Parameters: group }) => group).sort()).toEqual(names);
    expect(Object.keys(layout.ParameterLabels).sort()).toEqual(names);
    for (const parameter of Object.values(parameters)) {
      expect(parameter.Description).toBeTruthy();
      const constrained = parameter.AllowedPattern ?? parameter.AllowedValues ?? parameter.MinValue;
      expect(parameter.ConstraintDescription !== undefined).toBe(constrained !== undefined);
    }
    for (const output of Object.values(outputs)) expect(output.Description).toBeTruthy();
  });

  test('is within what Service Catalog and CloudFormation take', () => {
    const { product, template } = productOf(key);
    expect(JSON.stringify(template).length).toBeLessThan(51_200);
    expect(JSON.stringify(template)).toMatch(/^[\x20-\x7e]*$/);
    expect(product.description.length).toBeLessThanOrEqual(8191);
    expect(product.owner).toBeTruthy();
  });

  test('has a template constraint that names its own parameters and lets the defaults pass', () => {
    const { product, template } = productOf(key);
    const { Rules: rules, Parameters: parameters } = parseTemplate({
      ...template,
      Rules: product.templateConstraint?.rules ?? {},
    });
    const scope = aScope((name) => parameters[name]?.Default);
    expect(() => checkRules(rules, parameters, scope)).not.toThrow();
  });
});

test.each([
  ['instance', { InstanceType: 'm6i.large' }, 'Instance types of this portfolio are t3.micro'],
  ['network', { SubnetSize: '/22' }, 'Subnets of this portfolio are /24 or smaller'],
])('the template constraint of %s narrows what its template takes', (key, choice: object, message) => {
  const { product, template } = productOf(key);
  const { Rules: rules, Parameters: parameters } = parseTemplate({
    ...template,
    Rules: product.templateConstraint?.rules ?? {},
  });
  const chosen = new Map<string, unknown>(Object.entries(choice));
  const scope = aScope((name) => chosen.get(name) ?? parameters[name]?.Default);
  expect(() => checkRules(rules, parameters, scope)).toThrow(message);
});

test('keys and names in the catalogue are unique', () => {
  expect(new Set(catalogue.map(({ key }) => key)).size).toBe(catalogue.length);
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
});

test('a private bucket is closed to the public, owned by its account, and TLS only', () => {
  const template = templateOf('private-bucket');
  template.hasResourceProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    VersioningConfiguration: { Status: { Ref: 'Versioning' } },
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({
          Effect: 'Deny',
          Action: 's3:*',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ],
    },
  });
});

test('a private bucket, its policy and its key outlive their stack, but not a launch that failed', () => {
  const template = templateOf('private-bucket');
  for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key']) {
    template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  }
});

test.each<[string, boolean]>([
  ['', true],
  ['ledger-2026', true],
  ['abc', true],
  ['ab', false],
  ['Ledger', false],
  ['ledger.2026', false],
  ['-ledger', false],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
])('as a bucket name %j is %j', (name, taken) => {
  expect(patternOf('private-bucket', 'BucketName').test(name)).toBe(taken);
});

test.each<[string, boolean]>([
  ['10.0.0.0/16', true],
  ['172.31.0.0/20', true],
  ['192.168.4.0/18', true],
  ['10.0.0.0/15', false],
  ['10.0.0.0/21', false],
  ['172.32.0.0/16', false],
  ['11.0.0.0/16', false],
  ['10.256.0.0/16', false],
])('as the range of a network %j is %j', (range, taken) => {
  expect(patternOf('network', 'VpcCidr').test(range)).toBe(taken);
});

test('isolated subnets have no route out, private ones only through a NAT gateway', () => {
  const routes = Object.values(templateOf('network').findResources('AWS::EC2::Route'));
  expect(routes).toHaveLength(2);
  expect(JSON.stringify(routes)).not.toContain('IsolatedRouteTable');
  templateOf('network').hasResource('AWS::EC2::Route', {
    Condition: 'HasNat',
    Properties: { RouteTableId: { Ref: 'PrivateRouteTable' }, NatGatewayId: { Ref: 'NatGateway' } },
  });
});

test('an instance has an encrypted disk, IMDSv2 only, and no way in', () => {
  const template = templateOf('instance');
  template.hasResourceProperties('AWS::EC2::Instance', {
    MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1 },
    BlockDeviceMappings: [{ Ebs: { Encrypted: true, DeleteOnTermination: true } }],
    KeyName: Match.absent(),
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
});

test('an instance’s role may be managed through Systems Manager, and nothing else', () => {
  const template = templateOf('instance');
  template.resourceCountIs('AWS::IAM::Role', 1);
  template.hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore' }],
    Policies: Match.absent(),
    RoleName: Match.absent(),
  });
});
