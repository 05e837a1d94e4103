import {
  Aws,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  Fn,
  RemovalPolicy,
  Validations,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_rds as rds,
} from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { ApprovalGate } from './approval-gate';
import { ClosedBucket, ClosedBucketPolicy, oldVersionsGoAfter } from './closed-bucket';
import { databaseRights } from './database-rights';
import { instanceRights, instanceRoleRights } from './instance-rights';
import { bucketRights, globalArn, securityGroupRights } from './launch-rights';
import { ManagedInstance, ManagedInstanceRole } from './managed-instance';
import { layOutParameters } from './parameter-form';
import { PrivateDatabase } from './private-database';
import { PRIVATE_RANGE } from './private-range';
import type { Product } from './product';
import { tagAs } from './product-tag';
import { WORDPRESS_SETUP } from './wordpress-setup';
import { workloadBoundaryArn } from './workload-boundary';

const KEY = 'wordpress';
const NAME = 'WordPress site';
const DATABASE_PORT = 3306;
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

const SERVERS = ['t3.small', 't3.medium', 't3.large'];
const DATABASES = ['db.t4g.micro', 'db.t4g.small', 'db.t4g.medium'];
const IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

/**
 * A WordPress for people inside the network: one server, a MariaDB database, a bucket for files. Whoever launches it,
 * from the portal or from the AWS console, its stack waits until somebody has approved. The server holds nothing that
 * is not in database or bucket, so it can be replaced, and every update of its image replaces it.
 */
class WordPressStack extends ProductStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'WordPress on Amazon Linux with a MariaDB database and a bucket for its files',
      analyticsReporting: false,
    });
    tagAs(this, KEY);

    const siteTitle = new CfnParameter(this, 'SiteTitle', {
      description: 'Title of the site to begin with; WordPress changes it later.',
      default: 'WordPress',
      allowedPattern: '[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}',
      constraintDescription:
        'must be 1 to 60 letters, digits, spaces or any of ._- beginning with a letter or digit',
    });
    const domainName = new CfnParameter(this, 'DomainName', {
      description:
        'Name under which people reach the site, pointing to its address. Empty where they use the address.',
      default: '',
      allowedPattern: '^$|^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$',
      constraintDescription: 'must be a domain name in lower case, such as blog.example.com, or empty',
    });
    const requesterEmail = new CfnParameter(this, 'RequesterEmail', {
      description:
        'Your e-mail address in Jira: on your behalf the approval is asked for, and WordPress writes to it.',
      allowedPattern: '[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,200}\\.[A-Za-z]{2,24}',
      constraintDescription: 'must be an e-mail address, such as ada@example.com',
    });
    const instanceType = new CfnParameter(this, 'InstanceType', {
      description: 'How much processor and memory the server has.',
      default: 't3.small',
      allowedValues: SERVERS,
      constraintDescription: `must be one of ${SERVERS.join(', ')}`,
    });
    const image = new CfnParameter(this, 'LatestImage', {
      type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      description: 'The public parameter that names the latest image of Amazon Linux 2023.',
      default: IMAGE,
      allowedValues: [IMAGE],
      constraintDescription: 'must be the Amazon Linux 2023 image on offer',
    });
    const databaseClass = new CfnParameter(this, 'DatabaseClass', {
      description: 'How much processor and memory the database has.',
      default: 'db.t4g.small',
      allowedValues: DATABASES,
      constraintDescription: `must be one of ${DATABASES.join(', ')}`,
    });
    const vpcId = new CfnParameter(this, 'VpcId', {
      type: 'AWS::EC2::VPC::Id',
      description: 'The VPC in which the site lives.',
    });
    const serverSubnetId = new CfnParameter(this, 'ServerSubnetId', {
      type: 'AWS::EC2::Subnet::Id',
      description: 'A private subnet of that VPC which reaches the internet, where WordPress comes from.',
    });
    const databaseSubnetIds = new CfnParameter(this, 'DatabaseSubnetIds', {
      type: 'List<AWS::EC2::Subnet::Id>',
      description: 'Private or isolated subnets of that VPC, in at least two availability zones.',
    });
    const allowedRange = new CfnParameter(this, 'AllowedRange', {
      description: 'From which private addresses people reach the site.',
      allowedPattern: PRIVATE_RANGE.pattern,
      constraintDescription: PRIVATE_RANGE.constraint,
    });
    const availability = new CfnParameter(this, 'Availability', {
      description:
        'Standby: a second database in another zone takes over within minutes, at twice the price. Single: none does.',
      default: 'Single',
      allowedValues: ['Single', 'Standby'],
      constraintDescription: 'must be Single or Standby',
    });
    const backupDays = new CfnParameter(this, 'BackupDays', {
      type: 'Number',
      description:
        'For how many days the database can be restored to any minute, and deleted files are kept.',
      default: 7,
      minValue: 1,
      maxValue: 35,
      constraintDescription: 'must be a number of days from 1 to 35',
    });
    const protection = new CfnParameter(this, 'DeletionProtection', {
      description: 'On: it has to be turned off by an update before the database can be deleted.',
      default: 'On',
      allowedValues: ['On', 'Off'],
      constraintDescription: 'must be On or Off',
    });
    const approval = new ApprovalGate(this, 'Approval', {
      product: NAME,
      requesterEmail,
      shown: [siteTitle, domainName, instanceType, databaseClass, availability, allowedRange],
    });
    layOutParameters(this, [
      {
        title: 'Site',
        parameters: [
          [siteTitle, 'Site title'],
          [domainName, 'Domain name'],
          [requesterEmail, 'Your e-mail address'],
        ],
      },
      {
        title: 'Size',
        parameters: [
          [instanceType, 'Server'],
          [databaseClass, 'Database'],
          [image, 'Image'],
        ],
      },
      {
        title: 'Network',
        parameters: [
          [vpcId, 'VPC'],
          [serverSubnetId, 'Subnet of the server'],
          [databaseSubnetIds, 'Subnets of the database'],
          [allowedRange, 'Reached from addresses'],
        ],
      },
      {
        title: 'Protection',
        parameters: [
          [availability, 'Availability'],
          [backupDays, 'Backups in days'],
          [protection, 'Deletion protection'],
        ],
      },
      { title: 'Approval', parameters: [[approval.round, 'Approval round']] },
    ]);
    const hasStandby = new CfnCondition(this, 'HasStandby', {
      expression: Fn.conditionEquals(availability, 'Standby'),
    });
    const isProtected = new CfnCondition(this, 'IsProtected', {
      expression: Fn.conditionEquals(protection, 'On'),
    });

    const serverGroup = new ec2.CfnSecurityGroup(this, 'ServerSecurityGroup', {
      groupDescription: 'TLS from where it was allowed; out by TLS and to databases',
      vpcId: vpcId.valueAsString,
      securityGroupIngress: [
        {
          ...tcp(443),
          cidrIp: allowedRange.valueAsString,
          description: 'TLS from the range of addresses',
        },
      ],
      securityGroupEgress: [
        { ...tcp(443), cidrIp: '0.0.0.0/0', description: 'TLS to anywhere' },
        // The database's group names this one, and two groups cannot name each other where they are made.
        ...PRIVATE_RANGES.map((cidrIp) => ({
          ...tcp(DATABASE_PORT),
          cidrIp,
          description: 'MariaDB inside of the network',
        })),
      ],
    });
    Validations.of(serverGroup).acknowledge({
      id: 'AwsSolutions-EC23',
      reason:
        'The range is a parameter whose pattern takes private addresses only, of which a checker cannot know',
    });
    const databaseGroup = new ec2.CfnSecurityGroup(this, 'DatabaseSecurityGroup', {
      groupDescription: 'MariaDB from the server; no way out',
      vpcId: vpcId.valueAsString,
      securityGroupIngress: [
        {
          ...tcp(DATABASE_PORT),
          sourceSecurityGroupId: serverGroup.attrGroupId,
          description: 'MariaDB from the server',
        },
      ],
      // Without a rule EC2 would allow everything; this one leads nowhere.
      securityGroupEgress: [{ ...tcp(DATABASE_PORT), cidrIp: '127.0.0.1/32', description: 'Nowhere' }],
    });

    const database = this.#database({
      instanceClass: databaseClass,
      subnetIds: databaseSubnetIds,
      group: databaseGroup,
      backupDays,
      hasStandby,
      isProtected,
    });
    const files = this.#files(backupDays);
    const role = this.#role(database, files);
    const profile = new iam.CfnInstanceProfile(this, 'InstanceProfile', { roles: [role.ref] });
    const server = new ManagedInstance(this, 'Server', {
      imageId: image.valueAsString,
      instanceType: instanceType.valueAsString,
      iamInstanceProfile: profile.ref,
      subnetId: serverSubnetId.valueAsString,
      securityGroupIds: [serverGroup.attrGroupId],
      diskSize: 16,
      userData: Fn.base64(Fn.sub(WORDPRESS_SETUP)),
    });
    // What it holds is in database and bucket.
    server.applyRemovalPolicy(RemovalPolicy.DESTROY);
    Validations.of(server).acknowledge(
      {
        id: 'AwsSolutions-EC28',
        reason:
          'Detailed monitoring has a price of its own; figures every five minutes are enough for one site',
      },
      {
        id: 'AwsSolutions-EC29',
        reason:
          'An update of the image replaces the server, which loses nothing; protection would only get in the way',
      },
    );

    new CfnOutput(this, 'Address', {
      description:
        'The site, some minutes after the launch; its certificate is its own, so a browser asks once',
      value: Fn.sub('https://${Server.PrivateIp}/'),
    });
    new CfnOutput(this, 'SetPassword', {
      description:
        'How to give the user admin a new password and see it; there is no other way to the first one',
      value: Fn.sub(
        "aws ssm start-session --region ${AWS::Region} --target ${Server} --document-name AWS-StartInteractiveCommand --parameters command='sudo wordpress-password'",
      ),
    });
    new CfnOutput(this, 'ServerId', { description: 'The server', value: server.ref });
    new CfnOutput(this, 'FilesBucket', {
      description: 'The bucket with uploads, themes and plugins, copied every five minutes',
      value: files.ref,
    });
    new CfnOutput(this, 'DatabaseEndpoint', {
      description: 'Address of the database, reached by the server alone',
      value: database.attrEndpointAddress,
    });
  }

  #database(given: {
    readonly instanceClass: CfnParameter;
    readonly subnetIds: CfnParameter;
    readonly group: ec2.CfnSecurityGroup;
    readonly backupDays: CfnParameter;
    readonly hasStandby: CfnCondition;
    readonly isProtected: CfnCondition;
  }): PrivateDatabase {
    const subnets = new rds.CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: `Where the database of ${Aws.STACK_NAME} may be`,
      subnetIds: given.subnetIds.valueAsList,
    });
    const database = new PrivateDatabase(this, 'Database', {
      // In the version that RDS recommends when it is made.
      engine: 'mariadb',
      dbInstanceClass: given.instanceClass.valueAsString,
      dbName: 'wordpress',
      port: String(DATABASE_PORT),
      masterUsername: 'dbadmin',
      allocatedStorage: '20',
      maxAllocatedStorage: 100,
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroups: [given.group.attrGroupId],
      hasStandby: given.hasStandby,
      backupRetentionPeriod: given.backupDays.valueAsNumber,
      isProtected: given.isProtected,
      enableCloudwatchLogsExports: ['error'],
    });
    Validations.of(database).acknowledge(
      {
        id: 'AwsSolutions-RDS11',
        reason:
          'Another port hides nothing from the server, which alone may reach the database by its security group',
      },
      {
        id: 'AwsSolutions-RDS13',
        reason: 'The parameter takes 1 to 35 days and never 0, so there are backups whatever is chosen',
      },
    );
    return database;
  }

  /** Uploads, themes and plugins: they outlive the stack, unless the launch fails. */
  #files(keptDays: CfnParameter): ClosedBucket {
    const bucket = new ClosedBucket(this, 'Files', {
      versioningConfiguration: { status: 'Enabled' },
      lifecycleConfiguration: oldVersionsGoAfter(keptDays.valueAsNumber),
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: "Only the server reads and writes it, and the organization's trail tells of everybody else",
    });
    new ClosedBucketPolicy(this, 'FilesPolicy', bucket);
    return bucket;
  }

  /** Lets the server read its own database's secret and keep its files, and be managed through Systems Manager. */
  #role(database: PrivateDatabase, files: ClosedBucket): ManagedInstanceRole {
    const role = new ManagedInstanceRole(this, 'ServerRole', {
      description: `Lets the server of ${Aws.STACK_NAME} reach its database and files`,
      policies: [
        {
          policyName: 'database-and-files',
          policyDocument: new iam.PolicyDocument({
            statements: [
              new iam.PolicyStatement({
                actions: ['secretsmanager:GetSecretValue'],
                resources: [database.attrMasterUserSecretSecretArn],
              }),
              new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [files.attrArn] }),
              new iam.PolicyStatement({
                actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
                resources: [Fn.join('', [files.attrArn, '/wp-content/*'])],
              }),
            ],
          }),
        },
      ],
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::<Files.Arn>/wp-content/*]',
      reason:
        "WordPress names its files itself, and all of them lie in this one folder of the site's own bucket",
    });
    return role;
  }
}

const tcp = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });

/** What CloudFormation calls the role `ServerRole` of a stack of Service Catalog. */
const SERVER_ROLE = 'SC-*-ServerRole-*';

export const wordpress: Product = {
  key: KEY,
  name: NAME,
  description:
    'A WordPress site inside your network with its own database and files; every launch and update waits for an approval.',
  owner: 'Cloud platform',
  versions: [
    {
      name: '1.0',
      description: 'One server, MariaDB with or without a standby',
      template: { stack: WordPressStack },
    },
  ],
  gated: true,
  templateConstraint: undefined,
  launchRights: [
    ...securityGroupRights(KEY),
    ...instanceRights(KEY),
    ...instanceRoleRights(SERVER_ROLE),
    // Its policy names the database's secret and the bucket, which exist only once it is launched.
    {
      actions: ['iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
      resources: [globalArn('iam', `role/${SERVER_ROLE}`)],
      conditions: { StringEquals: { 'iam:PermissionsBoundary': workloadBoundaryArn() } },
    },
    ...databaseRights({ engine: 'mariadb', settings: 'default' }),
    ...bucketRights('arn:aws:s3:::sc-*'),
  ],
  // A change of tags reaches the resources without the gate's knowledge.
  tagUpdates: 'refused',
};
