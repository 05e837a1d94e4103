import { useEffect, useState } from 'react';
import type { Choices, ChoosableType } from '../../../aws-bridge/contract/choices';
import type { Parameter } from '../../../aws-bridge/contract/catalog';
import { choosableType } from '../../order/choosable-type';
import type { ChoicesShown } from '../../pages/order-form/choices-view';
import { call } from '../answer';

/** What there is of a type in the account: undefined where nobody has asked, null while the answer is under way. */
export type ChoicesOf = (type: ChoosableType) => Choices | 'unavailable' | null | undefined;

/** Asks the account once it is known where the order goes, once for all parameters together. */
export const useChoices = (
  where: { readonly productId: string; readonly account: string; readonly region: string } | undefined,
  parameters: readonly Parameter[],
): ChoicesOf => {
  const types = [...new Set(parameters.flatMap(({ type }) => choosableType(type) ?? []))];
  const asked = where === undefined || types.length === 0 ? undefined : JSON.stringify({ ...where, types });
  const [answers, setAnswers] = useState<Readonly<Record<string, readonly Choices[] | 'unavailable'>>>({});

  useEffect(() => {
    if (asked === undefined || answers[asked] !== undefined) return;
    void call<ChoicesShown>('order-form.choices', JSON.parse(asked) as object).then((answer) =>
      setAnswers((before) => ({
        ...before,
        [asked]: answer.outcome === 'ok' ? answer.value.choices : 'unavailable',
      })),
    );
  }, [asked, answers]);

  return (type) => {
    if (asked === undefined) return undefined;
    const answer = answers[asked];
    if (answer === undefined) return null;
    return answer === 'unavailable'
      ? 'unavailable'
      : (answer.find((choices) => choices.type === type) ?? 'unavailable');
  };
};
