import type { OperationState } from '../../contract/progress';

/**
 * Statuses in which a stack can wait at a gate.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export const canWait = (status: string): boolean =>
  status === 'CREATE_IN_PROGRESS' || status === 'UPDATE_IN_PROGRESS';

/** The last status of a stack that CloudFormation does not know any more. */
export const LONG_GONE = 'DELETE_COMPLETE';

const SUCCEEDED = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);
const UNDOING = new Set([
  'ROLLBACK_IN_PROGRESS',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
  'DELETE_IN_PROGRESS',
]);
/** The stack is as it was before the update. */
const UNDONE_UPDATE = 'UPDATE_ROLLBACK_COMPLETE';
const FAILED = new Set([
  'CREATE_FAILED',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_FAILED',
  'DELETE_COMPLETE',
  'DELETE_FAILED',
]);

/** What the status of a stack says of its gate's operation. One that is not known to be an end counts as under way. */
export const stateOfStack = (
  status: string,
): Extract<OperationState, 'provisioning' | 'rolling-back' | 'succeeded' | 'tainted' | 'failed'> => {
  if (SUCCEEDED.has(status)) return 'succeeded';
  if (UNDOING.has(status)) return 'rolling-back';
  if (status === UNDONE_UPDATE) return 'tainted';
  return FAILED.has(status) ? 'failed' : 'provisioning';
};

/** Whether something of a stack that was to be undone may still be there. */
export const isUndoneInPart = (status: string): boolean => status.endsWith('_FAILED');
