import { useEffect, useRef } from 'react';
import { Issue } from './agent/issue';
import { Queue } from './agent/queue';
import { Account, Accounts } from './aws/accounts';
import { AwsPlace } from './aws/banner';
import { Launch, Launchable } from './aws/launch';
import { SecretsPage } from './aws/secrets';
import { StackPage } from './aws/stack';
import { Defects } from './defects';
import { Footer } from './footer';
import { Header } from './header';
import { Module } from './module';
import { Notices } from './notices';
import { PageTitle, Panel } from './parts';
import { nameOf } from './people';
import { type Place, usePlace } from './place';
import { CreateRequest } from './portal/create-request';
import { Approvals, MyRequests } from './portal/request-list';
import { PortalRequest } from './portal/request';
import { RequestTypeList } from './portal/request-types';
import { Tour } from './tour';

const Aws = ({ person, parts }: Place) => {
  const [account, what, which] = parts;
  if (account === undefined) return <Accounts person={person} />;
  if (account === 'secrets') return <SecretsPage person={person} />;
  if (what === 'stacks' && which !== undefined) {
    return <StackPage person={person} account={account} name={which} />;
  }
  if (what === 'launch' && which !== undefined) {
    return <Launch person={person} account={account} productId={which} />;
  }
  if (what === 'launch') return <Launchable person={person} account={account} />;
  return <Account person={person} account={account} />;
};

const Content = (place: Place) => {
  const { person, space, parts } = place;
  const [first] = parts;
  switch (space) {
    case 'portal':
      return first === undefined ? (
        <RequestTypeList person={person} />
      ) : (
        <CreateRequest person={person} typeId={first} />
      );
    case 'requests':
    case 'approvals':
      if (first !== undefined) return <PortalRequest person={person} space={space} issueKey={first} />;
      return space === 'requests' ? <MyRequests person={person} /> : <Approvals person={person} />;
    case 'queue':
      return first === undefined ? <Queue person={person} /> : <Issue person={person} issueKey={first} />;
    case 'operations':
      return (
        <>
          <PageTitle title="AWS operations" />
          <Panel>
            <Module person={person} module="queue-page" extension={{}} />
          </Panel>
        </>
      );
    case 'settings':
      return (
        <>
          <PageTitle title="Project settings" />
          <Panel>
            <Module person={person} module="settings-page" extension={{}} />
          </Panel>
        </>
      );
    case 'aws':
      return (
        <AwsPlace>
          <Aws {...place} />
        </AwsPlace>
      );
  }
};

/** The whole page: who looks and what time it is, and one place of the sandbox. */
export const Frame = () => {
  const place = usePlace();
  const main = useRef<HTMLElement>(null);
  const where = [place.person, place.space, ...place.parts].join('/');
  const before = useRef(where);
  useEffect(() => {
    document.title = `${place.parts.at(-1) ?? nameOf(place.space)} · Gatehouse sandbox`;
    if (before.current === where) return;
    before.current = where;
    window.scrollTo(0, 0);
    // Whoever listens rather than looks is told that another place was opened; a switch in use keeps the focus.
    if (document.activeElement?.closest('.header') === null) main.current?.focus({ preventScroll: true });
  }, [where, place]);
  return (
    <>
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => (event.preventDefault(), main.current?.focus())}
      >
        Skip to the content
      </a>
      <Header place={place} />
      <Defects />
      <main id="main" ref={main} tabIndex={-1}>
        <Tour />
        <Content key={where} {...place} />
      </main>
      <Footer />
      <Notices />
    </>
  );
};
