/**
 * A message as somebody might send it, apart from any scheme of signatures: what was signed with which key, and what of it
 * arrives. Each receiver is sent it in the form of its own scheme.
 */
export interface Attempt {
  /** What the signature was made over. */
  readonly signed: {
    readonly id: string;
    /** Seconds since 1970, as text. */
    readonly stamp: string;
    readonly body: Buffer;
    readonly key: Buffer;
  };
  /** What arrives; what is not named arrives as it was signed. */
  readonly sent?: {
    readonly id?: string;
    readonly stamp?: string;
    readonly body?: Buffer;
    /** Makes of the right signature what is sent as one, in the receiver's own encoding. */
    readonly signature?: (right: string) => string;
    /** Sends several signatures, the first of them right, as the scheme writes a list. */
    readonly more?: readonly string[];
    /** Headers that come twice, or not at all. */
    readonly doubled?: readonly Header[];
    readonly missing?: readonly Header[];
    /** Headers whose value is a list where the runtime gives one. */
    readonly listed?: readonly Header[];
    /** How the body travels: as text, or as the base64 that an HTTP API makes of what is no text. */
    readonly transport?: 'text' | 'base64' | 'text called base64' | 'base64 called text';
  };
  /** Secrets that the receiver has, the current one first. */
  readonly keys?: readonly Buffer[];
}
export type Header = 'id' | 'stamp' | 'signature';

/** What a receiver made of an attempt. `how` is in its own words; it never holds what was sent. */
export interface Reception {
  /**
   * - `accepted`
   * - `refused`: as it refuses by contract
   * - `crashed`: it threw what it does not document, or answered as broken
   * - `n/a`: the scheme has nothing of the kind
   */
  readonly outcome: 'accepted' | 'refused' | 'crashed' | 'n/a';
  readonly how: string;
}

export interface Receiver {
  readonly name: string;
  readonly receive: (attempt: Attempt) => Reception | Promise<Reception>;
  readonly close?: () => Promise<void>;
}

export const NOT_APPLICABLE: Reception = { outcome: 'n/a', how: '' };
