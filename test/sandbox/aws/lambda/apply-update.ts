import type { Operation, OperationStatus, OperationUpdate } from '@aws-sdk/client-lambda';

/** Something that will happen to an operation by itself, unless it has left its state by then. */
export interface Timer {
  /** Milliseconds from now. */
  readonly after: number;
  readonly status: OperationStatus;
  /** Why a callback timed out. */
  readonly message?: string;
}

export interface Applied {
  readonly operation: Operation;
  readonly timers: readonly Timer[];
}

const outcome = (update: OperationUpdate) => ({
  ...(update.Payload !== undefined && { Result: update.Payload }),
  ...(update.Error !== undefined && { Error: update.Error }),
});

/** What an update makes of an operation. @param callbackId what a callback that starts now is called */
export const applyUpdate = (
  before: Operation | undefined,
  update: OperationUpdate,
  now: Date,
  callbackId: string,
): Applied => {
  const operation: Operation = before ?? {
    Id: update.Id,
    Type: update.Type,
    Status: 'STARTED',
    StartTimestamp: now,
    ...(update.ParentId !== undefined && { ParentId: update.ParentId }),
    ...(update.Name !== undefined && { Name: update.Name }),
    ...(update.SubType !== undefined && { SubType: update.SubType }),
  };
  switch (update.Action) {
    case 'START':
      return start({ ...operation, Status: 'STARTED' }, update, now, callbackId);
    case 'RETRY':
      return retry(operation, update, now);
    case 'CANCEL':
      return { operation: { ...operation, Status: 'CANCELLED', EndTimestamp: now }, timers: [] };
    default:
      return { operation: close(operation, update, now), timers: [] };
  }
};

const start = (operation: Operation, update: OperationUpdate, now: Date, callbackId: string): Applied => {
  if (update.Type === 'WAIT') {
    const after = (update.WaitOptions?.WaitSeconds ?? 0) * 1000;
    const WaitDetails = { ScheduledEndTimestamp: new Date(now.getTime() + after) };
    return { operation: { ...operation, WaitDetails }, timers: [{ after, status: 'SUCCEEDED' }] };
  }
  if (update.Type === 'CALLBACK') {
    const { TimeoutSeconds = 0, HeartbeatTimeoutSeconds = 0 } = update.CallbackOptions ?? {};
    const timers: Timer[] = [
      { after: TimeoutSeconds * 1000, status: 'TIMED_OUT', message: CALLBACK_TIMED_OUT },
      { after: HeartbeatTimeoutSeconds * 1000, status: 'TIMED_OUT', message: HEARTBEAT_TIMED_OUT },
    ];
    return {
      operation: { ...operation, CallbackDetails: { CallbackId: callbackId } },
      timers: timers.filter((timer) => timer.after > 0),
    };
  }
  if (update.Type === 'CONTEXT') {
    const ReplayChildren = update.ContextOptions?.ReplayChildren;
    return {
      operation: { ...operation, ContextDetails: ReplayChildren === undefined ? {} : { ReplayChildren } },
      timers: [],
    };
  }
  return { operation, timers: [] };
};

export const CALLBACK_TIMED_OUT = 'Callback timed out';
export const HEARTBEAT_TIMED_OUT = 'Callback timed out on heartbeat';

const retry = (operation: Operation, update: OperationUpdate, now: Date): Applied => {
  const after = (update.StepOptions?.NextAttemptDelaySeconds ?? 0) * 1000;
  const StepDetails = {
    Attempt: (operation.StepDetails?.Attempt ?? 0) + 1,
    NextAttemptTimestamp: new Date(now.getTime() + after),
    ...outcome(update),
  };
  return {
    operation: { ...operation, Status: 'PENDING', StepDetails },
    timers: [{ after, status: 'READY' }],
  };
};

const close = (operation: Operation, update: OperationUpdate, now: Date): Operation => {
  const closed: Operation = {
    ...operation,
    Status: update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED',
    EndTimestamp: now,
  };
  if (update.Type === 'STEP') {
    const Attempt = (operation.StepDetails?.Attempt ?? 0) + 1;
    return { ...closed, StepDetails: { Attempt, ...outcome(update) } };
  }
  const ReplayChildren = update.ContextOptions?.ReplayChildren ?? operation.ContextDetails?.ReplayChildren;
  return {
    ...closed,
    ContextDetails: { ...(ReplayChildren !== undefined && { ReplayChildren }), ...outcome(update) },
  };
};
