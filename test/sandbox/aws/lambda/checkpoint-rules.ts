import type {
  Operation,
  OperationAction,
  OperationStatus,
  OperationType,
  OperationUpdate,
} from '@aws-sdk/client-lambda';
import { AwsError, NotModelled } from '../service';

/** Bytes of a payload or an error. */
export const PAYLOAD_LIMIT = 1_048_576;

type Before = OperationStatus | 'absent';
type Rules = Partial<Readonly<Record<OperationAction, readonly Before[]>>>;

/** From which states an action may be applied, `absent` meaning that the operation does not exist yet. */
const RULES: Readonly<Record<Exclude<OperationType, 'CHAINED_INVOKE'>, Rules>> = {
  STEP: {
    START: ['absent', 'READY'],
    SUCCEED: ['absent', 'STARTED', 'READY'],
    FAIL: ['absent', 'STARTED', 'READY'],
    RETRY: ['absent', 'STARTED', 'READY'],
  },
  CONTEXT: { START: ['absent'], SUCCEED: ['absent', 'STARTED'], FAIL: ['absent', 'STARTED'] },
  WAIT: { START: ['absent'], CANCEL: ['STARTED'] },
  CALLBACK: { START: ['absent'], CANCEL: ['STARTED'] },
  EXECUTION: { SUCCEED: ['absent'], FAIL: ['absent'] },
};

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

/**
 * Refuses a batch of updates that the engine would refuse. All of it or nothing is applied.
 * @throws AwsError `InvalidParameterValueException`
 */
export const checkUpdates = (
  updates: readonly OperationUpdate[],
  operations: ReadonlyMap<string, Operation>,
): void => {
  const started = new Map<string, OperationUpdate>();
  const seen = new Map<string, OperationUpdate>();
  updates.forEach((update, index) => {
    const id = update.Id ?? '';
    if (update.Type === 'CHAINED_INVOKE') throw new NotModelled('chained invokes of durable functions');
    if (update.Type === 'EXECUTION' && index < updates.length - 1) {
      throw invalid('EXECUTION checkpoint must be the last update.');
    }
    const earlier = seen.get(id);
    const closesWhatItOpened =
      earlier?.Action === 'START' &&
      update.Action !== 'START' &&
      (update.Type === 'STEP' || update.Type === 'CONTEXT');
    if (earlier && !closesWhatItOpened) {
      throw invalid('Cannot update the same operation twice in a single request.');
    }
    checkParent(update, started, operations);
    checkAction(update, earlier ? 'STARTED' : (operations.get(id)?.Status ?? 'absent'), operations.get(id));
    checkContents(update);
    seen.set(id, update);
    if (update.Action === 'START') started.set(id, update);
  });
};

const checkParent = (
  update: OperationUpdate,
  started: ReadonlyMap<string, OperationUpdate>,
  operations: ReadonlyMap<string, Operation>,
): void => {
  if (!update.ParentId) return;
  const parent = started.get(update.ParentId) ?? operations.get(update.ParentId);
  if (parent?.Type !== 'CONTEXT') throw invalid('Invalid parent operation id.');
};

const checkAction = (update: OperationUpdate, before: Before, operation: Operation | undefined): void => {
  const type = update.Type as keyof typeof RULES;
  const rules = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
  const allowed = update.Action === undefined ? undefined : rules?.[update.Action];
  if (!allowed) throw invalid(`Invalid ${type} action.`);
  if (operation && operation.Type !== update.Type) throw invalid('Inconsistent operation type.');
  if (!allowed.includes(before)) {
    throw invalid(`Invalid current ${type} state to ${update.Action ?? ''}: ${before}`);
  }
};

const checkContents = (update: OperationUpdate): void => {
  if (update.Action === 'FAIL' && update.Payload !== undefined) {
    throw invalid('Cannot provide a Payload for FAIL action.');
  }
  if (update.Action === 'SUCCEED' && update.Error !== undefined) {
    throw invalid('Cannot provide an Error for SUCCEED action.');
  }
  if (update.Action === 'RETRY') {
    const delay = update.StepOptions?.NextAttemptDelaySeconds;
    if (delay === undefined || delay < 1 || delay > 31_622_400) {
      throw invalid('Invalid StepOptions for the given action.');
    }
    if (update.Payload !== undefined && update.Error !== undefined) {
      throw invalid('Cannot provide both error and payload to RETRY a STEP.');
    }
  }
  if (update.Type === 'WAIT' && update.Action === 'START') {
    const seconds = update.WaitOptions?.WaitSeconds;
    if (seconds === undefined || seconds < 1 || seconds > 31_622_400) throw invalid('Invalid WaitOptions.');
  }
  const bytes =
    Buffer.byteLength(update.Payload ?? '') + Buffer.byteLength(JSON.stringify(update.Error ?? {}));
  if (bytes > PAYLOAD_LIMIT) {
    throw invalid(
      `${update.Type ?? ''} output payload size must be less than or equal to ${PAYLOAD_LIMIT} bytes.`,
    );
  }
};
