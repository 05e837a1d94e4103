import { Button, Checkbox, Heading, Inline, Stack } from '@forge/react';
import { useState } from 'react';
import type { Named } from '../../jira/people';
import { ChoicesSetting, TextSetting } from './fields';
import { Finder } from './finder';
import type { TabProps } from './tab-props';

export type Account = TabProps['draft']['accounts'][number];

/** One tenant account, and whose it is to use. */
export const AccountFields = ({
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
