import { Button, Heading, Inline, Label, Stack, Text, Textfield } from '@forge/react';
import { useEffect, useState } from 'react';
import type { Named } from '../../jira/people';
import { type Account, AccountFields } from './account-fields';
import type { TabProps } from './tab-props';

const NEW: Account = { id: '', name: '', regions: [], organizations: [], groups: [] };
/** Accounts that are shown at once. */
const AT_ONCE = 20;

/** The tenant accounts, and whose they are to use. */
export const AccountsTab = ({ draft, edit, problems, choices, texts }: TabProps) => {
  const words = texts.settings.accounts;
  const { accounts } = draft;
  const [foundGroups, setFoundGroups] = useState<readonly Named[]>([]);
  // What tells the rows apart while one is removed: an account's id is still to be typed.
  const [rows, setRows] = useState<readonly number[]>(accounts.map((_, index) => index));
  // Rows stay found while what they were found by is changed.
  const [found, setFound] = useState<readonly number[] | null>(null);
  const [first, setFirst] = useState(0);
  const groups = [...choices.groups, ...foundGroups];
  const listed = found ?? rows;
  const shown = listed.slice(first, first + AT_ONCE);

  const wrong = problems.flatMap(({ path }) => /^accounts\.(\d+)/.exec(path)?.[1] ?? [])[0];
  useEffect(() => {
    if (wrong === undefined) return;
    setFound(null);
    setFirst(pageOf(Number(wrong)));
  }, [problems]);

  const removeRow = (row: number): void => {
    const left = listed.filter((other) => other !== row);
    // In this order there is a row for every account, whenever it is drawn.
    edit({ accounts: accounts.filter((_, at) => rows[at] !== row) });
    setRows(rows.filter((other) => other !== row));
    setFound(found && left);
    setFirst(Math.min(first, pageOf(left.length - 1)));
  };

  return (
    <Stack space="space.300">
      <Heading as="h3">{words.title}</Heading>
      {accounts.length === 0 ? <Text>{words.none}</Text> : null}
      {accounts.length > AT_ONCE ? (
        <AccountFinder
          onFind={(text) => {
            setFound(text === '' ? null : rows.filter((_, at) => isNamed(accounts[at], text)));
            setFirst(0);
          }}
          texts={texts}
        />
      ) : null}
      {found?.length === 0 ? <Text>{words.noneFound}</Text> : null}
      {shown.map((row) => {
        const at = rows.indexOf(row);
        return (
          <AccountFields
            key={row}
            account={accounts[at] ?? NEW}
            number={at}
            groups={groups}
            onGroup={(group) => setFoundGroups([...foundGroups, group])}
            onChange={(change) =>
              edit({
                accounts: accounts.map((other, index) => (at === index ? { ...other, ...change } : other)),
              })
            }
            onRemove={() => removeRow(row)}
            {...{ problems, choices, texts }}
          />
        );
      })}
      {listed.length > AT_ONCE ? (
        <Inline space="space.100" alignBlock="center" shouldWrap>
          <Button isDisabled={first === 0} onClick={() => setFirst(Math.max(0, first - AT_ONCE))}>
            {words.previous}
          </Button>
          <Text>{words.shown(first + 1, first + shown.length, listed.length)}</Text>
          <Button isDisabled={first + AT_ONCE >= listed.length} onClick={() => setFirst(first + AT_ONCE)}>
            {words.next}
          </Button>
        </Inline>
      ) : null}
      <Inline>
        <Button
          onClick={() => {
            setRows([...rows, Math.max(-1, ...rows) + 1]);
            edit({ accounts: [...accounts, NEW] });
            setFound(null);
            setFirst(pageOf(accounts.length));
          }}
        >
          {words.add}
        </Button>
      </Inline>
    </Stack>
  );
};

/** The first account of those among which this one is shown. */
const pageOf = (at: number): number => Math.max(0, Math.floor(at / AT_ONCE) * AT_ONCE);

const isNamed = (account: Account | undefined, text: string): boolean =>
  account !== undefined &&
  (account.id.includes(text) || account.name.toLowerCase().includes(text.toLowerCase()));

/** Asks for accounts by a part of their name or id; with nothing in it, for all of them. */
const AccountFinder = ({
  onFind,
  texts,
}: Pick<TabProps, 'texts'> & { readonly onFind: (text: string) => void }) => {
  const words = texts.settings.accounts;
  const [text, setText] = useState('');
  return (
    <Stack space="space.050">
      <Label labelFor="accounts.find">{words.findAccount}</Label>
      <Inline space="space.100" shouldWrap>
        <Textfield
          id="accounts.find"
          value={text}
          onChange={(event) => setText(String(event.target.value))}
        />
        <Button onClick={() => onFind(text.trim())}>{words.findThem}</Button>
      </Inline>
    </Stack>
  );
};
