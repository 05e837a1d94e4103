import { z } from 'zod';
import { TestId, type WayBack } from '../../aws-bridge/contract/connection';
import { Timestamp } from '../../aws-bridge/contract/identifiers';
import type { ClosedBecause, Tried } from './try-bridge';

/** Which of a direction's two secrets. */
const WhichKey = z.enum(['current', 'next']);
export type WhichKey = z.infer<typeof WhichKey>;

/** The newest test of the connection, as it was begun. */
export const BegunTest = z.strictObject({ testId: TestId, begunAt: Timestamp, signedWith: WhichKey });
export type BegunTest = z.infer<typeof BegunTest>;

/** The callback of a test came in. */
export const TestArrival = z.strictObject({ testId: TestId, arrivedAt: Timestamp, verifiedWith: WhichKey });
export type TestArrival = z.infer<typeof TestArrival>;

/** Milliseconds after which a callback that has not come is not waited for any more. */
export const PATIENCE = 60_000;

type Failed<Why> = { readonly state: 'failed'; readonly why: Why; readonly status: number | null };

/**
 * What a test has shown so far, one way after the other.
 *
 * Of the way back, `too-late`: nothing came in time; `elsewhere`: the bridge was answered, yet not by this installation.
 */
export interface TestVerdict {
  readonly testId: string;
  readonly begunAt: string;
  readonly signedWith: WhichKey;
  readonly wayTo: { readonly state: 'open' } | Failed<ClosedBecause>;
  readonly wayBack:
    | { readonly state: 'under-way' | 'not-tried' }
    | { readonly state: 'open'; readonly verifiedWith: WhichKey }
    | Failed<Extract<WayBack, { readonly state: 'failed' }>['why'] | 'too-late' | 'elsewhere'>;
  readonly finished: boolean;
}

/** What the test means, from how the bridge answers now and whether its callback came in. */
export const verdictOn = (
  { testId, begunAt, signedWith }: BegunTest,
  tried: Tried,
  arrival: TestArrival | undefined,
  now: Date,
): TestVerdict => {
  const test = { testId, begunAt, signedWith };
  // Who was called back was understood before.
  if (arrival?.testId === testId) {
    const wayBack = { state: 'open', verifiedWith: arrival.verifiedWith } as const;
    return { ...test, wayTo: { state: 'open' }, wayBack, finished: true };
  }
  if (tried.state === 'closed') {
    const wayTo = { ...tried, state: 'failed' } as const;
    return { ...test, wayTo, wayBack: { state: 'not-tried' }, finished: true };
  }
  const wayBack = wayBackOf(tried.wayBack, now.getTime() - Date.parse(begunAt) >= PATIENCE);
  return { ...test, wayTo: { state: 'open' }, wayBack, finished: wayBack.state !== 'under-way' };
};

const wayBackOf = (told: WayBack, late: boolean): TestVerdict['wayBack'] => {
  switch (told.state) {
    case 'under-way':
      return late ? { state: 'failed', why: 'too-late', status: null } : { state: 'under-way' };
    case 'taken':
      return { state: 'failed', why: 'elsewhere', status: null };
    case 'failed':
      return told;
  }
};
