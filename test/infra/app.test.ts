import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Template } from 'aws-cdk-lib/assertions';
import { Stack } from 'aws-cdk-lib';
import cdk from '../../cdk.json';
import { DEPLOYMENTS, appOf, type Deployment } from './assemblies';

const MANAGEMENT = '100000000001';
const HUB = '100000000002';

const synthesized = (deployment: Deployment) => {
  const app = appOf(deployment);
  const stacks = app.node.children.filter((child) => Stack.isStack(child));
  return {
    assembly: app.synth(),
    stack: (name: string) => stacks.find(({ stackName }) => stackName === name),
  };
};
const oneRegion = synthesized('one region');
const twoRegions = synthesized('two regions');

const placesOf = ({ assembly }: typeof oneRegion) =>
  assembly.stacks
    .map(({ stackName, environment: { account, region } }) => [stackName, account, region])
    .sort(([one = ''], [other = '']) => one.localeCompare(other));

const dependenciesOf = ({ assembly }: typeof oneRegion, stack: string): readonly string[] =>
  assembly
    .getStackByName(stack)
    .dependencies.map(({ id }) => id)
    .filter((id) => !id.endsWith('.assets'))
    .sort();

const portfoliosOf = ({ stack }: typeof oneRegion): unknown => {
  const bridge = stack('gatehouse-bridge');
  if (bridge === undefined) throw new Error('There is no bridge');
  const [catalog] = Object.values(
    Template.fromStack(bridge).findResources('AWS::Lambda::Function', {
      Properties: { FunctionName: 'gatehouse-catalog' },
    }),
  ) as { Properties: { Environment: { Variables: { PORTFOLIOS: unknown } } } }[];
  return catalog?.Properties.Environment.Variables.PORTFOLIOS;
};

test('one region has five stacks in two accounts', () => {
  expect(placesOf(oneRegion)).toEqual([
    ['gatehouse-bridge', HUB, 'eu-west-1'],
    ['gatehouse-hub', HUB, 'eu-west-1'],
    ['gatehouse-organization', MANAGEMENT, 'eu-west-1'],
    ['gatehouse-tenant', HUB, 'eu-west-1'],
    ['gatehouse-tenants', HUB, 'eu-west-1'],
  ]);
});

test('another region adds its portfolio, its event rule and what its gates call, and renames nothing', () => {
  expect(placesOf(twoRegions)).toEqual(
    [
      ...placesOf(oneRegion),
      ['gatehouse-gate-us-east-1', HUB, 'us-east-1'],
      ['gatehouse-hub-us-east-1', HUB, 'us-east-1'],
      ['gatehouse-tenant-us-east-1', HUB, 'us-east-1'],
    ].sort(([one = ''], [other = '']) => one.localeCompare(other)),
  );
});

test.each([
  ['gatehouse-hub', ['gatehouse-organization', 'gatehouse-tenant']],
  ['gatehouse-hub-us-east-1', ['gatehouse-organization', 'gatehouse-tenant']],
  ['gatehouse-tenant', []],
  ['gatehouse-tenant-us-east-1', ['gatehouse-tenant']],
  ['gatehouse-bridge', ['gatehouse-hub', 'gatehouse-hub-us-east-1']],
  ['gatehouse-tenants', ['gatehouse-bridge', 'gatehouse-organization']],
  ['gatehouse-organization', []],
])('%s is deployed after %j', (stack, before) => {
  expect(dependenciesOf(twoRegions, stack)).toEqual(before);
});

test('the catalog function knows the portfolio of each region by what that stack tells of itself', () => {
  expect(portfoliosOf(oneRegion)).toEqual({
    'Fn::Join': [
      '',
      [
        '{"eu-west-1":"',
        { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'gatehouse-hub' }) as unknown },
        '"}',
      ],
    ],
  });
  expect(portfoliosOf(twoRegions)).toMatchObject({
    'Fn::Join': [
      '',
      [
        '{"eu-west-1":"',
        { 'Fn::GetStackOutput': { StackName: 'gatehouse-hub', Region: 'eu-west-1' } },
        '","us-east-1":"',
        { 'Fn::GetStackOutput': { StackName: 'gatehouse-hub-us-east-1', Region: 'us-east-1' } },
        '"}',
      ],
    ],
  });
});

test.each(Object.keys(DEPLOYMENTS) as Deployment[])(
  'in %s, each stack is tagged with the part that it is, and nothing is exported',
  (deployment) => {
    const { assembly } = deployment === 'one region' ? oneRegion : twoRegions;
    for (const { stackName, tags, template } of assembly.stacks) {
      const [, part] = /^gatehouse-(\w+)/.exec(stackName) ?? [];
      // What the gates of a further region call is a part of the bridge.
      expect(tags).toEqual({ gatehouse: part === 'gate' ? 'bridge' : part });
      expect(JSON.stringify(template)).not.toMatch(/"Export"|Fn::ImportValue|AWS::CDK::Metadata/);
    }
  },
);

test('cdk.json has the flags that the installed CDK recommends, for the one partition there is', () => {
  expect(cdk.context).toEqual({ ...flags, '@aws-cdk/core:target-partitions': ['aws'] });
});
