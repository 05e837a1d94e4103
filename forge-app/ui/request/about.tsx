import { Code, Lozenge, SectionMessage, Stack, Text } from '@forge/react';
import type { CustomerView, ShownGate, ShownLaunch, ShownParameter } from '../../pages/request/view';
import type { Texts } from '../../texts/texts';
import { Fact, Part, Section } from './section';

/** What an approver decides on, in full. */
export const About = ({
  view: { about, state },
  texts,
  moment,
}: {
  readonly view: Pick<CustomerView, 'about' | 'state'>;
  readonly texts: Texts;
  readonly moment: (timestamp: string) => string;
}) => {
  if (about === null) return null;
  const words = texts.request;
  return (
    <Section title={words.aboutTitle[about.kind]}>
      {about.kind === 'launch' ? (
        <Launch about={about} texts={texts} undecided={state === 'awaiting-approval'} />
      ) : (
        <Gate about={about} texts={texts} moment={moment} />
      )}
      <Parameters parameters={about.parameters} texts={texts} />
      {about.kind === 'launch' ? <Creates about={about} texts={texts} /> : null}
      <Fact label={words.digest}>
        <Code>{about.digest}</Code>
      </Fact>
    </Section>
  );
};

const Launch = ({
  about,
  texts: { request: words },
  undecided,
}: {
  readonly about: ShownLaunch;
  readonly texts: Texts;
  readonly undecided: boolean;
}) => (
  <Stack space="space.050">
    {undecided ? <Text>{words.toDecide}</Text> : null}
    <Fact label={words.product}>{about.product}</Fact>
    <Fact label={words.version}>{about.version}</Fact>
    <Fact label={words.account}>{words.named(about.account.name, about.account.id)}</Fact>
    <Fact label={words.region}>{about.region}</Fact>
    <Fact label={words.name}>{about.name}</Fact>
    {about.pathId === null ? null : <Fact label={words.path}>{about.pathId}</Fact>}
  </Stack>
);

const Gate = ({
  about,
  texts: { request: words },
  moment,
}: {
  readonly about: ShownGate;
  readonly texts: Texts;
  readonly moment: (timestamp: string) => string;
}) => (
  <Stack space="space.050">
    <Text>{words.gateAction[about.action]}</Text>
    <Fact label={words.product}>{about.product}</Fact>
    <Fact label={words.account}>{words.named(about.account.name, about.account.id)}</Fact>
    <Fact label={words.region}>{about.region}</Fact>
    <Fact label={words.stack}>
      <Code>{about.stackId}</Code>
    </Fact>
    <Fact label={words.requesterEmail}>{words.unverified(about.requesterEmail)}</Fact>
    <Fact label={words.deadline}>{moment(about.deadline)}</Fact>
  </Stack>
);

const Parameters = ({
  parameters,
  texts: { request: words },
}: {
  readonly parameters: readonly ShownParameter[];
  readonly texts: Texts;
}) => (
  <Part title={words.parameters}>
    {parameters.length === 0 ? <Text>{words.noParameters}</Text> : null}
    {parameters.map(({ key, label, value, source }) => (
      <Fact key={key} label={words.keyOf(label, key)}>
        {value === null ? (
          words.hidden[source]
        ) : value === '' ? (
          source === 'default' ? (
            words.byDefault(words.empty)
          ) : (
            words.empty
          )
        ) : source === 'default' ? (
          words.byDefault(value)
        ) : (
          <Code>{value}</Code>
        )}
      </Fact>
    ))}
  </Part>
);

const Creates = ({
  about: { tags, resources, capabilities },
  texts: { request: words },
}: {
  readonly about: ShownLaunch;
  readonly texts: Texts;
}) => (
  <Stack space="space.100">
    <Part title={words.tags}>
      {tags.map(({ key, value }) => (
        <Fact key={key} label={key}>
          <Code>{value}</Code>
        </Fact>
      ))}
    </Part>
    <Part title={words.creates}>
      {resources === null ? <Text>{words.unknownResources}</Text> : null}
      {resources?.map(({ service, types }) => (
        <Fact key={service} label={service === '' ? words.otherService : service}>
          {types.map(({ name, count }) => words.counted(name, count)).join(', ')}
        </Fact>
      ))}
    </Part>
    {capabilities.length === 0 ? null : (
      <SectionMessage appearance="warning" title={words.attention}>
        <Stack space="space.100">
          {capabilities.map((capability) => (
            <Text key={capability}>
              <Lozenge appearance="moved">{capability}</Lozenge>{' '}
              <Text as="strong">{words.capability(capability)}</Text>
            </Text>
          ))}
        </Stack>
      </SectionMessage>
    )}
  </Stack>
);
