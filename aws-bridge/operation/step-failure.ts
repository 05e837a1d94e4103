import { DownstreamFailed, DownstreamThrottled } from '../runtime/downstream';
import { AwsRefused } from '../runtime/signed-fetch';
import { AnswerNotUnderstood, AwsFailure } from './aws-failure';
import { CallbackFailed } from './callback-port';
import { errorName } from './error-name';
import { SignalFailed } from './gate/gate-ports';

/**
 * Why one attempt of a step came to nothing. The engine keeps its message in the execution's history, so it carries a
 * code and nothing of what was sent or answered.
 */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed';
  readonly code: string;
  /** Only time is missing: worth many more attempts. */
  readonly transient: boolean;
  constructor(code: string, transient: boolean) {
    super(code);
    this.code = code;
    this.transient = transient;
  }
}

/**
 * What an attempt found may only not be known yet everywhere, such as a role that was made a moment ago: it is believed once
 * enough attempts in a row have found it.
 */
export class InDoubt extends AttemptFailed {
  constructor(code: string) {
    super(code, true);
  }
}

/** What may be kept of anything that was thrown in a step. An error that nobody foresaw is known by its name only. */
export const attemptFailed = (thrown: unknown): AttemptFailed => {
  if (thrown instanceof AttemptFailed) return thrown;
  if (thrown instanceof AwsFailure) return new AttemptFailed(thrown.message, thrown.transient);
  if (thrown instanceof AnswerNotUnderstood) return new AttemptFailed(thrown.message, false);
  if (thrown instanceof CallbackFailed) return new AttemptFailed(thrown.message, true);
  if (thrown instanceof SignalFailed) return new AttemptFailed(thrown.message, thrown.transient);
  // Their messages name the service and the error's code.
  if (thrown instanceof AwsRefused) return new AttemptFailed(thrown.message, false);
  if (thrown instanceof DownstreamFailed || thrown instanceof DownstreamThrottled) {
    return new AttemptFailed(thrown.message, true);
  }
  return new AttemptFailed(`Unexpected ${errorName(thrown)}`, false);
};
