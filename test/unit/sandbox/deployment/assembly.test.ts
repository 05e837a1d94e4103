import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
import { CloudFormationProduct, CloudFormationTemplate, ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { readAssembly } from '../../../sandbox/deployment/assembly';
import { sandboxAssembly } from '../../../sandbox/deployment/sandbox-assembly';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'gatehouse-assembly-test-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

const anApp = () => new App({ outdir, builtinCloudFormationValidation: false });
const env = { account: '100000000002', region: 'eu-west-1' };

test('stacks come in the order of their dependencies, with account and region', () => {
  const app = anApp();
  const later = new Stack(app, 'a-later', { env });
  const first = new Stack(app, 'b-first', { env: { ...env, account: '100000000001' } });
  for (const stack of [later, first]) new CfnWaitConditionHandle(stack, 'Nothing');
  later.addStackDependency(first);
  app.synth();
  expect(readAssembly(outdir).stacks).toMatchObject([
    { name: 'b-first', account: '100000000001', region: 'eu-west-1' },
    { name: 'a-later', account: '100000000002', region: 'eu-west-1' },
  ]);
});

test("a product's template is found under the address that the product loads it from", () => {
  const app = anApp();
  const stack = new Stack(app, 'hub', { env });
  const template = new ProductStack(stack, 'template');
  new CfnOutput(template, 'Told', { value: 'something' });
  const { httpUrl } = CloudFormationTemplate.fromProductStack(template).bind(stack);
  new CloudFormationProduct(stack, 'Product', {
    productName: 'Product',
    owner: 'Owner',
    productVersions: [{ cloudFormationTemplate: CloudFormationTemplate.fromProductStack(template) }],
  });
  app.synth();
  const resolved = (stack.resolve(httpUrl) as { 'Fn::Sub': string })['Fn::Sub'];
  const url = resolved.replace('${AWS::URLSuffix}', 'amazonaws.com');
  expect(readAssembly(outdir).templates.get(url)).toMatchObject({
    Outputs: { Told: { Value: 'something' } },
  });
});

test('a stack that leaves account and region to the machine that deploys it is refused', () => {
  const app = anApp();
  new CfnWaitConditionHandle(new Stack(app, 'anywhere'), 'Nothing');
  app.synth();
  expect(() => readAssembly(outdir)).toThrow(/account and region/);
});

test('the sandbox boots from every stack of infra', async () => {
  const { stacks } = await sandboxAssembly();
  expect(stacks.map(({ name }) => name).sort()).toEqual([
    'gatehouse-bridge',
    'gatehouse-hub',
    'gatehouse-organization',
    'gatehouse-tenant',
    'gatehouse-tenants',
  ]);
});
