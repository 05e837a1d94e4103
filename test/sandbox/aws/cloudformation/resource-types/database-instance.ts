import { z } from 'zod';
import { suffixOf, uuidOf } from '../deterministic-ids';
import type { Existing } from '../inventory';
import { ResourceRefused } from '../refusals';
import {
  defineModel,
  flag,
  madeUpName,
  refusedBy,
  type Site,
  suffixFor,
  tags,
  text,
  uuidFor,
  whole,
} from '../resource-model';
import { databaseCalls, databaseDeletionCalls, managedKeyArn, managedKeyPolicy } from './database-calls';
import { type EngineVersion, engineVersion, isEngine } from './database-engines';

const SIZES: Readonly<Record<string, readonly string[] | undefined>> = {
  t4g: ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'],
  m7g: ['large', 'xlarge', '2xlarge', '4xlarge'],
  r7g: ['large', 'xlarge', '2xlarge', '4xlarge'],
};
/** Names that engines or RDS keep for themselves. */
const RESERVED_USERS = ['admin', 'rdsadmin', 'rdsrepladmin', 'public'];

const Properties = z.strictObject({
  AllocatedStorage: whole,
  AllowMajorVersionUpgrade: flag.optional(),
  AutoMinorVersionUpgrade: flag.optional(),
  BackupRetentionPeriod: whole.default(1),
  CopyTagsToSnapshot: flag.optional(),
  DatabaseInsightsMode: z.enum(['standard', 'advanced']).optional(),
  DBInstanceClass: text,
  DBInstanceIdentifier: text.optional(),
  DBName: text.optional(),
  DBParameterGroupName: text.optional(),
  DBSubnetGroupName: text,
  DeleteAutomatedBackups: flag.optional(),
  DeletionProtection: flag.default(false),
  EnableCloudwatchLogsExports: z.array(text).default([]),
  EnableIAMDatabaseAuthentication: flag.optional(),
  EnablePerformanceInsights: flag.optional(),
  Engine: text,
  EngineVersion: text.optional(),
  ManageMasterUserPassword: flag.default(false),
  MasterUsername: text,
  MaxAllocatedStorage: whole.optional(),
  MultiAZ: flag.default(false),
  PerformanceInsightsRetentionPeriod: whole.optional(),
  Port: whole.optional(),
  PubliclyAccessible: flag.optional(),
  StorageEncrypted: flag.optional(),
  StorageType: z.enum(['gp2', 'gp3']).default('gp2'),
  Tags: tags,
  VPCSecurityGroups: z.array(text).default([]),
});
export type DatabaseProperties = z.infer<typeof Properties>;

/** An instance of RDS in a VPC, with a password that RDS makes up. */
export const dbInstance = defineModel({
  type: 'AWS::RDS::DBInstance',
  properties: Properties,
  attributes: [
    'DBInstanceArn',
    'DbiResourceId',
    'Endpoint.Address',
    'Endpoint.HostedZoneId',
    'Endpoint.Port',
    'MasterUserSecret.SecretArn',
  ],
  takes: { create: 420, delete: 240 },
  create: (properties, site) => {
    const id = (properties.DBInstanceIdentifier ?? madeUpName(site, 63)).toLowerCase();
    if (site.inventory.find('AWS::RDS::DBInstance', site, id)) {
      const message = `Resource of type 'AWS::RDS::DBInstance' with identifier '${id}' already exists.`;
      throw refusedBy(site, { service: 'Rds', message, code: 'AlreadyExists' });
    }
    const engine = engineOf(properties, site);
    checkStorage(properties, site);
    checkLogin(properties, site);
    const vpc = checkGroups(properties, engine, site);
    const host = suffixOf(site.account, site.region, 'rds');
    const secret = `rds!db-${uuidFor(site, 'secret')}`;
    return {
      id,
      attributes: {
        DBInstanceArn: `arn:aws:rds:${site.region}:${site.account}:db:${id}`,
        DbiResourceId: `db-${`${suffixFor(site, 'a')}${suffixFor(site, 'b')}AB`.toUpperCase()}`,
        'Endpoint.Address': `${id}.${host}.${site.region}.rds.amazonaws.com`,
        'Endpoint.HostedZoneId': `Z${suffixOf(site.region, 'rds zone').toUpperCase()}X`,
        'Endpoint.Port': String(properties.Port ?? engine.port),
        'MasterUserSecret.SecretArn': `arn:aws:secretsmanager:${site.region}:${site.account}:secret:${secret}-${suffixOf(secret).slice(0, 6)}`,
      },
      facts: {
        vpc,
        options: engine.options,
        parameterGroup: properties.DBParameterGroupName ?? engine.settings,
        protected: String(properties.DeletionProtection),
        securityGroups: properties.VPCSecurityGroups.join(' '),
        subnetGroup: properties.DBSubnetGroupName,
        subnet:
          site.inventory.find('AWS::RDS::DBSubnetGroup', site, properties.DBSubnetGroupName)?.facts[
            'subnets'
          ] ?? '',
      },
      policies: Object.fromEntries(
        (['rds', 'secretsmanager'] as const).map((service) => [
          managedKeyArn(service, site),
          managedKeyPolicy(service, site),
        ]),
      ),
    };
  },
  calls: { create: databaseCalls, remove: databaseDeletionCalls },
  snapshot: (resource) => ({
    ...resource,
    type: 'AWS::RDS::DBSnapshot',
    id: `${resource.id}-snapshot`,
    attributes: {},
    facts: {},
  }),
  checkDeletable: (resource) => {
    if (resource.facts['protected'] !== 'true') return;
    const request = uuidOf(resource.id, 'protected');
    throw new ResourceRefused(
      'Resource handler returned message: "Cannot delete protected DB Instance, please disable deletion protection and try again. ' +
        `(Service: Rds, Status Code: 400, Request ID: ${request})" (RequestToken: ${uuidOf(request)}, HandlerErrorCode: InvalidRequest)`,
    );
  },
});

const refused = (site: Site, message: string): Error =>
  refusedBy(site, { service: 'Rds', message, code: 'InvalidRequest' });

const engineOf = (properties: DatabaseProperties, site: Site): EngineVersion => {
  const { Engine: engine, EngineVersion: version, DBInstanceClass: instanceClass } = properties;
  if (!isEngine(engine)) throw refused(site, `Invalid DB engine: ${engine}`);
  const found = engineVersion(engine, version);
  if (!found) throw refused(site, `Cannot find version ${version ?? ''} for ${engine}`);
  const [, family = '', size = ''] = /^db\.([a-z0-9]+)\.([a-z0-9]+)$/.exec(instanceClass) ?? [];
  if (!SIZES[family]?.includes(size)) throw refused(site, `Invalid DB Instance class: ${instanceClass}`);
  const log = properties.EnableCloudwatchLogsExports.find((name) => !found.logs.includes(name));
  if (log !== undefined) {
    throw refused(
      site,
      `You cannot use the log types '${log}' with engine version ${engine} ${version ?? ''}. ` +
        `For supported log types, see the documentation.`,
    );
  }
  return found;
};

const checkStorage = (properties: DatabaseProperties, site: Site): void => {
  const { AllocatedStorage: size, MaxAllocatedStorage: most, BackupRetentionPeriod: days } = properties;
  if (size < 20 || size > 65_536) {
    throw refused(
      site,
      `Invalid storage size for engine name ${properties.Engine} and storage type ${properties.StorageType}: ${size}`,
    );
  }
  if (most !== undefined && most <= size) {
    throw refused(site, 'Invalid max storage size: it must be greater than the allocated storage.');
  }
  if (days < 0 || days > 35) {
    throw refused(site, `Invalid backup retention period: ${days}. Must be between 0 and 35.`);
  }
};

const checkLogin = (properties: DatabaseProperties, site: Site): void => {
  const { MasterUsername: user, DBName: name } = properties;
  if (!properties.ManageMasterUserPassword) {
    throw refused(site, 'The parameter MasterUserPassword must be provided and must not be blank.');
  }
  if (RESERVED_USERS.includes(user) || !/^[a-z]\w{0,62}$/i.test(user)) {
    throw refused(site, `MasterUsername ${user} cannot be used as it is a reserved word used by the engine`);
  }
  if (name !== undefined && !/^[a-z_]\w{0,62}$/i.test(name)) {
    throw refused(site, 'DBName must begin with a letter and contain only alphanumeric characters.');
  }
};

/** @returns the VPC that all of it is in */
const checkGroups = (properties: DatabaseProperties, engine: EngineVersion, site: Site): string => {
  const group = (type: string, what: string, name: string): Existing => {
    const found = site.inventory.find(type, site, name);
    if (found) return found;
    const message = `${what} '${name}' not found.`;
    throw refusedBy(site, { service: 'Rds', message, code: 'NotFound', status: 404 });
  };
  const { DBParameterGroupName: settings = engine.settings } = properties;
  if (settings !== engine.settings) {
    const { family = '' } = group('AWS::RDS::DBParameterGroup', 'DBParameterGroup', settings).facts;
    if (family !== engine.family) {
      throw refused(
        site,
        `The parameter group ${settings} with DBParameterGroupFamily ${family} can't be used for this instance. ` +
          `Use a parameter group with DBParameterGroupFamily ${engine.family}.`,
      );
    }
  }
  const subnets = group('AWS::RDS::DBSubnetGroup', 'DB subnet group', properties.DBSubnetGroupName);
  const { vpc = '' } = subnets.facts;
  for (const id of properties.VPCSecurityGroups) {
    const found = site.inventory.find('AWS::EC2::SecurityGroup', site, id);
    if (!found) throw refused(site, `Invalid security group , groupId= ${id}, groupName=.`);
    if (found.facts['vpc'] === vpc) continue;
    throw refused(
      site,
      'The DB instance and EC2 security group are in different VPCs. ' +
        `The DB instance is in ${vpc} and the EC2 security group is in ${found.facts['vpc'] ?? ''}`,
    );
  }
  return vpc;
};
