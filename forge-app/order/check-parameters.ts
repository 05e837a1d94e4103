import type { Parameter } from '../../aws-bridge/contract/catalog';
import { orderChecks, type OrderChecks } from '../texts/en/order-checks';
import type { OrderProblem } from './order-problem';
import { items, type ParameterType, parameterType } from './parameter-type';
import type { PatternCheck } from './pattern-check';
import { oneLine, printable, quoted, sentence } from './printable';

/*
 * The same checks run in the browser, while somebody fills in the form, and on the server, when the order is fixed. So nothing
 * here is of node, and what matches patterns is given.
 */

/** CloudFormation's limit for one value. */
const MAX_BYTES = 4096;

export interface Checking {
  readonly patternCheck: PatternCheck;
  /** Left out: English, as comments are. */
  readonly words?: OrderChecks;
  /** Keys of the parameters whose value is sealed. */
  readonly sealed?: readonly string[];
}

/**
 * Checks the parameters of an order by CloudFormation's rules, which AWS would otherwise apply only after the
 * approval. Nothing is filled in: a parameter that is left out stays left out, because its default belongs to the
 * version, and the version is what the order names.
 *
 * A parameter of NoEcho given as text is refused: it stood in clear in the request's property.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export const checkParameters = (
  offered: readonly Parameter[],
  given: Readonly<Record<string, string>>,
  checking: Checking,
): readonly OrderProblem[] => {
  const { words = orderChecks, sealed = [] } = checking;
  const known = new Set(offered.map(({ key }) => key));
  const unknown = Object.keys(given)
    .filter((key) => !known.has(key))
    .map((key) => ({
      field: `parameters.${key}`,
      message: `${printable(key, 255)}: ${words.unknownParameter}`,
    }));
  const wrong = offered.flatMap((parameter) => {
    const value = Object.hasOwn(given, parameter.key) ? given[parameter.key] : undefined;
    if (value === undefined && sealed.includes(parameter.key)) return [];
    return problem(parameter, complaintAbout(parameter, value, checking));
  });
  return [...unknown, ...wrong];
};

/**
 * Checks a value that must not be shown, before it is sealed, by its parameter's own rules.
 * @returns what is wrong, in words that hold nothing of the value
 */
export const checkSecret = (
  parameter: Parameter,
  value: string,
  checking: Checking,
): readonly OrderProblem[] => problem(parameter, complaintAboutSecret(parameter, value, checking));

const problem = (parameter: Parameter, complaint: string | undefined): readonly OrderProblem[] =>
  complaint === undefined
    ? []
    : [{ field: `parameters.${parameter.key}`, message: `${parameterName(parameter)}: ${complaint}` }];

/** What people call a parameter, with its key. */
export const parameterName = ({ key, label }: Parameter): string =>
  label === undefined || label === key ? key : `${oneLine(label)} (${key})`;

/**
 * What is wrong with one parameter, in words that do not name it; undefined where nothing is.
 * @param value undefined where it is left out
 */
export const complaintAbout = (
  parameter: Parameter,
  value: string | undefined,
  checking: Checking,
): string | undefined => {
  const { words = orderChecks } = checking;
  if (value === undefined) {
    if (parameter.default !== undefined) return undefined;
    return parameter.noEcho ? words.secretNeeded : words.needed;
  }
  if (parameter.noEcho) return words.secretInClear;
  return complaintAboutText(parameter, value, { ...checking, words, named: quotedInPart });
};

/** What is wrong with a value that must not be shown, in words that hold nothing of it. */
export const complaintAboutSecret = (
  parameter: Parameter,
  value: string,
  checking: Checking,
): string | undefined => {
  const { words = orderChecks } = checking;
  return complaintAboutText(parameter, value, { ...checking, words, named: () => words.theValue });
};

interface Judging extends Required<Pick<Checking, 'patternCheck' | 'words'>> {
  /** How a wrong value is named in a complaint. */
  readonly named: (value: string) => string;
}

const complaintAboutText = (parameter: Parameter, value: string, judging: Judging): string | undefined => {
  const { words } = judging;
  if (!value.isWellFormed()) return words.notText;
  const bytes = new TextEncoder().encode(value).length;
  if (bytes > MAX_BYTES) return words.tooManyBytes(bytes, MAX_BYTES);
  const type = parameterType(parameter.type);
  const values = type.list ? items(value) : [value];
  const rule =
    ofType(type, values, judging) ??
    ofConstraints(parameter, type, values, judging) ??
    ofPattern(parameter, values, judging);
  if (rule === undefined) return undefined;
  if (parameter.constraintDescription === undefined) return rule;
  return `${rule} ${sentence(words.constraint(oneLine(parameter.constraintDescription).trim()))}`;
};

const ofType = (
  { list, shape, expected }: ParameterType,
  values: readonly string[],
  { words, named }: Judging,
): string | undefined => {
  if (shape === undefined || expected === undefined) return undefined;
  const wrong = values.find((item) => !shape.test(item));
  if (wrong === undefined) return undefined;
  const what = words.expected[expected];
  if (wrong === '') return list ? words.emptyItem(what) : words.emptyValue(what);
  return words.unexpected(named(wrong), what);
};

const ofConstraints = (
  parameter: Parameter,
  type: ParameterType,
  values: readonly string[],
  judging: Judging,
): string | undefined => {
  const { allowedValues } = parameter;
  if (allowedValues !== undefined) {
    const wrong = values.find((item) => !allowedValues.includes(item));
    if (wrong !== undefined) return notAllowed(judging.named(wrong), allowedValues, judging.words);
  }
  if (type.number) return ofRange(parameter, values, judging);
  return type.list ? undefined : ofLength(parameter, values, judging);
};

const SHOWN_CHOICES = 20;
const notAllowed = (value: string, allowed: readonly string[], words: OrderChecks): string => {
  const shown = allowed.slice(0, SHOWN_CHOICES).map((choice) => `"${oneLine(choice)}"`);
  return words.notAllowed(value, shown.join(', '), allowed.length - shown.length);
};

const ofRange = (
  { minValue, maxValue }: Parameter,
  values: readonly string[],
  { words, named }: Judging,
): string | undefined => {
  const low = values.find((item) => minValue !== undefined && Number(item) < minValue);
  if (low !== undefined && minValue !== undefined) return words.tooSmall(named(low), minValue);
  const high = values.find((item) => maxValue !== undefined && Number(item) > maxValue);
  if (high !== undefined && maxValue !== undefined) return words.tooLarge(named(high), maxValue);
  return undefined;
};

const ofLength = (
  { minLength, maxLength }: Parameter,
  values: readonly string[],
  { words }: Judging,
): string | undefined => {
  const length = values[0]?.length ?? 0;
  if (minLength !== undefined && length < minLength) return words.tooShort(length, minLength);
  if (maxLength !== undefined && length > maxLength) return words.tooLong(length, maxLength);
  return undefined;
};

const ofPattern = (
  { allowedPattern, constraintDescription }: Parameter,
  values: readonly string[],
  { patternCheck, words, named }: Judging,
): string | undefined => {
  if (allowedPattern === undefined) return undefined;
  const result = patternCheck(allowedPattern, values);
  const fails = (some: readonly string[]): boolean => patternCheck(allowedPattern, some) === 'no-match';
  // Of a list, the item that is wrong.
  const wrong = result === 'no-match' ? firstWrong(values, fails) : undefined;
  const value = named(wrong ?? values.join(','));
  switch (result) {
    case 'match':
      return undefined;
    case 'no-match':
      return constraintDescription === undefined
        ? words.notOfPattern(value, oneLine(allowedPattern))
        : words.notOfForm(value);
    case 'unchecked':
      return words.patternUnchecked(oneLine(allowedPattern));
  }
};

/** Found by halves: each question costs about a millisecond, and whoever sends the list says how long it is. */
const firstWrong = (
  values: readonly string[],
  fails: (some: readonly string[]) => boolean,
): string | undefined => {
  let from = 0;
  let to = values.length;
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (fails(values.slice(from, middle))) to = middle;
    else from = middle;
  }
  return values[from];
};

const quotedInPart = (value: string): string => quoted(value, 200);
