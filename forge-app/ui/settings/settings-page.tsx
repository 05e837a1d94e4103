import {
  Button,
  Inline,
  LoadingButton,
  SectionMessage,
  Stack,
  Tab,
  TabList,
  TabPanel,
  Tabs,
  Text,
} from '@forge/react';
import { useState } from 'react';
import type { Refusal } from '../../pages/answer';
import type { FieldProblem, SavedView, SettingsView } from '../../pages/settings/view';
import type { SettingsDraft } from '../../settings/draft';
import type { Texts } from '../../texts/texts';
import { call, useAnswer } from '../answer';
import { Shown, useReader } from '../page';
import { AccountsTab } from './accounts-tab';
import { ApprovalTab } from './approval-tab';
import { CheckTab } from './check-tab';
import { ConnectionTab } from './connection-tab';
import { wordsFor } from './fields';
import { ProductsTab } from './products-tab';

/** Characters that a page sends at once. Forge takes 500 kB; some characters have several bytes, and Forge wraps them. */
const LONGEST_PAYLOAD = 450_000;

const same = (one: object, other: object): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/** A project's settings, from the connection to the check. */
export const SettingsPage = () => {
  const { texts, moment } = useReader();
  const asked = useAnswer<SettingsView>('settings.open');
  return (
    <Shown asked={asked} texts={texts}>
      {(view) => (
        // What is typed is kept for as long as what it was typed over is the same.
        <Editor key={view.revision} view={view} texts={texts} moment={moment} reload={asked.again} />
      )}
    </Shown>
  );
};

const Editor = ({
  view,
  texts,
  moment,
  reload,
}: {
  readonly view: SettingsView;
  readonly texts: Texts;
  readonly moment: (at: string) => string;
  readonly reload: () => Promise<void>;
}) => {
  const words = texts.settings;
  const [draft, setDraft] = useState(view.draft);
  const [saved, setSaved] = useState({ draft: view.draft, revision: view.revision, state: view.saved });
  const [problems, setProblems] = useState(view.problems);
  const [choices, setChoices] = useState(view.choices);
  const [catalogue, setCatalogue] = useState(view.catalogue);
  const [connection, setConnection] = useState(view.connection);
  const [refusal, setRefusal] = useState<Refusal | 'none' | 'saved'>('none');
  const [saving, setSaving] = useState(false);
  const [tab, setTab] = useState(0);
  const unsaved = !same(draft, saved.draft);

  const edit = (change: Partial<SettingsDraft>): void => {
    setDraft((before) => ({ ...before, ...change }));
    setRefusal('none');
  };

  const save = async (): Promise<void> => {
    // Accounts that are as they were are not sent: there may be thousands.
    const accounts = same(draft.accounts, saved.draft.accounts) ? null : draft.accounts;
    const payload = { revision: saved.revision, draft: { ...draft, accounts } };
    if (JSON.stringify(payload).length > LONGEST_PAYLOAD) {
      setRefusal({ outcome: 'refused', code: 'invalid', detail: words.save.tooLong });
      return;
    }
    setSaving(true);
    const answer = await call<SavedView>('settings.save', payload);
    setSaving(false);
    if (answer.outcome === 'ok') {
      setSaved({ draft, revision: answer.value.revision, state: 'read' });
      setProblems([]);
      setRefusal('saved');
      return;
    }
    setProblems((answer.problems ?? []).map(({ field, message }) => ({ path: field, message })));
    setRefusal(answer);
  };

  const tabProps = { draft, edit, problems, texts, choices };
  return (
    <Stack space="space.300">
      {saved.state === 'absent' ? (
        <SectionMessage appearance="information">
          <Text>{words.begin}</Text>
        </SectionMessage>
      ) : null}
      {saved.state === 'unusable' ? (
        <SectionMessage appearance="warning">
          <Text>{words.unusable}</Text>
        </SectionMessage>
      ) : null}
      <Tabs id="settings" selected={tab} onChange={(index) => setTab(index)}>
        <TabList>
          <Tab>{words.tabs.connection}</Tab>
          <Tab>{words.tabs.products}</Tab>
          <Tab>{words.tabs.accounts}</Tab>
          <Tab>{words.tabs.approval}</Tab>
          <Tab>{words.tabs.check}</Tab>
        </TabList>
        <TabPanel>
          <ConnectionTab connection={connection} onConnection={setConnection} texts={texts} moment={moment} />
        </TabPanel>
        <TabPanel>
          <ProductsTab
            {...tabProps}
            catalogue={catalogue}
            onCatalogue={setCatalogue}
            onRequestType={(type) =>
              setChoices((before) => ({ ...before, requestTypes: [...(before.requestTypes ?? []), type] }))
            }
            moment={moment}
          />
        </TabPanel>
        <TabPanel>
          <AccountsTab {...tabProps} />
        </TabPanel>
        <TabPanel>
          <ApprovalTab {...tabProps} />
        </TabPanel>
        <TabPanel>
          <CheckTab texts={texts} />
        </TabPanel>
      </Tabs>
      <Outcome refusal={refusal} problems={problems} texts={texts} reload={reload} />
      <Inline space="space.150" alignBlock="center" shouldWrap>
        <LoadingButton
          appearance="primary"
          isLoading={saving}
          isDisabled={!unsaved && saved.state === 'read'}
          onClick={() => void save()}
        >
          {words.save.save}
        </LoadingButton>
        {unsaved ? <Text>{words.save.unsaved}</Text> : null}
      </Inline>
    </Stack>
  );
};

/** What became of saving. Problems that lie in other tabs are listed here, too. */
const Outcome = ({
  refusal,
  problems,
  texts,
  reload,
}: {
  readonly refusal: Refusal | 'none' | 'saved';
  readonly problems: readonly FieldProblem[];
  readonly texts: Texts;
  readonly reload: () => Promise<void>;
}) => {
  const { save, tabs } = texts.settings;
  if (refusal === 'none') return null;
  if (refusal === 'saved') {
    return (
      <SectionMessage appearance="success">
        <Text>{save.saved}</Text>
      </SectionMessage>
    );
  }
  const tabOf = (path: string): string =>
    path.startsWith('products') ? tabs.products : path.startsWith('accounts') ? tabs.accounts : tabs.approval;
  const lineOf = (problem: FieldProblem): string => {
    const said = wordsFor(texts, problem);
    return problem.path === 'gatehouse' ? said : `${save.in(tabOf(problem.path))}: ${said}`;
  };
  const lines = [...new Set(problems.map(lineOf))];
  const said =
    refusal.code === 'invalid'
      ? save.invalid
      : refusal.code === 'changed'
        ? save.changed
        : texts.shared.refusals[refusal.code];
  return (
    <SectionMessage appearance="error">
      <Stack space="space.100">
        <Text>{said}</Text>
        {refusal.detail === undefined ? null : <Text>{texts.shared.because(refusal.detail)}</Text>}
        {lines.map((line) => (
          <Text key={line}>{line}</Text>
        ))}
        {refusal.code === 'changed' ? <Button onClick={() => void reload()}>{save.load}</Button> : null}
      </Stack>
    </SectionMessage>
  );
};
