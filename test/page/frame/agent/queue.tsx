import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { useEffect, useRef, useState } from 'react';
import type { PersonName } from '../../../sandbox/site';
import { act, Refused } from '../ask';
import type { FoundIssue } from '../jira-answers';
import { useVersion } from '../live';
import { moment } from '../moment';
import { Nothing, PageTitle, Panel, Problem, RequestStatus, Waiting } from '../parts';
import { hrefOf } from '../place';

interface Found {
  readonly issues: readonly FoundIssue[];
}

const QUEUES = [
  { name: 'All open', jql: 'project = CLOUD AND statusCategory != Done ORDER BY created DESC' },
  { name: 'All', jql: 'project = CLOUD ORDER BY created DESC' },
  {
    name: 'AWS: needs a look',
    jql: 'project = CLOUD AND gatehouseState IN (stuck, lost, blocked, failed) ORDER BY created DESC',
  },
] as const;

/** Jira's own search, asked again whenever something changed. */
const useSearch = (person: PersonName, jql: string) => {
  const version = useVersion();
  const [found, setFound] = useState<{ issues?: readonly FoundIssue[]; problem?: Refused }>({});
  const newest = useRef(0);
  useEffect(() => {
    const turn = ++newest.current;
    act<Found>({
      ...{ kind: 'jira', as: person, method: 'POST', path: '/rest/api/3/search/jql' },
      body: {
        jql,
        fields: ['summary', 'status', 'reporter', 'assignee', 'created', 'updated'],
        maxResults: 50,
      },
    }).then(
      ({ issues }) => turn === newest.current && setFound({ issues }),
      (error: unknown) =>
        turn === newest.current &&
        setFound((before) => ({
          ...before,
          problem: error instanceof Refused ? error : new Refused(0, String(error)),
        })),
    );
  }, [person, jql, version]);
  return found;
};

/** A native queue: what a query finds. */
export const Queue = ({ person }: { readonly person: PersonName }) => {
  const [jql, setJql] = useState<string>(QUEUES[0].jql);
  const [typed, setTyped] = useState(jql);
  const { issues, problem } = useSearch(person, jql);
  const choose = (query: string): void => {
    setJql(query);
    setTyped(query);
  };
  return (
    <>
      <PageTitle title="Queue" />
      <Panel>
        <div className="row" role="group" aria-label="Queues">
          {QUEUES.map((queue) => (
            <Button
              key={queue.name}
              spacing="compact"
              isSelected={jql === queue.jql}
              aria-pressed={jql === queue.jql}
              onClick={() => choose(queue.jql)}
            >
              {queue.name}
            </Button>
          ))}
        </div>
        <form
          className="jql"
          onSubmit={(event) => {
            event.preventDefault();
            setJql(typed);
          }}
        >
          <label htmlFor="jql">JQL</label>
          <Textfield
            id="jql"
            isMonospaced
            isCompact
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit">Search</Button>
        </form>
        {problem ? <Problem problem={problem} /> : null}
        {issues === undefined ? (
          problem ? null : (
            <Waiting what="Searching …" />
          )
        ) : issues.length === 0 ? (
          <Nothing>No request is like that.</Nothing>
        ) : (
          <ul className="rows">
            {issues.map(({ key, fields }) => (
              <li key={key}>
                <a href={hrefOf({ person, space: 'queue', parts: [key] })}>
                  <span className="row-key">{key}</span>
                  <span className="row-title">{fields.summary}</span>
                </a>
                <span className="row-more">
                  {fields.reporter?.displayName ?? 'Nobody'} · {moment(fields.created)}
                </span>
                <RequestStatus name={fields.status.name} category={fields.status.statusCategory.key} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
};
