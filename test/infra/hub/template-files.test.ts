import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { App, CfnOutput, CfnParameter, aws_sqs as sqs } from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { HubStack } from '../../../infra/hub/hub-stack';
import { parseTemplateFile } from '../../../infra/hub/template-file';
import { ApprovalGate } from '../../../products/approval-gate';
import { HUB_ACCOUNT } from '../../../products/hub-account';
import type { Product, VersionTemplate } from '../../../products/product';
import { aConfiguration } from '../../builders/configuration';

const PRODUCTS = join(__dirname, '../../../products');
const FIXTURE = join(__dirname, '../products/gated-queue.yml');
const fixture = readFileSync(FIXTURE, 'utf8');
const configuration = aConfiguration();

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @returns the path relative to `products/` of a template with this text */
const aFile = (text: string, name = 'queue.yml'): string => {
  const lone = mkdtempSync(join(folder, 'file-'));
  mkdirSync(lone, { recursive: true });
  writeFileSync(join(lone, name), text);
  return relative(PRODUCTS, join(lone, name));
};

/** What the hub publishes of a product with this one version, as text. */
const published = (template: VersionTemplate, { withAccount = true } = {}) => {
  const outdir = mkdtempSync(join(folder, 'assembly-'));
  const app = new App({
    outdir,
    context: { 'aws:cdk:bundling-stacks': [] },
    builtinCloudFormationValidation: false,
  });
  const product: Product = {
    key: 'queue',
    name: 'Queue',
    description: 'A queue',
    owner: 'Cloud platform',
    versions: [{ name: '1.0', description: 'The first', template }],
    gated: true,
    templateConstraint: undefined,
    launchRights: [],
    tagUpdates: 'refused',
  };
  new HubStack(app, 'gatehouse-hub', {
    configuration,
    catalogue: [product],
    env: { region: 'eu-west-1', ...(withAccount && { account: configuration.hubAccount }) },
  });
  app.synth();
  const [name = ''] = readdirSync(outdir).filter((file) => file.includes('.product.template.'));
  const text = readFileSync(join(outdir, name), 'utf8');
  const hub = readFileSync(join(outdir, 'gatehouse-hub.template.json'), 'utf8');
  return { path: join(outdir, name), text, hub };
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('a product from a plain YAML template is gated: the hub puts in its account and a digest of the file', () => {
  const { text } = published({ file: relative(PRODUCTS, FIXTURE) });
  const digest = sha256(fixture).slice(0, 16);
  expect(text).not.toContain('{{');
  expect(parseTemplateFile('queue.yml', text)).toMatchObject({
    Resources: {
      [`ApprovalHandleA${digest}`]: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      ApprovalGate: {
        Properties: {
          ServiceToken: {
            'Fn::Sub': `arn:aws:lambda:\${AWS::Region}:${configuration.hubAccount}:function:gatehouse-gate`,
          },
          Template: digest,
        },
      },
      Queue: {
        Metadata: {
          Approval: {
            'Fn::If': [
              'ApprovalRoundA',
              { Ref: `ApprovalWaitA${digest}` },
              { Ref: `ApprovalWaitB${digest}` },
            ],
          },
        },
      },
    },
  });
});

test('its address names the digest of what is published', () => {
  const { text, hub } = published({ file: aFile(fixture) });
  expect(hub).toContain(sha256(text));
});

test('CloudFormation would take it', () => {
  const engine = new CelEngine();
  const { diagnostics } = engine.validateStandard(new TemplateFile(published({ file: aFile(fixture) }).path));
  engine.free();
  const errors = diagnostics.filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL');
  expect(errors.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toStrictEqual([]);
});

test('another version of the file has other handles and wait conditions', () => {
  const names = (text: string): readonly string[] =>
    [...published({ file: aFile(text) }).text.matchAll(/^ {2}(Approval(?:Handle|Wait)\w+):$/gm)].map(
      ([, name = '']) => name,
    );
  const before = names(fixture);
  const after = names(fixture.replace('SqsManagedSseEnabled: true', 'SqsManagedSseEnabled: false'));
  expect(before).toHaveLength(4);
  expect(after.filter((name) => before.includes(name))).toStrictEqual([]);
});

const W = '{{gatehouse:template}}';
test.each<[string, (text: string) => string, string]>([
  [
    'a resource that does not wait',
    (text) => text.replace(/ {4}Metadata:\n(?: {6,}.*\n)+/, ''),
    'Queue does not wait: refer to every wait condition in its Metadata',
  ],
  [
    'a resource that waits in one round only',
    (text) => text.replace(`        - !Ref ApprovalWaitB${W}\n`, `        - !Ref ApprovalWaitA${W}\n`),
    'Queue does not wait: refer to every wait condition in its Metadata',
  ],
  [
    'names that stay the same in every version',
    (text) => text.replaceAll(`ApprovalHandleA${W}`, 'ApprovalHandleA'),
    'ApprovalHandleA keeps its name in another version: end it with what Template says',
  ],
  [
    'a wait condition that asks nobody',
    (text) => text.replace('    DependsOn: ApprovalGate\n', ''),
    'begins before anybody is asked: let it depend on ApprovalGate',
  ],
  [
    'a handle that the gate does not know',
    (text) => text.replace(`        - !Ref ApprovalHandleB${W}\n`, '        - none\n'),
    'add it to its Handle',
  ],
  [
    'a parameter that may change unasked',
    (text) => text.replace('        Retention: !Ref Retention\n', ''),
    'a change of Retention would not be asked about: add it to Parameters of ApprovalGate',
  ],
  [
    'a secret among its parameters',
    (text) => text.replace('    Default: 345600\n', '    NoEcho: true\n'),
    'ApprovalGate cannot show Retention, which is NoEcho or no parameter: leave it out',
  ],
  [
    'two gates',
    (text) => text.replace('  Queue:\n    Type: AWS::SQS::Queue', '  Queue:\n    Type: Custom::ApprovalGate'),
    'ApprovalGate and Queue are both gates, and one holds the whole stack: remove one',
  ],
])('a hand-written gate with %s is refused', (_, mistake, problem) => {
  expect(mistake(fixture)).not.toBe(fixture);
  expect(() => published({ file: aFile(mistake(fixture)) })).toThrow(problem);
});

test('what nothing is put in place of is refused with its name', () => {
  const text = fixture.replace(HUB_ACCOUNT, '{{gatehouse:account}}');
  expect(() => published({ file: aFile(text) })).toThrow(
    'has {{gatehouse:account}}, which nothing is put in place of: write {{gatehouse:hub-account}}',
  );
});

test('a hub without an account is refused where a template needs it', () => {
  expect(() => published({ file: aFile(fixture) }, { withAccount: false })).toThrow(
    'has no account to put in place of {{gatehouse:hub-account}}: give its stack one',
  );
});

class Literal extends ProductStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { analyticsReporting: false });
    const queue = new sqs.CfnQueue(this, 'Queue');
    new CfnOutput(this, 'Url', { value: `${queue.ref} of ${HUB_ACCOUNT}` });
  }
}
class Gated extends ProductStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { analyticsReporting: false });
    const requesterEmail = new CfnParameter(this, 'RequesterEmail');
    new ApprovalGate(this, 'Approval', { product: 'Queue', requesterEmail, shown: [] });
    new sqs.CfnQueue(this, 'Queue');
  }
}

test('a file that the catalogue may not read is refused before it is published', () => {
  expect(() => published({ file: aFile(fixture, 'queue.template') })).toThrow(
    'queue.template has to be called ….json, ….yaml, ….yml',
  );
});

test('code that writes the placeholder itself is refused, too', () => {
  expect(() => published({ stack: Literal })).toThrow('and call hubAccount() in code');
});

test('a gated version that was code and is put away as a file is the same version', () => {
  const asCode = published({ stack: Gated });
  const kept = asCode.text.replaceAll(configuration.hubAccount, HUB_ACCOUNT);
  expect(asCode.text).toContain(configuration.hubAccount);
  const asFile = published({ file: aFile(JSON.stringify(JSON.parse(kept)), 'kept.json') });
  expect(asFile.text).toBe(asCode.text);
});
