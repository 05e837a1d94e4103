import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { PersonName } from '../../../sandbox/site';
import { act, useJira } from '../ask';
import { useDoing } from '../doing';
import type { RequestTypes } from '../jira-answers';
import { Module, type Submitted } from '../module';
import { PageTitle, Panel, Problem } from '../parts';
import { go } from '../place';
import { TYPES_PATH } from './request-types';

/** The portal's create screen: its own field, and what the app adds to it. */
export const CreateRequest = ({
  person,
  typeId,
}: {
  readonly person: PersonName;
  readonly typeId: string;
}) => {
  const types = useJira<RequestTypes>(person, TYPES_PATH);
  const type = types.value?.values.find(({ id }) => id === typeId);
  const [summary, setSummary] = useState('');
  const [missing, setMissing] = useState(false);
  const [panel, setPanel] = useState<Submitted | undefined>();
  const { doing, problem, run } = useDoing();
  const send = (): void => {
    setMissing(summary.trim() === '');
    if (summary.trim() === '') {
      document.getElementById('summary')?.focus();
      return;
    }
    void run(async () => {
      const { key } = await act<{ key: string }>({
        ...{ kind: 'portal request', as: person, requestTypeId: typeId, summary },
        ...(panel ? { panel: { fields: [...panel.fields], isValid: panel.isValid } } : {}),
      });
      go({ person, space: 'requests', parts: [key] });
    });
  };

  return (
    <>
      <PageTitle
        title={type?.name ?? 'Request'}
        back={{ label: 'Cloud services', to: { person, space: 'portal', parts: [] } }}
      />
      <Panel>
        <div className="field">
          <label htmlFor="summary">
            Summary{' '}
            <span className="required" aria-hidden="true">
              *
            </span>
          </label>
          <Textfield
            id="summary"
            value={summary}
            isRequired
            isInvalid={missing}
            aria-describedby={missing ? 'summary-missing' : undefined}
            maxLength={255}
            onChange={(event) => setSummary(event.currentTarget.value)}
          />
          {missing ? (
            <p className="field-error" id="summary-missing" role="alert">
              Say in a few words what you need.
            </p>
          ) : null}
        </div>
        <Module
          person={person}
          module="order-form"
          extension={{ portal: { id: 1 }, request: { typeId: Number(typeId) } }}
          onSubmit={setPanel}
        />
        {problem === undefined ? null : <Problem problem={problem} />}
        <div className="row">
          <Button appearance="primary" isDisabled={doing} onClick={send}>
            Send
          </Button>
          <Button appearance="subtle" onClick={() => go({ person, space: 'portal', parts: [] })}>
            Cancel
          </Button>
        </div>
      </Panel>
    </>
  );
};
