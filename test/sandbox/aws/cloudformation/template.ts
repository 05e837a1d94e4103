import { z } from 'zod';
import { NotModelled } from '../service';
import type { Template } from '../stacks';
import { validationError } from './refusals';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const text = scalar.transform(String);

export const ParameterDeclaration = z.strictObject({
  Type: z.string(),
  Default: text.optional(),
  NoEcho: text.transform((value) => value === 'true').optional(),
  Description: z.string().optional(),
  AllowedValues: z.array(text).optional(),
  AllowedPattern: z.string().optional(),
  ConstraintDescription: z.string().optional(),
  MinLength: text.optional(),
  MaxLength: text.optional(),
  MinValue: text.optional(),
  MaxValue: text.optional(),
});
export type ParameterDeclaration = z.infer<typeof ParameterDeclaration>;

const ResourceDeclaration = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
  DeletionPolicy: z.string().default('Delete'),
  UpdateReplacePolicy: z.string().optional(),
  Metadata: z.record(z.string(), z.unknown()).optional(),
});
export type ResourceDeclaration = z.infer<typeof ResourceDeclaration>;

const OutputDeclaration = z.strictObject({
  Value: z.unknown(),
  Description: z.string().optional(),
  Condition: z.string().optional(),
});

const RuleDeclaration = z.strictObject({
  RuleCondition: z.unknown().optional(),
  Assertions: z.array(z.strictObject({ Assert: z.unknown(), AssertDescription: z.string().optional() })),
});
export type RuleDeclaration = z.infer<typeof RuleDeclaration>;

const section = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value).default({});

const Sections = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09').optional(),
  Description: z.string().optional(),
  Metadata: z.record(z.string(), z.unknown()).optional(),
  Parameters: section(ParameterDeclaration),
  Mappings: section(z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)])))),
  Conditions: section(z.unknown()),
  Rules: section(RuleDeclaration),
  Resources: section(ResourceDeclaration),
  Outputs: section(OutputDeclaration),
});

/** A template whose sections have the shape that they should have; nothing in it is resolved. */
export type Sections = z.infer<typeof Sections>;

const NOT_MODELLED = new Set(['Transform', 'Hooks', 'CreationPolicy', 'UpdatePolicy', 'Export']);

/**
 * @throws AwsError ValidationError for what is no template
 * @throws NotModelled for transforms, hooks, exports, creation and update policies
 */
export const parseTemplate = (template: Template): Sections => {
  const parsed = Sections.safeParse(template);
  if (!parsed.success) {
    const unknown = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : [],
    );
    const beyond = unknown.find((key) => NOT_MODELLED.has(key));
    if (beyond) throw new NotModelled(`${beyond} in a CloudFormation template`);
    if (unknown.length > 0) {
      throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
    }
    const issue = parsed.error.issues[0];
    throw validationError(`Template format error: [/${issue?.path.join('/') ?? ''}] ${issue?.message ?? ''}`);
  }
  if (Object.keys(parsed.data.Resources).length === 0) {
    throw validationError('Template format error: At least one Resources member must be defined.');
  }
  return parsed.data;
};
