import { Heading, Inline, LoadingButton, SectionMessage, Stack, Text } from '@forge/react';
import { useState } from 'react';
import type { Refusal } from '../../pages/answer';
import type { CatalogueView } from '../../pages/settings/view';
import type { Texts } from '../../texts/texts';
import { call } from '../answer';

/** How old the catalogue is, and a way to bring it up to date now. */
export const CataloguePanel = ({
  catalogue,
  onCatalogue,
  texts,
  moment,
}: {
  readonly catalogue: CatalogueView;
  readonly onCatalogue: (catalogue: CatalogueView) => void;
  readonly texts: Texts;
  readonly moment: (at: string) => string;
}) => {
  const words = texts.settings.catalogue;
  const { done, failed } = catalogue.sync;
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  const synchronise = async (): Promise<void> => {
    setBusy(true);
    const answer = await call<CatalogueView>('settings.synchronise');
    setBusy(false);
    setRefusal(answer.outcome === 'ok' ? null : answer);
    if (answer.outcome === 'ok') onCatalogue(answer.value);
  };

  return (
    <Stack space="space.100">
      <Heading as="h3">{words.title}</Heading>
      <Text>{done === null ? words.never : words.synced(moment(done.at), done.products)}</Text>
      {done === null || done.tooLarge.length === 0 ? null : (
        <SectionMessage appearance="warning">
          <Text>{words.tooLarge(done.tooLarge)}</Text>
        </SectionMessage>
      )}
      {failed === null || refusal !== null ? null : (
        <SectionMessage appearance="warning">
          <Text>{words.failed(moment(failed.at), failed.reason)}</Text>
        </SectionMessage>
      )}
      {refusal === null ? null : (
        <SectionMessage appearance="error">
          <Stack space="space.050">
            <Text>{texts.shared.refusals[refusal.code]}</Text>
            {refusal.detail === undefined ? null : <Text>{texts.shared.because(refusal.detail)}</Text>}
          </Stack>
        </SectionMessage>
      )}
      <Inline>
        <LoadingButton isLoading={busy} onClick={() => void synchronise()}>
          {words.synchronise}
        </LoadingButton>
      </Inline>
    </Stack>
  );
};
