import type { FailedResource } from '../contract/progress';

/** One event of a stack. */
export interface StackEvent {
  readonly stackId: string;
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly type: string;
  readonly status: string;
  readonly reason: string | undefined;
}

/** The name under which Service Catalog creates a provisioned product's stack. */
export const stackNameOf = (account: string, provisionedProductId: string): string =>
  `SC-${account}-${provisionedProductId}`;

const STARTS = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS']);
/** CloudFormation's words for what it stopped because something else had failed. */
const CANCELLED = /^Resource (creation|update) cancelled/i;

const ofStackItself = (event: StackEvent): boolean =>
  event.physicalId === event.stackId && event.type === 'AWS::CloudFormation::Stack';

const startsAttempt = (event: StackEvent): boolean => ofStackItself(event) && STARTS.has(event.status);

/** Whether these events, newest first, reach back to where the latest attempt began. */
export const reachAttemptsStart = (events: readonly StackEvent[]): boolean => events.some(startsAttempt);

/**
 * The first resource that failed in the latest attempt: everything that failed later failed or was undone because of
 * it.
 * @param events newest first, as CloudFormation lists them
 */
export const firstFailure = (events: readonly StackEvent[]): FailedResource | undefined => {
  const start = events.findIndex(startsAttempt);
  const attempt = start < 0 ? events : events.slice(0, start);
  const failure = attempt.findLast(
    (event) =>
      event.status.endsWith('_FAILED') && !ofStackItself(event) && !CANCELLED.test(event.reason ?? ''),
  );
  return (
    failure && {
      logicalId: failure.logicalId,
      type: failure.type,
      reason: failure.reason ?? `CloudFormation gave no reason (${failure.status})`,
    }
  );
};
