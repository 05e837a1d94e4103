import { NotModelled } from '../service';
import { asText, evaluate, intrinsicOf, type Scope } from './intrinsics';
import { validationError } from './refusals';

/** A function that is true or false; it may come with a dialect that has more of them, as rules do. */
export type Predicate = (argument: unknown, decide: (expression: unknown) => boolean) => boolean;

/**
 * Decides an expression made of conditions' functions and those that `predicates` adds.
 * @throws AwsError ValidationError for a malformed expression
 */
export const createDecider = (
  scope: Scope,
  predicates: Readonly<Record<string, Predicate | undefined>> = {},
): ((expression: unknown) => boolean) => {
  const known: Readonly<Record<string, Predicate | undefined>> = {
    'Fn::Equals': (argument) => {
      const [left, right] = list(argument, 'Fn::Equals', 2, 2);
      return text(left, scope) === text(right, scope);
    },
    'Fn::And': (argument, decide) => list(argument, 'Fn::And', 2, 10).every(decide),
    'Fn::Or': (argument, decide) => list(argument, 'Fn::Or', 2, 10).some(decide),
    'Fn::Not': (argument, decide) => !list(argument, 'Fn::Not', 1, 1).every(decide),
    ...predicates,
  };
  const decide = (expression: unknown): boolean => {
    const named = conditionOf(expression);
    if (named !== undefined) return scope.condition(named);
    const [name, argument] = intrinsicOf(expression) ?? [];
    if (name === undefined)
      throw validationError('Template format error: Every condition must be a function');
    const predicate = known[name];
    if (!predicate) throw new NotModelled(`${name} as a condition`);
    return predicate(argument, decide);
  };
  return decide;
};

/** The name in `{ Condition: 'Name' }`. */
const conditionOf = (expression: unknown): string | undefined => {
  if (typeof expression !== 'object' || expression === null || !('Condition' in expression)) return undefined;
  const { Condition: name } = expression;
  return typeof name === 'string' && Object.keys(expression).length === 1 ? name : undefined;
};

const list = (argument: unknown, name: string, least: number, most: number): readonly unknown[] => {
  if (Array.isArray(argument) && argument.length >= least && argument.length <= most) return argument;
  const size = least === most ? String(least) : `${least} to ${most}`;
  throw validationError(`Template error: every ${name} object requires a list of ${size} elements`);
};

const text = (value: unknown, scope: Scope): string =>
  asText(evaluate(value, scope), 'every Fn::Equals object requires a list of 2 string parameters');

/**
 * Decides every condition of a template; each may refer to others.
 * @throws AwsError ValidationError for a circular or undefined condition
 */
export const decideConditions = (
  conditions: Readonly<Record<string, unknown>>,
  scope: Omit<Scope, 'condition'>,
): ReadonlyMap<string, boolean> => {
  const decided = new Map<string, boolean>();
  const open = new Set<string>();
  const condition = (name: string): boolean => {
    const known = decided.get(name);
    if (known !== undefined) return known;
    if (!Object.hasOwn(conditions, name)) {
      throw validationError(
        `Template format error: Unresolved condition dependency ${name} in the Conditions block of the template`,
      );
    }
    if (open.has(name)) {
      throw validationError(`Template error: Found circular condition dependency with ${name}`);
    }
    open.add(name);
    const value = createDecider({ ...scope, condition })(conditions[name]);
    decided.set(name, value);
    return value;
  };
  for (const name of Object.keys(conditions)) condition(name);
  return decided;
};
