import { z } from 'zod';
import { VERSION } from '../../aws/lambda/functions';
import { madeUpName } from '../deploy-stack';
import { applierOf, type Place, text, whole } from '../resource';
import type { World } from '../world';

/** A function's ARN, whether it was named or given by ARN. */
const arnFor = (given: string, { account, region }: Place): string =>
  given.startsWith('arn:') ? given : `arn:aws:lambda:${region}:${account}:function:${given}`;

const lambdaFunction = applierOf({
  type: 'AWS::Lambda::Function',
  properties: z.object({
    FunctionName: text.optional(),
    Role: text,
    Timeout: whole.default(3),
    Environment: z.strictObject({ Variables: z.record(z.string(), text).default({}) }).optional(),
    DurableConfig: z
      .strictObject({ ExecutionTimeout: whole, RetentionPeriodInDays: whole, KMSKeyArn: text.optional() })
      .optional(),
  }),
  // Its code is known by its name; what runs it and where it logs changes nothing here.
  quiet: [
    'Architectures',
    'Code',
    'DeadLetterConfig',
    'Description',
    'Handler',
    'KmsKeyArn',
    'LoggingConfig',
    'MemorySize',
    'ReservedConcurrentExecutions',
    'Runtime',
    'Tags',
    'TracingConfig',
  ],
  apply: async (properties, place, { functions, roles }: World) => {
    const { account, region } = place;
    const name = properties.FunctionName ?? madeUpName(place, 64);
    const arn = arnFor(name, place);
    const service = 'lambda.amazonaws.com';
    await roles.demandAssumable(properties.Role, { service, sourceArn: arn, sourceAccount: account });
    const { DurableConfig: durable } = properties;
    functions.create({
      ...{ arn, name, account, region, roleArn: properties.Role, timeoutSeconds: properties.Timeout },
      environment: properties.Environment?.Variables ?? {},
      durable: durable && {
        executionTimeoutSeconds: durable.ExecutionTimeout,
        retentionDays: durable.RetentionPeriodInDays,
      },
      alias: undefined,
      asynchronousRetries: 2,
    });
    return { id: name, attributes: { Arn: arn } };
  },
});

const version = applierOf({
  type: 'AWS::Lambda::Version',
  properties: z.object({ FunctionName: text }),
  quiet: ['CodeSha256', 'Description'],
  apply: (properties, place, { functions }: World) => {
    const { arn } = functions.get(arnFor(properties.FunctionName, place));
    const id = `${arn}:${VERSION}`;
    return { id, attributes: { Version: VERSION, FunctionArn: id } };
  },
});

const alias = applierOf({
  type: 'AWS::Lambda::Alias',
  properties: z.object({ FunctionName: text, FunctionVersion: text, Name: text }),
  quiet: ['Description'],
  apply: (properties, place, { functions }: World) => {
    if (properties.FunctionVersion !== VERSION)
      throw new Error(`Function not found: ${properties.FunctionName}:${properties.FunctionVersion}`);
    const { arn } = functions.change(arnFor(properties.FunctionName, place), { alias: properties.Name });
    const id = `${arn}:${properties.Name}`;
    return { id, attributes: { AliasArn: id } };
  },
});

const eventInvokeConfig = applierOf({
  type: 'AWS::Lambda::EventInvokeConfig',
  properties: z.object({
    FunctionName: text,
    MaximumRetryAttempts: whole.default(2),
  }),
  // Events that are given up on are kept by the sandbox itself; none is a day late.
  quiet: ['DestinationConfig', 'MaximumEventAgeInSeconds', 'Qualifier'],
  apply: (properties, place, { functions }: World) => {
    functions.change(arnFor(properties.FunctionName, place), {
      asynchronousRetries: properties.MaximumRetryAttempts,
    });
    return { id: `${place.stackName}-${place.logicalId}` };
  },
});

const permission = applierOf({
  type: 'AWS::Lambda::Permission',
  properties: z.object({
    FunctionName: text,
    Action: text,
    Principal: text.refine(
      (name) => name === '*' || name.endsWith('.amazonaws.com'),
      'only services and everybody of an organization are modelled',
    ),
    PrincipalOrgID: text.optional(),
    SourceArn: text.optional(),
    SourceAccount: text.optional(),
  }),
  apply: (properties, place, { functions, roles }: World) => {
    const functionArn = arnFor(properties.FunctionName, place);
    functions.get(functionArn);
    const {
      Principal: principal,
      PrincipalOrgID: org,
      SourceArn: source,
      SourceAccount: account,
    } = properties;
    if (principal === '*' && org === undefined) throw new Error('A function that everybody may call');
    const id = madeUpName(place, 100);
    roles.addStatement(functionArn, {
      Sid: id,
      Effect: 'Allow',
      Principal: principal === '*' ? '*' : { Service: principal },
      Action: properties.Action,
      Resource: functionArn,
      Condition: {
        ...(source !== undefined && { ArnLike: { 'aws:SourceArn': source } }),
        ...(account !== undefined && { StringEquals: { 'aws:SourceAccount': account } }),
        ...(org !== undefined && { StringEquals: { 'aws:PrincipalOrgID': org } }),
      },
    });
    return { id };
  },
});

export const lambdaAppliers = [lambdaFunction, version, alias, eventInvokeConfig, permission];
