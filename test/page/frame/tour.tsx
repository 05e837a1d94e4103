import Button from '@atlaskit/button/new';
import { hrefOf, type Place } from './place';
import { usePreference } from './preferences';

const STEPS: readonly {
  readonly title: string;
  readonly words: string;
  readonly to: Place;
  readonly go: string;
}[] = [
  {
    title: 'Ask, as an employee',
    words:
      'Choose “Get something from the AWS catalogue”, say what for, pick an account and a product, and send it.',
    to: { person: 'employee', space: 'portal', parts: [] },
    go: 'Open the portal',
  },
  {
    title: 'Decide, as the approver',
    words:
      'A few seconds later the request waits for you. Look at what exactly is asked for, and approve it.',
    to: { person: 'approver', space: 'approvals', parts: [] },
    go: 'Open the approvals',
  },
  {
    title: 'Watch, as an agent',
    words: 'The queue shows every operation; the request shows what happens to it, step by step.',
    to: { person: 'agent', space: 'operations', parts: [] },
    go: 'Open the operations',
  },
  {
    title: 'See it in AWS',
    words: 'The account has a stack now, with its events and its outputs.',
    to: { person: 'employee', space: 'aws', parts: [] },
    go: 'Open AWS',
  },
  {
    title: 'Speed up time',
    words: 'A stack takes minutes. Run time at ×60, or skip some, in the line at the top.',
    to: { person: 'employee', space: 'requests', parts: [] },
    go: 'Open my requests',
  },
];

/** What a newcomer tries first. It goes when it is told to, and stays away. */
export const Tour = () => {
  const [seen, see] = usePreference('gatehouse.tour');
  if (seen === 'over') return null;
  const current = Math.min(Math.max(Number(seen ?? '0') || 0, 0), STEPS.length - 1);
  const step = STEPS[current];
  if (!step) return null;
  const last = current === STEPS.length - 1;
  return (
    <aside className="tour" aria-label="Tour">
      <h2>
        <span>
          Try this first, {current + 1} of {STEPS.length}
        </span>
        {step.title}
      </h2>
      <p>{step.words}</p>
      <div className="row">
        <a className="tour-go" href={hrefOf(step.to)}>
          {step.go}
        </a>
        <Button
          spacing="compact"
          appearance="subtle"
          onClick={() => see(last ? 'over' : String(current + 1))}
        >
          {last ? 'Done' : 'Next step'}
        </Button>
        {current > 0 ? (
          <Button spacing="compact" appearance="subtle" onClick={() => see(String(current - 1))}>
            Back
          </Button>
        ) : null}
        {last ? null : (
          <Button spacing="compact" appearance="subtle" onClick={() => see('over')}>
            Close the tour
          </Button>
        )}
      </div>
    </aside>
  );
};
