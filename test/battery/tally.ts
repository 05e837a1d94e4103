import type { Reception } from './attempt';

/** What became of the attempts of one group at one receiver. */
export interface Tally {
  accepted: number;
  refused: number;
  crashed: number;
  /** How, in the receiver's words, and how often. */
  readonly how: Map<string, number>;
}

export const newTally = (): Tally => ({ accepted: 0, refused: 0, crashed: 0, how: new Map() });

export const count = (tally: Tally, { outcome, how }: Reception): void => {
  if (outcome === 'n/a') return;
  tally[outcome] += 1;
  // Words with a number of their own in them would be endlessly many.
  const words = how.slice(0, 60);
  tally.how.set(words, (tally.how.get(words) ?? 0) + 1);
};

export const total = ({ accepted, refused, crashed }: Tally): number => accepted + refused + crashed;

/** How many were not treated as they should be. */
export const wrong = (tally: Tally, verdict: 'accept' | 'refuse'): number =>
  tally.crashed + (verdict === 'accept' ? tally.refused : tally.accepted);
