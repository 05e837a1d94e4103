import type { DrivenClock } from '../../sandbox/clock';
import { type ActJournal, JournalRefused } from './act-journal';
import type { Draws } from './draws';
import type { Perform } from './perform';

/** How far a replay has come. */
export interface Replayed {
  readonly acts: number;
  readonly of: number;
  /** Simulated time, ISO 8601. */
  readonly now: string;
}

/**
 * Brings a fresh sandbox to where a journal ended: does each act again at its time, and lets time pass in between.
 * @throws JournalRefused where an act comes to something else than it did, for which the journal is then of no use
 */
export const replay = async ({
  journal,
  perform,
  clock,
  draws,
  progressed,
}: {
  readonly journal: Pick<ActJournal, 'lines' | 'reached'>;
  readonly perform: Perform;
  readonly clock: DrivenClock;
  readonly draws: Draws;
  readonly progressed: (so: Replayed) => void;
}): Promise<void> => {
  const until = async (moment: string): Promise<void> => {
    const span = Date.parse(moment) - clock.now().getTime();
    // Two acts at the same moment come before whatever the first of them made due at once, as they did.
    if (span > 0) await clock.advance(span);
  };
  for (const [index, { at, act, mark }] of journal.lines.entries()) {
    await until(at);
    draws.during(index + 1);
    const came = (await perform(act)).mark;
    if (came !== mark) {
      throw new JournalRefused(
        `The journal's act ${index + 1} (${act.kind} by ${act.as}) came to "${mark}" and comes to "${came}" now: ` +
          'Gatehouse or its sandbox has changed since. Start with another directory for --data, or without it.',
      );
    }
    progressed({ acts: index + 1, of: journal.lines.length, now: clock.now().toISOString() });
  }
  if (journal.reached !== undefined) await until(journal.reached);
};
