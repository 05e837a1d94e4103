import {
  aws,
  choice,
  cidr,
  grouped,
  list,
  number,
  numbers,
  onOff,
  secret,
  text,
  type TriedParameter,
  type TriedTemplate,
} from './parameters';

const ID = '0123456789abcdef0';
const vpc = (key: string) =>
  aws('AWS::EC2::VPC::Id')(key, { description: 'An existing network' }, [`vpc-${ID}`], [['vpc-1', /VPC id/]]);
const subnets = (key: string) =>
  aws('List<AWS::EC2::Subnet::Id>')(
    key,
    { description: 'One in each zone' },
    [`subnet-${ID}`, `subnet-${ID},subnet-01234567`],
    [[`subnet-${ID},subnet`, /subnet id/]],
  );
const securityGroups = (key: string) =>
  aws('List<AWS::EC2::SecurityGroup::Id>')(key, {}, [`sg-${ID}`], [['sg_1', /security group id/]]);
const count = (key: string, least: number, most: number, preset: number) =>
  number(
    key,
    { minValue: least, maxValue: most, default: String(preset) },
    [String(least), String(most)],
    [
      [String(least - 1), /is less than/],
      [String(most + 1), /is more than/],
      ['some', /has to be a number/],
    ],
  );
const short = (key: string, maxLength = 63, preset?: string) =>
  text(
    key,
    {
      minLength: 2,
      maxLength,
      allowedPattern: '[a-z][a-z0-9-]*',
      constraintDescription: 'must begin with a small letter; small letters, digits and hyphens follow',
      ...(preset !== undefined && { default: preset }),
    },
    ['ab', 'team-a1'],
    [
      ['x', /at least 2/],
      ['Team', /It must begin with a small letter/],
    ],
  );
const mail = (key: string) =>
  text(
    key,
    { allowedPattern: '[^@\\s]+@[^@\\s]+\\.[^@\\s]+', constraintDescription: 'An e-mail address.' },
    ['ops@example.com'],
    [['ops at example', /An e-mail address\./]],
  );
const password = (key: string) =>
  secret(
    key,
    { minLength: 12, maxLength: 64, allowedPattern: '[!-~]+' },
    ['correct-horse-battery'],
    [['too short', /at least 12/]],
  );
const arn = (key: string, properties = {}) =>
  text(
    key,
    { allowedPattern: '(arn:aws:[a-z0-9-]+:[a-z0-9-]*:\\d{0,12}:\\S+)?', default: '', ...properties },
    ['arn:aws:kms:eu-west-1:100000000003:key/1234'],
    [['key/1234', /does not match/]],
  );

/** What nearly every template of an organization asks for. */
const bookkeeping = (): TriedParameter[] =>
  grouped(
    'Bookkeeping',
    short('CostCentre', 20, 'it-general'),
    mail('OwnerMail'),
    choice('Stage', ['dev', 'test', 'prod'], { default: 'dev' }),
    onOff('DeletionProtection', { default: 'false' }),
  );

const WHOLE_NETWORK: TriedTemplate = {
  name: 'A network over three zones',
  resourceTypes: [
    'AWS::EC2::VPC',
    ...Array.from({ length: 6 }, () => 'AWS::EC2::Subnet'),
    'AWS::EC2::NatGateway',
  ],
  capabilities: [],
  parameters: [
    ...grouped(
      'Addresses',
      cidr('VpcCidr', { label: 'Range of the network', default: '10.20.0.0/16' }),
      ...['A', 'B', 'C'].flatMap((zone) => [cidr(`PublicCidr${zone}`), cidr(`PrivateCidr${zone}`)]),
    ),
    ...grouped(
      'Zones and ways out',
      aws('List<AWS::EC2::AvailabilityZone::Name>')(
        'Zones',
        { description: 'Three of them' },
        ['eu-west-1a,eu-west-1b,eu-west-1c'],
        [['eu-west-1', /Availability Zone/]],
      ),
      choice('NatGateways', ['none', 'one', 'one-a-zone'], { default: 'one' }),
      onOff('FlowLogs', { default: 'true' }),
      count('FlowLogDays', 1, 3653, 90),
      onOff('Ipv6', { default: 'no' }, ['yes', 'no']),
      onOff('DnsHostnames', { default: 'yes' }, ['yes', 'no']),
      choice('Tenancy', ['default', 'dedicated'], { default: 'default' }),
      list(
        'Endpoints',
        { allowedValues: ['s3', 'dynamodb', 'ecr', 'logs'], default: 's3' },
        ['s3,ecr', 'logs'],
        [['ftp', /is not one of/]],
      ),
      number(
        'Asn',
        { minValue: 64512, maxValue: 65534, default: '64512' },
        ['65000'],
        [['1', /is less than/]],
      ),
    ),
    ...bookkeeping(),
  ],
};

const DATABASE: TriedTemplate = {
  name: 'A relational database',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBSubnetGroup', 'AWS::SecretsManager::Secret'],
  capabilities: ['CAPABILITY_IAM'],
  rules: {
    ProductionIsSafe: {
      RuleCondition: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      Assertions: [
        {
          Assert: { 'Fn::Equals': [{ Ref: 'MultiAz' }, 'true'] },
          AssertDescription: 'Production needs two zones',
        },
      ],
    },
  },
  parameters: [
    ...grouped(
      'Engine',
      choice('Engine', ['postgres', 'mysql', 'mariadb'], { default: 'postgres' }),
      text(
        'EngineVersion',
        { allowedPattern: '\\d+(\\.\\d+){0,2}', default: '16.4' },
        ['15', '8.0.39'],
        [['latest', /does not match/]],
      ),
      choice('InstanceClass', ['db.t4g.medium', 'db.m7g.large', 'db.r7g.xlarge'], {
        default: 'db.t4g.medium',
      }),
      count('Storage', 20, 16384, 100),
      number('Iops', { minValue: 1000, default: '3000' }, ['3000', '64000'], [['10', /is less than/]]),
      onOff('MultiAz', { default: 'true' }),
      onOff('StorageEncrypted', { default: 'true' }),
    ),
    ...grouped(
      'Access',
      text(
        'DatabaseName',
        { allowedPattern: '[A-Za-z]\\w{0,62}' },
        ['orders', 'Orders_1'],
        [['1st', /does not match/]],
      ),
      text(
        'MasterUser',
        { allowedPattern: '[a-z]\\w*', minLength: 1, maxLength: 16, default: 'master' },
        ['admin1'],
        [['Root', /does not match/]],
      ),
      password('MasterPassword'),
      vpc('Vpc'),
      subnets('Subnets'),
      securityGroups('SecurityGroups'),
      number(
        'Port',
        { minValue: 1150, maxValue: 65535, default: '5432' },
        ['3306'],
        [['80', /is less than/]],
      ),
    ),
    ...grouped(
      'Backups and upkeep',
      count('BackupDays', 0, 35, 7),
      text(
        'BackupWindow',
        { allowedPattern: '\\d{2}:\\d{2}-\\d{2}:\\d{2}', default: '02:00-03:00' },
        ['04:00-04:30'],
        [['at night', /does not match/]],
      ),
      list(
        'LogExports',
        { allowedValues: ['audit', 'error', 'general', 'slowquery'], default: 'error' },
        ['error,slowquery'],
        [['debug', /is not one of/]],
      ),
      arn('KeyArn'),
    ),
    ...bookkeeping(),
  ],
};

const KUBERNETES: TriedTemplate = {
  name: 'A Kubernetes cluster',
  resourceTypes: ['AWS::EKS::Cluster', 'AWS::EKS::Nodegroup', 'AWS::IAM::Role', 'AWS::IAM::Role'],
  capabilities: ['CAPABILITY_NAMED_IAM'],
  parameters: [
    ...grouped(
      'Cluster',
      text(
        'ClusterName',
        { allowedPattern: '[A-Za-z0-9][A-Za-z0-9_-]{0,99}' },
        ['apps'],
        [['-apps', /does not match/]],
      ),
      choice('KubernetesVersion', ['1.31', '1.32', '1.33'], { default: '1.33' }),
      vpc('Vpc'),
      subnets('ControlSubnets'),
      subnets('NodeSubnets'),
      onOff('PublicEndpoint', { default: 'false' }),
      list(
        'PublicCidrs',
        { default: '0.0.0.0/0', allowedPattern: '(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}' },
        ['10.0.0.0/8,192.168.0.0/16'],
        [['10.0.0.0/8,home', /does not match/]],
      ),
      list(
        'ControlLogs',
        { allowedValues: ['api', 'audit', 'authenticator', 'scheduler'], default: 'api,audit' },
        ['audit'],
        [['none', /is not one of/]],
      ),
    ),
    ...grouped(
      'Nodes',
      choice('NodeType', ['m7g.large', 'm7g.xlarge', 'c7g.2xlarge']),
      choice('CapacityType', ['ON_DEMAND', 'SPOT'], { default: 'ON_DEMAND' }),
      count('NodesLeast', 1, 50, 2),
      count('NodesMost', 1, 100, 6),
      count('NodesWanted', 1, 100, 3),
      count('NodeDisk', 20, 500, 50),
      aws('AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>')(
        'NodeImage',
        { default: '/aws/service/eks/optimized-ami' },
        ['/golden/node'],
        [['an image', /Systems Manager/]],
      ),
      aws('AWS::EC2::KeyPair::KeyName')('NodeKey', {}, ['ops'], [['schlüssel', /key pair/]]),
      list('NodeTaints', { default: '' }, ['gpu=true:NoSchedule', 'a=b:NoExecute,c=d:NoSchedule']),
    ),
    ...grouped(
      'Add-ons',
      onOff('MetricsServer', { default: 'yes' }, ['yes', 'no']),
      onOff('LoadBalancerController', { default: 'yes' }, ['yes', 'no']),
      onOff('ExternalDns', { default: 'no' }, ['yes', 'no']),
      arn('SecretsKey'),
    ),
    ...bookkeeping(),
  ],
};

const DATA_LAKE: TriedTemplate = {
  name: 'A data lake',
  resourceTypes: [
    'AWS::S3::Bucket',
    'AWS::S3::Bucket',
    'AWS::Glue::Database',
    'AWS::LakeFormation::Resource',
  ],
  capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'],
  parameters: [
    ...grouped(
      'Stores',
      ...['Raw', 'Clean', 'Curated'].flatMap((zone) => [
        short(`${zone}Bucket`),
        count(`${zone}Days`, 1, 3650, 365),
        choice(`${zone}Class`, ['STANDARD', 'STANDARD_IA', 'GLACIER'], { default: 'STANDARD' }),
      ]),
    ),
    ...grouped(
      'Catalogue and crawlers',
      text(
        'DatabaseName',
        { allowedPattern: '[a-z_][a-z0-9_]*', maxLength: 255 },
        ['sales_2026'],
        [['Sales', /does not match/]],
      ),
      text(
        'Schedule',
        { allowedPattern: 'cron\\([^()]+\\)', default: 'cron(0 3 * * ? *)' },
        ['cron(30 4 ? * MON *)'],
        [['daily', /does not match/]],
      ),
      list(
        'Formats',
        { allowedValues: ['parquet', 'orc', 'json', 'csv'] },
        ['parquet', 'json,csv'],
        [['xml', /is not one of/]],
      ),
      numbers(
        'Partitions',
        { minValue: 1, maxValue: 1000, default: '1,10' },
        ['4', '8,16,32'],
        [['0', /is less than/]],
      ),
      text('Classifier', { default: '{\n  "header": true\n}' }, ['{}']),
      onOff('Versioning', { default: 'true' }),
    ),
    ...grouped(
      'Who may read',
      list(
        'Readers',
        { allowedPattern: '\\d{12}', constraintDescription: 'ids of accounts, twelve digits each' },
        ['100000000003', '100000000003,100000000004'],
        [['payments', /What is allowed: ids of accounts/]],
      ),
      arn('AdministratorRole', { default: undefined }),
      onOff('RowFilters', { default: 'false' }),
    ),
    ...bookkeeping(),
  ],
};

const WEB_SERVICE: TriedTemplate = {
  name: 'A web service behind a load balancer',
  resourceTypes: [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ECS::Service',
    'AWS::IAM::Role',
    'AWS::Route53::RecordSet',
  ],
  capabilities: ['CAPABILITY_IAM'],
  parameters: [
    ...grouped(
      'Name and way in',
      text(
        'HostName',
        { allowedPattern: '([a-z0-9-]+\\.)+[a-z]{2,}', maxLength: 253 },
        ['shop.example.com'],
        [['shop', /does not match/]],
      ),
      aws('AWS::Route53::HostedZone::Id')(
        'Zone',
        {},
        ['Z0123456789ABCDEFGHIJ'],
        [['example.com', /hosted zone/]],
      ),
      arn('Certificate', { default: undefined }),
      choice('Scheme', ['internal', 'internet-facing'], { default: 'internal' }),
      vpc('Vpc'),
      subnets('BalancerSubnets'),
      securityGroups('BalancerGroups'),
      numbers(
        'Ports',
        { minValue: 1, maxValue: 65535, default: '443' },
        ['80,443'],
        [['443,https', /has to be a number/]],
      ),
    ),
    ...grouped(
      'Containers',
      text(
        'Image',
        { allowedPattern: '[\\w./-]+(:[\\w.-]+|@sha256:[0-9a-f]{64})' },
        ['registry/shop:1.2', `shop@sha256:${'0f'.repeat(32)}`],
        [['shop', /does not match/]],
      ),
      choice('Cpu', ['256', '512', '1024', '2048'], { default: '512' }),
      number(
        'Memory',
        { allowedValues: ['512', '1024', '2048', '4096'], default: '1024' },
        ['2048'],
        [['1000', /is not one of/]],
      ),
      count('Least', 0, 20, 1),
      count('Most', 1, 100, 4),
      number(
        'TargetLoad',
        { minValue: 10, maxValue: 95, default: '62.5' },
        ['50', '70.25'],
        [['100', /is more than/]],
      ),
      text(
        'HealthPath',
        { allowedPattern: '/\\S*', default: '/health' },
        ['/', '/ready?deep=1'],
        [['health', /does not match/]],
      ),
      list(
        'Variables',
        { allowedPattern: '[A-Z_]+=[^,]*', default: '' },
        ['LOG=debug', 'A=1,B=2'],
        [['lower=1', /does not match/]],
      ),
      secret('ApiToken', { default: 'none' }, ['abcdef']),
      onOff('AccessLogs', { default: 'true' }),
    ),
    ...bookkeeping(),
  ],
};

const VIRTUAL_MACHINES: TriedTemplate = {
  name: 'A group of virtual machines',
  resourceTypes: [
    'AWS::AutoScaling::AutoScalingGroup',
    'AWS::EC2::LaunchTemplate',
    'AWS::IAM::InstanceProfile',
  ],
  capabilities: ['CAPABILITY_IAM'],
  parameters: [
    ...grouped(
      'Machines',
      aws('AWS::EC2::Image::Id')('Image', {}, [`ami-${ID}`], [['debian', /image id/]]),
      aws('AWS::EC2::KeyPair::KeyName')('Key', {}, ['ops'], [['clé', /key pair/]]),
      choice('Type', ['t4g.small', 't4g.medium', 'm7g.large'], { default: 't4g.small' }),
      count('Disk', 8, 2048, 16),
      choice('DiskType', ['gp3', 'io2', 'st1'], { default: 'gp3' }),
      aws('AWS::EC2::Volume::Id')(
        'DataVolume',
        { default: `vol-${ID}` },
        ['vol-01234567'],
        [['volume', /volume id/]],
      ),
      text('UserData', { maxLength: 4000, default: '#!/bin/sh\nset -eu\n' }, ['#!/bin/sh\necho hello']),
      secret(
        'JoinPassword',
        { minLength: 8, default: 'not-joined' },
        ['long-enough'],
        [['short', /at least 8/]],
      ),
    ),
    ...grouped(
      'Where and how many',
      vpc('Vpc'),
      subnets('Subnets'),
      aws('List<AWS::EC2::SecurityGroup::GroupName>')(
        'GroupNames',
        {},
        ['web', 'web,data base'],
        [['wéb', /security group's name/]],
      ),
      count('Least', 0, 10, 1),
      count('Most', 1, 50, 3),
      count('Warmup', 0, 3600, 300),
      text(
        'StartAt',
        { allowedPattern: '([01]\\d|2[0-3]):[0-5]\\d', default: '07:00' },
        ['23:59'],
        [['25:00', /does not match/]],
      ),
      text(
        'StopAt',
        { allowedPattern: '([01]\\d|2[0-3]):[0-5]\\d', default: '19:00' },
        ['00:00'],
        [['7 pm', /does not match/]],
      ),
      list(
        'Weekdays',
        { allowedValues: ['MON', 'TUE', 'WED', 'THU', 'FRI'], default: 'MON,FRI' },
        ['TUE'],
        [['SUN', /is not one of/]],
      ),
      onOff('Monitoring', { default: 'false' }),
    ),
    ...bookkeeping(),
  ],
};

const EVENTS: TriedTemplate = {
  name: 'Queues and streams of events',
  resourceTypes: ['AWS::SQS::Queue', 'AWS::SQS::Queue', 'AWS::Kinesis::Stream', 'AWS::Events::EventBus'],
  capabilities: [],
  parameters: [
    ...grouped(
      'Queue',
      text(
        'QueueName',
        { allowedPattern: '[\\w-]{1,80}(\\.fifo)?' },
        ['orders', 'orders.fifo'],
        [['orders queue', /does not match/]],
      ),
      count('VisibleAfter', 0, 43200, 30),
      count('KeptFor', 60, 1209600, 345600),
      count('Delay', 0, 900, 0),
      count('MessageBytes', 1024, 262144, 262144),
      count('Attempts', 1, 1000, 5),
      onOff('DeadLetters', { default: 'true' }),
    ),
    ...grouped(
      'Stream',
      short('StreamName'),
      choice('Mode', ['ON_DEMAND', 'PROVISIONED'], { default: 'ON_DEMAND' }),
      count('Shards', 1, 200, 1),
      count('StreamHours', 24, 8760, 24),
      list('Consumers', { default: '' }, ['audit', 'audit,search']),
      onOff('Encrypted', { default: 'true' }),
      arn('KeyArn'),
    ),
    ...grouped(
      'Events',
      text('BusName', { allowedPattern: '[\\w./-]{1,256}' }, ['orders/v1'], [['orders!', /does not match/]]),
      text('Pattern', { default: '{"source": ["orders"]}', maxLength: 2048 }, ['{}']),
      list('Senders', { allowedPattern: '\\d{12}' }, ['100000000003'], [['everybody', /does not match/]]),
      count('ArchiveDays', 0, 3650, 30),
    ),
    ...bookkeeping(),
  ],
};

const SITE: TriedTemplate = {
  name: 'A website at the edge',
  resourceTypes: [
    'AWS::CloudFront::Distribution',
    'AWS::S3::Bucket',
    'AWS::WAFv2::WebACL',
    'Custom::Invalidation',
  ],
  capabilities: ['CAPABILITY_IAM'],
  parameters: [
    ...grouped(
      'Site',
      list(
        'Domains',
        { allowedPattern: '([a-z0-9-]+\\.)+[a-z]{2,}' },
        ['www.example.com', 'example.com,www.example.com'],
        [['localhost', /does not match/]],
      ),
      aws('AWS::Route53::HostedZone::Id')('Zone', {}, ['Z1'], [['zone', /hosted zone/]]),
      text('IndexPage', { default: 'index.html' }, ['start.html']),
      text('ErrorPage', { default: '404.html' }, ['error.html']),
      choice('PriceClass', ['PriceClass_100', 'PriceClass_200', 'PriceClass_All'], {
        default: 'PriceClass_100',
      }),
      choice('MinimumTls', ['TLSv1.2_2021', 'TLSv1.3_2025'], { default: 'TLSv1.2_2021' }),
      onOff('Http3', { default: 'yes' }, ['yes', 'no']),
      onOff('Ipv6', { default: 'yes' }, ['yes', 'no']),
    ),
    ...grouped(
      'Cache and headers',
      count('ShortestAge', 0, 31536000, 0),
      count('UsualAge', 0, 31536000, 86400),
      count('LongestAge', 0, 31536000, 31536000),
      onOff('Compress', { default: 'true' }),
      text('ContentPolicy', { default: "default-src 'self'", maxLength: 1000 }, [
        "default-src 'none'; img-src *",
      ]),
      list(
        'AllowedCountries',
        { allowedPattern: '[A-Z]{2}', default: '' },
        ['DE', 'DE,AT,CH'],
        [['Germany', /does not match/]],
      ),
    ),
    ...grouped(
      'Protection',
      count('RequestsAMinute', 100, 20000, 2000),
      onOff('BotControl', { default: 'false' }),
      list(
        'BlockedRanges',
        { allowedPattern: '(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}', default: '' },
        ['192.0.2.0/24'],
        [['192.0.2.1', /does not match/]],
      ),
      secret('PreviewPassword', { minLength: 10 }, ['look-at-this'], [['nope', /at least 10/]]),
    ),
    ...bookkeeping(),
  ],
};

const ANALYTICS: TriedTemplate = {
  name: 'A cluster for searching logs',
  resourceTypes: ['AWS::OpenSearchService::Domain', 'AWS::Cognito::UserPool', 'AWS::IAM::Role'],
  capabilities: ['CAPABILITY_IAM'],
  rules: {
    ThreeOrNone: {
      Assertions: [
        {
          Assert: { 'Fn::Contains': [['0', '3', '5'], { Ref: 'Masters' }] },
          AssertDescription: 'Masters are none, three or five',
        },
      ],
    },
  },
  parameters: [
    ...grouped(
      'Cluster',
      short('DomainName', 28),
      choice('EngineVersion', ['OpenSearch_2.17', 'OpenSearch_2.19'], { default: 'OpenSearch_2.19' }),
      choice('DataType', ['r7g.large.search', 'r7g.xlarge.search'], { default: 'r7g.large.search' }),
      count('DataNodes', 1, 80, 3),
      number('Masters', { default: '0' }, ['3', '5'], [['4', /Masters are none, three or five/]]),
      count('WarmNodes', 0, 150, 0),
      onOff('ZoneAwareness', { default: 'true' }),
      count('Storage', 10, 3000, 100),
      number(
        'Throughput',
        { minValue: 125, maxValue: 1000, default: '125' },
        ['250'],
        [['100', /is less than/]],
      ),
    ),
    ...grouped(
      'Access',
      vpc('Vpc'),
      subnets('Subnets'),
      securityGroups('Groups'),
      password('MasterPassword'),
      text(
        'MasterUser',
        { default: 'operator', minLength: 3, maxLength: 16 },
        ['root'],
        [['ab', /at least 3/]],
      ),
      aws('AWS::SSM::Parameter::Name')(
        'ClientSecretName',
        {},
        ['/search/client'],
        [['client secret', /Systems Manager/]],
      ),
      list(
        'AdministratorRoles',
        { allowedPattern: 'arn:aws:iam::\\d{12}:role/\\S+', default: '' },
        ['arn:aws:iam::100000000003:role/ops'],
        [['ops', /does not match/]],
      ),
    ),
    ...grouped(
      'Upkeep',
      count('SnapshotHour', 0, 23, 2),
      count('KeptDays', 1, 365, 30),
      onOff('AutoTune', { default: 'yes' }, ['yes', 'no']),
      onOff('AuditLogs', { default: 'no' }, ['yes', 'no']),
    ),
    ...bookkeeping(),
  ],
};

const OFFICE: TriedTemplate = {
  name: 'A way into the office network',
  resourceTypes: ['AWS::EC2::VPNConnection', 'AWS::EC2::VPNConnection', 'AWS::EC2::TransitGateway'],
  capabilities: [],
  parameters: [
    ...grouped(
      'Gateway',
      vpc('Vpc'),
      subnets('Subnets'),
      aws('List<AWS::EC2::Instance::Id>')('Routers', {}, [`i-${ID}`], [['router', /instance id/]]),
      number(
        'AmazonAsn',
        { minValue: 64512, maxValue: 65534, default: '64512' },
        ['65010'],
        [['64511', /is less than/]],
      ),
      onOff('Ecmp', { default: 'enable' }, ['enable', 'disable']),
      onOff('Dns', { default: 'true' }),
    ),
    ...['First', 'Second'].flatMap((tunnel) =>
      grouped(
        `${tunnel} tunnel`,
        text(
          `${tunnel}Address`,
          { allowedPattern: '(\\d{1,3}\\.){3}\\d{1,3}' },
          ['198.51.100.7'],
          [['office.example.com', /does not match/]],
        ),
        number(`${tunnel}Asn`, { minValue: 1, maxValue: 4294967295 }, ['65000'], [['0', /is less than/]]),
        cidr(`${tunnel}Inside`),
        secret(
          `${tunnel}Key`,
          { allowedPattern: '[A-Za-z0-9._]{8,64}' },
          ['a.long_enough.key'],
          [['0 spaces', /does not match/]],
        ),
        choice(`${tunnel}Start`, ['add', 'start'], { default: 'add' }),
        count(`${tunnel}Rekey`, 60, 3600, 540),
        list(
          `${tunnel}Groups`,
          { allowedValues: ['14', '19', '20', '21'], default: '19,20' },
          ['14'],
          [['2', /is not one of/]],
        ),
      ),
    ),
    ...bookkeeping(),
  ],
};

/** As large as what organizations really offer: twenty parameters and more each. */
export const LARGE_TEMPLATES: readonly TriedTemplate[] = [
  WHOLE_NETWORK,
  DATABASE,
  KUBERNETES,
  DATA_LAKE,
  WEB_SERVICE,
  VIRTUAL_MACHINES,
  EVENTS,
  SITE,
  ANALYTICS,
  OFFICE,
];
