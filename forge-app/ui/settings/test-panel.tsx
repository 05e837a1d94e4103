import { Heading, Inline, LoadingButton, Lozenge, SectionMessage, Stack, Text } from '@forge/react';
import type { Refusal } from '../../pages/answer';
import type { TestView } from '../../pages/settings/view';
import type { Texts } from '../../texts/texts';

type Verdict = NonNullable<TestView>;

/** Tests both ways, and says of each what failed and what to do. */
export const TestPanel = ({
  verdict,
  refusal,
  testing,
  onTest,
  texts,
}: {
  readonly verdict: TestView;
  readonly refusal: Refusal | null;
  readonly testing: boolean;
  readonly onTest: () => void;
  readonly texts: Texts;
}) => {
  const words = texts.settings.test;
  return (
    <Stack space="space.150">
      <Heading as="h3">{words.title}</Heading>
      <Inline>
        <LoadingButton isLoading={testing} onClick={onTest}>
          {testing ? words.running : words.run}
        </LoadingButton>
      </Inline>
      {refusal === null ? null : (
        <SectionMessage appearance="warning">
          <Text>{texts.shared.refusals[refusal.code]}</Text>
        </SectionMessage>
      )}
      {verdict === null ? null : <Ways verdict={verdict} texts={texts} />}
    </Stack>
  );
};

const Ways = ({ verdict, texts }: { readonly verdict: Verdict; readonly texts: Texts }) => {
  const words = texts.settings.test;
  const { wayTo, wayBack, signedWith } = verdict;
  const opened = (key: 'current' | 'next'): string => (key === 'next' ? words.openNext : words.open);
  const back = {
    open: { mark: 'success' as const, said: wayBack.state === 'open' ? opened(wayBack.verifiedWith) : '' },
    'under-way': { mark: 'inprogress' as const, said: words.underWay },
    'not-tried': { mark: 'default' as const, said: words.notTried },
    failed: { mark: 'removed' as const, said: words.failed },
  }[wayBack.state];
  return (
    <Stack space="space.150">
      <Way
        title={words.wayTo}
        mark={wayTo.state === 'open' ? 'success' : 'removed'}
        said={wayTo.state === 'open' ? opened(signedWith) : words.failed}
        todo={wayTo.state === 'failed' ? words.closed[wayTo.why] : undefined}
        status={wayTo.state === 'failed' ? wayTo.status : null}
        texts={texts}
      />
      <Way
        title={words.wayBack}
        {...back}
        todo={wayBack.state === 'failed' ? words.noWayBack[wayBack.why] : undefined}
        status={wayBack.state === 'failed' ? wayBack.status : null}
        texts={texts}
      />
    </Stack>
  );
};

const Way = ({
  title,
  mark,
  said,
  todo,
  status,
  texts,
}: {
  readonly title: string;
  readonly mark: 'success' | 'removed' | 'inprogress' | 'default';
  readonly said: string;
  readonly todo: string | undefined;
  readonly status: number | null;
  readonly texts: Texts;
}) => (
  <Stack space="space.050">
    <Inline space="space.100" alignBlock="center">
      <Text weight="bold">{title}</Text>
      <Lozenge appearance={mark}>{said}</Lozenge>
    </Inline>
    {todo === undefined ? null : <Text>{todo}</Text>}
    {status === null ? null : <Text>{texts.settings.test.status(status)}</Text>}
  </Stack>
);
