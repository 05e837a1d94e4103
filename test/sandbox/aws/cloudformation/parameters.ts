import { NotModelled } from '../service';
import { validationError } from './refusals';
import type { ParameterDeclaration, Sections } from './template';

/** A parameter with the value that a Ref to it gives. */
interface ParameterValue {
  readonly declaration: ParameterDeclaration;
  /** As it was given, or the default. */
  readonly given: string;
  /** What was given, split where the type is a list; for an SSM parameter what lies there. */
  readonly value: string | readonly string[];
}
export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/**
 * Takes the values for a template's parameters, with every rule that the template lays down for them.
 * @param storedAt what the account's SSM parameter store holds under a name
 * @throws AwsError ValidationError, worded as CloudFormation words it
 */
export const takeParameters = (
  declarations: Sections['Parameters'],
  given: Readonly<Record<string, string>>,
  storedAt: (name: string) => string | undefined,
): ParameterValues => {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(declarations, name));
  if (unknown.length > 0) {
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const missing = Object.entries(declarations)
    .filter(([name, declaration]) => given[name] === undefined && declaration.Default === undefined)
    .map(([name]) => name);
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);

  const taken = new Map<string, ParameterValue>();
  const absent: string[] = [];
  for (const [name, declaration] of Object.entries(declarations)) {
    const text = given[name] ?? declaration.Default ?? '';
    const kind = kindOf(declaration.Type);
    const members = kind.list ? split(text) : [text];
    const problem = problemWith(text, members, declaration, kind.number);
    if (problem) throw validationError(worded(name, problem, declaration));
    if (kind.stored) {
      const stored = storedAt(text);
      if (stored === undefined) absent.push(text);
      taken.set(name, { declaration, given: text, value: stored ?? '' });
    } else {
      taken.set(name, { declaration, given: text, value: kind.list ? members : text });
    }
  }
  if (absent.length > 0) {
    throw validationError(
      `Unable to fetch parameters [${absent.join(',')}] from parameter store for this account.`,
    );
  }
  return taken;
};

interface Kind {
  readonly list: boolean;
  readonly number: boolean;
  /** The value names an SSM parameter. */
  readonly stored: boolean;
}

const kindOf = (type: string): Kind => {
  const plain = { list: false, number: false, stored: false };
  if (type === 'String' || type === 'AWS::SSM::Parameter::Name') return plain;
  if (type === 'Number') return { ...plain, number: true };
  if (type === 'CommaDelimitedList') return { ...plain, list: true };
  if (type === 'List<Number>') return { ...plain, list: true, number: true };
  const stored = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(type)?.[1];
  if (stored !== undefined) {
    if (/^(List<|CommaDelimitedList)/.test(stored)) throw new NotModelled(`parameters of type ${type}`);
    return { ...plain, stored: true };
  }
  if (/^List<AWS::(EC2|Route53)::.+>$/.test(type)) return { ...plain, list: true };
  if (/^AWS::(EC2|Route53)::.+$/.test(type)) return plain;
  throw validationError(`Template format error: Unrecognized parameter type: ${type}`);
};

const split = (text: string): readonly string[] =>
  text === '' ? [] : text.split(',').map((item) => item.trim());

/** What is wrong with a value, as the predicate of a sentence about its parameter. */
const problemWith = (
  text: string,
  members: readonly string[],
  rules: ParameterDeclaration,
  number: boolean,
): string | undefined => {
  const { AllowedValues: allowed, AllowedPattern: pattern } = rules;
  if (number && !members.every((member) => NUMBER.test(member))) return 'must be a number';
  if (allowed && !members.every((member) => allowed.includes(member))) return 'must be one of AllowedValues';
  if (pattern !== undefined && !members.every((member) => new RegExp(`^(?:${pattern})$`).test(member))) {
    return `must match pattern ${pattern}`;
  }
  if (rules.MinLength !== undefined && text.length < Number(rules.MinLength)) {
    return `must contain at least ${rules.MinLength} characters`;
  }
  if (rules.MaxLength !== undefined && text.length > Number(rules.MaxLength)) {
    return `must contain at most ${rules.MaxLength} characters`;
  }
  const { MinValue: least, MaxValue: most } = rules;
  if (least !== undefined && members.some((member) => Number(member) < Number(least))) {
    return `must be a number not less than ${least}`;
  }
  if (most !== undefined && members.some((member) => Number(member) > Number(most))) {
    return `must be a number not greater than ${most}`;
  }
  if (text.length > MOST_CHARACTERS) return `must contain at most ${MOST_CHARACTERS} characters`;
  return undefined;
};

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/;
const MOST_CHARACTERS = 4096;

/** A constraint's own description replaces CloudFormation's; a value is never quoted, it may be NoEcho. */
const worded = (
  name: string,
  problem: string,
  { ConstraintDescription: own }: ParameterDeclaration,
): string =>
  own === undefined
    ? `Parameter '${name}' ${problem}`
    : `Parameter ${name} failed to satisfy constraint: ${own}`;
