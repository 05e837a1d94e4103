import { Inline, SectionMessage, Text } from '@forge/react';
import type { CustomerView } from '../../pages/request/view';
import type { Texts } from '../../texts/texts';
import { StateLozenge } from '../state-lozenge';
import { Part, Section } from './section';

/** Where a request stands, since when, and what happens next. */
export const Standing = ({
  view,
  texts,
  moment,
}: {
  readonly view: CustomerView;
  readonly texts: Texts;
  readonly moment: (timestamp: string) => string;
}) => {
  const words = texts.request;
  return (
    <Section title={words.now}>
      <Inline space="space.100" rowSpace="space.050" shouldWrap alignBlock="center">
        <StateLozenge state={view.state} texts={texts} />
        <Text>{words.since(moment(view.since))}</Text>
      </Inline>
      <Part title={words.nextTitle}>
        <Text>{words.next[view.kind][view.next]}</Text>
      </Part>
      {view.changedSince ? (
        <SectionMessage appearance="warning">
          <Text>{words.changedSince}</Text>
        </SectionMessage>
      ) : null}
    </Section>
  );
};
