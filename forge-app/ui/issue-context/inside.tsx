import { Code, Link, Stack, Text } from '@forge/react';
import type { AgentView } from '../../pages/request/view';
import type { Texts } from '../../texts/texts';
import { Fact, Part, Section } from '../request/section';

interface Props {
  readonly view: AgentView;
  readonly texts: Texts;
  readonly moment: (timestamp: string) => string;
}

/** What only those look for who have to find out how something goes on. */
export const Inside = ({ view, texts, moment }: Props) => {
  const words = texts.request.agents;
  const { requester, record, provisionedProduct, heardAt, sweep, untold } = view;
  return (
    <Section title={words.inside}>
      {requester === null ? null : <Fact label={words.requester}>{requester.name}</Fact>}
      <Fact label={words.operation}>
        <Code>{view.operationId}</Code>
      </Fact>
      {view.kind === 'gate' ? null : (
        <Fact label={words.attempt}>{words.attemptOf(view.attempt, view.mostAttempts)}</Fact>
      )}
      {record === null ? null : (
        <Fact label={words.record}>
          <Code>{record}</Code>
        </Fact>
      )}
      {provisionedProduct === null ? null : (
        <Fact label={words.provisionedProduct}>
          {provisionedProduct.name} <Code>{provisionedProduct.id}</Code>
        </Fact>
      )}
      <InConsole view={view} texts={texts} />
      <HandOver view={view} texts={texts} moment={moment} />
      {heardAt === null ? null : <Fact label={words.heard}>{moment(heardAt)}</Fact>}
      <Fact label={words.sweep}>
        {sweep === null ? words.noSweep : words.sweeps(moment(sweep.at), sweep.does)}
      </Fact>
      {untold === 0 ? null : <Text>{words.untold(untold)}</Text>}
    </Section>
  );
};

const InConsole = ({ view: { links, about }, texts }: Omit<Props, 'moment'>) => {
  const words = texts.request.agents;
  const shown = [
    [links.provisionedProduct, words.openProduct],
    [links.stack, words.openStack],
  ] as const;
  if (about === null || shown.every(([href]) => href === null)) return null;
  return (
    <Part title={words.consoleTitle}>
      <Text>{words.consoleHint(texts.request.named(about.account.name, about.account.id))}</Text>
      <Stack space="space.050">
        {shown.map(([href, name]) =>
          href === null ? null : (
            <Text key={name}>
              <Link href={href} openNewTab>
                {name}
              </Link>
            </Text>
          ),
        )}
      </Stack>
    </Part>
  );
};

const HandOver = ({ view: { delivery }, texts, moment }: Props) => {
  const words = texts.request.agents;
  if (delivery === null) return null;
  const { attempts, dueAt, acceptedAt, recalled } = delivery;
  const how = (): string => {
    if (acceptedAt !== null) return words.delivered(attempts, moment(acceptedAt));
    return recalled ? words.recalling(moment(dueAt)) : words.delivering(attempts, moment(dueAt));
  };
  return <Fact label={words.delivery}>{how()}</Fact>;
};
