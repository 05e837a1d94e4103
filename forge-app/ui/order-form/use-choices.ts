import { useCallback, useEffect, useState } from 'react';
import type { Choices, ChoosableType } from '../../../aws-bridge/contract/choices';
import type { Parameter } from '../../../aws-bridge/contract/catalog';
import { choosableType } from '../../order/choosable-type';
import type { ChoicesShown } from '../../pages/order-form/choices-view';
import { call } from '../answer';

/** Nobody could be asked, though they may be by now. */
interface ChoicesUnavailable {
  readonly outcome: 'unavailable';
  readonly again: () => void;
}

/** What there is of a type in the account: undefined where nobody has asked, null while the answer is under way. */
export type ChoicesFound = Choices | ChoicesUnavailable | null | undefined;
export type ChoicesOf = (type: ChoosableType) => ChoicesFound;

/** Asks the account once it is known where the order goes, once for all parameters together. */
export const useChoices = (
  where: { readonly productId: string; readonly account: string; readonly region: string } | undefined,
  parameters: readonly Parameter[],
): ChoicesOf => {
  const types = [...new Set(parameters.flatMap(({ type }) => choosableType(type) ?? []))];
  const asked = where === undefined || types.length === 0 ? undefined : JSON.stringify({ ...where, types });
  const [answers, setAnswers] = useState<
    Readonly<Record<string, readonly Choices[] | 'unavailable' | undefined>>
  >({});
  const answer = asked === undefined ? undefined : answers[asked];
  const isKnown = answer !== undefined && answer !== 'unavailable';

  const ask = useCallback(async () => {
    if (asked === undefined) return;
    setAnswers((before) => (before[asked] === 'unavailable' ? { ...before, [asked]: undefined } : before));
    const told = await call<ChoicesShown>('order-form.choices', JSON.parse(asked) as object);
    setAnswers((before) => ({
      ...before,
      [asked]: told.outcome === 'ok' ? told.value.choices : (before[asked] ?? 'unavailable'),
    }));
  }, [asked]);

  // Whoever comes back to an account that did not answer has it asked anew.
  useEffect(() => {
    if (!isKnown) void ask();
  }, [ask, isKnown]);

  return (type) => {
    if (asked === undefined) return undefined;
    if (answer === undefined) return null;
    const found = answer === 'unavailable' ? undefined : answer.find((choices) => choices.type === type);
    return found ?? { outcome: 'unavailable', again: () => void ask() };
  };
};
