import Button from '@atlaskit/button/new';
import Lozenge from '@atlaskit/lozenge';
import TextArea from '@atlaskit/textarea';
import { useEffect, useRef, useState } from 'react';
import type { PersonName } from '../../../sandbox/site';
import { act, useJira } from '../ask';
import { useDoing } from '../doing';
import type { DeskApproval, DeskApprovals } from '../jira-answers';
import { Panel, Problem } from '../parts';

const LOOKS = { approved: 'success', declined: 'removed', pending: 'inprogress' } as const;
const WORDS = { approved: 'Approved', declined: 'Declined', pending: 'Pending' } as const;

const Answering = ({
  person,
  issueKey,
  approval,
}: {
  readonly person: PersonName;
  readonly issueKey: string;
  readonly approval: DeskApproval;
}) => {
  const [comment, setComment] = useState('');
  const { doing, problem, run } = useDoing();
  const base = `/rest/servicedeskapi/request/${issueKey}`;
  const post = (path: string, body: object) =>
    act({ kind: 'jira', as: person, method: 'POST', path: `${base}${path}`, body });
  const answer = (decision: 'approve' | 'decline'): void =>
    void run(async () => {
      if (comment.trim() !== '') await post('/comment', { body: comment, public: true });
      setComment('');
      await post(`/approval/${approval.id}`, { decision });
    });
  return (
    <div className="field">
      <label htmlFor="decision-comment">Comment (everybody on the request reads it)</label>
      <TextArea
        id="decision-comment"
        value={comment}
        minimumRows={2}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {problem === undefined ? null : <Problem problem={problem} />}
      <div className="row">
        <Button appearance="primary" isDisabled={doing} onClick={() => answer('approve')}>
          Approve
        </Button>
        <Button isDisabled={doing} onClick={() => answer('decline')}>
          Decline
        </Button>
      </div>
    </div>
  );
};

/** A request's approval as the portal shows it: who is asked, what they said, and buttons for whoever is asked. */
export const Decision = ({
  person,
  issueKey,
}: {
  readonly person: PersonName;
  readonly issueKey: string;
}) => {
  const approvals = useJira<DeskApprovals>(person, `/rest/servicedeskapi/request/${issueKey}/approval`);
  const latest = approvals.value?.values.at(-1);
  const asked = latest?.canAnswerApproval ?? false;
  const before = useRef(asked);
  useEffect(() => {
    // The button that was pressed is gone with the decision; whoever has no mouse goes on from the page, not from its top.
    if (before.current && !asked && document.activeElement === document.body) {
      document.getElementById('main')?.focus({ preventScroll: true });
    }
    before.current = asked;
  }, [asked]);
  if (!latest) return null;
  return (
    <Panel
      title={latest.canAnswerApproval ? 'Your decision' : 'Approval'}
      aside={<Lozenge appearance={LOOKS[latest.finalDecision]}>{WORDS[latest.finalDecision]}</Lozenge>}
    >
      <ul className="approvers">
        {latest.approvers.map(({ approver, approverDecision }) => (
          <li key={approver.accountId}>
            {approver.displayName}
            <span className="quiet"> · {approverDecision}</span>
          </li>
        ))}
        {latest.approvers.length === 0 ? <li>Nobody is asked: the Approvers field is empty.</li> : null}
      </ul>
      {latest.canAnswerApproval ? (
        <Answering key={latest.id} person={person} issueKey={issueKey} approval={latest} />
      ) : null}
    </Panel>
  );
};
