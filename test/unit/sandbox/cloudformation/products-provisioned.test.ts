import { catalogue } from '../../../../products/catalogue';
import { synthesizeCurrent } from '../../../../scripts/kept-versions';
import type { Stack, Template } from '../../../sandbox/aws/stacks';
import { ACCOUNT, aCloudFormation, aStackRequest, eventsOf, REGION } from './a-cloudformation';

const current = synthesizeCurrent(catalogue);
const templateOf = (key: string): Template => {
  const found = current.find(({ product }) => product.key === key);
  if (!found) throw new Error(`${key} is not in the catalogue`);
  return found.template;
};
const outputsOf = (stack: Stack): Record<string, string> =>
  Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value]));

test('a private bucket comes up with a made-up name and S3’s own key', async () => {
  const stack = await aCloudFormation().launch({ template: templateOf('private-bucket') });
  expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', statusReason: undefined });
  const outputs = outputsOf(stack);
  expect(Object.keys(outputs)).toEqual(['Name', 'Arn', 'ConsoleUrl']);
  expect(outputs['Name']).toMatch(/^sc-100000000003-pp-a-bucket-[a-z0-9]{12}$/);
  expect(outputs['Arn']).toBe(`arn:aws:s3:::${outputs['Name'] ?? ''}`);
  expect(outputs['ConsoleUrl']).toBe(
    `https://eu-west-1.console.aws.amazon.com/s3/buckets/${outputs['Name'] ?? ''}`,
  );
});

test('a private bucket for restricted data has a key of its own, and only then', async () => {
  const template = templateOf('private-bucket');
  const parameters = { BucketName: 'ledger-2026', DataClassification: 'restricted', Encryption: 'SSE-KMS' };
  const outputs = outputsOf(await aCloudFormation().launch({ template, parameters }));
  expect(outputs).toMatchObject({ Name: 'ledger-2026', Arn: 'arn:aws:s3:::ledger-2026' });
  expect(outputs['KeyArn']).toMatch(/^arn:aws:kms:eu-west-1:100000000003:key\/[0-9a-f-]{36}$/);
  expect(() =>
    aCloudFormation().stacks.create(
      aStackRequest({ template, parameters: { ...parameters, Encryption: 'SSE-S3' } }),
    ),
  ).toThrow('Restricted data has to be encrypted with a key of its own');
});

test('a bucket name that is taken rolls the private bucket back and leaves nothing', async () => {
  const bench = aCloudFormation();
  bench.takeBucketName('ledger-2026');
  const stack = await bench.launch({
    template: templateOf('private-bucket'),
    parameters: { BucketName: 'ledger-2026', Encryption: 'SSE-KMS' },
  });
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  const { StackEvents: events } = await eventsOf(bench, stack.id);
  expect(events.findLast(({ ResourceStatus: status }) => status === 'CREATE_FAILED')).toMatchObject({
    LogicalResourceId: 'Bucket',
    ResourceStatusReason: 'ledger-2026 already exists',
  });
  expect(events.filter(({ ResourceStatus: status }) => status === 'DELETE_SKIPPED')).toStrictEqual([]);
});

test('a network over two zones has two subnets in each tier and no way out for the private ones', async () => {
  const bench = aCloudFormation();
  const stack = await bench.launch({
    template: templateOf('network'),
    parameters: { VpcCidr: '10.20.0.0/20' },
  });
  expect(stack.status).toBe('CREATE_COMPLETE');
  const outputs = outputsOf(stack);
  expect(outputs).toMatchObject({ AddressRange: '10.20.0.0/20', AvailabilityZones: 'eu-west-1a,eu-west-1b' });
  expect(outputs['PublicSubnetIds']).toMatch(/^subnet-0[0-9a-f]{16},subnet-0[0-9a-f]{16}$/);
  expect(outputs).not.toHaveProperty('NatPublicIp');
});

test('a network over three zones with a NAT gateway has a third subnet in each tier and an address', async () => {
  const stack = await aCloudFormation().launch({
    template: templateOf('network'),
    parameters: { VpcCidr: '10.20.0.0/16', ZoneCount: '3', NatGateways: 'one' },
  });
  expect(stack.status).toBe('CREATE_COMPLETE');
  const outputs = outputsOf(stack);
  expect(outputs['AvailabilityZones']).toBe('eu-west-1a,eu-west-1b,eu-west-1c');
  for (const tier of ['Public', 'Private', 'Isolated']) {
    expect(outputs[`${tier}SubnetIds`]?.split(',')).toHaveLength(3);
  }
  expect(outputs['NatPublicIp']).toBe('203.0.113.10');
});

test('an instance comes up in the subnet that was chosen', async () => {
  const bench = aCloudFormation();
  const { vpcId, subnetIds } = bench.defaultNetwork(ACCOUNT, REGION);
  const stack = await bench.launch({
    template: templateOf('instance'),
    parameters: { VpcId: vpcId, SubnetId: subnetIds[1] ?? '', InstanceType: 't3.small' },
    capabilities: ['CAPABILITY_IAM'],
  });
  expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', statusReason: undefined });
  const outputs = outputsOf(stack);
  expect(outputs).toMatchObject({ PrivateIp: '172.31.16.10', AvailabilityZone: 'eu-west-1b' });
  expect(outputs['InstanceId']).toMatch(/^i-0[0-9a-f]{16}$/);
  expect(outputs['Connect']).toBe(
    `aws ssm start-session --region eu-west-1 --target ${outputs['InstanceId'] ?? ''}`,
  );
  expect(outputs['RoleArn']).toMatch(/^arn:aws:iam::100000000003:role\/SC-100000000003-pp-a-Role-/);
});

test('an instance whose subnet lies in another VPC rolls back', async () => {
  const bench = aCloudFormation();
  const network = await bench.launch({ template: templateOf('network'), stackName: 'elsewhere' });
  const stack = await bench.launch({
    template: templateOf('instance'),
    parameters: {
      VpcId: outputsOf(network)['VpcId'] ?? '',
      SubnetId: bench.defaultNetwork(ACCOUNT, REGION).subnetIds[0] ?? '',
    },
    capabilities: ['CAPABILITY_IAM'],
  });
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(JSON.stringify(await eventsOf(bench, stack.id))).toMatch(
    /Security group sg-0[0-9a-f]{16} and subnet subnet-0[0-9a-f]{16} belong to different networks/,
  );
});
