import type { Receiver } from './attempt';
import { createChance } from './chance';
import { type Genuine, generatedMessages, MESSAGE_CASES } from './message-cases';
import { count, newTally, type Tally } from './tally';

/** One kind of message, and what each receiver made of it. */
export interface Row {
  readonly name: string;
  readonly verdict: 'accept' | 'refuse';
  readonly tallies: ReadonlyMap<string, Tally>;
}

/** A receiver with a message that it takes. `ours` has to be right; the others stand beside it for comparison. */
export interface Entrant {
  readonly receiver: Receiver;
  readonly genuine: Genuine;
  readonly ours: boolean;
}

/**
 * Sends every kind of message to every receiver, and generated ones on top.
 * @param generated how many of those each of ours gets; the others get at most `COMPARED`
 */
export const runMessages = async (options: {
  readonly entrants: readonly Entrant[];
  readonly seed: number;
  readonly generated: number;
  readonly progress: (sent: number) => void;
}): Promise<readonly Row[]> => {
  const { entrants, seed, generated, progress } = options;
  let sent = 0;
  const tick = (): void => {
    sent += 1;
    if (sent % 5000 === 0) progress(sent);
  };

  const rows: Row[] = [];
  for (const { name, verdict, parsing, attempts } of MESSAGE_CASES) {
    const tallies = new Map<string, Tally>();
    for (const { receiver, genuine } of entrants) {
      if (parsing && !genuine.parses) continue;
      const tally = newTally();
      for (const attempt of attempts(genuine, createChance(seed))) {
        count(tally, await receiver.receive(attempt));
        tick();
      }
      tallies.set(receiver.name, tally);
    }
    rows.push({ name, verdict, tallies });
  }

  const tallies = new Map<string, Tally>();
  for (const { receiver, genuine, ours } of entrants) {
    const tally = newTally();
    const wanted = ours ? generated : Math.min(generated, COMPARED);
    let made = 0;
    for (const attempt of generatedMessages(genuine, createChance(seed))) {
      if (made === wanted) break;
      made += 1;
      count(tally, await receiver.receive(attempt));
      tick();
    }
    tallies.set(receiver.name, tally);
  }
  rows.push({ name: 'generated: one thing changed', verdict: 'refuse', tallies });
  return rows;
};

const COMPARED = 50_000;
