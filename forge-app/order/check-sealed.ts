import type { Parameter } from '../../aws-bridge/contract/catalog';
import { SealedValue } from '../../aws-bridge/contract/sealed-value';
import { parameterName } from './check-parameters';
import type { OrderProblem } from './order-problem';
import { printable } from './printable';

/**
 * Checks what an order holds sealed, as far as that can be told without opening it: whether it was sealed for this order is
 * found out where it is opened.
 */
export const checkSealed = (
  offered: readonly Parameter[],
  sealed: Readonly<Record<string, string>>,
): readonly OrderProblem[] =>
  Object.entries(sealed).flatMap(([key, value]) => {
    const parameter = offered.find((candidate) => candidate.key === key);
    const complaint = complaintAboutSealed(parameter, value);
    if (complaint === undefined) return [];
    const name = parameter ? parameterName(parameter) : printable(key, 255);
    return [{ field: `parameters.${printable(key, 255)}`, message: `${name}: ${complaint}` }];
  });

const complaintAboutSealed = (parameter: Parameter | undefined, value: string): string | undefined => {
  if (!parameter) return 'this version has no such parameter. Leave it out.';
  if (!parameter.noEcho) {
    return 'its value is sealed, so that nobody could read it before deciding; this parameter is to be read. Give the value itself.';
  }
  return SealedValue.safeParse(value).success
    ? undefined
    : 'what the order holds is not a value that was sealed. Fill it in on the order form once more.';
};
