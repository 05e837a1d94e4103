import type { Journal } from '../../sandbox/journal';
import type { Turns } from '../time/turns';
import type { Act, Outcome } from './act';
import type { ActJournal } from './act-journal';
import type { Draws } from './draws';
import type { Perform } from './perform';

/** What the app does in a page's call without changing anything. */
const LOOKS = [
  /^GET /,
  /^POST \/rest\/api\/3\/(search\/|workflows$)/,
  /^POST \/(catalog|choices)$/,
  /^(\w+\/)?(get|query)$/,
];

/** Lets people act, one at a time, and writes down what changed something. */
export const createActing = ({
  perform,
  turns,
  now,
  seen,
  journal,
  draws,
  changed,
}: {
  readonly perform: Perform;
  readonly turns: Turns;
  readonly now: () => Date;
  /** The sandbox's own notes, out of which it is read whether a page's call changed anything. */
  readonly seen: Pick<Journal, 'entries'>;
  /** Where the acts are kept, if they are to survive a restart. */
  readonly journal: ActJournal | undefined;
  readonly draws: Draws;
  readonly changed: () => void;
}) => {
  const changes = (act: Act, from: number): boolean => {
    if (act.kind === 'jira') return act.path !== '/rest/api/3/search/jql';
    if (act.kind !== 'page call') return true;
    return seen.entries
      .slice(from)
      .some(
        ({ caller, service, operation }) =>
          caller === 'forge-app' &&
          service !== 'forge function' &&
          !LOOKS.some((look) => look.test(operation)),
      );
  };

  /** Acts that changed something, so far. */
  let done = journal?.lines.length ?? 0;

  return (act: Act): Promise<Outcome> =>
    turns(async () => {
      const from = seen.entries.length;
      const at = now();
      draws.during(done + 1);
      const outcome = await perform(act);
      if (changes(act, from)) {
        done += 1;
        journal?.add({ at: at.toISOString(), act, mark: outcome.mark });
        changed();
      }
      return outcome;
    });
};
export type Acting = ReturnType<typeof createActing>;
