import type { Template } from '../stacks';
import { requiredCapabilities } from './capabilities';
import type { StackRecord } from './stack-record';
import { summarize } from './summary';
import { parseTemplate } from './template';

/** A stack as DescribeStacks tells of it. */
export const stackOutput = (stack: StackRecord): object => ({
  StackId: stack.identity.id,
  StackName: stack.identity.name,
  Description: stack.design.description,
  Parameters: [...stack.design.plan.parameters].map(([key, { declaration, given, value }]) => ({
    ParameterKey: key,
    ParameterValue: declaration.NoEcho ? '****' : given,
    ResolvedValue: typeof value === 'string' && value !== given && !declaration.NoEcho ? value : undefined,
  })),
  CreationTime: stack.createdAt,
  LastUpdatedTime: stack.updatedAt,
  DeletionTime: stack.deletedAt,
  StackStatus: stack.status,
  StackStatusReason: stack.reason,
  DisableRollback: false,
  NotificationARNs: [],
  Capabilities: stack.design.capabilities,
  Outputs: stack.outputs.map(({ key, value, description }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description,
  })),
  Tags: Object.entries(stack.design.tags).map(([key, value]) => ({ Key: key, Value: value })),
  EnableTerminationProtection: false,
  DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
});

/** A template as GetTemplateSummary tells of it. */
export const summaryOutput = (template: Template): object => {
  const summary = summarize(template);
  const { because } = requiredCapabilities(parseTemplate(template).Resources);
  return {
    Parameters: summary.parameters.map((parameter) => ({
      ParameterKey: parameter.key,
      DefaultValue: parameter.default,
      ParameterType: parameter.type,
      NoEcho: parameter.noEcho,
      Description: parameter.description,
      ParameterConstraints: parameter.allowedValues ? { AllowedValues: parameter.allowedValues } : {},
    })),
    Description: summary.description,
    Capabilities: summary.capabilities,
    CapabilitiesReason:
      because.length > 0
        ? `The following resource(s) require capabilities: [${because.join(', ')}]`
        : undefined,
    ResourceTypes: summary.resourceTypes,
    Version:
      typeof template['AWSTemplateFormatVersion'] === 'string'
        ? template['AWSTemplateFormatVersion']
        : undefined,
    Metadata: summary.metadata,
  };
};
