import { z } from 'zod';
import { NotModelled } from '../service';

/** The Rules of a template constraint, as CloudFormation writes them. */
export const RuleSet = z.record(
  z.string(),
  z.strictObject({
    RuleCondition: z.unknown().optional(),
    Assertions: z
      .array(z.strictObject({ Assert: z.unknown(), AssertDescription: z.string().optional() }))
      .min(1),
  }),
);
export type RuleSet = z.infer<typeof RuleSet>;

/** A parameter's value by key; a list parameter's is a list. */
export type RuleValues = ReadonlyMap<string, string | readonly string[]>;

interface Violation {
  readonly rule: string;
  /** What the administrator wrote for people, where they did. */
  readonly description: string | undefined;
}

/**
 * Every assertion that the values do not fulfil, of every rule whose condition holds.
 * @throws NotModelled for a rule function that the stand-in does not have
 */
export const violations = (rules: RuleSet, values: RuleValues): Violation[] =>
  Object.entries(rules).flatMap(([rule, { RuleCondition: condition, Assertions: assertions }]) =>
    condition === undefined || holds(condition, values)
      ? assertions
          .filter(({ Assert: assertion }) => !holds(assertion, values))
          .map(({ AssertDescription: description }) => ({ rule, description }))
      : [],
  );

const Expression = z.record(z.string(), z.unknown()).refine((value) => Object.keys(value).length === 1);

const holds = (expression: unknown, values: RuleValues): boolean => {
  const [[name, argument] = ['', undefined]] = Object.entries(Expression.parse(expression));
  const all = z.array(z.unknown()).parse(argument);
  const [first, second] = all;
  switch (name) {
    case 'Fn::And':
      return all.every((part) => holds(part, values));
    case 'Fn::Or':
      return all.some((part) => holds(part, values));
    case 'Fn::Not':
      return !holds(first, values);
    case 'Fn::Equals':
      return single(first, values) === single(second, values);
    case 'Fn::Contains':
      return strings(first, values).includes(single(second, values));
    case 'Fn::EachMemberIn': {
      const allowed = strings(second, values);
      return strings(first, values).every((value) => allowed.includes(value));
    }
    case 'Fn::EachMemberEquals':
      return strings(first, values).every((value) => value === single(second, values));
    default:
      throw new NotModelled(`the rule function ${name}`);
  }
};

const single = (expression: unknown, values: RuleValues): string => {
  const value = resolve(expression, values);
  return typeof value === 'string' ? value : value.join(',');
};

const strings = (expression: unknown, values: RuleValues): readonly string[] => {
  if (Array.isArray(expression)) return expression.map((part: unknown) => single(part, values));
  const value = resolve(expression, values);
  return typeof value === 'string' ? [value] : value;
};

const resolve = (expression: unknown, values: RuleValues): string | readonly string[] => {
  if (typeof expression === 'string') return expression;
  if (typeof expression === 'number' || typeof expression === 'boolean') return String(expression);
  const [[name, argument] = ['', undefined]] = Object.entries(Expression.parse(expression));
  if (name !== 'Ref') throw new NotModelled(`${name} as a value in a rule`);
  return values.get(z.string().parse(argument)) ?? '';
};
