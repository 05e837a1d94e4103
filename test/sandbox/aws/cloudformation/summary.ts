import type { Template, TemplateSummary } from '../stacks';
import { requiredCapabilities } from './capabilities';
import { parseTemplate } from './template';

/** What a template asks for and creates, without values for its parameters. */
export const summarize = (template: Template): TemplateSummary => {
  const sections = parseTemplate(template);
  return {
    parameters: Object.entries(sections.Parameters).map(([key, declaration]) => ({
      key,
      type: declaration.Type,
      default: declaration.Default,
      noEcho: declaration.NoEcho ?? false,
      description: declaration.Description,
      allowedValues: declaration.AllowedValues,
      allowedPattern: declaration.AllowedPattern,
      constraintDescription: declaration.ConstraintDescription,
      minLength: declaration.MinLength,
      maxLength: declaration.MaxLength,
      minValue: declaration.MinValue,
      maxValue: declaration.MaxValue,
    })),
    resourceTypes: [...new Set(Object.values(sections.Resources).map(({ Type: type }) => type))],
    capabilities: requiredCapabilities(sections.Resources).capabilities,
    description: sections.Description,
    metadata: sections.Metadata && JSON.stringify(sections.Metadata),
  };
};
