import type { Parameter } from '../../aws-bridge/contract/catalog';
import type { OrderProblem } from './order-problem';
import { items, type ParameterType, parameterType } from './parameter-type';
import { createPatternCheck, type PatternCheck } from './pattern-check';
import { oneLine, printable, quoted, sentence } from './printable';

/** CloudFormation's limit for one value. */
const MAX_BYTES = 4096;

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
  patternCheck: PatternCheck = createPatternCheck(),
): readonly OrderProblem[] => {
  const known = new Set(offered.map(({ key }) => key));
  const unknown = Object.keys(given)
    .filter((key) => !known.has(key))
    .map((key) => ({
      field: `parameters.${key}`,
      message: `${printable(key, 255)}: this version has no such parameter. Leave it out.`,
    }));
  const wrong = offered.flatMap((parameter) => {
    const value = Object.hasOwn(given, parameter.key) ? given[parameter.key] : undefined;
    const complaint =
      value === undefined ? complaintOfMissing(parameter) : complaintOf(parameter, value, patternCheck);
    if (complaint === undefined) return [];
    return [{ field: `parameters.${parameter.key}`, message: `${parameterName(parameter)}: ${complaint}` }];
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
  patternCheck: PatternCheck = createPatternCheck(),
): readonly OrderProblem[] => {
  const complaint = complaintOfValue(parameter, value, patternCheck, () => 'the value');
  if (complaint === undefined) return [];
  return [{ field: `parameters.${parameter.key}`, message: `${parameterName(parameter)}: ${complaint}` }];
};

/** What people call a parameter, with its key. */
export const parameterName = ({ key, label }: Parameter): string =>
  label === undefined || label === key ? key : `${oneLine(label)} (${key})`;

const complaintOfMissing = (parameter: Parameter): string | undefined => {
  if (parameter.default !== undefined) return undefined;
  return parameter.noEcho
    ? 'a value is needed, and it is one that must not be shown. Fill it in on the order form, which seals it.'
    : 'a value is needed; this parameter has no default.';
};

const complaintOf = (parameter: Parameter, value: string, patternCheck: PatternCheck): string | undefined => {
  if (parameter.noEcho) {
    return (
      'its value must not be shown, but the order holds it in clear, where everyone who sees the request can read it. ' +
      'Leave it out, and treat the value that was given as disclosed: change it wherever it is in use.'
    );
  }
  return complaintOfValue(parameter, value, patternCheck, quotedInPart);
};

/** How a wrong value is named in a complaint. */
type Named = (value: string) => string;

const complaintOfValue = (
  parameter: Parameter,
  value: string,
  patternCheck: PatternCheck,
  named: Named,
): string | undefined => {
  if (!value.isWellFormed()) return 'the value is not well-formed text. Type it anew.';
  const bytes = Buffer.byteLength(value, 'utf8');
  if (bytes > MAX_BYTES) return `the value takes ${bytes} bytes; at most ${MAX_BYTES} are possible.`;
  const type = parameterType(parameter.type);
  const values = type.list ? items(value) : [value];
  const rule =
    ofType(type, values, named) ??
    ofConstraints(parameter, type, values, named) ??
    ofPattern(parameter, values, patternCheck, named);
  if (rule === undefined) return undefined;
  if (parameter.constraintDescription === undefined) return rule;
  return `${rule} ${constraint(oneLine(parameter.constraintDescription))}`;
};

const ofType = (type: ParameterType, values: readonly string[], named: Named): string | undefined => {
  const { shape, expected } = type;
  if (shape === undefined || expected === undefined) return undefined;
  const wrong = values.find((item) => !shape.test(item));
  if (wrong === undefined) return undefined;
  if (wrong === '')
    return `${type.list ? 'an item of the list' : 'the value'} is empty; it has to be ${expected}.`;
  return `${named(wrong)} has to be ${expected}.`;
};

const ofConstraints = (
  parameter: Parameter,
  type: ParameterType,
  values: readonly string[],
  named: Named,
): string | undefined => {
  const { allowedValues } = parameter;
  if (allowedValues !== undefined) {
    const wrong = values.find((item) => !allowedValues.includes(item));
    if (wrong !== undefined) return `${named(wrong)} is not one of ${choices(allowedValues)}.`;
  }
  return type.number
    ? ofRange(parameter, values, named)
    : type.list
      ? undefined
      : ofLength(parameter, values);
};

const ofRange = (
  { minValue, maxValue }: Parameter,
  values: readonly string[],
  named: Named,
): string | undefined => {
  const low = values.find((item) => minValue !== undefined && Number(item) < minValue);
  if (low !== undefined) return `${named(low)} is less than ${minValue ?? ''}, the least that is allowed.`;
  const high = values.find((item) => maxValue !== undefined && Number(item) > maxValue);
  if (high !== undefined) return `${named(high)} is more than ${maxValue ?? ''}, the most that is allowed.`;
  return undefined;
};

const ofLength = ({ minLength, maxLength }: Parameter, values: readonly string[]): string | undefined => {
  const length = values[0]?.length ?? 0;
  if (minLength !== undefined && length < minLength) {
    return `the value has ${characters(length)}; at least ${minLength} are needed.`;
  }
  if (maxLength !== undefined && length > maxLength) {
    return `the value has ${characters(length)}; at most ${maxLength} are allowed.`;
  }
  return undefined;
};

const ofPattern = (
  { allowedPattern, constraintDescription }: Parameter,
  values: readonly string[],
  patternCheck: PatternCheck,
  named: Named,
): string | undefined => {
  if (allowedPattern === undefined) return undefined;
  switch (patternCheck(allowedPattern, values)) {
    case 'match':
      return undefined;
    case 'no-match':
      // The pattern itself helps nobody who has words.
      return constraintDescription === undefined
        ? `${named(values.join(','))} does not match the pattern ${oneLine(allowedPattern)}.`
        : `${named(values.join(','))} is not of the form that is asked for.`;
    case 'unchecked':
      return (
        `whether the value is allowed could not be checked: the product's pattern ${oneLine(allowedPattern)} is too slow ` +
        'or not understood. This is not your mistake; ask the service desk to have the pattern simplified.'
      );
  }
};

const quotedInPart: Named = (value) => quoted(value, 200);
const characters = (count: number): string => (count === 1 ? '1 character' : `${count} characters`);

/** CloudFormation puts a description behind "failed to satisfy constraint:", so many begin in the middle of a sentence. */
const constraint = (description: string): string => {
  const text = description.trim();
  if (/^(?:must|has to|have to|should|can|cannot|may|needs?|is)\b/.test(text)) return sentence(`It ${text}`);
  return sentence(/^\p{Ll}/u.test(text) ? `What is allowed: ${text}` : text);
};

const SHOWN_CHOICES = 20;
const choices = (allowed: readonly string[]): string => {
  const shown = allowed
    .slice(0, SHOWN_CHOICES)
    .map((choice) => `"${oneLine(choice)}"`)
    .join(', ');
  const more = allowed.length - SHOWN_CHOICES;
  return more > 0 ? `${shown} and ${more} more` : shown;
};
