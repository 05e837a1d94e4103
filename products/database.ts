import {
  Aws,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  CfnRule,
  Fn,
  Token,
  Validations,
  aws_ec2 as ec2,
  aws_rds as rds,
} from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';
import { databaseRights } from './database-rights';
import { securityGroupRights } from './launch-rights';
import { layOutParameters } from './parameter-form';
import { PrivateDatabase } from './private-database';
import { PRIVATE_RANGE } from './private-range';
import type { Product } from './product';
import { tagAs } from './product-tag';

const KEY = 'database';
const USER = 'dbadmin';
const PORT = 5432;

const BURSTABLE = ['db.t4g.micro', 'db.t4g.small', 'db.t4g.medium', 'db.t4g.large'];
const MEMORY_OPTIMIZED = ['db.r7g.large', 'db.r7g.xlarge', 'db.r7g.2xlarge'];
/** GiB to begin with, and how far it grows on its own. */
const STORAGE = { '20': 100, '50': 250, '100': 500, '200': 1000, '500': 2500 };

/**
 * A PostgreSQL database that is reached from inside the network only, over TLS only. RDS makes up the password, keeps
 * it in Secrets Manager and rotates it; nobody types or sees it on the way. What was in the database outlives the
 * stack as a snapshot.
 */
class DatabaseStack extends ProductStack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'PostgreSQL database on RDS', analyticsReporting: false });
    tagAs(this, KEY);

    const engineVersion = new CfnParameter(this, 'EngineVersion', {
      description: 'Major version of PostgreSQL; minor ones are installed in the maintenance window.',
      default: '17',
      allowedValues: ['17', '16', '15'],
      constraintDescription: 'must be 15, 16 or 17',
    });
    const databaseName = new CfnParameter(this, 'DatabaseName', {
      description: 'Name of the first database.',
      default: 'app',
      allowedPattern: '[a-z][a-z0-9_]{0,62}',
      constraintDescription:
        'must be 1 to 63 lower-case letters, digits and underscores, beginning with a letter',
    });
    const classes = [...BURSTABLE, ...MEMORY_OPTIMIZED];
    const instanceClass = new CfnParameter(this, 'InstanceClass', {
      description: 'How much processor and memory the database has.',
      default: 'db.t4g.small',
      allowedValues: classes,
      constraintDescription: `must be one of ${classes.join(', ')}`,
    });
    const storage = new CfnParameter(this, 'Storage', {
      description: 'Encrypted storage in GiB to begin with; it grows on its own, up to five times as much.',
      default: '20',
      allowedValues: Object.keys(STORAGE),
      constraintDescription: `must be ${Object.keys(STORAGE).join(', ')} GiB`,
    });
    const vpcId = new CfnParameter(this, 'VpcId', {
      type: 'AWS::EC2::VPC::Id',
      description: 'The VPC in which the database lives.',
    });
    const subnetIds = new CfnParameter(this, 'SubnetIds', {
      type: 'List<AWS::EC2::Subnet::Id>',
      description: 'Private or isolated subnets of that VPC, in at least two availability zones.',
    });
    const allowedRange = new CfnParameter(this, 'AllowedRange', {
      description:
        'From which private addresses the database may be reached. Empty where a security group says so.',
      default: '',
      allowedPattern: `^$|${PRIVATE_RANGE.pattern}`,
      constraintDescription: `${PRIVATE_RANGE.constraint}, or empty`,
    });
    const allowedGroup = new CfnParameter(this, 'AllowedSecurityGroup', {
      description: 'What carries this security group may reach the database. Empty where a range says so.',
      default: '',
      allowedPattern: '^$|^sg-([0-9a-f]{8}|[0-9a-f]{17})$',
      constraintDescription: 'must be the id of a security group such as sg-0123456789abcdef0, or empty',
    });
    const availability = new CfnParameter(this, 'Availability', {
      description:
        'Standby: a second instance in another zone takes over within minutes, at twice the price. Single: none does.',
      default: 'Single',
      allowedValues: ['Single', 'Standby'],
      constraintDescription: 'must be Single or Standby',
    });
    const backupDays = new CfnParameter(this, 'BackupDays', {
      type: 'Number',
      description: 'For how many days the database can be restored to any minute.',
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
    layOutParameters(this, [
      {
        title: 'Database',
        parameters: [
          [engineVersion, 'PostgreSQL version'],
          [databaseName, 'Database name'],
          [instanceClass, 'Instance class'],
          [storage, 'Storage in GiB'],
        ],
      },
      {
        title: 'Network',
        parameters: [
          [vpcId, 'VPC'],
          [subnetIds, 'Subnets'],
          [allowedRange, 'Reached from addresses'],
          [allowedGroup, 'Reached from security group'],
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
    ]);
    const isEmpty = (parameter: CfnParameter) => Fn.conditionEquals(parameter, '');
    new CfnRule(this, 'SomebodyReachesIt', {
      assertions: [
        {
          assert: Fn.conditionNot(Fn.conditionAnd(isEmpty(allowedRange), isEmpty(allowedGroup))),
          assertDescription:
            'Nobody would reach the database: give a range of addresses, a security group, or both',
        },
      ],
    });

    const hasRange = new CfnCondition(this, 'HasAllowedRange', {
      expression: Fn.conditionNot(isEmpty(allowedRange)),
    });
    const hasGroup = new CfnCondition(this, 'HasAllowedSecurityGroup', {
      expression: Fn.conditionNot(isEmpty(allowedGroup)),
    });
    const hasStandby = new CfnCondition(this, 'HasStandby', {
      expression: Fn.conditionEquals(availability, 'Standby'),
    });
    const isProtected = new CfnCondition(this, 'IsProtected', {
      expression: Fn.conditionEquals(protection, 'On'),
    });
    const limits = new CfnMapping(this, 'StorageLimits', {
      mapping: Object.fromEntries(
        Object.entries(STORAGE).map(([size, limit]) => [size, { limit: String(limit) }]),
      ),
    });

    const securityGroup = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      groupDescription: 'PostgreSQL from where it was allowed; no way out',
      vpcId: vpcId.valueAsString,
      securityGroupIngress: [
        Fn.conditionIf(
          hasRange.logicalId,
          { ...INGRESS, CidrIp: allowedRange, Description: 'PostgreSQL from the range of addresses' },
          Aws.NO_VALUE,
        ),
        Fn.conditionIf(
          hasGroup.logicalId,
          {
            ...INGRESS,
            SourceSecurityGroupId: allowedGroup,
            Description: 'PostgreSQL from the security group',
          },
          Aws.NO_VALUE,
        ),
      ],
      // Without a rule EC2 would allow everything; this one leads nowhere.
      securityGroupEgress: [
        { ipProtocol: 'tcp', fromPort: PORT, toPort: PORT, cidrIp: '127.0.0.1/32', description: 'Nowhere' },
      ],
    });
    const subnets = new rds.CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: `Where the database of ${Aws.STACK_NAME} may be`,
      subnetIds: subnetIds.valueAsList,
    });
    const settings = new rds.CfnDBParameterGroup(this, 'Settings', {
      description: `Settings of the database of ${Aws.STACK_NAME}`,
      family: Fn.join('', ['postgres', engineVersion.valueAsString]),
      parameters: { 'rds.force_ssl': '1', log_connections: '1', log_min_duration_statement: '1000' },
    });
    const database = new PrivateDatabase(this, 'Database', {
      engine: 'postgres',
      engineVersion: engineVersion.valueAsString,
      // Only on an approved update to another version.
      allowMajorVersionUpgrade: true,
      dbInstanceClass: instanceClass.valueAsString,
      dbName: databaseName.valueAsString,
      port: String(PORT),
      masterUsername: USER,
      enableIamDatabaseAuthentication: true,
      allocatedStorage: storage.valueAsString,
      maxAllocatedStorage: Token.asNumber(limits.findInMap(storage.valueAsString, 'limit')),
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroups: [securityGroup.attrGroupId],
      dbParameterGroupName: settings.ref,
      hasStandby,
      backupRetentionPeriod: backupDays.valueAsNumber,
      isProtected,
      enableCloudwatchLogsExports: ['postgresql', 'upgrade'],
      databaseInsightsMode: 'standard',
      enablePerformanceInsights: true,
      // The time that costs nothing.
      performanceInsightsRetentionPeriod: 7,
    });
    Validations.of(database).acknowledge(
      {
        id: 'AwsSolutions-RDS11',
        reason:
          'Another port hides nothing from whoever may reach the database, and every client knows this one',
      },
      {
        id: 'AwsSolutions-RDS13',
        reason: 'The parameter takes 1 to 35 days and never 0, so there are backups whatever is chosen',
      },
    );

    const secretArn = database.attrMasterUserSecretSecretArn;
    new CfnOutput(this, 'Endpoint', {
      description: 'Address of the database',
      value: database.attrEndpointAddress,
    });
    new CfnOutput(this, 'Port', { description: 'Port of the database', value: database.attrEndpointPort });
    new CfnOutput(this, 'Name', {
      description: 'Name of the first database',
      value: databaseName.valueAsString,
    });
    new CfnOutput(this, 'SecretArn', {
      description: 'The secret that holds user name and password; RDS rotates it every week',
      value: secretArn,
    });
    new CfnOutput(this, 'SecurityGroupId', {
      description: 'The security group of the database',
      value: securityGroup.attrGroupId,
    });
    new CfnOutput(this, 'Connect', {
      description:
        'How to connect from where it is allowed; RDS publishes the certificates in global-bundle.pem',
      value: Fn.sub(
        `psql "host=\${Database.Endpoint.Address} port=\${Database.Endpoint.Port} dbname=\${DatabaseName} user=${USER} sslmode=verify-full sslrootcert=global-bundle.pem"`,
      ),
    });
    new CfnOutput(this, 'ReadPassword', {
      description: 'How to read user name and password, with the right to that secret',
      value: Fn.sub(
        'aws secretsmanager get-secret-value --region ${AWS::Region} --query SecretString --output text --secret-id ${Database.MasterUserSecret.SecretArn}',
      ),
    });
  }
}

const INGRESS = { IpProtocol: 'tcp', FromPort: PORT, ToPort: PORT };

export const database: Product = {
  key: KEY,
  name: 'PostgreSQL database',
  description:
    'An encrypted PostgreSQL database inside your network, with backups and a password that AWS makes up and rotates.',
  owner: 'Cloud platform',
  versions: [
    {
      name: '1.0',
      description: 'PostgreSQL 15 to 17, with or without a standby',
      template: { stack: DatabaseStack },
    },
  ],
  templateConstraint: {
    description: 'Burstable instance classes only',
    rules: {
      BurstableOnly: {
        Assertions: [
          {
            Assert: { 'Fn::Contains': [BURSTABLE, { Ref: 'InstanceClass' }] },
            AssertDescription: `Instance classes of this portfolio are ${BURSTABLE.join(', ')}`,
          },
        ],
      },
    },
  },
  launchRights: [...securityGroupRights(KEY), ...databaseRights({ engine: 'postgres', settings: 'own' })],
  tagUpdates: 'allowed',
};
