import type { PersonName } from '../../../sandbox/site';
import { useJira } from '../ask';
import type { RequestTypes } from '../jira-answers';
import { PageTitle, Shown } from '../parts';
import { hrefOf } from '../place';

export const TYPES_PATH = '/rest/servicedeskapi/servicedesk/1/requesttype';

/** What the customer portal offers. */
export const RequestTypeList = ({ person }: { readonly person: PersonName }) => {
  const types = useJira<RequestTypes>(person, TYPES_PATH);
  return (
    <>
      <PageTitle title="Cloud services">
        <p className="lead">Welcome! What do you need?</p>
      </PageTitle>
      <Shown known={types} what="Request types">
        {({ values }) => (
          <ul className="cards">
            {values
              .filter(({ groupIds }) => groupIds === undefined || groupIds.length > 0)
              .map(({ id, name, description }) => (
                <li key={id}>
                  <a href={hrefOf({ person, space: 'portal', parts: [id] })}>
                    <strong>{name}</strong>
                    {description ? <span>{description}</span> : null}
                  </a>
                </li>
              ))}
          </ul>
        )}
      </Shown>
    </>
  );
};
