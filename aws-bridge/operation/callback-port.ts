import type { ConnectionTest, WayBack } from '../contract/connection';
import type { Gate, GateReminder } from '../contract/gate';
import type { RequestKey } from '../contract/identifiers';
import type { OperationProgress } from '../contract/progress';

/** The app did not take a message. `code` says why; nothing of the message or of the answer's body is in it. */
export class CallbackFailed extends Error {
  override readonly name = 'CallbackFailed';
  /** Seconds before which it is not to be told again, where it said so. */
  readonly retryAfter: number | undefined;
  /** Nothing was sent, because there is nothing to sign it with. */
  readonly noKey: boolean;
  constructor(
    code: string,
    { retryAfter, noKey = false }: { retryAfter?: number | undefined; noKey?: boolean } = {},
  ) {
    super(`callback: ${code}`);
    this.retryAfter = retryAfter;
    this.noKey = noKey;
  }
}

/**
 * Tells the app how an operation stands.
 * @returns `gone` where the request does not exist any more, so that nothing more needs telling
 * @throws CallbackFailed
 */
export type TellApp = (progress: OperationProgress) => Promise<'delivered' | 'gone'>;

/**
 * What the app makes of a gate that opened: a request that approvers decide on, or the reason why there can be none,
 * in words for whoever launched the product.
 */
export type Raised =
  | { readonly taken: true; readonly requestKey: RequestKey; readonly link: string }
  | { readonly taken: false; readonly reason: string };

/** Has the app raise the request of a gate, once however often it is asked. @throws CallbackFailed */
export type RaiseRequest = (gate: Gate) => Promise<Raised>;

/** Has the app remind the approvers. @param at when it was due @throws CallbackFailed */
export type RemindApprovers = (reminder: GateReminder, at: string) => Promise<'delivered' | 'gone'>;

/** Answers a test of the connection, and says how that came out. Throws for nothing that the app or the network did. */
export type AnswerTest = (test: ConnectionTest, at: string) => Promise<WayBack>;
