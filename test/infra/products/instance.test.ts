import { Match } from 'aws-cdk-lib/assertions';
import { judge, templateOf } from './templates';

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
    PermissionsBoundary: {
      'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/GatehouseWorkload',
    },
    Policies: Match.absent(),
    RoleName: Match.absent(),
  });
});

test('this portfolio gives out burstable types only', () => {
  expect(() => judge('instance', { InstanceType: 'm6i.large' })).toThrow(
    'Instance types of this portfolio are t3.micro',
  );
  expect(() => judge('instance', { InstanceType: 't3.large' })).not.toThrow();
});
