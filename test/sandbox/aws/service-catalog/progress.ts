import type { RecordOutput } from '@aws-sdk/client-service-catalog';
import type { Clock } from '../../clock';
import type { Stack, Stacks } from '../stacks';
import { type Outcome, isEnded, outcomeOf, terminated, underWay } from './follow-stack';
import type { ProvisionRecord } from './provisioned-products';

/** Brings records and provisioned products along with what happens to them. */
export interface Progress {
  /** From now on the record follows its provisioned product's stack. */
  follow(record: ProvisionRecord, options?: { readonly forgetStackThatStays?: boolean }): void;
  /** Brings the record to its state when the record's delay has passed. */
  reach(record: ProvisionRecord, outcome: Outcome, told?: Told): void;
}

interface Told {
  readonly reason?: string | undefined;
  readonly outputs?: readonly RecordOutput[];
}

interface ProgressOptions {
  readonly clock: Clock;
  readonly stacks: Stacks;
  /** Milliseconds of simulated time by which a record is behind its stack; 0: never behind. */
  readonly recordDelay: number;
}

export const createProgress = ({ clock, stacks, recordDelay }: ProgressOptions): Progress => {
  /** The record under way by stack. */
  const followed = new Map<string, { record: ProvisionRecord; forget: boolean }>();
  /** Why a stack began to roll back; at its end it does not say so any more. */
  const reasons = new Map<string, string>();

  const later = (what: string, run: () => void): void => {
    if (recordDelay === 0) run();
    else clock.after(recordDelay, what, run);
  };

  const settle = (record: ProvisionRecord, { record: status, product }: Outcome, told: Told): void => {
    if (isEnded(record.status) || record.status === status) return;
    const { of } = record;
    record.status = status;
    record.updatedAt = clock.now();
    of.status = product === 'TERMINATED' ? 'UNDER_CHANGE' : product;
    of.terminated = product === 'TERMINATED';
    if (told.outputs) record.outputs = [...told.outputs];
    if (status === 'FAILED') {
      of.statusMessage = told.reason ?? 'An unexpected error occurred.';
      record.errors = [{ Code: 'InternalFailure', Description: of.statusMessage }];
    }
    if (status === 'SUCCEEDED') {
      Object.assign(of, record.asked);
      of.statusMessage = undefined;
      of.lastSuccessfulRecordId = record.id;
      of.outputs = [...record.outputs];
    }
  };

  const hear = (stack: Stack): void => {
    const following = followed.get(stack.id);
    if (!following) return;
    const { record, forget } = following;
    if (stack.statusReason !== undefined && /FAILED|ROLLBACK_IN_PROGRESS/.test(stack.status))
      reasons.set(stack.id, stack.statusReason);
    let outcome = outcomeOf(record.type, stack.status);
    if (!outcome) return;
    if (outcome.product === 'TAINTED' && forget) outcome = terminated;
    if (isEnded(outcome.record)) followed.delete(stack.id);
    const reached = outcome;
    const told = { reason: reasons.get(stack.id) ?? stack.statusReason, outputs: outputsOf(stack) };
    later(`record ${record.id} follows ${stack.status}`, () => settle(record, reached, told));
  };
  stacks.onStatus(hear);

  return {
    follow: (record, { forgetStackThatStays: forget = false } = {}) => {
      const { stackId } = record.of;
      if (stackId === undefined) return;
      followed.set(stackId, { record, forget });
      reasons.delete(stackId);
      clock.after(recordDelay, `record ${record.id} is under way`, () => {
        if (record.status === 'CREATED') settle(record, underWay, {});
        // What the stack came to before it was followed.
        hear(stacks.describe(stackId));
      });
    },
    reach: (record, outcome, told = {}) =>
      clock.after(recordDelay, `record ${record.id} becomes ${outcome.record}`, () =>
        settle(record, outcome, told),
      ),
  };
};

export const stackArnOutput = (stackId: string): RecordOutput => ({
  OutputKey: 'CloudformationStackARN',
  OutputValue: stackId,
  Description: 'The ARN of the launched Cloudformation Stack',
});

const outputsOf = (stack: Stack): RecordOutput[] => [
  stackArnOutput(stack.id),
  ...(/^(CREATE|UPDATE)_COMPLETE$/.test(stack.status) ? stack.outputs : []).map(
    ({ key, value, description }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
    }),
  ),
];
