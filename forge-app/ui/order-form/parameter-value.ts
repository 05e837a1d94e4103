import type { Parameter } from '../../../aws-bridge/contract/catalog';
import { items, parameterType } from '../../order/parameter-type';

/** What somebody typed or chose, by parameter; nothing for what they have not touched. */
export type Texts = Readonly<Record<string, string>>;

/** A parameter of the same name and type keeps what was typed, whatever the version. */
export const textKey = ({ key, type }: Parameter): string => `${key} ${type}`;

/** The pair of allowed values that a toggle stands for: on, off. */
export const togglePair = ({
  allowedValues = [],
  type,
}: Parameter): readonly [string, string] | undefined => {
  if (allowedValues.length !== 2 || parameterType(type).list) return undefined;
  const named = (name: string) => allowedValues.find((value) => value.toLowerCase() === name);
  for (const [on, off] of PAIRS) {
    const [positive, negative] = [named(on), named(off)];
    if (positive !== undefined && negative !== undefined) return [positive, negative];
  }
  return undefined;
};

const PAIRS = [
  ['true', 'false'],
  ['yes', 'no'],
] as const;

/** What stands in the field. A toggle always says something: without a default, that it is off. */
export const shownText = (parameter: Parameter, texts: Texts): string =>
  texts[textKey(parameter)] ?? parameter.default ?? togglePair(parameter)?.[1] ?? '';

/**
 * The value as the order carries it; undefined where it is left out. A default is left out: it belongs to the version. Nothing
 * typed where there is no default is no value.
 */
export const valueIn = (parameter: Parameter, texts: Texts): string | undefined => {
  const { type, default: preset, allowedValues } = parameter;
  const written = shownText(parameter, texts);
  const text = parameterType(type).list ? listText(listItems(written)) : written;
  if (preset !== undefined) return sameValue(parameter, text, preset) ? undefined : text;
  if (text !== '') return text;
  return texts[textKey(parameter)] === '' && allowedValues?.includes('') === true ? '' : undefined;
};

const sameValue = ({ type }: Parameter, text: string, preset: string): boolean =>
  parameterType(type).list ? text === listText(listItems(preset)) : text === preset;

/** The items of a list that say anything. */
export const listItems = (text: string): readonly string[] => items(text).filter((item) => item !== '');
export const listText = (list: readonly string[]): string => list.join(',');
