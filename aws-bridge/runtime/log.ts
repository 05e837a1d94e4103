import type { OperationState } from '../contract/progress';
import { withMetrics } from './metrics';

/**
 * One line about a request, an event or an operation's step: what became of it, and identifiers. Never a body, a
 * header, an order, an output, a secret or the words of somebody else's error.
 */
export interface LogLine {
  readonly outcome: string;
  readonly status?: number;
  readonly operationId?: string | undefined;
  readonly webhookId?: string | undefined;
  /** Our own code, or the names of errors. */
  readonly reason?: string | undefined;
  readonly stack?: string | undefined;
  /** What CloudFormation asks of a stack's gate: Create, Update or Delete. */
  readonly request?: string;
  readonly step?: string;
  readonly attempt?: number;
  readonly state?: OperationState;
  readonly sequence?: number;
  /** Seconds since the oldest open operation began. */
  readonly oldestOpenSeconds?: number;
}
export type Log = (line: LogLine) => void;

/**
 * Lambda takes each line of standard output as one log event, and JSON as it is. Not through `console`, whose lines
 * Lambda wraps, so that CloudWatch would not find the metrics in them.
 */
export const consoleLog: Log = (line) =>
  void process.stdout.write(`${JSON.stringify(withMetrics(line, new Date()))}\n`);

/** Names of an error and of what caused it: enough to find the place, without anything that came from outside. */
export const namesOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const cause = error.cause === undefined ? '' : ` < ${namesOf(error.cause)}`;
  return `${error.name}${code}${cause}`;
};
