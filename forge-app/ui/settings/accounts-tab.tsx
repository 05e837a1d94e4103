import { Button, Checkbox, Heading, Inline, Stack, Text } from '@forge/react';
import { useState } from 'react';
import type { Named } from '../../jira/people';
import { ChoicesSetting, TextSetting } from './fields';
import { Finder } from './finder';
import type { TabProps } from './tab-props';

type Account = TabProps['draft']['accounts'][number];

const NEW: Account = { id: '', name: '', regions: [], organizations: [], groups: [] };

/** The tenant accounts, and whose they are to use. */
export const AccountsTab = ({ draft, edit, problems, choices, texts }: TabProps) => {
  const words = texts.settings.accounts;
  const { accounts } = draft;
  const [found, setFound] = useState<readonly Named[]>([]);
  // What tells the rows apart while one is removed: an account's id is still to be typed.
  const [rows, setRows] = useState<readonly number[]>(accounts.map((_, index) => index));
  const groups = [...choices.groups, ...found];

  return (
    <Stack space="space.300">
      <Heading as="h3">{words.title}</Heading>
      {accounts.length === 0 ? <Text>{words.none}</Text> : null}
      {accounts.map((account, index) => (
        <AccountFields
          key={rows[index]}
          account={account}
          number={index}
          groups={groups}
          onGroup={(group) => setFound([...found, group])}
          onChange={(change) =>
            edit({ accounts: accounts.map((other, at) => (at === index ? { ...other, ...change } : other)) })
          }
          onRemove={() => {
            // In this order there is a row for every account, whenever it is drawn.
            edit({ accounts: accounts.filter((_, at) => at !== index) });
            setRows(rows.filter((_, at) => at !== index));
          }}
          {...{ problems, choices, texts }}
        />
      ))}
      <Inline>
        <Button
          onClick={() => {
            setRows([...rows, Math.max(-1, ...rows) + 1]);
            edit({ accounts: [...accounts, NEW] });
          }}
        >
          {words.add}
        </Button>
      </Inline>
    </Stack>
  );
};

const AccountFields = ({
  account,
  number,
  groups,
  onGroup,
  onChange,
  onRemove,
  problems,
  choices,
  texts,
}: Pick<TabProps, 'problems' | 'choices' | 'texts'> & {
  readonly account: Account;
  readonly number: number;
  readonly groups: readonly Named[];
  readonly onGroup: (group: Named) => void;
  readonly onChange: (change: Partial<Account>) => void;
  readonly onRemove: () => void;
}) => {
  const words = texts.settings.accounts;
  const path = `accounts.${number}`;
  const title = account.name.trim() === '' ? words.account(number + 1) : account.name;
  const [regions, setRegions] = useState(account.regions.join(', '));
  const field = { problems, texts };
  const asOptions = (named: readonly Named[]) => named.map(({ id, name }) => ({ value: id, label: name }));
  const labelled = (label: string): string => `${label} (${title})`;

  return (
    <Stack space="space.100">
      <Heading as="h4">{title}</Heading>
      <TextSetting
        {...field}
        label={labelled(words.name)}
        path={`${path}.name`}
        value={account.name}
        onChange={(name) => onChange({ name })}
      />
      <TextSetting
        {...field}
        label={labelled(words.id)}
        path={`${path}.id`}
        value={account.id}
        onChange={(id) => onChange({ id: id.trim() })}
      />
      <TextSetting
        {...field}
        label={labelled(words.regions)}
        path={`${path}.regions`}
        value={regions}
        onChange={(text) => {
          setRegions(text);
          onChange({ regions: text.split(/[\s,;]+/).filter((region) => region !== '') });
        }}
      />
      <Checkbox
        label={labelled(words.everyone)}
        isChecked={account.organizations === 'everyone'}
        onChange={(event) =>
          onChange({ organizations: event.target.checked === true ? 'everyone' : [], groups: [] })
        }
      />
      {account.organizations === 'everyone' ? null : (
        <Stack space="space.100">
          <ChoicesSetting
            {...field}
            label={labelled(words.organizations)}
            path={`${path}.organizations`}
            options={asOptions(choices.organizations ?? [])}
            values={account.organizations}
            onChange={(organizations) => onChange({ organizations: [...organizations] })}
          />
          <ChoicesSetting
            {...field}
            label={labelled(words.groups)}
            path={`${path}.groups`}
            options={asOptions(groups)}
            values={account.groups}
            onChange={(chosen) => onChange({ groups: [...chosen] })}
          />
          <Finder
            id={`${path}.find-group`}
            ask="settings.find-groups"
            words={{
              label: labelled(words.findGroup),
              find: words.find,
              found: labelled(words.found),
              nothing: words.nothingFound,
            }}
            onChosen={(group) => {
              onGroup(group);
              if (!account.groups.includes(group.id)) onChange({ groups: [...account.groups, group.id] });
            }}
            texts={texts}
          />
        </Stack>
      )}
      <Inline>
        <Button appearance="subtle" onClick={onRemove}>
          {words.removeIt(title)}
        </Button>
      </Inline>
    </Stack>
  );
};
