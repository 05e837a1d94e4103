import { Button, Heading, Inline, Lozenge, SectionMessage, Stack, Text } from '@forge/react';
import type { CheckView } from '../../pages/settings/view';
import type { Texts } from '../../texts/texts';
import { useAnswer } from '../answer';
import { Shown } from '../page';

type Checked = CheckView['checked'][number];

const MARK = {
  ok: 'success',
  missing: 'removed',
  advice: 'moved',
  unknown: 'default',
} as const satisfies Record<Checked['state'], string>;

/** What to do first comes first; what is in order comes last. */
const ORDER: readonly Checked['state'][] = ['missing', 'advice', 'unknown', 'ok'];

/** What is missing, each with what to do about it. */
export const CheckTab = ({ texts }: { readonly texts: Texts }) => {
  const words = texts.settings.check;
  const asked = useAnswer<CheckView>('settings.check');
  return (
    <Stack space="space.200">
      <Heading as="h3">{words.title}</Heading>
      <Text>{words.hint}</Text>
      <Shown asked={asked} texts={texts}>
        {({ checked }) => {
          const open = checked.filter(({ state }) => state === 'missing').length;
          return (
            <Stack space="space.200">
              <SectionMessage appearance={open === 0 ? 'success' : 'warning'}>
                <Text>{open === 0 ? words.allWell : words.open(open)}</Text>
              </SectionMessage>
              {ORDER.flatMap((state) => checked.filter((one) => one.state === state)).map((one) => (
                <Line key={one.id} checked={one} texts={texts} />
              ))}
            </Stack>
          );
        }}
      </Shown>
      <Inline>
        <Button isDisabled={asked.asking} onClick={() => void asked.again()}>
          {words.again}
        </Button>
      </Inline>
    </Stack>
  );
};

const Line = ({ checked, texts }: { readonly checked: Checked; readonly texts: Texts }) => {
  const { states, checks } = texts.settings.check;
  const { title, todo, unknown } = checks[checked.id];
  const what =
    checked.state === 'ok' ? undefined : checked.state === 'unknown' ? unknown : todo(checked.about);
  return (
    <Stack space="space.050">
      <Inline space="space.100" alignBlock="center" shouldWrap>
        <Lozenge appearance={MARK[checked.state]}>{states[checked.state]}</Lozenge>
        <Text weight="bold">{title}</Text>
      </Inline>
      {what === undefined || what === '' ? null : <Text>{what}</Text>}
    </Stack>
  );
};
