import type { Parameter } from '../../../aws-bridge/contract/catalog';

/** One parameter with values to try. What is wrong comes with a part of what is said about it. */
export interface TriedParameter {
  readonly parameter: Parameter;
  readonly right: readonly string[];
  readonly wrong: readonly (readonly [value: string, said: RegExp])[];
}

/** A template as people order it. */
export interface TriedTemplate {
  readonly name: string;
  readonly resourceTypes: readonly string[];
  readonly capabilities: readonly string[];
  /** The section `Rules`. */
  readonly rules?: object | undefined;
  readonly parameters: readonly TriedParameter[];
}

type Properties = Partial<Omit<Parameter, 'key' | 'type'>>;
type Wrong = TriedParameter['wrong'];

/** A parameter of CloudFormation's, in a group of the console's. */
const tried =
  (type: string) =>
  (key: string, properties: Properties, right: readonly string[], wrong: Wrong = []): TriedParameter => ({
    parameter: { key, type, noEcho: false, ...properties },
    right,
    wrong,
  });

export const text = tried('String');
export const number = tried('Number');
export const list = tried('CommaDelimitedList');
export const numbers = tried('List<Number>');
export const aws = (type: string) => tried(type);

export const secret = (key: string, properties: Properties, right: readonly string[], wrong: Wrong = []) =>
  text(key, { noEcho: true, ...properties }, right, wrong);

/** One of a few; anything else is refused. */
export const choice = (key: string, allowedValues: string[], properties: Properties = {}) =>
  text(key, { allowedValues, ...properties }, allowedValues, [['another', /is not one of/]]);

export const onOff = (key: string, properties: Properties = {}, allowedValues = ['true', 'false']) =>
  text(key, { allowedValues, ...properties }, allowedValues, [['maybe', /is not one of/]]);

/** A range of private addresses. */
export const cidr = (key: string, properties: Properties = {}) =>
  text(
    key,
    {
      allowedPattern: '10(\\.\\d{1,3}){3}/(1[6-9]|2[0-8])',
      constraintDescription: 'must be a range such as 10.20.0.0/16',
      ...properties,
    },
    ['10.1.0.0/16', '10.250.3.0/28'],
    [
      ['192.168.0.0/16', /not of the form.*It must be a range/],
      ['10.1.0.0/16 and more', /not of the form/],
    ],
  );

export const grouped = (group: string, ...parameters: readonly TriedParameter[]): TriedParameter[] =>
  parameters.map(({ parameter, ...values }) => ({ ...values, parameter: { ...parameter, group } }));
