import type { TemplateParameter } from '../stacks';
import { launchParameters } from './launch-parameters';
import { invalidParameters } from './refusals';
import type { RuleSet } from './template-rules';

interface Given {
  readonly Key: string;
  readonly Value?: string | undefined;
  readonly UsePreviousValue?: boolean | undefined;
}

/** The values of an update by key, and which of them are those of before. */
interface UpdateParameters {
  readonly values: Readonly<Record<string, string>>;
  readonly previous: readonly string[];
}

/**
 * What an update gives, once template constraints allow it. A parameter that is left out takes its default.
 * @throws AwsError `InvalidParametersException`; no value is repeated in it
 */
export const updateParameters = (
  given: readonly Given[],
  before: Readonly<Record<string, string>>,
  parameters: readonly TemplateParameter[],
  rules: readonly RuleSet[],
): UpdateParameters => {
  for (const { Key: key, Value: value, UsePreviousValue: previous = false } of given)
    if ((value === undefined) !== previous)
      throw invalidParameters(`Parameter ${key} needs either a value or UsePreviousValue, and not both.`);
  const previous = given.flatMap(({ Key: key, Value: value }) => (value === undefined ? [key] : []));
  const presets = new Map(parameters.map((parameter) => [parameter.key, parameter.default]));
  const effective = given.flatMap(({ Key, Value }) => {
    // What the template does not have is refused whatever its value is.
    const value = Value ?? before[Key] ?? (presets.has(Key) ? presets.get(Key) : '');
    return value === undefined ? [] : [{ Key, Value: value }];
  });
  return { values: launchParameters(effective, parameters, rules), previous };
};
