import { Heading, HelperMessage, Label, Stack, Toggle } from '@forge/react';
import { useState } from 'react';
import type { Named } from '../../jira/people';
import { ChoiceSetting, ChoicesSetting, type Option } from './fields';
import { Finder } from './finder';
import type { TabProps } from './tab-props';

type Gates = NonNullable<TabProps['draft']['gates']>;

const STATUSES = ['awaitingApproval', 'approved', 'done', 'declined', 'failed'] as const;
const NO_GATES: Gates = { requestTypeId: '', approversField: null, approvers: [] };
/** Stands among the choices, which are text, for no field. */
const NO_FIELD = '';

/** How approval goes: statuses, separation of duties, and stacks that wait in AWS. */
export const ApprovalTab = ({ draft, edit, problems, choices, texts }: TabProps) => {
  const words = texts.settings.approval;
  const { statuses, gates } = draft;
  const field = { problems, texts };
  const known = [...new Set((choices.issueTypes ?? []).flatMap((type) => type.statuses))];

  return (
    <Stack space="space.300">
      <Stack space="space.100">
        <Heading as="h3">{words.statuses}</Heading>
        <HelperMessage>{words.statusesHint}</HelperMessage>
        {STATUSES.map((name) => (
          <ChoiceSetting
            {...field}
            key={name}
            label={words.names[name]}
            path={`statuses.${name}`}
            options={known.map((status) => ({ value: status, label: status }))}
            value={statuses[name]}
            onChange={(status) => edit({ statuses: { ...statuses, [name]: status } })}
          />
        ))}
      </Stack>
      <Stack space="space.100">
        <Heading as="h3">{words.duties}</Heading>
        <Label labelFor="separationOfDuties">{words.separationOfDuties}</Label>
        <Toggle
          id="separationOfDuties"
          isChecked={draft.separationOfDuties}
          onChange={(event) => edit({ separationOfDuties: event.target.checked === true })}
        />
      </Stack>
      <Stack space="space.100">
        <Heading as="h3">{words.gates}</Heading>
        <Label labelFor="gates">{words.takesGates}</Label>
        <Toggle
          id="gates"
          isChecked={gates !== null}
          onChange={(event) => edit({ gates: event.target.checked === true ? NO_GATES : null })}
        />
        {gates === null ? null : (
          <GateFields
            gates={gates}
            onChange={(change) => edit({ gates: { ...gates, ...change } })}
            {...{ problems, choices, texts }}
          />
        )}
      </Stack>
    </Stack>
  );
};

const GateFields = ({
  gates,
  onChange,
  problems,
  choices,
  texts,
}: Pick<TabProps, 'problems' | 'choices' | 'texts'> & {
  readonly gates: Gates;
  readonly onChange: (change: Partial<Gates>) => void;
}) => {
  const words = texts.settings.approval;
  const [found, setFound] = useState<readonly Named[]>([]);
  const field = { problems, texts };
  const fields: Option[] = [
    { value: NO_FIELD, label: words.workflowNames },
    ...(choices.approverFields ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  const people = [...choices.people, ...found].map(({ id, name }) => ({ value: id, label: name }));

  return (
    <Stack space="space.100">
      <ChoiceSetting
        {...field}
        label={words.gateRequestType}
        path="gates.requestTypeId"
        options={(choices.requestTypes ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={gates.requestTypeId}
        onChange={(requestTypeId) => onChange({ requestTypeId })}
      />
      <ChoiceSetting
        {...field}
        label={words.approversField}
        path="gates.approversField"
        options={fields}
        value={gates.approversField ?? NO_FIELD}
        onChange={(id) =>
          onChange(id === NO_FIELD ? { approversField: null, approvers: [] } : { approversField: id })
        }
      />
      {gates.approversField === null ? null : (
        <Stack space="space.100">
          <ChoicesSetting
            {...field}
            label={words.approvers}
            path="gates.approvers"
            options={people}
            values={gates.approvers}
            onChange={(approvers) => onChange({ approvers: [...approvers] })}
          />
          <Finder
            id="gates.find-person"
            ask="settings.find-people"
            words={{
              label: words.findPerson,
              find: words.find,
              found: words.found,
              nothing: words.nothingFound,
            }}
            onChosen={(person) => {
              setFound([...found, person]);
              if (!gates.approvers.includes(person.id))
                onChange({ approvers: [...gates.approvers, person.id] });
            }}
            texts={texts}
          />
        </Stack>
      )}
    </Stack>
  );
};
