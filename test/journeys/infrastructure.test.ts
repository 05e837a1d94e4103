import { editing, without, withoutStack } from '../builders/assemblies';
import type { Assembly } from '../sandbox/deployment/assembly';
import { PAYMENTS_DEV } from '../sandbox/organization';
import { startSandbox } from '../sandbox/sandbox';
import { HOUR, type Journey, startJourney } from './journey';

let journey: Journey | undefined;
afterEach(async () => {
  await journey?.sandbox.close();
  journey = undefined;
});

type Edit = (assembly: Assembly) => Assembly;

const start = async (infrastructure: Edit): Promise<Journey> => {
  journey = await startJourney({ infrastructure });
  return journey;
};

/** Orders a private bucket and has it approved. @returns the request's key */
const order = async (walk: Journey): Promise<string> => {
  const key = await walk.raise();
  await walk.approve(key);
  return key;
};

const isTenantRole = ({ RoleName: name }: Readonly<Record<string, unknown>>): boolean =>
  name === 'GatehouseTenant';

test.each<[what: string, edit: Edit, words: RegExp]>([
  ['a portfolio that is not shared', without('Custom::PortfolioShare'), /is not offered in this account/],
  [
    'a portfolio whose principals are not shared',
    editing((resource) =>
      resource.Type === 'Custom::PortfolioShare'
        ? { ...resource, Properties: { ...resource.Properties, SharePrincipals: false } }
        : resource,
    ),
    /No launch paths found.*[^]*Share the product's portfolio with the account, principals included/,
  ],
  [
    'a portfolio without its principal',
    without('AWS::ServiceCatalog::PortfolioPrincipalAssociation'),
    /portfolio/i,
  ],
  [
    'a tenant that the StackSet never reached',
    withoutStack('gatehouse-tenants'),
    /may not enter account 100000000003/,
  ],
  [
    'a tenant without the role that the bridge assumes',
    without('AWS::IAM::Role', isTenantRole),
    /100000000003/,
  ],
])('with %s nothing is launched, and the request says why', async (_, edit, words) => {
  const walk = await start(edit);
  const key = await order(walk);
  await walk.reaches(key, 'refused', 26 * HOUR);
  expect(walk.stacks()).toStrictEqual([]);
  expect(walk.comments(key).at(-1)).toMatch(words);
});

test('a tenant without the launch role fails the launch, and the request names the role', async () => {
  const launchRole = ({ RoleName: name }: Readonly<Record<string, unknown>>): boolean =>
    name === 'GatehouseLaunch-private-bucket';
  const inTenants: Edit = (assembly) => ({
    ...without('AWS::IAM::Role', launchRole)(assembly),
    stacks: assembly.stacks,
  });
  const walk = await start(inTenants);
  const key = await order(walk);
  await walk.reaches(key, 'failed');
  expect(walk.comments(key).join('\n')).toMatch(
    /cannot assume launch role \S+:role\/GatehouseLaunch-private-bucket: it does not exist/,
  );
});

test('a route whose function the API may not invoke takes no message', async () => {
  const ofIngress = (_: object, logicalId: string): boolean => logicalId.includes('webhook');
  const walk = await start(without('AWS::Lambda::Permission', ofIngress));
  const key = await order(walk);
  await walk.sandbox.clock.advance(HOUR);
  expect(walk.state(key)).not.toBe('succeeded');
  const answers = walk.sandbox.journal.of('bridge', 'POST /webhook').map(({ status }) => status);
  expect(new Set(answers)).toEqual(new Set([500]));
  expect(walk.launches(key)).toStrictEqual([]);
});

test.each<[what: string, edit: Edit]>([
  ['a hub whose bus takes nothing from tenants', without('AWS::Events::EventBusPolicy')],
  [
    'a rule that may not invoke its function',
    without('AWS::Lambda::Permission', ({ Principal: who }) => who === 'events.amazonaws.com'),
  ],
  [
    'tenants without the event rule',
    without('AWS::Events::Rule', ({ Name: name }) => name === 'gatehouse-stack-events'),
  ],
])('with %s a launch is only told later', async (_, edit) => {
  const walk = await start(edit);
  const key = await order(walk);
  await walk.reaches(key, 'succeeded');
  expect(walk.done('lambda', 'SendDurableExecutionCallbackSuccess')).toBe(0);
});

test.each<[what: string, edit: Edit, failure: RegExp]>([
  [
    'without the launch role in the hub',
    withoutStack('gatehouse-tenant'),
    /^gatehouse-hub \| AWS::ServiceCatalog::LaunchRoleConstraint \| .*CREATE_FAILED: Role GatehouseLaunch-/,
  ],
  [
    "without the management account's part",
    withoutStack('gatehouse-organization'),
    /^gatehouse-hub \| Custom::PortfolioShare \| .*CREATE_FAILED/,
  ],
  [
    'without delegated administration of StackSets',
    without('Custom::StackSetsAdministrator'),
    /^gatehouse-tenants \| AWS::CloudFormation::StackSet \| .*delegated admin/,
  ],
  [
    'with a share that its function may not make',
    without('AWS::IAM::Policy', (_, logicalId) => logicalId.startsWith('ShareStart')),
    /^gatehouse-hub \| Custom::PortfolioShare \| .*not authorized to perform: servicecatalog:/,
  ],
  [
    'with a function whose role Lambda may not assume',
    editing((resource) =>
      resource.Properties['RoleName'] === 'gatehouse-wake'
        ? { ...resource, Properties: { ...resource.Properties, AssumeRolePolicyDocument: { Statement: [] } } }
        : resource,
    ),
    /^gatehouse-bridge \| AWS::Lambda::Function \| .*cannot be assumed by lambda\.amazonaws\.com/,
  ],
  [
    'with a type that the sandbox does not model',
    editing((resource) =>
      resource.Type === 'AWS::DynamoDB::Table' ? { ...resource, Type: 'AWS::Redshift::Cluster' } : resource,
    ),
    /^gatehouse-bridge \| AWS::Redshift::Cluster \| Waiters\w+ \| CREATE_FAILED: The sandbox does not model/,
  ],
])('a deployment %s fails', async (_, edit, failure) => {
  await expect(startSandbox({ infrastructure: edit })).rejects.toThrow(failure);
});

test('the catalogue offers what the templates say', async () => {
  const walk = await start(
    editing((resource) =>
      resource.Properties['Name'] === 'Private bucket'
        ? { ...resource, Properties: { ...resource.Properties, Name: 'Vault' } }
        : resource,
    ),
  );
  const key = await walk.raise();
  expect(walk.comments(key)[0]).toContain('Vault');
});

test('functions run with the environment, role, alias and time limits of their templates', async () => {
  const walk = await start((assembly) => assembly);
  const { functions } = walk.sandbox.aws.lambda;
  expect(functions.named('gatehouse-operation')).toMatchObject({
    role: 'gatehouse-operation',
    alias: 'live',
    timeoutSeconds: 300,
    durable: { executionTimeoutSeconds: 31 * 86_400, retentionDays: 14 },
  });
  expect(walk.sandbox.aws.iam.role(PAYMENTS_DEV, 'GatehouseTenant')?.path).toBe('/gatehouse/');
});
