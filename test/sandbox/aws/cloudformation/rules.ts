import { createDecider, type Predicate } from './conditions';
import { asText, evaluate, intrinsicOf, type Scope } from './intrinsics';
import { NotModelled } from '../service';
import { validationError } from './refusals';
import type { RuleDeclaration, Sections } from './template';

/**
 * Holds the parameters against the template's rules.
 * @throws AwsError ValidationError with the description of the first assertion that does not hold
 */
export const checkRules = (
  rules: Readonly<Record<string, RuleDeclaration>>,
  parameters: Sections['Parameters'],
  scope: Scope,
): void => {
  const decide = createDecider(scope, predicatesOf(parameters, scope));
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.RuleCondition !== undefined && !decide(rule.RuleCondition)) continue;
    const broken = rule.Assertions.find((assertion) => !decide(assertion.Assert));
    if (broken)
      throw validationError(`Rule ${name} failed: ${broken.AssertDescription ?? 'Assertion failed'}`);
  }
};

const predicatesOf = (parameters: Sections['Parameters'], scope: Scope): Record<string, Predicate> => {
  /** A list of texts: a literal one, a list parameter, or every parameter of a type. */
  const members = (value: unknown, name: string): readonly string[] => {
    const call = intrinsicOf(value);
    if (call?.[0] === 'Fn::ValueOf' || call?.[0] === 'Fn::ValueOfAll')
      throw new NotModelled(`${call[0]} in a rule`);
    const resolved =
      call?.[0] === 'Fn::RefAll'
        ? Object.entries(parameters)
            .filter(([, declaration]) => declaration.Type === call[1])
            .flatMap(([parameter]) => scope.ref(parameter))
        : evaluate(value, scope);
    const items: readonly unknown[] = Array.isArray(resolved) ? resolved : [resolved];
    return items.map((item) => asText(item, `every ${name} object requires lists of strings`));
  };
  const pair = (argument: unknown, name: string): readonly [readonly string[], readonly string[]] => {
    if (!Array.isArray(argument) || argument.length !== 2) {
      throw validationError(`Template error: every ${name} object requires a list of 2 elements`);
    }
    return [members(argument[0], name), members(argument[1], name)];
  };
  return {
    'Fn::Contains': (argument) => {
      const [choice, values] = pair(argument, 'Fn::Contains');
      return values.every((value) => choice.includes(value));
    },
    'Fn::EachMemberIn': (argument) => {
      const [values, choice] = pair(argument, 'Fn::EachMemberIn');
      return values.every((value) => choice.includes(value));
    },
    'Fn::EachMemberEquals': (argument) => {
      const [values, wanted] = pair(argument, 'Fn::EachMemberEquals');
      return values.every((value) => value === wanted[0]);
    },
  };
};
