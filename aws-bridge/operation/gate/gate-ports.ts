import type { Gate } from '../../contract/gate';
import type { GateAsked } from '../../runtime/gate-asked';
import type { GateItems } from '../../runtime/gate-items';
import type { RaiseRequest, RemindApprovers } from '../callback-port';
import type { FindOperation } from '../waiters-port';

/** What came as the sealed handle of a gate was not sealed for it. */
export class HandleNotOpened extends Error {
  override readonly name = 'HandleNotOpened';
}

/**
 * Opens the pre-signed URL of a gate's wait condition handle. It is for the step that asks, which keeps it nowhere.
 * @throws HandleNotOpened, AwsRefused, DownstreamFailed, DownstreamThrottled
 */
export type OpenHandle = (asked: GateAsked) => Promise<string>;

/** What a wait condition is told. */
export interface Signal {
  readonly status: 'SUCCESS' | 'FAILURE';
  /** A wait condition ignores a repeat of it. */
  readonly uniqueId: string;
  /** Shown as the stack's reason; at most 500 printable characters. */
  readonly reason: string;
  /** What the wait condition keeps as its data. */
  readonly data: string;
}

/** CloudFormation did not take a signal. `code` says why and has nothing of the URL. */
export class SignalFailed extends Error {
  override readonly name = 'SignalFailed';
  readonly transient: boolean;
  constructor(code: string, transient: boolean) {
    super(`signal: ${code}`);
    this.transient = transient;
  }
}

/** Signals a wait condition. @param url of its handle @throws SignalFailed */
export type SendSignal = (url: string, signal: Signal) => Promise<void>;

/** Says to subscribers that an approval waits, with a link to where it is given. */
export type Announce = (gate: Gate, link: string) => Promise<void>;

/** What only gates need. */
export interface GatePorts {
  readonly openHandle: OpenHandle;
  readonly gates: GateItems;
  readonly findOperation: FindOperation;
  readonly sendSignal: SendSignal;
  readonly raiseRequest: RaiseRequest;
  readonly remindApprovers: RemindApprovers;
  /** Undefined where nobody subscribes. */
  readonly announce: Announce | undefined;
}
