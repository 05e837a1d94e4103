import { Button, Inline, SectionMessage, Spinner, Stack, Text, useProductContext } from '@forge/react';
import type { ReactNode } from 'react';
import { type Texts, textsFor } from '../texts/texts';
import type { Asked } from './answer';

/** The texts in the visitor's language, and how they write moments. */
export const useReader = () => {
  const context = useProductContext();
  const locale = context?.locale.replace('_', '-') ?? 'en-US';
  const timeZone = context?.timezone;
  return {
    /** Whether the platform has said who reads. */
    known: context !== undefined,
    extension: context?.extension,
    texts: textsFor(locale),
    locale,
    /** @param moment an ISO 8601 timestamp */
    moment: (moment: string): string =>
      new Intl.DateTimeFormat(locale, {
        dateStyle: 'medium',
        timeStyle: 'short',
        ...(timeZone === undefined ? {} : { timeZone }),
      }).format(new Date(moment)),
  };
};

/** Something is on its way. */
export const Loading = ({ texts }: { readonly texts: Texts }) => (
  <Inline space="space.100" alignBlock="center">
    <Spinner size="small" label={texts.shared.loading} />
    <Text>{texts.shared.loading}</Text>
  </Inline>
);

/** Why there is nothing, or nothing newer, to be seen; with a way to ask again where that may help. */
export const Refused = <Value,>({
  asked,
  texts,
}: {
  readonly asked: Asked<Value>;
  readonly texts: Texts;
}) => {
  if (asked.refusal === undefined) return null;
  const { code, detail } = asked.refusal;
  return (
    <SectionMessage appearance={code === 'unavailable' ? 'warning' : 'error'}>
      <Stack space="space.100">
        <Text>{texts.shared.refusals[code]}</Text>
        {detail === undefined ? null : <Text>{texts.shared.because(detail)}</Text>}
        {code === 'unavailable' || code === 'changed' ? (
          <Inline>
            <Button isDisabled={asked.asking} onClick={() => void asked.again()}>
              {texts.shared.again}
            </Button>
          </Inline>
        ) : null}
      </Stack>
    </SectionMessage>
  );
};

/** The states that every page has: loading, refused, and what it is for. What is known stays in sight when news fail. */
export const Shown = <Value,>({
  asked,
  texts,
  children,
}: {
  readonly asked: Asked<Value>;
  readonly texts: Texts;
  readonly children: (value: Value) => ReactNode;
}) => (
  <Stack space="space.200">
    <Refused asked={asked} texts={texts} />
    {asked.value === undefined ? (
      asked.asking && asked.refusal === undefined ? (
        <Loading texts={texts} />
      ) : null
    ) : (
      children(asked.value)
    )}
  </Stack>
);
