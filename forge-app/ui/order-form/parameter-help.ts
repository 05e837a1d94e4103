import type { Parameter } from '../../../aws-bridge/contract/catalog';
import { parameterType } from '../../order/parameter-type';
import type { Texts } from '../../texts/texts';

/** What helps to fill a parameter in: the author's words first, then the limits. */
export const helpFor = (parameter: Parameter, texts: Texts): readonly string[] => {
  const { help } = texts.orderForm;
  const {
    description,
    minValue,
    maxValue,
    minLength,
    maxLength,
    allowedValues,
    type,
    default: preset,
  } = parameter;
  const { number, list } = parameterType(type);
  const limits =
    allowedValues !== undefined
      ? undefined
      : number
        ? limit(minValue, maxValue, help.between, help.atLeast, help.atMost)
        : list
          ? undefined
          : limit(minLength, maxLength, help.lengthBetween, help.lengthAtLeast, help.lengthAtMost);
  return [
    ...(description === undefined || description === '' ? [] : [description]),
    ...(limits === undefined ? [] : [limits]),
    ...(type.startsWith('AWS::SSM::Parameter::Value<') ? [help.stored] : []),
    ...(preset === undefined || preset === '' || parameter.noEcho ? [] : [help.standard(preset)]),
  ];
};

const limit = (
  least: number | undefined,
  most: number | undefined,
  between: (least: number, most: number) => string,
  atLeast: (least: number) => string,
  atMost: (most: number) => string,
): string | undefined => {
  if (least !== undefined && most !== undefined) return between(least, most);
  if (least !== undefined) return atLeast(least);
  return most === undefined ? undefined : atMost(most);
};
