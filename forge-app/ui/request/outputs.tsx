import { Code, Link, Stack, Text } from '@forge/react';
import type { CustomerView } from '../../pages/request/view';
import type { Texts } from '../../texts/texts';
import { Section } from './section';

/** What a launch has given: addresses to follow, everything else to be copied. */
export const Outputs = ({
  view: { outputs, outputsLeftOut },
  texts,
}: {
  readonly view: Pick<CustomerView, 'outputs' | 'outputsLeftOut'>;
  readonly texts: Texts;
}) =>
  outputs.length + outputsLeftOut === 0 ? null : (
    <Section title={texts.request.outputsTitle}>
      {outputs.map(({ key, value, description, link }) => (
        <Stack key={key} space="space.025">
          <Text>
            <Text as="strong">{key}</Text>
            {description === null ? '' : ` - ${description}`}
          </Text>
          {link === null ? (
            <Text>
              <Code>{value}</Code>
            </Text>
          ) : (
            <Text>
              <Link href={link} openNewTab>
                {link}
              </Link>
            </Text>
          )}
        </Stack>
      ))}
      {outputsLeftOut === 0 ? null : <Text>{texts.request.outputsLeftOut(outputsLeftOut)}</Text>}
    </Section>
  );
