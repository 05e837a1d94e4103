import type { OperationId } from '../contract/identifiers';
import type { OperationState } from '../contract/progress';

/** What the operation function logs: ids, states and codes. No order, no output, no words of AWS's. */
export interface LogLine {
  readonly operation: OperationId;
  readonly event: 'attempt failed' | 'found' | 'told' | 'not told' | 'gone' | 'gave up' | 'foreign site';
  readonly step?: string;
  readonly attempt?: number;
  readonly state?: OperationState;
  readonly sequence?: number;
  readonly code?: string;
}

export type Log = (line: LogLine) => void;
