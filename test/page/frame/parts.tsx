import Lozenge from '@atlaskit/lozenge';
import SectionMessage from '@atlaskit/section-message';
import Spinner from '@atlaskit/spinner';
import type { ReactNode } from 'react';
import { type Known, Refused } from './ask';
import { hrefOf, type Place } from './place';

/** A place's heading and what it is. */
export const PageTitle = ({
  title,
  children,
  back,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly back?: { readonly label: string; readonly to: Place };
}) => (
  <div className="page-title">
    {back ? (
      <a className="back" href={hrefOf(back.to)}>
        <span aria-hidden="true">← </span>
        {back.label}
      </a>
    ) : null}
    <h1>{title}</h1>
    {children}
  </div>
);

export const Panel = ({
  title,
  aside,
  children,
}: {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) => (
  <section className="panel" aria-label={title}>
    {title === undefined ? null : (
      <div className="panel-head">
        <h2>{title}</h2>
        {aside}
      </div>
    )}
    {children}
  </section>
);

export const Waiting = ({ what }: { readonly what: string }) => (
  <div className="waiting" role="status">
    <Spinner size="small" label={what} />
    <span aria-hidden="true">{what}</span>
  </div>
);

export const Problem = ({ problem }: { readonly problem: unknown }) => (
  <div role="alert">
    <SectionMessage appearance="error">
      <p>{problem instanceof Refused ? problem.message : String(problem)}</p>
    </SectionMessage>
  </div>
);

/** What is known, or why it is not. What was known stays in sight when news fail. */
export const Shown = <Value,>({
  known,
  what,
  children,
}: {
  readonly known: Known<Value>;
  /** Such as "Your requests". */
  readonly what: string;
  readonly children: (value: Value) => ReactNode;
}) => (
  <>
    {known.problem ? <Problem problem={known.problem} /> : null}
    {known.value !== undefined ? (
      children(known.value)
    ) : known.problem ? null : (
      <Waiting what={`${what} …`} />
    )}
  </>
);

type Appearance = 'default' | 'success' | 'removed' | 'inprogress' | 'moved' | 'new';

/** How a status of Jira's looks, by its category. */
export const RequestStatus = ({ name, category }: { readonly name: string; readonly category: string }) => {
  const done = category.toUpperCase() === 'DONE';
  const bad = /declin|fail|refus|cancel/i.test(name);
  const appearance: Appearance = bad
    ? 'removed'
    : done
      ? 'success'
      : category === 'NEW' || category === 'new'
        ? 'default'
        : 'inprogress';
  return <Lozenge appearance={appearance}>{name}</Lozenge>;
};

/** How a status of a stack's or of a provisioned product's looks. */
export const AwsStatus = ({ status }: { readonly status: string }) => {
  const appearance: Appearance = /FAILED|ROLLBACK|ERROR|TAINTED/.test(status)
    ? 'removed'
    : /IN_PROGRESS|UNDER_CHANGE|PLAN/.test(status)
      ? 'inprogress'
      : /DELETE/.test(status)
        ? 'default'
        : 'success';
  return (
    <Lozenge appearance={appearance} maxWidth="100%">
      {status.replaceAll('_', ' ')}
    </Lozenge>
  );
};

export const Nothing = ({ children }: { readonly children: ReactNode }) => (
  <p className="nothing">{children}</p>
);
