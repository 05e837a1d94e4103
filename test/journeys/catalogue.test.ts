import {
  CloudFormationClient,
  DescribeStacksCommand,
  DescribeStackEventsCommand,
} from '@aws-sdk/client-cloudformation';
import { ServiceCatalogClient, TerminateProvisionedProductCommand } from '@aws-sdk/client-service-catalog';
import { catalogue } from '../../products/catalogue';
import { editing } from '../builders/assemblies';
import { ADMINISTRATOR } from '../sandbox/console-roles';
import { PAYMENTS_DEV, REGION } from '../sandbox/organization';
import type { SandboxOptions } from '../sandbox/sandbox';
import { HOUR, type Journey, startJourney } from './journey';

let journey: Journey | undefined;
afterEach(async () => {
  await journey?.sandbox.close();
  journey = undefined;
});

const start = async (options?: SandboxOptions): Promise<Journey> => {
  journey = await startJourney(options);
  return journey;
};

interface Order {
  /** Parameters, given the network that every account comes with. */
  readonly parameters: (network: { vpcId: string; subnetIds: readonly string[] }) => Record<string, string>;
  /** What the outputs on the request look like. */
  readonly outputs: readonly RegExp[];
  /** Resources that outlive the provisioned product, by logical id. */
  readonly kept?: readonly string[];
}

/** One for every product of the catalogue. */
const ORDERS: Readonly<Record<string, Order | undefined>> = {
  'private-bucket': {
    parameters: () => ({ RetentionDays: '30' }),
    outputs: [/arn:aws:s3:::sc-100000000003-pp-[a-z0-9]+-bucket-[a-z0-9]{12}/],
    kept: ['Bucket', 'BucketPolicy'],
  },
  network: {
    parameters: () => ({ NatGateways: 'one' }),
    outputs: [/vpc-0[0-9a-f]{16}/, /203\.0\.113\.\d+/],
  },
  instance: {
    parameters: ({ vpcId, subnetIds }) => ({ VpcId: vpcId, SubnetId: subnetIds[0] ?? '' }),
    outputs: [/\bi-0[0-9a-f]{16}/],
  },
  queue: {
    parameters: () => ({ Type: 'FIFO', AlarmEmail: 'team@example.com' }),
    outputs: [
      /https:\/\/sqs\.eu-west-1\.amazonaws\.com\/100000000003\/SC-100000000003-pp-\w+-queue\.fifo/,
      /arn:aws:sqs:eu-west-1:100000000003:SC-\S+-dead-letters\.fifo/,
    ],
  },
  database: {
    parameters: ({ vpcId, subnetIds }) => ({
      VpcId: vpcId,
      SubnetIds: subnetIds.slice(0, 2).join(','),
      AllowedRange: '172.31.0.0/16',
      DeletionProtection: 'Off',
    }),
    outputs: [
      /sc-100000000003-pp-\S+\.eu-west-1\.rds\.amazonaws\.com/,
      /arn:aws:secretsmanager:eu-west-1:100000000003:secret:rds\S+db-/,
    ],
  },
  website: {
    parameters: () => ({ AccessLogs: 'On' }),
    outputs: [/https:\/\/d[a-z0-9]{13}\.cloudfront\.net\//],
    kept: ['Bucket', 'BucketPolicy', 'LogBucket', 'LogBucketPolicy'],
  },
  wordpress: {
    parameters: ({ vpcId, subnetIds }) => ({
      VpcId: vpcId,
      ServerSubnetId: subnetIds[0] ?? '',
      DatabaseSubnetIds: subnetIds.slice(0, 2).join(','),
      AllowedRange: '172.31.0.0/16',
      RequesterEmail: 'employee@example.com',
      DeletionProtection: 'Off',
    }),
    outputs: [/https:\/\/172\.31\.\d+\.\d+\//],
    kept: ['Files', 'FilesPolicy'],
  },
};

const orderOf = (product: string): Order => {
  const found = ORDERS[product];
  if (!found) throw new Error(`Nothing is known of how ${product} is ordered: add it to ORDERS`);
  return found;
};

/** Orders a product for payments-dev and has it approved. @returns the request's key */
const order = async (walk: Journey, product: string): Promise<string> => {
  const { productId, versionId } = walk.sandbox.portfolio.product(product);
  const network = walk.sandbox.cloudFormation.defaultNetwork(PAYMENTS_DEV, REGION);
  const parameters = orderOf(product).parameters(network);
  const key = await walk.raise(
    walk.form({ productId, provisioningArtifactId: versionId, name: `my-${product}`, parameters }),
  );
  await walk.approve(key);
  return key;
};

/** Terminates what a request launched, as the account's administrator. @returns what became of each resource */
const terminate = async (walk: Journey, product: string): Promise<Map<string, string>> => {
  const { aws, clock, journal } = walk.sandbox;
  const as = {
    ...{ region: REGION, endpoint: aws.endpoint, maxAttempts: 1 },
    credentials: aws.credentialsFor(ADMINISTRATOR, PAYMENTS_DEV),
  };
  const [provisioned] = journal.of('servicecatalog', 'ProvisionProduct');
  const [launched] = journal.of('stack', 'CREATE_COMPLETE');
  const cloudFormation = new CloudFormationClient(as);
  const described = await cloudFormation.send(
    new DescribeStacksCommand({ StackName: String(launched?.detail['stack']) }),
  );
  const StackName = described.Stacks?.[0]?.StackId;
  await new ServiceCatalogClient(as).send(
    new TerminateProvisionedProductCommand({
      ProvisionedProductName: String(provisioned?.detail['ProvisionedProductName']),
      TerminateToken: 'terminate',
    }),
  );
  const ended = (): boolean =>
    ['DELETE_COMPLETE', 'DELETE_FAILED'].some((end) => journal.of('stack', end).length > 0);
  await clock.until(ended, HOUR, `the end of ${product}`);
  // The newest page has every deletion.
  const { StackEvents: events = [] } = await cloudFormation.send(
    new DescribeStackEventsCommand({ StackName }),
  );
  return new Map(
    events.reverse().map(({ LogicalResourceId: id = '', ResourceStatus: status = '' }) => [id, status]),
  );
};

test.each(catalogue.map(({ key }) => key))(
  'an approved request for %s shows its outputs, and what it created can be taken back',
  async (product) => {
    const walk = await start();
    const key = await order(walk, product);
    await walk.reaches(key, 'succeeded');
    const { outputs, kept: expected = [] } = orderOf(product);
    for (const output of outputs) expect(walk.comments(key).at(-1)).toMatch(output);

    const became = await terminate(walk, product);
    const kept = [...became].filter(([, status]) => status === 'DELETE_SKIPPED').map(([id]) => id);
    expect(kept.sort()).toEqual(expected);
    expect(
      [...became.values()].filter((status) => !/^DELETE_(COMPLETE|SKIPPED)$/.test(status)),
    ).toStrictEqual([]);
  },
);

/** The assembly with one action gone from a product's launch role, in the hub and in every tenant. */
const withoutRight = (product: string, action: string) =>
  editing((resource) => {
    if (resource.Properties['RoleName'] !== `GatehouseLaunch-${product}`) return resource;
    // Another action of the same service keeps the statement one that IAM takes.
    const [service] = action.split(':');
    const policies = JSON.stringify(resource.Properties).replaceAll(
      `"${action}"`,
      `"${service ?? ''}:ListNone"`,
    );
    return { ...resource, Properties: JSON.parse(policies) as typeof resource.Properties };
  });

test('a launch role that lacks a right fails the launch, the request says which, and nothing is left', async () => {
  const walk = await start({ infrastructure: withoutRight('queue', 'sqs:SetQueueAttributes') });
  const key = await order(walk, 'queue');
  await walk.reaches(key, 'failed');
  const said = walk.comments(key).join('\n');
  expect(said).toContain(
    'User: arn:aws:sts::100000000003:assumed-role/GatehouseLaunch-queue/servicecatalog is not authorized to perform: sqs:SetQueueAttributes on resource: arn:aws:sqs:eu-west-1:100000000003:SC-',
  );
  expect(said).toContain('because no identity-based policy allows the sqs:SetQueueAttributes action');
  expect(walk.sandbox.journal.of('stack', 'ROLLBACK_COMPLETE')).toHaveLength(1);
});
