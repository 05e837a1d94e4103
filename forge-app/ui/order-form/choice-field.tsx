import { Select } from '@forge/react';
import { Field } from './field';

export interface Choice {
  readonly label: string;
  readonly value: string;
}

/** One of a few. */
export const ChoiceField = ({
  id,
  label,
  choices,
  value,
  placeholder,
  help = [],
  complaint,
  isRequired = true,
  onChoose,
  onLeave,
}: {
  readonly id: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string | null;
  readonly placeholder: string;
  readonly help?: readonly string[];
  readonly complaint: string | undefined;
  readonly isRequired?: boolean;
  readonly onChoose: (value: string) => void;
  readonly onLeave: () => void;
}) => (
  <Field id={id} label={label} isRequired={isRequired} help={help} complaint={complaint}>
    <Select
      inputId={id}
      options={[...choices]}
      value={choices.find((choice) => choice.value === value) ?? null}
      placeholder={placeholder}
      isRequired={isRequired}
      isInvalid={complaint !== undefined}
      onChange={(choice: Choice | null) => {
        if (choice !== null) onChoose(choice.value);
      }}
      onBlur={onLeave}
    />
  </Field>
);
