/** Where the bridge's own metrics are found in CloudWatch. */
export const NAMESPACE = 'Gatehouse';

/** What the bridge counts by itself, besides what AWS counts of its functions. */
export const METRIC = {
  /** Count, by `State`: changes of an operation's state that were told, or that nobody was left to hear of. */
  operations: 'Operations',
  /** Count: attempts to tell the app that failed; they are repeated. */
  callbackFailures: 'CallbackFailures',
  /** Count: changes of state that the app could not be told of in the end. */
  callbacksUndelivered: 'CallbacksUndelivered',
  /** Count: attempts of an operation's other steps that failed; they are repeated. */
  stepFailures: 'StepFailures',
  /** Count: steps of an operation that were given up. */
  stepsGivenUp: 'StepsGivenUp',
  /** Count, by `Refusal`: requests that the bridge refused, or could not serve now. */
  refusals: 'Refusals',
  /** Seconds since the oldest operation that is still open began; 0 where there is none. */
  oldestOpenOperation: 'OldestOpenOperation',
} as const;

/** What some of them are split by. */
export const DIMENSION = { state: 'State', refusal: 'Refusal' } as const;
