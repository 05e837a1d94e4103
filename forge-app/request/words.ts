import type { OperationState } from '../../aws-bridge/contract/progress';
import { GATE_WORDS } from './gate-words';
import { LAUNCH_WORDS } from './launch-words';
import { kindOf, type RequestRecord } from './record';

/** What people read about a request, in the words of what is decided about. `problem` is a clause without full stop. */
export interface Words {
  /** Begins what the customer reads of a change of state. */
  readonly headlines: Readonly<Record<OperationState, string>>;
  /** Ends it. */
  readonly whatToDo: Readonly<Partial<Record<OperationState, string>>>;
  /** @param reason sentences */
  readonly blocked: (reason: string) => string;
  readonly notShown: (problem: string) => string;
  readonly deliveryTrouble: (problem: string, attempts: number) => string;
  readonly undeliverable: (problem: string) => string;
  /** For the reporter, once, when the hand-over takes long or has been given up. */
  readonly delayed: string;
  /** For the reporter, when what may have reached AWS is not stood behind any more. */
  readonly recalled: string;
  readonly takenBack: string;
  readonly resumed: string;
  /** When it turns out that AWS had taken what was called off. */
  readonly takenAllTheSame: string;
  readonly takenAllTheSameDetail: string;
  readonly recallTrouble: (problem: string, attempts: number) => string;
  readonly recallUnknown: (problem: string) => string;
  readonly broken: (recordId: string | null) => string;
}

export const wordsOf = (record: Pick<RequestRecord, 'fixed'>): Words =>
  kindOf(record) === 'gate' ? GATE_WORDS : LAUNCH_WORDS;
