import { ACCOUNT, aCloudFormation, type Bench, eventsOf, REGION } from '../a-cloudformation';
import { reasonOf, valuesOf } from './launching';

const anEngine = { Engine: 'postgres', EngineVersion: '17' };
const settings = (family = 'postgres17') => ({
  Type: 'AWS::RDS::DBParameterGroup',
  Properties: { Description: 'Settings', Family: family, Parameters: { 'rds.force_ssl': '1' } },
});
const subnets = (SubnetIds: readonly string[]) => ({
  Type: 'AWS::RDS::DBSubnetGroup',
  Properties: { DBSubnetGroupDescription: 'Where it may be', SubnetIds },
});
const aGroup = (VpcId: unknown, more: object = {}) => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { GroupDescription: 'Reached by nobody', VpcId, ...more },
});

/** A database in the account's own network, with everything around it. */
const aDatabase = (bench: Bench, overrides: object = {}): Record<string, object> => {
  const network = bench.defaultNetwork(ACCOUNT, REGION);
  return {
    Group: aGroup(network.vpcId),
    Settings: settings(),
    Subnets: subnets(network.subnetIds),
    Database: {
      Type: 'AWS::RDS::DBInstance',
      DeletionPolicy: 'Snapshot',
      Properties: {
        ...anEngine,
        AllocatedStorage: '20',
        DBInstanceClass: 'db.t4g.small',
        DBName: 'app',
        DBParameterGroupName: { Ref: 'Settings' },
        DBSubnetGroupName: { Ref: 'Subnets' },
        ManageMasterUserPassword: true,
        MasterUsername: 'dbadmin',
        VPCSecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
        ...overrides,
      },
    },
  };
};

test('a database has an address, and a secret that RDS made', async () => {
  const bench = aCloudFormation();
  const values = await valuesOf(
    aDatabase(bench),
    {
      Ref: { Ref: 'Database' },
      Address: { 'Fn::GetAtt': ['Database', 'Endpoint.Address'] },
      Port: { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] },
      Secret: { 'Fn::GetAtt': ['Database', 'MasterUserSecret.SecretArn'] },
    },
    bench,
  );
  expect(values['Ref']).toMatch(/^launched-database-\w{12}$/);
  expect(values['Address']).toMatch(
    new RegExp(`^${values['Ref'] ?? ''}\\.\\w{12}\\.eu-west-1\\.rds\\.amazonaws\\.com$`),
  );
  expect(values['Port']).toBe('5432');
  expect(values['Secret']).toMatch(
    /^arn:aws:secretsmanager:eu-west-1:100000000003:secret:rds!db-[0-9a-f-]{36}-\w{6}$/,
  );
});

test('MariaDB takes the version that RDS recommends and the settings that RDS has', async () => {
  const bench = aCloudFormation();
  const values = await valuesOf(
    aDatabase(bench, {
      Engine: 'mariadb',
      EngineVersion: { Ref: 'AWS::NoValue' },
      DBParameterGroupName: { Ref: 'AWS::NoValue' },
    }),
    { Port: { 'Fn::GetAtt': ['Database', 'Endpoint.Port'] } },
    bench,
  );
  expect(values).toEqual({ Port: '3306' });
});

test.each<[string, object, string]>([
  ['an engine that RDS does not have', { Engine: 'clipper' }, 'Invalid DB engine: clipper'],
  ['a version that RDS does not have', { EngineVersion: '7' }, 'Cannot find version 7 for postgres'],
  [
    'an instance class that RDS does not have',
    { DBInstanceClass: 'db.t4g.huge' },
    'Invalid DB Instance class',
  ],
  ['hardly any storage', { AllocatedStorage: 5 }, 'Invalid storage size'],
  ['storage that shrinks as it grows', { MaxAllocatedStorage: 20 }, 'Invalid max storage size'],
  ['backups for a year', { BackupRetentionPeriod: 365 }, 'Must be between 0 and 35'],
  ['no password at all', { ManageMasterUserPassword: false }, 'MasterUserPassword must be provided'],
  ['a user that the engine keeps for itself', { MasterUsername: 'rdsadmin' }, 'reserved word'],
  ['a name that begins with a digit', { DBName: '1st' }, 'DBName must begin with a letter'],
  ["another engine's logs", { EnableCloudwatchLogsExports: ['slowquery'] }, "log types 'slowquery'"],
  ['settings that are not there', { DBParameterGroupName: 'none' }, "DBParameterGroup 'none' not found"],
  ['subnets that are not there', { DBSubnetGroupName: 'none' }, "DB subnet group 'none' not found"],
  [
    'a security group that is not there',
    { VPCSecurityGroups: ['sg-0'] },
    'Invalid security group , groupId= sg-0',
  ],
  [
    'settings for another version',
    { EngineVersion: '16' },
    'Use a parameter group with DBParameterGroupFamily postgres16',
  ],
])('a database with %s is refused', async (_what, overrides, reason) => {
  const bench = aCloudFormation();
  expect(await reasonOf(aDatabase(bench, overrides), bench)).toContain(reason);
});

test('a database does not take a security group of another network', async () => {
  const bench = aCloudFormation();
  const resources = {
    ...aDatabase(bench),
    Elsewhere: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Group: aGroup({ Ref: 'Elsewhere' }),
  };
  expect(await reasonOf(resources, bench)).toContain('are in different VPCs');
});

test('subnets in one zone are not enough', async () => {
  const bench = aCloudFormation();
  const { subnetIds } = bench.defaultNetwork(ACCOUNT, REGION);
  expect(await reasonOf({ Subnets: subnets(subnetIds.slice(0, 1)) }, bench)).toContain(
    'Current AZ coverage: eu-west-1a. Add subnets to cover at least 2 AZs.',
  );
});

test('of a subnet that is not there is no group', async () => {
  expect(await reasonOf({ Subnets: subnets(['subnet-0']) })).toContain('[subnet-0] are invalid');
});

test('settings of a family that there is not are refused', async () => {
  expect(await reasonOf({ Settings: settings('postgres99') })).toContain('postgres99 is not a valid');
});

test('a database that is protected stays, and so does all that it needs', async () => {
  const bench = aCloudFormation();
  const stack = await bench.launch({
    template: { Resources: aDatabase(bench, { DeletionProtection: true }) },
  });
  bench.stacks.delete(stack.id);
  expect(await bench.ended(stack.id)).toMatchObject({ status: 'DELETE_FAILED' });
  const { StackEvents: events } = await eventsOf(bench, stack.id);
  const failed = events.filter(({ ResourceStatus: status }) => status === 'DELETE_FAILED');
  expect(failed.map(({ ResourceStatusReason: reason }) => reason).join()).toContain(
    'Cannot delete protected DB Instance, please disable deletion protection',
  );
});

test('a security group may name another as the source, which then cannot be deleted before it', async () => {
  const bench = aCloudFormation();
  const { vpcId } = bench.defaultNetwork(ACCOUNT, REGION);
  const from = (source: unknown) => ({
    SecurityGroupIngress: [
      { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: source },
    ],
  });
  const { Id: source } = await valuesOf({ Source: aGroup(vpcId) }, { Id: { Ref: 'Source' } }, bench);
  const user = { template: { Resources: { User: aGroup(vpcId, from(source)) } }, stackName: 'user' };
  expect(await bench.launch(user)).toMatchObject({ status: 'CREATE_COMPLETE' });
  const [launched] = bench.journal.of('stack', 'CREATE_COMPLETE');
  await bench.call('DeleteStack', { StackName: String(launched?.detail['stack']) });
  await bench.clock.advance(60_000);
  expect(bench.journal.of('stack', 'DELETE_FAILED')).toHaveLength(1);
  expect(await reasonOf({ Group: aGroup(vpcId, from('sg-0')) }, bench)).toContain("'sg-0' does not exist");
});

test('a parameter may be a list of subnets, and each has to be there', async () => {
  const bench = aCloudFormation();
  const { subnetIds } = bench.defaultNetwork(ACCOUNT, REGION);
  const template = {
    Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
    Resources: { Group: subnets({ Ref: 'Subnets' } as never) },
  };
  const launchIn = (ids: readonly string[], stackName: string) =>
    bench.launch({ template, stackName, parameters: { Subnets: ids.join(',') } });
  expect(await launchIn(subnetIds, 'there')).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect((await launchIn([...subnetIds, 'subnet-0'], 'not-there')).status).toBe('ROLLBACK_COMPLETE');
});
