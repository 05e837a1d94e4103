import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import TextArea from '@atlaskit/textarea';
import { useState } from 'react';
import type { PersonName } from '../../sandbox/site';
import { act, useJira } from './ask';
import { CommentText } from './comment-text';
import { useDoing } from './doing';
import type { DeskComments } from './jira-answers';
import { moment } from './moment';
import { Nothing, Panel, Problem, Shown } from './parts';

/** A request's comments as somebody sees them, with a field for another. Internal ones are for agents. */
export const Comments = ({
  person,
  issueKey,
  internal,
}: {
  readonly person: PersonName;
  readonly issueKey: string;
  /** Whether whoever looks may comment internally. */
  readonly internal: boolean;
}) => {
  const base = `/rest/servicedeskapi/request/${issueKey}/comment`;
  const comments = useJira<DeskComments>(person, base);
  const [text, setText] = useState('');
  const { doing, problem, run } = useDoing();
  const add = (visible: boolean): void =>
    void run(async () => {
      await act({
        kind: 'jira',
        as: person,
        method: 'POST',
        path: base,
        body: { body: text, public: visible },
      });
      setText('');
    });

  return (
    <Panel title={internal ? 'Comments' : 'Activity'}>
      <Shown known={comments} what="Comments">
        {({ values }) =>
          values.length === 0 ? (
            <Nothing>Nobody has said anything yet.</Nothing>
          ) : (
            <ol className="comments">
              {values.map((comment) => (
                <li key={comment.id} className={comment.public ? undefined : 'internal'}>
                  <div className="comment-head">
                    <strong>{comment.author.displayName}</strong>
                    <time dateTime={comment.created.iso8601}>{moment(comment.created.iso8601)}</time>
                    {comment.public ? null : <Lozenge appearance="moved">Internal</Lozenge>}
                  </div>
                  <CommentText body={comment.body} />
                </li>
              ))}
            </ol>
          )
        }
      </Shown>
      <form
        className="comment-form"
        onSubmit={(event) => {
          event.preventDefault();
          add(true);
        }}
      >
        <label htmlFor="new-comment">Add a comment</label>
        <TextArea
          id="new-comment"
          value={text}
          minimumRows={2}
          resize="vertical"
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {problem === undefined ? null : <Problem problem={problem} />}
        <div className="row">
          <Button type="submit" isDisabled={doing || text.trim() === ''}>
            {internal ? 'Reply to customer' : 'Add comment'}
          </Button>
          {internal ? (
            <Button appearance="subtle" isDisabled={doing || text.trim() === ''} onClick={() => add(false)}>
              Add internal note
            </Button>
          ) : null}
        </div>
      </form>
    </Panel>
  );
};
