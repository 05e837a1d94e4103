import Button from '@atlaskit/button/new';
import TextArea from '@atlaskit/textarea';
import { useState } from 'react';
import type { PersonName } from '../../../sandbox/site';
import { act, ask } from '../ask';
import { useDoing } from '../doing';
import { PageTitle, Panel, Problem } from '../parts';

const SECRETS = [
  { name: 'gatehouse/webhook', does: 'What the bridge holds the app’s messages against.' },
  { name: 'gatehouse/callback', does: 'What the bridge signs its messages to the app with.' },
] as const;

const Secret = ({
  person,
  name,
  does,
}: (typeof SECRETS)[number] & {
  readonly person: PersonName;
}) => {
  const [text, setText] = useState<string | undefined>();
  const [stored, setStored] = useState(false);
  const { doing, problem, run } = useDoing();
  const retrieve = () =>
    run(async () => {
      const { value = '' } = await ask<{ value?: string }>('/api/aws/secret', { as: person, name });
      setStored(false);
      setText(value);
    });
  const store = (value: string) =>
    run(async () => {
      await act({ kind: 'console put secret', as: person, name, value });
      setText(undefined);
      setStored(true);
    });
  const id = name.replace('/', '-');
  return (
    <Panel title={name}>
      <p className="quiet">{does}</p>
      {problem === undefined ? null : <Problem problem={problem} />}
      {text === undefined ? (
        <div className="row">
          <Button isDisabled={doing} onClick={() => void retrieve()}>
            {`Retrieve and edit ${name}`}
          </Button>
          <span role="status">{stored ? 'Stored.' : ''}</span>
        </div>
      ) : (
        <div className="field">
          <label htmlFor={id}>Secret value</label>
          <TextArea
            id={id}
            isMonospaced
            minimumRows={3}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className="row">
            <Button appearance="primary" isDisabled={doing} onClick={() => void store(text)}>
              Store
            </Button>
            <Button appearance="subtle" isDisabled={doing} onClick={() => setText(undefined)}>
              Cancel
            </Button>
          </div>
        </div>
      )}
    </Panel>
  );
};

/** The hub's secrets, as the platform engineer sees them in Secrets Manager. */
export const SecretsPage = ({ person }: { readonly person: PersonName }) => (
  <>
    <PageTitle title="Secrets Manager" back={{ label: 'Accounts', to: { person, space: 'aws', parts: [] } }}>
      <p className="quiet">hub · 100000000002 · eu-west-1</p>
    </PageTitle>
    {SECRETS.map((secret) => (
      <Secret key={secret.name} person={person} {...secret} />
    ))}
  </>
);
