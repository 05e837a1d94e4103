import type { TemplateParameter } from '../stacks';
import { invalidParameters } from './refusals';
import { type RuleSet, type RuleValues, violations } from './template-rules';

/**
 * The values that a launch gives, by key, once template constraints allow them. CloudFormation checks them against
 * the template itself.
 * @throws AwsError `InvalidParametersException`; no value is repeated in it
 */
export const launchParameters = (
  given: readonly { readonly Key: string; readonly Value: string }[],
  parameters: readonly TemplateParameter[],
  rules: readonly RuleSet[],
): Record<string, string> => {
  const values = new Map(given.map(({ Key: key, Value: value }) => [key, value]));
  if (values.size < given.length) throw invalidParameters('A parameter is given more than once.');
  const unknown = [...values.keys()].filter((key) => !parameters.some((parameter) => parameter.key === key));
  if (unknown.length > 0)
    throw invalidParameters(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const complete = parameters.every(({ key, default: preset }) => values.has(key) || preset !== undefined);
  const [violated] = complete ? rules.flatMap((set) => violations(set, ruleValues(parameters, values))) : [];
  if (violated)
    throw invalidParameters(
      `Template constraint rule ${violated.rule} is violated` +
        (violated.description === undefined ? '' : `: ${violated.description}`),
    );
  return Object.fromEntries(values);
};

const ruleValues = (
  parameters: readonly TemplateParameter[],
  given: ReadonlyMap<string, string>,
): RuleValues =>
  new Map(
    parameters.map(({ key, type, default: preset = '' }) => {
      const value = given.get(key) ?? preset;
      return [
        key,
        /^(CommaDelimitedList$|List<|AWS::SSM::Parameter::Value<List<)/.test(type) ? split(value) : value,
      ];
    }),
  );

const split = (value: string): string[] => (value === '' ? [] : value.split(',').map((part) => part.trim()));
