import type { Journey } from '../journeys/journey';

/** Says what the reader is to see, and checks it. */
export type Expect = (what: string, holds: boolean) => void;

export interface Chapter {
  readonly title: string;
  /** @returns the key of the chapter's request */
  readonly tell: (journey: Journey, expect: Expect) => Promise<string>;
}
