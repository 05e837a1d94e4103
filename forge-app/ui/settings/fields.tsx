import { ErrorMessage, HelperMessage, Label, Select, Stack, Textfield } from '@forge/react';
import type { FieldProblem } from '../../pages/settings/view';
import type { Texts } from '../../texts/texts';

export interface Option {
  readonly label: string;
  readonly value: string;
}

/** The words for a problem: by the setting's path without numbers, or what the server says. */
export const wordsFor = (texts: Texts, { path, message }: FieldProblem): string => {
  const names = path.split('.').filter((step) => !/^\d+$/.test(step));
  const known = names
    .map((_, end) => names.slice(0, names.length - end).join('.'))
    .map((name) => texts.settings.problems[name])
    .find((words) => words !== undefined);
  return known ?? message;
};

/** Those that belong to a field: at its path, or below. */
const Problems = ({
  of,
  path,
  texts,
}: {
  readonly of: readonly FieldProblem[];
  readonly path: string;
  readonly texts: Texts;
}) => {
  const here = of.filter((problem) => problem.path === path || problem.path.startsWith(`${path}.`));
  const words = [...new Set(here.map((problem) => wordsFor(texts, problem)))];
  return words.length === 0 ? null : <ErrorMessage>{words.join(' ')}</ErrorMessage>;
};

const isWrong = (problems: readonly FieldProblem[], path: string): boolean =>
  problems.some((problem) => problem.path === path || problem.path.startsWith(`${path}.`));

interface FieldProps {
  readonly label: string;
  /** Within the settings, and the field's id. */
  readonly path: string;
  readonly problems: readonly FieldProblem[];
  readonly texts: Texts;
  readonly hint?: string;
}

export const TextSetting = ({
  label,
  path,
  problems,
  texts,
  hint,
  value,
  onChange,
}: FieldProps & { readonly value: string; readonly onChange: (value: string) => void }) => (
  <Stack>
    <Label labelFor={path}>{label}</Label>
    <Textfield
      id={path}
      value={value}
      isInvalid={isWrong(problems, path)}
      onChange={(event) => onChange(String(event.target.value))}
    />
    {hint === undefined ? null : <HelperMessage>{hint}</HelperMessage>}
    <Problems of={problems} path={path} texts={texts} />
  </Stack>
);

/** One of several. A value that is not among them is shown as it is. */
export const ChoiceSetting = ({
  label,
  path,
  problems,
  texts,
  hint,
  options,
  value,
  onChange,
}: FieldProps & {
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => {
  const chosen =
    options.find((option) => option.value === value) ?? (value === '' ? null : { label: value, value });
  return (
    <Stack>
      <Label labelFor={path}>{label}</Label>
      <Select
        inputId={path}
        options={[...options]}
        value={chosen}
        placeholder={texts.settings.choose}
        isInvalid={isWrong(problems, path)}
        onChange={(option: Option) => onChange(option.value)}
      />
      {hint === undefined ? null : <HelperMessage>{hint}</HelperMessage>}
      <Problems of={problems} path={path} texts={texts} />
    </Stack>
  );
};

/** Any number of several. */
export const ChoicesSetting = ({
  label,
  path,
  problems,
  texts,
  options,
  values,
  onChange,
}: FieldProps & {
  readonly options: readonly Option[];
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}) => {
  const known = new Map(options.map((option) => [option.value, option]));
  return (
    <Stack>
      <Label labelFor={path}>{label}</Label>
      <Select
        inputId={path}
        isMulti
        options={[...options]}
        value={values.map((value) => known.get(value) ?? { label: value, value })}
        placeholder={texts.settings.choose}
        isInvalid={isWrong(problems, path)}
        onChange={(chosen: readonly Option[] | null) => onChange((chosen ?? []).map(({ value }) => value))}
      />
      <Problems of={problems} path={path} texts={texts} />
    </Stack>
  );
};
