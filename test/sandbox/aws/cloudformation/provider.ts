import type { Existing } from './inventory';
import type { Run } from './runs';
import type { StackRecord } from './stack-record';

/** Between CloudFormation's turning to something and the first call of the service behind it, in milliseconds. */
export const FIRST_CALL = 1_000;

/** A resource as a template wants it, its properties resolved. */
export interface Wanted {
  readonly stack: StackRecord;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A resource as it is. */
export interface Standing {
  readonly existing: Existing;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A resource that is to go. */
export interface Leaving extends Standing, Omit<Wanted, 'properties'> {
  /** Its policy is `Snapshot`. */
  readonly withSnapshot: boolean;
}

/** What became of a creation or an update. One that failed may have left something behind. */
export type Outcome =
  | { readonly existing: Existing; readonly failure?: undefined }
  | { readonly existing?: Existing; readonly failure: string };

/**
 * Who carries out what a stack wants of its resources. What goes on in time is told to `done`, never before the call
 * itself has been answered, and never after the run has ended.
 */
export interface Provider {
  /**
   * Whether what an update has replaced can be had back as it was, without asking for it; otherwise a roll-back is
   * one more update.
   */
  readonly takesBack: boolean;
  /**
   * @returns what exists from now on; undefined where the run ended meanwhile
   * @throws ResourceRefused where nothing came to be
   */
  create(wanted: Wanted, run: Run, done: (outcome: Outcome) => void): Promise<Existing | undefined>;
  /**
   * Changes a resource or puts another one in its place, which is told by its id.
   * @returns what exists from now on, and what it is as yet; undefined where the run ended meanwhile
   * @throws ResourceRefused where nothing was changed
   */
  update(
    wanted: Wanted,
    from: Standing,
    run: Run,
    done: (outcome: Outcome) => void,
  ): Promise<Existing | undefined>;
  /** @param done takes the reason where it could not be removed */
  remove(what: Leaving, run: Run, done: (failure: string | undefined) => void): void;
}
