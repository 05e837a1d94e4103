import { z } from 'zod';
import { type AwsCall, type AwsService, NotModelled } from '../service';
import type { Template, TemplateStore } from '../stacks';
import { activateOrganizationsAccess, type TrustingOrganization } from './organizations-access';
import { stackOutput, summaryOutput } from './operation-outputs';
import { paged, pagedFromEnd } from './paging';
import { validationError } from './refusals';
import type { StackRecord } from './stack-record';
import type { StackRegistry } from './stack-registry';

/** As many events as CloudFormation gives in one answer. */
const EVENTS_IN_A_PAGE = 100;
const STACKS_IN_A_PAGE = 100;

const StackName = z.strictObject({ StackName: z.string() });
const StackResource = z.strictObject({ StackName: z.string(), LogicalResourceId: z.string() });
const Paged = z.strictObject({ StackName: z.string().optional(), NextToken: z.string().optional() });
const TemplateSource = { TemplateBody: z.string().optional(), TemplateURL: z.string().optional() };

const TemplateSummaryInput = z.strictObject({ ...TemplateSource, StackName: z.string().optional() });

const CreateStackInput = z.strictObject({
  ...TemplateSource,
  StackName: z.string(),
  Parameters: z.array(z.strictObject({ ParameterKey: z.string(), ParameterValue: z.string() })).default([]),
  Capabilities: z.array(z.string()).default([]),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
  ClientRequestToken: z.string().max(128).optional(),
  OnFailure: z.literal('ROLLBACK').optional(),
  DisableRollback: z.literal(false).optional(),
});

const UpdateStackInput = z.strictObject({
  ...TemplateSource,
  StackName: z.string(),
  UsePreviousTemplate: z.boolean().default(false),
  Parameters: z
    .array(
      z.strictObject({
        ParameterKey: z.string(),
        ParameterValue: z.string().optional(),
        UsePreviousValue: z.boolean().default(false),
      }),
    )
    .default([]),
  Capabilities: z.array(z.string()).default([]),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  ClientRequestToken: z.string().max(128).optional(),
  DisableRollback: z.literal(false).optional(),
});

const Named = z.strictObject({ StackName: z.string(), ClientRequestToken: z.string().max(128).optional() });

/** The operations of CloudFormation that the stand-in has, over its protocol's members. */
export const createOperations = (parts: {
  readonly stacks: StackRegistry;
  readonly templates: TemplateStore;
  readonly organization?: TrustingOrganization | undefined;
}): AwsService => {
  const { stacks, templates, organization } = parts;

  const whereOf = (call: AwsCall) => ({ account: call.principal.account, region: call.region });
  const found = (call: AwsCall, name: string): StackRecord => {
    const stack = stacks.find(whereOf(call), name);
    if (!stack) throw validationError(`Stack with id ${name} does not exist`);
    return stack;
  };
  const templateOf = (source: {
    readonly TemplateBody?: string | undefined;
    readonly TemplateURL?: string | undefined;
  }): Template => {
    const { TemplateBody: body, TemplateURL: url } = source;
    if (body !== undefined && url !== undefined) {
      throw validationError('Exactly one of TemplateBody or TemplateUrl must be specified');
    }
    if (url !== undefined) return templates.get(url);
    if (body === undefined) throw validationError('Either Template URL or Template Body must be specified.');
    return parseBody(body);
  };

  const operations: Readonly<Record<string, ((call: AwsCall) => object) | undefined>> = {
    ...(organization && { ActivateOrganizationsAccess: activateOrganizationsAccess(organization) }),
    DescribeStacks: (call) => {
      const { StackName: name, NextToken: token } = inputOf(Paged, call);
      if (name !== undefined) return { Stacks: [stackOutput(found(call, name))] };
      const living = stacks.all(whereOf(call)).filter(({ deletedAt }) => !deletedAt);
      const { page, next } = paged(living, token, STACKS_IN_A_PAGE);
      return { Stacks: page.map(stackOutput), NextToken: next };
    },
    DescribeStackEvents: (call) => {
      const { StackName: name, NextToken: token } = inputOf(Paged, call);
      if (name === undefined) throw validationError('Stack name must be specified');
      const stack = stacks.find(whereOf(call), name);
      if (!stack) throw validationError(`Stack [${name}] does not exist`);
      // Newest first; the token counts from the oldest, so that events which come meanwhile shift nothing.
      const { page, next } = pagedFromEnd(stack.events, token, EVENTS_IN_A_PAGE);
      return {
        StackEvents: page.map((event) => ({
          StackId: stack.identity.id,
          StackName: stack.identity.name,
          EventId: event.id,
          LogicalResourceId: event.logicalId,
          PhysicalResourceId: event.physicalId,
          ResourceType: event.type,
          Timestamp: event.at,
          ResourceStatus: event.status,
          ResourceStatusReason: event.reason,
          ClientRequestToken: stack.token,
        })),
        NextToken: next,
      };
    },
    DescribeStackResources: (call) => {
      const stack = found(call, inputOf(StackName, call).StackName);
      return {
        StackResources: [...stack.resources.values()].map((resource) => ({
          StackName: stack.identity.name,
          StackId: stack.identity.id,
          LogicalResourceId: resource.logicalId,
          PhysicalResourceId: resource.existing?.id,
          ResourceType: resource.type,
          Timestamp: resource.at,
          ResourceStatus: resource.status,
          ResourceStatusReason: resource.reason,
          DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
        })),
      };
    },
    DescribeStackResource: (call) => {
      const input = inputOf(StackResource, call);
      const { StackName: name, LogicalResourceId: logicalId } = input;
      const stack = stacks.find(whereOf(call), name);
      if (!stack) throw validationError(`Stack '${name}' does not exist`);
      const resource = stack.resources.get(logicalId);
      if (!resource) throw validationError(`Resource ${logicalId} does not exist for stack ${name}`);
      const { Metadata: metadata } = stack.design.plan.resources.get(logicalId)?.declaration ?? {};
      return {
        StackResourceDetail: {
          StackName: stack.identity.name,
          StackId: stack.identity.id,
          LogicalResourceId: logicalId,
          PhysicalResourceId: resource.existing?.id,
          ResourceType: resource.type,
          LastUpdatedTimestamp: resource.at,
          ResourceStatus: resource.status,
          ResourceStatusReason: resource.reason,
          Metadata: metadata && JSON.stringify(metadata),
          DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
        },
      };
    },
    GetTemplateSummary: (call) => {
      const input = inputOf(TemplateSummaryInput, call);
      const template =
        input.StackName === undefined ? templateOf(input) : found(call, input.StackName).design.template;
      return summaryOutput(template);
    },
    CreateStack: (call) => {
      const input = inputOf(CreateStackInput, call);
      const stack = stacks.create({
        ...whereOf(call),
        stackName: input.StackName,
        template: templateOf(input),
        parameters: Object.fromEntries(
          input.Parameters.map(({ ParameterKey: key, ParameterValue: value }) => [key, value]),
        ),
        tags: Object.fromEntries(input.Tags.map(({ Key: key, Value: value }) => [key, value])),
        capabilities: input.Capabilities,
        token: input.ClientRequestToken,
        as: call.principal,
      });
      return { StackId: stack.identity.id };
    },
    UpdateStack: (call) => {
      const input = inputOf(UpdateStackInput, call);
      const stack = stacks.find(whereOf(call), input.StackName);
      if (!stack || stack.deletedAt) throw validationError(`Stack [${input.StackName}] does not exist`);
      const { template, tags } = stack.design;
      const given = input.Parameters.filter(({ UsePreviousValue: previous }) => !previous);
      stacks.update(stack, {
        template: input.UsePreviousTemplate ? template : templateOf(input),
        parameters: Object.fromEntries(
          given.map(({ ParameterKey: key, ParameterValue: value = '' }) => [key, value]),
        ),
        previous: input.Parameters.filter((parameter) => !given.includes(parameter)).map(
          ({ ParameterKey: key }) => key,
        ),
        tags: input.Tags
          ? Object.fromEntries(input.Tags.map(({ Key: key, Value: value }) => [key, value]))
          : tags,
        capabilities: input.Capabilities,
        token: input.ClientRequestToken,
        as: call.principal,
      });
      return { StackId: stack.identity.id };
    },
    CancelUpdateStack: (call) => {
      const { StackName: name } = inputOf(Named, call);
      stacks.cancelUpdate(found(call, name));
      return {};
    },
    DeleteStack: (call) => {
      // A stack that is not there is as good as deleted.
      const stack = stacks.find(whereOf(call), inputOf(StackName, call).StackName);
      if (stack) stacks.delete(stack);
      return {};
    },
  };

  return {
    handle: (call) => {
      const operation = operations[call.operation];
      return Promise.resolve().then(() => {
        if (!operation) throw new NotModelled(`CloudFormation's ${call.operation}`);
        return operation(call);
      });
    },
  };
};

const inputOf = <Schema extends z.ZodType>(schema: Schema, call: AwsCall): z.infer<Schema> => {
  const parsed = schema.safeParse(call.input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw new NotModelled(`${call.operation} with ${[...issue.path, issue.keys.join(', ')].join('.')}`);
  }
  if (issue?.code === 'invalid_value')
    throw new NotModelled(`${call.operation} with this ${issue.path.join('.')}`);
  const where = issue?.path.join('.') ?? '';
  throw validationError(
    `1 validation error detected: Value at '${where}' failed to satisfy constraint: ${issue?.message ?? ''}`,
  );
};

const parseBody = (body: string): Template => {
  if (!body.trimStart().startsWith('{')) throw new NotModelled('templates in YAML');
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  } catch {
    throw validationError('Template format error: JSON not well-formed.');
  }
};
