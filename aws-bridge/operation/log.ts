import type { OperationId } from '../contract/identifiers';
import type { OperationState } from '../contract/progress';

/** What the operation function logs: ids, states and codes. No order, no output, no words of AWS's. */
export interface LogLine {
  readonly operation: OperationId;
  readonly event: 'attempt failed' | 'given up' | 'found' | 'told' | 'gone';
  readonly step?: string;
  readonly attempt?: number;
  readonly state?: OperationState;
  readonly sequence?: number;
  readonly code?: string;
}

export type Log = (line: LogLine) => void;

/** Lambda takes each line of standard output as one log event. */
export const writeLine: Log = (line) => {
  console.log(JSON.stringify(line));
};
