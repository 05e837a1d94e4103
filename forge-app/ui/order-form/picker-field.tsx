import { Button, Inline, Select, Spinner, Stack, Text } from '@forge/react';
import { type ReactNode, useState } from 'react';
import type { Texts } from '../../texts/texts';
import type { Choice } from './choice-field';
import { Field } from './field';
import { listItems, listText } from './parameter-value';
import type { ChoicesFound } from './use-choices';

/**
 * A value that exists in the tenant account. While that is looked up, where it cannot be, where there is nothing of the kind, and
 * for whoever knows better, there is the checked text.
 */
export const PickerField = ({
  id,
  label,
  text,
  isList,
  isRequired,
  help,
  complaint,
  choices,
  texts,
  onChange,
  onLeave,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly isList: boolean;
  readonly isRequired: boolean;
  readonly help: readonly string[];
  readonly complaint: string | undefined;
  /** Undefined before it is settled where the order goes; null while the answer is under way. */
  readonly choices: ChoicesFound;
  readonly texts: Texts;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
  /** The field in which the value is typed. */
  readonly children: ReactNode;
}) => {
  const words = texts.orderForm.choices;
  const [typing, setTyping] = useState(false);
  const listed = choices?.outcome === 'listed' ? choices : undefined;
  if (listed === undefined || listed.items.length === 0) {
    return (
      <Stack space="space.050">
        {children}
        {choices === null ? (
          <Inline space="space.100" alignBlock="center">
            <Spinner size="small" label={words.loading} />
            <Text>{words.loading}</Text>
          </Inline>
        ) : null}
        {listed === undefined ? null : <Text>{words.empty}</Text>}
        {choices?.outcome === 'refused' ? <Text>{words.refused[choices.reason]}</Text> : null}
        {choices?.outcome === 'unavailable' ? (
          <Inline space="space.100" alignBlock="center" shouldWrap>
            <Text>{words.unavailable}</Text>
            <Button appearance="subtle" onClick={choices.again}>
              {words.again(label)}
            </Button>
          </Inline>
        ) : null}
      </Stack>
    );
  }
  const options: Choice[] = listed.items.map(({ value, name }) => ({
    value,
    label: name === undefined || name === '' || name === value ? value : `${name} (${value})`,
  }));
  const chosen = (isList ? listItems(text) : text === '' ? [] : [text]).map(
    (value) => options.find((option) => option.value === value) ?? { value, label: value },
  );
  const known = chosen.every(({ value }) => options.some((option) => option.value === value));
  if (typing) {
    return (
      <Stack space="space.050">
        {children}
        <Inline>
          <Button appearance="subtle" onClick={() => setTyping(false)}>
            {words.pick(label)}
          </Button>
        </Inline>
      </Stack>
    );
  }
  const all = known ? options : [...options, ...chosen.filter((option) => !options.includes(option))];
  return (
    <Stack space="space.050">
      <Field
        id={id}
        label={label}
        isRequired={isRequired}
        help={listed.more ? [...help, words.more] : help}
        complaint={complaint}
      >
        <Select
          inputId={id}
          options={all}
          isMulti={isList}
          isClearable
          value={isList ? chosen : (chosen[0] ?? null)}
          placeholder={texts.orderForm.choose}
          isRequired={isRequired}
          isInvalid={complaint !== undefined}
          onChange={(choice: Choice | readonly Choice[] | null) =>
            onChange(listText([choice ?? []].flat().map(({ value }: Choice) => value)))
          }
          onBlur={onLeave}
        />
      </Field>
      <Inline>
        <Button appearance="subtle" onClick={() => setTyping(true)}>
          {words.type(label)}
        </Button>
      </Inline>
    </Stack>
  );
};
