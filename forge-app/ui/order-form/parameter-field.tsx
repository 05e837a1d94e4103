import { Select, TextArea, Textfield, Toggle } from '@forge/react';
import type { Parameter } from '../../../aws-bridge/contract/catalog';
import { choosableType } from '../../order/choosable-type';
import { complaintAbout } from '../../order/check-parameters';
import { oneLine } from '../../order/printable';
import { parameterType } from '../../order/parameter-type';
import type { Texts as AllTexts } from '../../texts/texts';
import { type Choice, ChoiceField } from './choice-field';
import { Field, typed } from './field';
import { ListField } from './list-field';
import { helpFor } from './parameter-help';
import { listItems, listText, shownText, type Texts, togglePair } from './parameter-value';
import { patternCheck } from './pattern-check';
import { PickerField } from './picker-field';
import type { ChoicesFound } from './use-choices';

/** Characters from which a value is written in a field of several lines. */
const LONG = 255;

export const labelOf = ({ key, label }: Parameter): string => (label === undefined ? key : oneLine(label));

/** A parameter in the shape that suits its type and what is allowed. Values that must not be shown have a field of their own. */
export const ParameterField = ({
  parameter,
  values,
  complaint,
  choices,
  texts,
  onChange,
  onLeave,
}: {
  readonly parameter: Parameter;
  readonly values: Texts;
  readonly complaint: string | undefined;
  readonly choices: ChoicesFound;
  readonly texts: AllTexts;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
}) => {
  const { key, type, allowedValues } = parameter;
  const id = `parameter-${key}`;
  const label = labelOf(parameter);
  const text = shownText(parameter, values);
  const isRequired = parameter.default === undefined;
  const { list } = parameterType(type);
  const common = { id, label, help: helpFor(parameter, texts), complaint, isRequired, onLeave };

  const pair = togglePair(parameter);
  if (pair !== undefined) {
    const [on, off] = pair;
    return (
      <Field {...common} isRequired={false}>
        <Toggle
          id={id}
          label={label}
          isChecked={text === on}
          onChange={(event) => onChange(event.target.checked === true ? on : off)}
          onBlur={onLeave}
        />
      </Field>
    );
  }
  if (allowedValues !== undefined) {
    const options: Choice[] = allowedValues.map((value) => ({ value, label: value === '' ? '""' : value }));
    if (!list) {
      return (
        <ChoiceField
          {...common}
          choices={options}
          value={text === '' && values[`${key} ${type}`] === undefined && isRequired ? null : text}
          placeholder={texts.orderForm.choose}
          onChoose={onChange}
        />
      );
    }
    const chosen = listItems(text);
    return (
      <Field {...common}>
        <Select
          inputId={id}
          isMulti
          isClearable
          options={options}
          value={options.filter(({ value }) => chosen.includes(value))}
          placeholder={texts.orderForm.choose}
          isRequired={isRequired}
          isInvalid={complaint !== undefined}
          onChange={(selected: readonly Choice[] | null) =>
            onChange(listText((selected ?? []).map(({ value }) => value)))
          }
          onBlur={onLeave}
        />
      </Field>
    );
  }
  const written = list ? (
    <ListField
      {...common}
      text={text}
      texts={texts}
      onChange={onChange}
      complaintOf={(item) => {
        const wrong = complaintAbout(parameter, item, { patternCheck, words: texts.orderForm.checks });
        return wrong === undefined ? undefined : wrong.slice(0, 1).toUpperCase() + wrong.slice(1);
      }}
    />
  ) : (
    <Field {...common}>
      {isLong(parameter) ? (
        <TextArea
          id={id}
          name={id}
          defaultValue={text}
          isRequired={isRequired}
          isInvalid={complaint !== undefined}
          onChange={(event) => onChange(typed(event))}
          onBlur={onLeave}
        />
      ) : (
        <Textfield
          id={id}
          name={id}
          defaultValue={text}
          isRequired={isRequired}
          isInvalid={complaint !== undefined}
          onChange={(event) => onChange(typed(event))}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
  if (choosableType(type) === undefined) return written;
  return (
    <PickerField {...common} text={text} isList={list} choices={choices} texts={texts} onChange={onChange}>
      {written}
    </PickerField>
  );
};

const isLong = ({ default: preset = '', maxLength, type }: Parameter): boolean =>
  type === 'String' && (preset.includes('\n') || (maxLength ?? 0) > LONG);
