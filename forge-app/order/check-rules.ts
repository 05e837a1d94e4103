import type { Constraint, Parameter, VersionDescription } from '../../aws-bridge/contract/catalog';
import type { OrderProblem } from './order-problem';
import { items, parameterType } from './parameter-type';

/** A rule of a template or of a template constraint, as its author wrote it: nothing in it is known to be well-formed. */
export interface Rule {
  readonly name: string;
  /** Undefined where the rule always holds. */
  readonly condition?: unknown;
  readonly assertions: readonly { readonly assert: unknown; readonly description?: string }[];
}

/** Values by what `Ref` names. What is not in it is not known here. */
export type RuleValues = ReadonlyMap<string, string | readonly string[]>;

export interface RulesChecked {
  /** Assertions that do not hold. `field` is the parameter that the assertion is about, or `parameters`. */
  readonly problems: readonly OrderProblem[];
  /** Names of rules that nobody but AWS can judge with these values. */
  readonly unchecked: readonly string[];
}

/** What is said where the author of a rule has said nothing. */
export interface RuleWords {
  readonly violated: (rule: string) => string;
}

/**
 * The rules that a launch has to satisfy: the template's own and those of the product's template constraints.
 * @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/reference-template_constraint_rules.html
 */
export const rulesFor = (
  product: { readonly constraints: readonly Constraint[] },
  described: Pick<VersionDescription, 'rules'>,
): readonly Rule[] => [
  ...(described.rules === undefined ? [] : rulesIn(json(described.rules))),
  ...product.constraints
    .filter(({ type }) => type === 'TEMPLATE')
    .flatMap(({ parameters }) => rulesIn(member(json(parameters), 'Rules'))),
];

/**
 * What rules may refer to, as CloudFormation will see it: values as they are given, the defaults of others, account and
 * region. Not among it are values that must not be shown, values that lie in Systems Manager, and what is missing.
 */
export const ruleValues = (
  parameters: readonly Parameter[],
  given: Readonly<Record<string, string>>,
  place: { readonly account: string; readonly region: string },
): RuleValues => {
  const values = new Map<string, string | readonly string[]>([
    ['AWS::AccountId', place.account],
    ['AWS::Region', place.region],
  ]);
  for (const { key, type, noEcho, default: preset } of parameters) {
    const value = Object.hasOwn(given, key) ? given[key] : preset;
    if (noEcho || value === undefined || type.startsWith('AWS::SSM::Parameter::Value<')) continue;
    values.set(key, parameterType(type).list ? (value === '' ? [] : items(value)) : value);
  }
  return values;
};

/**
 * Judges values by rules before AWS does, and never more strictly: what cannot be told here for certain is left to AWS. Those
 * are attributes and lists that only the tenant account knows, values that are not known, and whatever is no rule that
 * CloudFormation documents.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
 */
export const checkRules = (rules: readonly Rule[], values: RuleValues, words: RuleWords): RulesChecked => {
  const problems: OrderProblem[] = [];
  const unchecked = new Set<string>();
  for (const { name, condition, assertions } of rules) {
    const applies = condition === undefined ? true : truthOf(condition, values, 0);
    if (applies === false) continue;
    for (const { assert, description } of assertions) {
      const holds = truthOf(assert, values, 0);
      if (holds === true) continue;
      if (holds === UNKNOWN || applies === UNKNOWN) unchecked.add(name);
      else {
        problems.push({
          field: fieldOf(assert, values),
          message: description?.trim() ? description.trim() : words.violated(name),
        });
      }
    }
  }
  return { problems, unchecked: [...unchecked] };
};

/** Cannot be told here. */
const UNKNOWN = 'unknown';
type Unknown = typeof UNKNOWN;
type Truth = boolean | Unknown;
/** One value: in an object, because any text may be one. */
type One = { readonly text: string } | Unknown;
/** Several values; unknown where not even their number is known. */
type Several = readonly One[] | Unknown;

/** Rules nest a few levels; what nests deeper is not evaluated, so that no rule exhausts the stack. */
const DEEPEST = 40;

const truthOf = (expression: unknown, values: RuleValues, depth: number): Truth => {
  const [name, argument] = callIn(expression) ?? [];
  if (name === undefined || !Array.isArray(argument) || depth > DEEPEST) return UNKNOWN;
  const operands: readonly unknown[] = argument;
  const [first, second] = operands;
  const each = (): readonly Truth[] => operands.map((operand) => truthOf(operand, values, depth + 1));
  const pair = operands.length === 2;
  switch (name) {
    case 'Fn::And':
      return operands.length < 2 ? UNKNOWN : all(each());
    case 'Fn::Or':
      return operands.length < 2 ? UNKNOWN : not(all(each().map(not)));
    case 'Fn::Not':
      return operands.length === 1 ? not(truthOf(first, values, depth + 1)) : UNKNOWN;
    case 'Fn::Equals':
      return pair ? same(one(first, values), one(second, values)) : UNKNOWN;
    case 'Fn::Contains':
      return pair ? among(one(second, values), several(first, values)) : UNKNOWN;
    case 'Fn::EachMemberEquals': {
      const wanted = one(second, values);
      return pair ? every(several(first, values), (item) => same(item, wanted)) : UNKNOWN;
    }
    case 'Fn::EachMemberIn': {
      const allowed = several(second, values);
      return pair ? every(several(first, values), (item) => among(item, allowed)) : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
};

const not = (truth: Truth): Truth => (truth === UNKNOWN ? UNKNOWN : !truth);
const all = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(UNKNOWN) ? UNKNOWN : true;
/** An empty list is none: whether CloudFormation takes it for no value or for one empty value is not documented. */
const isTold = (members: Several): members is readonly One[] => members !== UNKNOWN && members.length > 0;
const every = (members: Several, holds: (member: One) => Truth): Truth =>
  isTold(members) ? all(members.map(holds)) : UNKNOWN;

const among = (wanted: One, members: Several): Truth =>
  !isTold(members) ? UNKNOWN : not(all(members.map((member) => not(same(wanted, member)))));

const same = (a: One, b: One): Truth => {
  if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN;
  if (a.text === b.text) return true;
  // 8 and 8.0, true and True: whether they are equal to CloudFormation is not documented.
  return sameNumber(a.text, b.text) || a.text.toLowerCase() === b.text.toLowerCase() ? UNKNOWN : false;
};
const sameNumber = (a: string, b: string): boolean =>
  a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b);

const one = (expression: unknown, values: RuleValues): One => {
  if (isScalar(expression)) return { text: String(expression) };
  const value = referred(expression, values);
  return typeof value === 'string' ? { text: value } : UNKNOWN;
};

const several = (expression: unknown, values: RuleValues): Several => {
  if (Array.isArray(expression)) {
    const parts = expression.map((part: unknown) => ({ part, value: referred(part, values) }));
    // A list within a list: whether it is taken for its members is not documented.
    return parts.some(({ value }) => typeof value === 'object')
      ? UNKNOWN
      : parts.map(({ part }) => one(part, values));
  }
  const value = referred(expression, values);
  return typeof value === 'object' ? value.map((text) => ({ text })) : UNKNOWN;
};

const referred = (expression: unknown, values: RuleValues): string | readonly string[] | undefined => {
  const [name, argument] = callIn(expression) ?? [];
  return name === 'Ref' && typeof argument === 'string' ? values.get(argument) : undefined;
};

/** The first parameter that an assertion names. */
const fieldOf = (assertion: unknown, values: RuleValues): string => {
  const [named] = references(assertion, 0).filter((name) => values.has(name) && !name.includes(':'));
  return named === undefined ? 'parameters' : `parameters.${named}`;
};

const references = (expression: unknown, depth: number): readonly string[] => {
  if (depth > DEEPEST || typeof expression !== 'object' || expression === null) return [];
  const [name, argument] = callIn(expression) ?? [];
  if (name === 'Ref' && typeof argument === 'string') return [argument];
  return Object.values(expression).flatMap((part: unknown) => references(part, depth + 1));
};

const rulesIn = (section: unknown): readonly Rule[] => {
  if (!isObject(section)) return [UNREADABLE];
  return Object.entries(section).map(([name, rule]) => {
    const assertions = member(rule, 'Assertions');
    const condition = member(rule, 'RuleCondition');
    return {
      name,
      ...(condition !== undefined && { condition }),
      assertions: Array.isArray(assertions) ? assertions.map(assertionOf) : [{ assert: undefined }],
    };
  });
};

const assertionOf = (assertion: unknown): Rule['assertions'][number] => {
  const description = member(assertion, 'AssertDescription');
  return {
    assert: member(assertion, 'Assert'),
    ...(typeof description === 'string' && { description }),
  };
};

/** Stands for rules that are none of CloudFormation's, of which nothing can be told. */
const UNREADABLE: Rule = { name: 'Rules', assertions: [{ assert: undefined }] };

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A function is an object with one member. */
const callIn = (expression: unknown): readonly [string, unknown] | undefined => {
  if (!isObject(expression)) return undefined;
  const members = Object.entries(expression);
  return members.length === 1 ? members[0] : undefined;
};

const member = (value: unknown, name: string): unknown =>
  isObject(value) ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
