import { Match } from 'aws-cdk-lib/assertions';
import { z } from 'zod';
import { patternOf, rendered, templateOf } from './templates';

const CHOICE = {
  AllowedRange: '10.0.0.0/16',
  DatabaseSubnetIds: ['subnet-1', 'subnet-2'],
  RequesterEmail: 'ada@example.com',
};

test('people reach the site over TLS, from the range that was allowed', () => {
  expect(rendered('wordpress', CHOICE)).toMatchObject({
    ServerSecurityGroup: {
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' }],
    },
  });
});

test('the database is reached by the server alone', () => {
  expect(rendered('wordpress', CHOICE)).toMatchObject({
    DatabaseSecurityGroup: {
      SecurityGroupIngress: [
        { FromPort: 3306, ToPort: 3306, SourceSecurityGroupId: '<ServerSecurityGroup.GroupId>' },
      ],
      SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32' }],
    },
    Database: { PubliclyAccessible: false, VPCSecurityGroups: ['<DatabaseSecurityGroup.GroupId>'] },
  });
});

test('RDS makes up the password, and the server may read this one secret', () => {
  const template = templateOf('wordpress');
  template.hasResourceProperties('AWS::RDS::DBInstance', {
    ManageMasterUserPassword: true,
    MasterUserPassword: Match.absent(),
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    Policies: [
      {
        PolicyDocument: {
          Statement: Match.arrayWith([
            {
              Effect: 'Allow',
              Action: 'secretsmanager:GetSecretValue',
              Resource: { 'Fn::GetAtt': ['Database', 'MasterUserSecret.SecretArn'] },
            },
          ]),
        },
      },
    ],
  });
});

test('the server has an encrypted disk, IMDSv2 only, and no key', () => {
  templateOf('wordpress').hasResourceProperties('AWS::EC2::Instance', {
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    BlockDeviceMappings: [{ Ebs: { Encrypted: true } }],
    KeyName: Match.absent(),
  });
});

const Server = z.object({ UserData: z.string() });
const setup = (choice = {}): string =>
  Buffer.from(
    Server.parse(rendered('wordpress', { ...CHOICE, ...choice })['Server']).UserData,
    'base64',
  ).toString('utf8');

test('what the server does at every start is within what EC2 takes, and names nothing that is left open', () => {
  expect(Buffer.byteLength(setup())).toBeLessThan(16_384);
  expect(setup()).toMatch(
    /- \[scripts-user, always\]\n\n--\/\/\n.*x-shellscript.*\n\n#!\/bin\/bash\n[^]*\n--\/\/--\n$/,
  );
  expect(setup()).not.toContain('${');
});

test('the server reads its secret, its files and its database by what the stack made', () => {
  expect(setup({ DomainName: 'blog.example.com', SiteTitle: 'Our blog' })).toEqual(
    expect.stringMatching(
      /HOST='blog\.example\.com'[^]*s3:\/\/<Files>\/wp-content[^]*<Database\.MasterUserSecret\.SecretArn>[^]*'<Database\.Endpoint\.Address>'[^]*'Our blog' 'ada@example\.com'/,
    ),
  );
});

test('passwords are made up on the server, and none is printed while it is set up', () => {
  expect(setup()).toContain('PASSWORD=$(openssl rand -hex 24)');
  expect(setup()).not.toMatch(/set -[a-z]*x|echo "?\$(PASSWORD|SECRET)/);
});

test('the data outlives the stack as a snapshot, the files as they are', () => {
  const template = templateOf('wordpress');
  template.hasResource('AWS::RDS::DBInstance', {
    DeletionPolicy: 'Snapshot',
    UpdateReplacePolicy: 'Snapshot',
  });
  template.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
});

test.each<[string, string, boolean]>([
  ['SiteTitle', 'Our blog', true],
  ['SiteTitle', "it's ours", false],
  ['SiteTitle', '$(id)', false],
  ['SiteTitle', '', false],
  ['DomainName', '', true],
  ['DomainName', 'blog.example.com', true],
  ['DomainName', 'blog', false],
  ['DomainName', "a.example.com'; id; '", false],
  ['RequesterEmail', 'ada@example.com', true],
  ['RequesterEmail', "'a'@example.com", false],
  ['RequesterEmail', '$(id)@example.com', false],
  ['AllowedRange', '10.0.4.0/22', true],
  ['AllowedRange', '0.0.0.0/0', false],
  ['AllowedRange', '', false],
])('as %s %j is %j', (parameter, value, taken) => {
  expect(patternOf('wordpress', parameter).test(value)).toBe(taken);
});
