import type { ReactNode } from 'react';
import type { PersonName } from '../../../sandbox/site';
import { type Known, useJira } from '../ask';
import type { CustomerRequest, CustomerRequests } from '../jira-answers';
import { moment } from '../moment';
import { Nothing, PageTitle, Panel, RequestStatus, Shown } from '../parts';
import { hrefOf } from '../place';
import type { Space } from '../people';

const REQUESTS = '/rest/servicedeskapi/request';

const Rows = ({
  requests,
  person,
  space,
}: {
  readonly requests: readonly CustomerRequest[];
  readonly person: PersonName;
  readonly space: Space;
}) => (
  <ul className="rows">
    {requests.map((request) => (
      <li key={request.issueKey}>
        <a href={hrefOf({ person, space, parts: [request.issueKey] })}>
          <span className="row-key">{request.issueKey}</span>
          <span className="row-title">{request.summary}</span>
        </a>
        <span className="row-more">
          {request.reporter.displayName} · {moment(request.createdDate.iso8601)}
        </span>
        <RequestStatus name={request.currentStatus.status} category={request.currentStatus.statusCategory} />
      </li>
    ))}
  </ul>
);

const Listed = ({
  known,
  person,
  space,
  none,
}: {
  readonly known: Known<CustomerRequests>;
  readonly person: PersonName;
  readonly space: Space;
  readonly none: ReactNode;
}) => (
  <Shown known={known} what="Requests">
    {({ values }) =>
      values.length === 0 ? (
        <Nothing>{none}</Nothing>
      ) : (
        <Rows requests={values} person={person} space={space} />
      )
    }
  </Shown>
);

/** What somebody has asked for. */
export const MyRequests = ({ person }: { readonly person: PersonName }) => {
  const requests = useJira<CustomerRequests>(person, REQUESTS);
  return (
    <>
      <PageTitle title="My requests" />
      <Panel>
        <Listed
          known={requests}
          person={person}
          space="requests"
          none={
            <>
              You have not asked for anything yet.{' '}
              <a href={hrefOf({ person, space: 'portal', parts: [] })}>Raise a request</a>
            </>
          }
        />
      </Panel>
    </>
  );
};

/** What waits for somebody's decision, and what they were asked before. */
export const Approvals = ({ person }: { readonly person: PersonName }) => {
  const asked = `${REQUESTS}?requestOwnership=APPROVER&approvalStatus=`;
  const pending = useJira<CustomerRequests>(person, `${asked}MY_PENDING_APPROVAL`);
  const all = useJira<CustomerRequests>(person, `${asked}MY_HISTORY_APPROVAL`);
  const open = new Set(pending.value?.values.map(({ issueKey }) => issueKey));
  const decided = all.value?.values.filter(({ issueKey }) => !open.has(issueKey)) ?? [];
  return (
    <>
      <PageTitle title="Approvals" />
      <Panel title="Waiting for you">
        <Listed
          known={pending}
          person={person}
          space="approvals"
          none="Nothing waits for your decision. A request that needs you appears here by itself."
        />
      </Panel>
      {decided.length > 0 ? (
        <Panel title="Not waiting any more">
          <Rows requests={decided} person={person} space="approvals" />
        </Panel>
      ) : null}
    </>
  );
};
