import { Button, Inline, Label, Select, Stack, Text, Textfield } from '@forge/react';
import { useState } from 'react';
import type { Named } from '../../jira/people';
import type { Texts } from '../../texts/texts';
import { call } from '../answer';
import type { Option } from './fields';

/** Finds groups or people by name, and hands over whom somebody chooses. */
export const Finder = ({
  id,
  ask,
  words,
  onChosen,
  texts,
}: {
  readonly id: string;
  readonly ask: 'settings.find-groups' | 'settings.find-people';
  readonly words: {
    readonly label: string;
    readonly find: string;
    readonly found: string;
    readonly nothing: string;
  };
  readonly onChosen: (chosen: Named) => void;
  readonly texts: Texts;
}) => {
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Named[] | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  const find = async (): Promise<void> => {
    const answer = await call<readonly Named[]>(ask, { text });
    setRefused(answer.outcome === 'ok' ? null : texts.shared.refusals[answer.code]);
    setFound(answer.outcome === 'ok' ? answer.value : null);
  };

  return (
    <Stack space="space.050">
      <Label labelFor={id}>{words.label}</Label>
      <Inline space="space.100" shouldWrap>
        <Textfield id={id} value={text} onChange={(event) => setText(String(event.target.value))} />
        <Button isDisabled={text.trim() === ''} onClick={() => void find()}>
          {words.find}
        </Button>
      </Inline>
      {refused === null ? null : <Text>{refused}</Text>}
      {found?.length === 0 ? <Text>{words.nothing}</Text> : null}
      {found === null || found.length === 0 ? null : (
        <Stack>
          <Label labelFor={`${id}-found`}>{words.found}</Label>
          <Select
            inputId={`${id}-found`}
            options={found.map((one) => ({ value: one.id, label: one.name }))}
            value={null}
            placeholder={texts.settings.choose}
            onChange={({ value, label }: Option) => {
              onChosen({ id: value, name: label });
              setFound(null);
              setText('');
            }}
          />
        </Stack>
      )}
    </Stack>
  );
};
