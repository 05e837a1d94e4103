import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { PersonName } from '../../../sandbox/site';
import type { StackView } from '../../aws/console-view';
import { act, useLive } from '../ask';
import { useDoing } from '../doing';
import { moment, ofDay } from '../moment';
import { AwsStatus, Nothing, PageTitle, Panel, Problem, Shown } from '../parts';

const Deleting = ({
  person,
  account,
  stack,
}: {
  readonly person: PersonName;
  readonly account: string;
  readonly stack: StackView;
}) => {
  const { doing, problem, run } = useDoing();
  const [sure, setSure] = useState(false);
  if (stack.status.startsWith('DELETE_COMPLETE')) return null;
  return (
    <Panel title="Delete">
      <p className="quiet">
        Past Service Catalog and past Gatehouse, as an administrator of the account can.
      </p>
      {problem === undefined ? null : <Problem problem={problem} />}
      <div className="row">
        <Button
          appearance={sure ? 'danger' : 'default'}
          isDisabled={doing}
          onBlur={() => setSure(false)}
          onClick={() =>
            sure
              ? void run(() =>
                  act({ kind: 'console delete stack', as: person, account, stack: stack.name }),
                ).then(() => setSure(false))
              : setSure(true)
          }
        >
          {sure ? 'Yes, delete this stack' : 'Delete stack'}
        </Button>
      </div>
    </Panel>
  );
};

/** A table that scrolls by itself where the page is narrow. */
const Table = ({
  label,
  heads,
  rows,
}: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly React.ReactNode[] }[];
}) => (
  <div className="table" role="region" aria-label={label} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td key={heads[index]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** One stack with what happened to it, live. */
export const StackPage = ({
  person,
  account,
  name,
}: {
  readonly person: PersonName;
  readonly account: string;
  readonly name: string;
}) => {
  const stack = useLive<StackView>('/api/aws/stack', { as: person, account, stack: name });
  return (
    <>
      <PageTitle title={name} back={{ label: account, to: { person, space: 'aws', parts: [account] } }} />
      <Shown known={stack} what="The stack">
        {(shown) => (
          <>
            <p className="facts">
              <AwsStatus status={shown.status} />
              <span>since {moment(shown.createdAt)}</span>
            </p>
            {shown.reason ? <p>{shown.reason}</p> : null}
            <Panel title="Outputs">
              {shown.outputs.length === 0 ? (
                <Nothing>None, or none yet.</Nothing>
              ) : (
                <dl className="details">
                  {shown.outputs.map(({ key, value, description }) => (
                    <div key={key}>
                      <dt>{key}</dt>
                      <dd>
                        <code>{value}</code>
                        {description ? <div className="quiet">{description}</div> : null}
                      </dd>
                    </div>
                  ))}
                </dl>
              )}
            </Panel>
            <Panel title="Events">
              <Table
                label="Events, newest first"
                heads={['Time', 'Resource', 'Status', 'Reason']}
                rows={shown.events.map((event) => ({
                  key: event.id,
                  cells: [
                    ofDay(event.at),
                    <>
                      {event.logicalId}
                      <div className="quiet">{event.type}</div>
                    </>,
                    <AwsStatus status={event.status} />,
                    event.reason ?? '',
                  ],
                }))}
              />
            </Panel>
            <Panel title="Resources">
              <Table
                label="Resources"
                heads={['Resource', 'Id', 'Status']}
                rows={shown.resources.map((resource) => ({
                  key: resource.logicalId,
                  cells: [
                    <>
                      {resource.logicalId}
                      <div className="quiet">{resource.type}</div>
                    </>,
                    <code>{resource.physicalId ?? '–'}</code>,
                    <AwsStatus status={resource.status} />,
                  ],
                }))}
              />
            </Panel>
            <Panel title="Parameters">
              {shown.parameters.length === 0 ? (
                <Nothing>None.</Nothing>
              ) : (
                <dl className="details">
                  {shown.parameters.map(({ key, value }) => (
                    <div key={key}>
                      <dt>{key}</dt>
                      <dd>{value === '' ? '–' : value}</dd>
                    </div>
                  ))}
                </dl>
              )}
            </Panel>
            <Deleting person={person} account={account} stack={shown} />
          </>
        )}
      </Shown>
    </>
  );
};
