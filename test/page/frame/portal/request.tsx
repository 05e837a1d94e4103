import type { PersonName } from '../../../sandbox/site';
import { useJira } from '../ask';
import { Comments } from '../comments';
import { CommentText } from '../comment-text';
import type { CustomerRequest } from '../jira-answers';
import { Module } from '../module';
import { moment } from '../moment';
import { nameOf, type Space } from '../people';
import { PageTitle, Panel, RequestStatus, Shown } from '../parts';
import { Decision } from './decision';

/** One request on the customer portal. */
export const PortalRequest = ({
  person,
  space,
  issueKey,
}: {
  readonly person: PersonName;
  readonly space: Space;
  readonly issueKey: string;
}) => {
  const request = useJira<CustomerRequest>(person, `/rest/servicedeskapi/request/${issueKey}`);
  return (
    <>
      <PageTitle
        title={request.value?.summary ?? issueKey}
        back={{ label: nameOf(space), to: { person, space, parts: [] } }}
      />
      <Shown known={request} what={issueKey}>
        {(shown) => {
          const description = shown.requestFieldValues.find(
            ({ fieldId }) => fieldId === 'description',
          )?.value;
          return (
            <div className="columns">
              <div className="main-column">
                <p className="facts">
                  <RequestStatus
                    name={shown.currentStatus.status}
                    category={shown.currentStatus.statusCategory}
                  />
                  <span>
                    {issueKey} · {shown.reporter.displayName} · {moment(shown.createdDate.iso8601)}
                  </span>
                </p>
                {typeof description === 'string' && description !== '' ? (
                  <Panel title="Description">
                    <CommentText body={description} />
                  </Panel>
                ) : null}
                <Module
                  person={person}
                  module="request-panel"
                  title="AWS product"
                  extension={{
                    portal: { id: 1 },
                    request: { key: issueKey, typeId: Number(shown.requestTypeId) },
                  }}
                />
                <Comments person={person} issueKey={issueKey} internal={false} />
              </div>
              <div className="side-column">
                <Decision person={person} issueKey={issueKey} />
              </div>
            </div>
          );
        }}
      </Shown>
    </>
  );
};
