import { Box, Inline, Label, Select } from '@forge/react';
import { AGES, type QueueFilter, type QueueView } from '../../pages/queue/view';
import type { Texts } from '../../texts/texts';

interface Choice {
  readonly label: string;
  readonly value: string;
}

const Chooser = ({
  id,
  label,
  choices,
  value,
  onChoose,
}: {
  readonly id: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
}) => (
  <Box xcss={{ width: '220px' }}>
    <Label labelFor={id}>{label}</Label>
    <Select
      inputId={id}
      options={[...choices]}
      value={choices.find((choice) => choice.value === value) ?? choices[0]}
      onChange={(choice: Choice) => onChoose(choice.value)}
    />
  </Box>
);

/** Stands for "any" among the choices, which are text. */
const ANY = '';

/** What is looked for. */
export const QueueFilters = ({
  filter,
  known,
  texts,
  onFilter,
}: {
  readonly filter: QueueFilter;
  /** What can be chosen from, as far as it is known yet. */
  readonly known: Pick<QueueView, 'accounts' | 'products'>;
  readonly texts: Texts;
  readonly onFilter: (filter: QueueFilter) => void;
}) => {
  const { filters, any, groups, ages } = texts.queue;
  const states: Choice[] = [
    ...Object.entries(groups).map(([value, label]) => ({ value, label })),
    ...Object.entries(texts.shared.states).map(([value, label]) => ({ value, label })),
  ];
  return (
    <Inline space="space.200" shouldWrap rowSpace="space.100">
      <Chooser
        id="queue-state"
        label={filters.state}
        choices={states}
        value={filter.states}
        // Only what is among the choices can be chosen.
        onChoose={(value) => onFilter({ ...filter, states: value as QueueFilter['states'] })}
      />
      <Chooser
        id="queue-account"
        label={filters.account}
        choices={[
          { value: ANY, label: any.account },
          ...known.accounts.map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
        ]}
        value={filter.account ?? ANY}
        onChoose={(value) => onFilter({ ...filter, account: value === ANY ? null : value })}
      />
      <Chooser
        id="queue-product"
        label={filters.product}
        choices={[
          { value: ANY, label: any.product },
          ...known.products.map((name) => ({ value: name, label: name })),
        ]}
        value={filter.product ?? ANY}
        onChoose={(value) => onFilter({ ...filter, product: value === ANY ? null : value })}
      />
      <Chooser
        id="queue-age"
        label={filters.age}
        choices={[{ value: ANY, label: any.age }, ...AGES.map((value) => ({ value, label: ages[value] }))]}
        value={filter.age ?? ANY}
        onChoose={(value) => onFilter({ ...filter, age: AGES.find((age) => age === value) ?? null })}
      />
    </Inline>
  );
};
