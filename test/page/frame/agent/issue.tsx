import Button from '@atlaskit/button/new';
import type { PersonName } from '../../../sandbox/site';
import { act, useJira } from '../ask';
import { Comments } from '../comments';
import { CommentText } from '../comment-text';
import { useDoing } from '../doing';
import type { CustomerRequest, FoundIssue, Transitions } from '../jira-answers';
import { Module } from '../module';
import { moment } from '../moment';
import { PageTitle, Panel, Problem, RequestStatus, Shown } from '../parts';
import { Decision } from '../portal/decision';

/** The ways on that Jira's workflow offers. */
const Workflow = ({ person, issueKey }: { readonly person: PersonName; readonly issueKey: string }) => {
  const path = `/rest/api/3/issue/${issueKey}/transitions`;
  const offered = useJira<Transitions>(person, path);
  const { doing, problem, run } = useDoing();
  return (
    <Panel title="Workflow">
      <Shown known={offered} what="Transitions">
        {({ transitions }) =>
          transitions.length === 0 ? (
            <p className="quiet">No transition leads on from here.</p>
          ) : (
            <div className="row">
              {transitions.map(({ id, name, to }) => (
                <Button
                  key={id}
                  spacing="compact"
                  isDisabled={doing}
                  onClick={() =>
                    void run(() =>
                      act({ kind: 'jira', as: person, method: 'POST', path, body: { transition: { id } } }),
                    )
                  }
                >
                  {`${name} → ${to.name}`}
                </Button>
              ))}
            </div>
          )
        }
      </Shown>
      {problem === undefined ? null : <Problem problem={problem} />}
    </Panel>
  );
};

/** One request as agents see it in Jira. */
export const Issue = ({ person, issueKey }: { readonly person: PersonName; readonly issueKey: string }) => {
  const issue = useJira<FoundIssue>(person, `/rest/api/3/issue/${issueKey}`);
  const request = useJira<CustomerRequest>(person, `/rest/servicedeskapi/request/${issueKey}`);
  const description = request.value?.requestFieldValues.find(
    ({ fieldId }) => fieldId === 'description',
  )?.value;
  return (
    <>
      <PageTitle
        title={issue.value?.fields.summary ?? issueKey}
        back={{ label: 'Queue', to: { person, space: 'queue', parts: [] } }}
      />
      <Shown known={issue} what={issueKey}>
        {({ id, key, fields }) => (
          <div className="columns">
            <div className="main-column">
              <p className="facts">
                <RequestStatus name={fields.status.name} category={fields.status.statusCategory.key} />
                <span>{key}</span>
              </p>
              {typeof description === 'string' && description !== '' ? (
                <Panel title="Description">
                  <CommentText body={description} />
                </Panel>
              ) : null}
              <Module
                person={person}
                module="issue-context"
                title="AWS product"
                extension={{ issue: { id, key } }}
              />
              <Comments person={person} issueKey={key} internal />
            </div>
            <div className="side-column">
              <Panel title="Details">
                <dl className="details">
                  <dt>Reporter</dt>
                  <dd>{fields.reporter?.displayName ?? 'Nobody'}</dd>
                  <dt>Assignee</dt>
                  <dd>{fields.assignee?.displayName ?? 'Nobody'}</dd>
                  <dt>Created</dt>
                  <dd>{moment(fields.created)}</dd>
                  <dt>Updated</dt>
                  <dd>{moment(fields.updated)}</dd>
                </dl>
              </Panel>
              <Decision person={person} issueKey={key} />
              <Workflow person={person} issueKey={key} />
            </div>
          </div>
        )}
      </Shown>
    </>
  );
};
