import { NotModelled } from '../service';
import { cidrBlocks } from './cidr';
import { validationError } from './refusals';

/** What `Ref: AWS::NoValue` leaves behind until its surroundings have dropped it. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** Where an expression finds what it refers to. */
export interface Scope {
  /** A parameter, pseudo parameter or resource. */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  /** @returns undefined where the mapping has no such keys */
  mapped(mapping: string, first: string, second: string): unknown;
  /** The availability zones of a region; of the stack's own for an empty name. */
  zones(region: string): readonly string[];
  /** What another stack of the account and region exports; left out where stacks do not import. */
  exported?(name: string): unknown;
  /** An output of another stack of the account; left out where stacks do not read others. */
  outputOf?(stack: {
    readonly name: string;
    readonly region: string | undefined;
    readonly output: string;
  }): unknown;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** An object with one member, `Ref`, `Condition` or `Fn::…`, is a call of that function. */
export const intrinsicOf = (value: unknown): readonly [string, unknown] | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [only, ...rest] = Object.entries(value);
  if (!only || rest.length > 0) return undefined;
  return only[0] === 'Ref' || only[0].startsWith('Fn::') ? only : undefined;
};

/**
 * Resolves every function in a value. Members and items that come to `AWS::NoValue` are left out.
 * @throws AwsError ValidationError, `Template error: …`, for a call that cannot be carried out
 * @throws NotModelled for a function that the stand-in does not have
 */
export const evaluate = (value: unknown, scope: Scope): unknown => {
  const call = intrinsicOf(value);
  if (call) {
    const [name, argument] = call;
    const intrinsic = INTRINSICS[name];
    if (!intrinsic) throw new NotModelled(`the intrinsic function ${name}`);
    return intrinsic(argument, scope);
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown) => evaluate(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, member]): [string, unknown] => [key, evaluate(member, scope)])
        .filter(([, member]) => member !== NO_VALUE),
    );
  }
  return value;
};

/** A text where the function needs one; numbers and booleans are text to CloudFormation. */
export const asText = (value: unknown, what: string): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw validationError(`Template error: ${what}`);
};

const asList = (value: unknown, what: string): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw validationError(`Template error: ${what}`);
};

const asTexts = (value: unknown, what: string): readonly string[] =>
  asList(value, what).map((item) => asText(item, what));

const two = (argument: unknown, what: string): readonly [unknown, unknown] => {
  const list = asList(argument, what);
  if (list.length !== 2) throw validationError(`Template error: ${what}`);
  return [list[0], list[1]];
};

const getAtt: Intrinsic = (argument, scope) => {
  const what =
    'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute';
  const parts = typeof argument === 'string' ? splitOnce(argument) : asTexts(evaluate(argument, scope), what);
  const [logicalId, attribute] = parts;
  if (!logicalId || !attribute || parts.length !== 2) throw validationError(`Template error: ${what}`);
  return scope.attribute(logicalId, attribute);
};

const splitOnce = (dotted: string): readonly string[] => {
  const dot = dotted.indexOf('.');
  return dot < 0 ? [dotted] : [dotted.slice(0, dot), dotted.slice(dot + 1)];
};

const join: Intrinsic = (argument, scope) => {
  const what =
    'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';
  const [delimiter, items] = two(argument, what);
  return asTexts(evaluate(items, scope), what).join(asText(delimiter, what));
};

const split: Intrinsic = (argument, scope) => {
  const what =
    'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.';
  const [delimiter, source] = two(argument, what);
  return asText(evaluate(source, scope), what).split(asText(delimiter, what));
};

const select: Intrinsic = (argument, scope) => {
  const what = 'Fn::Select requires a list argument with two elements: an integer index and a list';
  const [index, source] = two(argument, what);
  const at = asText(evaluate(index, scope), what);
  if (!/^\d+$/.test(at)) throw validationError(`Template error: ${what}`);
  const item = asList(evaluate(source, scope), what)[Number(at)];
  if (item === undefined) {
    throw validationError(`Template error: Fn::Select cannot select nonexistent value at index ${at}`);
  }
  return item;
};

const substitute: Intrinsic = (argument, scope) => {
  const what =
    "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string";
  const [pattern, given] = typeof argument === 'string' ? [argument, {}] : two(argument, what);
  const values = evaluate(given, scope);
  if (typeof pattern !== 'string' || typeof values !== 'object' || values === null) {
    throw validationError(`Template error: ${what}`);
  }
  const own = new Map<string, unknown>(Object.entries(values));
  return pattern.replace(SUBSTITUTION, (_whole, literal: string | undefined, name: string) => {
    if (literal) return `\${${name}}`;
    const value = own.has(name) ? own.get(name) : name.includes('.') ? getAtt(name, scope) : scope.ref(name);
    return asText(value, `variable ${name} in Fn::Sub expression does not resolve to a string`);
  });
};

/** `${Name}`, `${Resource.Attribute}`, `${AWS::Region}`; `${!Name}` stands for itself without the mark. */
export const SUBSTITUTION = /\$\{(!)?\s*([^{}!\s]+)\s*\}/g;

const cidr: Intrinsic = (argument, scope) => {
  const what =
    'every Fn::Cidr object requires two or three parameters, (1) ipBlock, (2) count and (3) cidrBits';
  const parts = asTexts(evaluate(argument, scope), what);
  const [block, count, bits] = parts;
  if (block === undefined || count === undefined || bits === undefined) {
    throw parts.length === 2
      ? new NotModelled('Fn::Cidr without cidrBits')
      : validationError(`Template error: ${what}`);
  }
  return cidrBlocks(block, Number(count), Number(bits));
};

const choose: Intrinsic = (argument, scope) => {
  const what = 'Fn::If requires a list argument with three elements';
  const list = asList(argument, what);
  if (list.length !== 3 || typeof list[0] !== 'string') throw validationError(`Template error: ${what}`);
  return evaluate(scope.condition(list[0]) ? list[1] : list[2], scope);
};

const findInMap: Intrinsic = (argument, scope) => {
  const what =
    'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value';
  const [mapping, first, second] = asTexts(evaluate(argument, scope), what);
  if (mapping === undefined || first === undefined || second === undefined) {
    throw validationError(`Template error: ${what}`);
  }
  const value = scope.mapped(mapping, first, second);
  if (value === undefined) {
    throw validationError(`Template error: Unable to get mapping for ${mapping}::${first}::${second}`);
  }
  return value;
};

const INTRINSICS: Readonly<Record<string, Intrinsic | undefined>> = {
  Ref: (name, scope) => {
    if (name === 'AWS::NoValue') return NO_VALUE;
    return scope.ref(asText(name, 'every Ref object must have a single String value.'));
  },
  'Fn::GetAtt': getAtt,
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::Split': split,
  'Fn::Select': select,
  'Fn::Cidr': cidr,
  'Fn::GetAZs': (region, scope) =>
    scope.zones(asText(evaluate(region, scope), 'every Fn::GetAZs object must have a String value.')),
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (name, scope) => {
    if (!scope.exported) throw new NotModelled('the intrinsic function Fn::ImportValue');
    return scope.exported(asText(evaluate(name, scope), 'every Fn::ImportValue object must name an export.'));
  },
  'Fn::GetStackOutput': (argument, scope) => {
    const what = 'every Fn::GetStackOutput object must name a stack and its output.';
    const { StackName, OutputName, Region, ...more } = Object(evaluate(argument, scope)) as Record<
      string,
      unknown
    >;
    if (!scope.outputOf || Object.keys(more).length > 0) {
      throw new NotModelled(`the intrinsic function Fn::GetStackOutput with ${Object.keys(more).join(', ')}`);
    }
    return scope.outputOf({
      name: asText(StackName, what),
      output: asText(OutputName, what),
      region: Region === undefined ? undefined : asText(Region, what),
    });
  },
  'Fn::Base64': (value, scope) => {
    const content = asText(evaluate(value, scope), 'every Fn::Base64 object must have a String-typed value.');
    return Buffer.from(content, 'utf8').toString('base64');
  },
};
