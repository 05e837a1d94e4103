import { Code, Link, Stack, Text } from '@forge/react';
import type { CustomerView } from '../../pages/request/view';
import type { Texts } from '../../texts/texts';
import { Section } from './section';

/** States in which there is something to use; before and otherwise AWS names no more than a stack. */
const USABLE: readonly CustomerView['state'][] = ['succeeded', 'tainted'];

/** What a launch has given: addresses to follow, everything else to be copied. */
export const Outputs = ({
  view: { outputs, outputsLeftOut, state },
  texts,
}: {
  readonly view: Pick<CustomerView, 'outputs' | 'outputsLeftOut' | 'state'>;
  readonly texts: Texts;
}) =>
  outputs.length + outputsLeftOut === 0 || !USABLE.includes(state) ? null : (
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
