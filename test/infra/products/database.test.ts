import { Match } from 'aws-cdk-lib/assertions';
import { judge, patternOf, rendered, templateOf } from './templates';

const GROUP = 'sg-0123456789abcdef0';

test('RDS makes up the password and keeps it; nobody gives one', () => {
  templateOf('database').hasResourceProperties('AWS::RDS::DBInstance', {
    ManageMasterUserPassword: true,
    MasterUserPassword: Match.absent(),
    EnableIAMDatabaseAuthentication: true,
  });
});

test('connections are over TLS', () => {
  templateOf('database').hasResourceProperties('AWS::RDS::DBParameterGroup', {
    Parameters: Match.objectLike({ 'rds.force_ssl': '1' }),
  });
  expect(rendered('database', { EngineVersion: '16' })).toMatchObject({
    Settings: { Family: 'postgres16' },
    Database: { EngineVersion: '16', DBParameterGroupName: '<Settings>' },
  });
});

test('what was in the database outlives the stack as a snapshot', () => {
  templateOf('database').hasResource('AWS::RDS::DBInstance', {
    DeletionPolicy: 'Snapshot',
    UpdateReplacePolicy: 'Snapshot',
    Properties: { CopyTagsToSnapshot: true },
  });
});

test.each([
  ['a range', { AllowedRange: '10.0.4.0/22' }, [{ CidrIp: '10.0.4.0/22' }]],
  ['a security group', { AllowedSecurityGroup: GROUP }, [{ SourceSecurityGroupId: GROUP }]],
  [
    'both',
    { AllowedRange: '10.0.4.0/22', AllowedSecurityGroup: GROUP },
    [{ CidrIp: '10.0.4.0/22' }, { SourceSecurityGroupId: GROUP }],
  ],
])('the database is reached from %s, on its port', (_from, choice, rules) => {
  const { SecurityGroup: group } = rendered('database', choice);
  expect(group).toMatchObject({
    SecurityGroupIngress: rules.map((rule) => ({ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, ...rule })),
    SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32' }],
  });
});

test('a database that nobody could reach is refused', () => {
  expect(() => judge('database')).toThrow('Nobody would reach the database');
  expect(() => judge('database', { AllowedSecurityGroup: GROUP })).not.toThrow();
});

test('this portfolio gives out burstable classes only', () => {
  const choice = { AllowedRange: '10.0.0.0/16' };
  expect(() => judge('database', { ...choice, InstanceClass: 'db.r7g.large' })).toThrow('db.t4g.micro');
  expect(() => judge('database', { ...choice, InstanceClass: 'db.t4g.large' })).not.toThrow();
});

test.each([
  [
    { Availability: 'Standby', DeletionProtection: 'Off' },
    { MultiAZ: true, DeletionProtection: false },
  ],
  [{}, { MultiAZ: false, DeletionProtection: true }],
])('with %j the database has %j', (choice, properties) => {
  expect(rendered('database', choice)).toMatchObject({ Database: properties });
});

test('storage grows up to five times what it begins with', () => {
  expect(rendered('database', { Storage: '200' })).toMatchObject({
    Database: { StorageEncrypted: true, AllocatedStorage: '200', MaxAllocatedStorage: '1000' },
  });
});

test.each<[string, string, boolean]>([
  ['AllowedRange', '', true],
  ['AllowedRange', '10.0.4.0/22', true],
  ['AllowedRange', '192.168.1.7/32', true],
  ['AllowedRange', '0.0.0.0/0', false],
  ['AllowedRange', '10.0.0.0/8', false],
  ['AllowedRange', '52.1.2.3/32', false],
  ['AllowedSecurityGroup', GROUP, true],
  ['AllowedSecurityGroup', 'default', false],
  ['DatabaseName', 'app', true],
  ['DatabaseName', 'App', false],
  ['DatabaseName', '1app', false],
  ['DatabaseName', 'a'.repeat(64), false],
])('as %s %j is %j', (parameter, value, taken) => {
  expect(patternOf('database', parameter).test(value)).toBe(taken);
});
