import { aCloudFormation, type Bench, eventsOf, REGION, ACCOUNT } from './a-cloudformation';

/** Launches resources and tells why the first that failed did so. */
const reasonOf = async (
  resources: Record<string, object>,
  bench: Bench = aCloudFormation(),
): Promise<string> => {
  const stack = await bench.launch({
    template: { Resources: resources },
    stackName: 'refused',
    capabilities: ['CAPABILITY_IAM'],
  });
  const { StackEvents: events } = await eventsOf(bench, stack.id);
  const failed = events.findLast(({ ResourceStatus: status }) => status === 'CREATE_FAILED');
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  return failed?.ResourceStatusReason ?? '';
};
const aResource = (type: string, properties: object) => ({
  Type: `AWS::EC2::${type}`,
  Properties: properties,
});
const aVpc = (cidr = '10.0.0.0/16') => aResource('VPC', { CidrBlock: cidr });
const aSubnet = (cidr: string, more: object = {}) =>
  aResource('Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: cidr, ...more });

test.each<[string, Record<string, object>, string]>([
  ['a VPC larger than /16', { Vpc: aVpc('10.0.0.0/15') }, "The CIDR '10.0.0.0/15' is invalid."],
  [
    'a VPC of no range',
    { Vpc: aVpc('10.0.0.256/16') },
    'Value (10.0.0.256/16) for parameter cidrBlock is invalid.',
  ],
  [
    'a subnet outside of its VPC',
    { Vpc: aVpc(), Subnet: aSubnet('10.1.0.0/24') },
    "The CIDR '10.1.0.0/24' is invalid.",
  ],
  [
    'a subnet over another',
    { Vpc: aVpc(), A: aSubnet('10.0.0.0/23'), B: { ...aSubnet('10.0.1.0/24'), DependsOn: 'A' } },
    "The CIDR '10.0.1.0/24' conflicts with another subnet",
  ],
  [
    'a subnet in no zone of the region',
    { Vpc: aVpc(), Subnet: aSubnet('10.0.0.0/24', { AvailabilityZone: 'us-east-1a' }) },
    'Value (us-east-1a) for parameter availabilityZone is invalid.',
  ],
  [
    'a subnet of a VPC that is not there',
    { Subnet: aResource('Subnet', { VpcId: 'vpc-0', CidrBlock: '10.0.0.0/24' }) },
    "The vpc ID 'vpc-0' does not exist",
  ],
  [
    'a route to a gateway that is not attached',
    {
      Vpc: aVpc(),
      Gateway: aResource('InternetGateway', {}),
      Table: aResource('RouteTable', { VpcId: { Ref: 'Vpc' } }),
      Route: aResource('Route', {
        RouteTableId: { Ref: 'Table' },
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: { Ref: 'Gateway' },
      }),
    },
    'belong to different networks',
  ],
  [
    'a NAT gateway in a VPC without an internet gateway',
    {
      Vpc: aVpc(),
      Subnet: aSubnet('10.0.0.0/24'),
      Address: aResource('EIP', { Domain: 'vpc' }),
      Nat: aResource('NatGateway', {
        AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] },
        SubnetId: { Ref: 'Subnet' },
      }),
    },
    'has no Internet gateway attached',
  ],
  [
    'a bucket with a malformed name',
    { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'Ledger_2026' } } },
    'The specified bucket is not valid.',
  ],
  [
    'a policy for a bucket that is not there',
    { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'nobodys', PolicyDocument: {} } } },
    'The specified bucket does not exist',
  ],
  [
    'an instance profile for a role that is not there',
    { Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: ['nobody'] } } },
    'The role with name nobody cannot be found.',
  ],
  ['a property of the wrong type', { Vpc: aVpc(['10.0.0.0/16'] as never) }, '#/CidrBlock'],
])('%s is refused, and the stack rolls back', async (_what, resources, reason) => {
  expect(await reasonOf(resources)).toContain(reason);
});

test.each<[string, object, string]>([
  [
    'a type that the region does not offer',
    { InstanceType: 'u-24tb1.metal' },
    '(u-24tb1.metal) is not supported',
  ],
  ['an image that is not there', { ImageId: 'ami-0' }, "The image id '[ami-0]' does not exist"],
  ['a profile that is not there', { IamInstanceProfile: 'nobody' }, 'Invalid IAM Instance Profile name'],
  [
    'a disk smaller than its image',
    { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 4 } }] },
    'Volume of size smaller',
  ],
  [
    'a security group that is not there',
    { SecurityGroupIds: ['sg-0'] },
    "The security group 'sg-0' does not exist",
  ],
])('an instance with %s is refused', async (_what, overrides, reason) => {
  const bench = aCloudFormation();
  const [subnetId] = bench.defaultNetwork(ACCOUNT, REGION).subnetIds;
  const template = {
    Parameters: {
      Image: {
        Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
        Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      },
    },
    Resources: {
      Instance: aResource('Instance', {
        ImageId: { Ref: 'Image' },
        InstanceType: 't3.micro',
        SubnetId: subnetId,
        ...overrides,
      }),
    },
  };
  const { id, status } = await bench.launch({ template });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(JSON.stringify(await eventsOf(bench, id))).toContain(reason);
});

test('a parameter that names what the account does not have rolls the stack back before any resource', async () => {
  const bench = aCloudFormation();
  const template = {
    Parameters: { Vpc: { Type: 'AWS::EC2::VPC::Id' } },
    Resources: { Subnet: aSubnet('10.0.0.0/24') },
  };
  const elsewhere = bench.defaultNetwork('100000000004', REGION).vpcId;
  const { id } = await bench.launch({ template, parameters: { Vpc: elsewhere } });
  const { StackEvents: events } = await eventsOf(bench, id);
  expect(events.map(({ ResourceStatus: status }) => status)).toEqual([
    'ROLLBACK_COMPLETE',
    'ROLLBACK_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
  ]);
  expect(events[1]?.ResourceStatusReason).toBe(
    `Parameter validation failed: parameter value ${elsewhere} for parameter name Vpc does not exist. Rollback requested by user.`,
  );
});

test('a VPC that somebody else lives in is not deleted, until they have left', async () => {
  const bench = aCloudFormation();
  const home = await bench.launch({
    template: { Resources: { Vpc: aVpc() }, Outputs: { Id: { Value: { Ref: 'Vpc' } } } },
  });
  const lodger = await bench.launch({
    template: {
      Resources: { Subnet: aResource('Subnet', { VpcId: home.outputs[0]?.value, CidrBlock: '10.0.0.0/24' }) },
    },
    stackName: 'lodger',
  });
  bench.stacks.delete(home.id);
  expect(await bench.ended(home.id)).toMatchObject({
    status: 'DELETE_FAILED',
    statusReason: 'The following resource(s) failed to delete: [Vpc].',
  });
  bench.stacks.delete(lodger.id);
  await bench.ended(lodger.id);
  bench.stacks.delete(home.id);
  expect((await bench.ended(home.id)).status).toBe('DELETE_COMPLETE');
});
