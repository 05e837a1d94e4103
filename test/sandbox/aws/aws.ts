import * as cloudFormationClient from '@aws-sdk/client-cloudformation';
import * as dynamoDbClient from '@aws-sdk/client-dynamodb';
import * as lambdaClient from '@aws-sdk/client-lambda';
import * as organizationsClient from '@aws-sdk/client-organizations';
import * as secretsManagerClient from '@aws-sdk/client-secrets-manager';
import * as serviceCatalogClient from '@aws-sdk/client-service-catalog';
import * as stsClient from '@aws-sdk/client-sts';
import type { Clock } from '../clock';
import type { Faults } from '../faults';
import type { Journal } from '../journal';
import { ACCOUNTS, ORGANIZATION_ID, REGION } from '../organization';
import { type Session, Sessions } from './access';
import { type DynamoDb, startDynamoDb } from './dynamodb/dynamodb';
import { ec2Protocol } from './ec2/ec2-protocol';
import { isEnabled } from './ec2/regions';
import { type FrontCall, type PreSigned, type ServedService, startFront } from './front';
import { CustomerKeys } from './iam/customer-keys';
import { createIam, type Iam } from './iam/iam';
import {
  cloudFormationResource,
  member,
  organizationsResource,
  secretResource,
  serviceCatalogResource,
  tableResource,
  templateObject,
  topicResource,
} from './iam/resources';
import type { Role } from './iam/role';
import type { KeyPairOf } from './kms/key-pair';
import { Keys } from './kms/kms';
import { kmsOperations } from './kms/operations';
import type { FunctionDefinition } from './lambda/functions';
import { createLambda, type Lambda } from './lambda/lambda';
import { s3Protocol } from './s3/s3';
import { Secrets } from './secrets-manager';
import type { AwsService } from './service';
import { snsProtocol } from './sns/protocol';
import { Topics } from './sns/topics';
import { createSts } from './sts';
import { jsonProtocol } from './wire/json-protocol';
import { operationsOf } from './wire/operations';
import { queryProtocol } from './wire/query-protocol';
import { restJsonProtocol } from './wire/rest-json-protocol';

interface Sandbox {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly services: {
    readonly servicecatalog: AwsService;
    readonly cloudformation: AwsService;
    /** Where it is missing, nobody can be asked what an account has. */
    readonly ec2?: AwsService;
    /** Where it is missing, no template can be read. */
    readonly s3?: AwsService;
    /** Where it is missing, nobody can be asked for the organization. */
    readonly organizations?: AwsService;
    /** Where it is missing, no pre-signed URL leads anywhere. */
    readonly preSigned?: PreSigned;
  };
  /** Roles that exist from the start; none where not given. */
  readonly roles?: readonly Role[];
  /** Where the keys of KMS come from. */
  readonly keyPairOf?: KeyPairOf | undefined;
  /** Operations of a durable execution's state in one page. */
  readonly statePageSize?: number;
  /** Executions that one page of a list is filtered from; where it is missing, Lambda filters before it makes pages. */
  readonly listedFrom?: number;
}

export interface Aws {
  readonly endpoint: string;
  readonly iam: Iam;
  readonly customerKeys: CustomerKeys;
  readonly keys: Keys;
  readonly topics: Topics;
  readonly lambda: Lambda;
  readonly secrets: Secrets;
  /** Credentials of a role: its service's, whose session is called after the role, or those of a person. */
  credentialsFor(roleName: string, account: string, sessionName?: string): Session;
  /** What Lambda puts into the environment of a function that has the role, and where the sandbox's AWS is. */
  readonly environmentFor: (roleName: string, account: string) => Readonly<Record<string, string>>;
  readonly createTable: DynamoDb['createTable'];
  registerFunction(definition: FunctionDefinition): void;
  close(): Promise<void>;
}

/** Starts the sandbox's AWS: every service behind one endpoint. */
export const startAws = async (sandbox: Sandbox): Promise<Aws> => {
  const { clock, journal, faults, roles = [] } = sandbox;
  const sessions = new Sessions();
  const members = new Set(ACCOUNTS.map(({ id }) => id));
  const iam = createIam({
    organizationId: ORGANIZATION_ID,
    isMember: (account) => members.has(account),
    now: clock.now,
  });
  for (const role of roles) iam.putRole(role);
  const customerKeys = new CustomerKeys();
  const keys = new Keys(sandbox.keyPairOf);
  const topics = new Topics(clock.now);
  const secrets = new Secrets(clock.now);
  const lambda = createLambda({
    ...{ clock, journal, statePageSize: sandbox.statePageSize ?? 1000 },
    listedFrom: sandbox.listedFrom,
  });
  const dynamoDb = startDynamoDb();

  const secretArn = (input: object): string | undefined => secrets.find(member(input, 'SecretId') ?? '')?.arn;

  const services: Readonly<Record<string, ServedService>> = {
    sts: {
      protocol: queryProtocol(
        operationsOf(stsClient),
        'https://sts.amazonaws.com/doc/2011-06-15/',
        '2011-06-15',
      ),
      service: createSts({ iam, sessions, now: clock.now }),
      // AssumeRole needs the trust's word too; the service weighs both. Anybody may ask who they are.
      action: () => undefined,
      resource: () => '*',
    },
    servicecatalog: {
      protocol: jsonProtocol(operationsOf(serviceCatalogClient), 'AWS242ServiceCatalogService', '1.1'),
      service: sandbox.services.servicecatalog,
      action: (operation) => `servicecatalog:${operation}`,
      resource: serviceCatalogResource,
    },
    cloudformation: {
      protocol: queryProtocol(
        operationsOf(cloudFormationClient),
        'http://cloudformation.amazonaws.com/doc/2010-05-15/',
        '2010-05-15',
      ),
      service: sandbox.services.cloudformation,
      action: (operation) => `cloudformation:${operation}`,
      resource: cloudFormationResource,
      context: ({ input }) => ({ 'cloudformation:TemplateUrl': member(input, 'TemplateURL') }),
      onBehalf: (call) =>
        member(call.input, 'TemplateURL') === undefined
          ? []
          : [{ action: 's3:GetObject', resource: templateObject(call) }],
    },
    lambda: {
      protocol: restJsonProtocol(operationsOf(lambdaClient)),
      service: lambda.service,
      action: (operation) => `lambda:${operation === 'Invoke' ? 'InvokeFunction' : operation}`,
      resource: lambda.resource,
    },
    secretsmanager: {
      protocol: jsonProtocol(operationsOf(secretsManagerClient), 'secretsmanager', '1.1'),
      service: secrets.service,
      action: (operation) => `secretsmanager:${operation}`,
      resource: (call) => secretResource(call, secretArn(call.input)),
      context: ({ input }) => ({
        'secretsmanager:SecretId': member(input, 'SecretId'),
        'secretsmanager:VersionStage': member(input, 'VersionStage'),
        'secretsmanager:VersionId': member(input, 'VersionId'),
      }),
      onBehalf: (call) => customerKeys.ofSecret(secretArn(call.input) ?? '', call.region),
      trouble: { failed: ['InternalServiceError', 500] },
    },
    kms: {
      protocol: jsonProtocol(kmsOperations, 'TrentService', '1.1'),
      service: keys.service,
      action: (operation) => `kms:${operation}`,
      resource: keys.resource,
      context: keys.context,
      trouble: { failed: ['KMSInternalException', 500] },
    },
    sns: {
      protocol: snsProtocol,
      service: topics.service,
      action: (operation) => `sns:${operation}`,
      resource: topicResource,
      onBehalf: (call) => customerKeys.ofTopic(topicResource(call), call.region),
    },
    dynamodb: {
      protocol: jsonProtocol(operationsOf(dynamoDbClient), 'DynamoDB_20120810', '1.0', true),
      service: dynamoDb.service,
      action: (operation) => `dynamodb:${operation}`,
      resource: tableResource,
      onBehalf: (call) => customerKeys.ofTable(tableResource(call), call.region),
      trouble: {
        throttled: ['ProvisionedThroughputExceededException', 400],
        failed: ['InternalServerError', 500],
      },
    },
  };
  const { ec2, organizations, s3 } = sandbox.services;
  const all: Readonly<Record<string, ServedService>> = {
    ...services,
    ...(s3 && {
      s3: {
        protocol: s3Protocol,
        service: s3,
        action: (operation: string) => `s3:${operation}`,
        resource: ({ input }: FrontCall) =>
          `arn:aws:s3:::${member(input, 'Bucket') ?? ''}/${member(input, 'Key') ?? ''}`,
      },
    }),
    ...(ec2 && {
      ec2: {
        protocol: ec2Protocol(isEnabled),
        service: ec2,
        action: (operation: string) => `ec2:${operation}`,
        // None of what it has can be limited to a resource.
        resource: () => '*',
      },
    }),
    ...(organizations && {
      organizations: {
        protocol: jsonProtocol(operationsOf(organizationsClient), 'AWSOrganizationsV20161128', '1.1'),
        service: organizations,
        action: (operation: string) => `organizations:${operation}`,
        resource: organizationsResource,
        context: ({ input }: FrontCall) => ({
          'organizations:ServicePrincipal': member(input, 'ServicePrincipal'),
        }),
      },
    }),
  };
  const front = await startFront({
    ...{ services: all, preSigned: sandbox.services.preSigned },
    ...{ sessions, iam, journal, faults, now: clock.now },
  });

  const credentialsFor: Aws['credentialsFor'] = (roleName, account, sessionName) => {
    const shortName = roleName.split('/').at(-1) ?? roleName;
    if (!iam.role(account, shortName)) {
      throw new Error(`The sandbox has no role ${roleName} in the account ${account}`);
    }
    return sessions.issue({
      principal: {
        account,
        roleName: shortName,
        arn: `arn:aws:sts::${account}:assumed-role/${shortName}/${sessionName ?? shortName}`,
        sessionName: sessionName ?? shortName,
        sourceIdentity: undefined,
        sessionTags: {},
      },
      expiresAt: undefined,
    });
  };

  return {
    endpoint: front.endpoint,
    iam,
    customerKeys,
    keys,
    topics,
    lambda,
    secrets,
    credentialsFor,
    environmentFor: (roleName, account) => {
      const session = credentialsFor(roleName, account);
      return {
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: session.accessKeyId,
        AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
        AWS_SESSION_TOKEN: session.sessionToken,
        AWS_ENDPOINT_URL: front.endpoint,
      };
    },
    createTable: dynamoDb.createTable,
    registerFunction: (definition) => lambda.functions.register(definition),
    close: () => front.close(),
  };
};
