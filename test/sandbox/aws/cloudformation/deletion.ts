import type { DrivenClock } from '../../clock';
import type { Chronicle } from './chronicle';
import type { Inventory } from './inventory';
import { ResourceRefused } from './refusals';
import type { ResourceRights } from './resource-rights';
import { modelOf } from './resource-types/registry';
import type { ResourceRecord, StackRecord } from './stack-record';

/** `rollback` ends in ROLLBACK_COMPLETE, `delete` in DELETE_COMPLETE; or in the FAILED of either. */
export type Deletion = (stack: StackRecord, occasion: 'rollback' | 'delete') => void;

/** Between CloudFormation's turning to something and the first call of the service behind it, in milliseconds. */
const FIRST_CALL = 1_000;

/** Deletes what a stack has created, what depends on others before those, in simulated time. */
export const createDeletion = (parts: {
  readonly clock: DrivenClock;
  readonly inventory: Inventory;
  readonly chronicle: Chronicle;
  readonly rights: ResourceRights;
}): Deletion => {
  const { clock, inventory, chronicle, rights } = parts;

  return (stack, occasion) => {
    const ongoing = occasion === 'rollback' ? 'ROLLBACK_IN_PROGRESS' : 'DELETE_IN_PROGRESS';
    const ended = new Set(['DELETE_COMPLETE', 'DELETE_SKIPPED', 'DELETE_FAILED']);
    const begun = new Set<string>();
    const later = (delay: number, what: string, run: () => void | Promise<void>): void =>
      clock.after(delay, `${stack.identity.name}: ${what}`, () =>
        stack.status === ongoing ? run() : undefined,
      );

    const policyOf = ({ logicalId }: ResourceRecord): string | undefined =>
      stack.plan.resources.get(logicalId)?.declaration.DeletionPolicy;
    const retained = (record: ResourceRecord): boolean => {
      const policy = policyOf(record);
      return policy === 'Retain' || (policy === 'RetainExceptOnCreate' && occasion === 'delete');
    };

    const proceed = (): void => {
      const records = [...stack.resources.values()];
      if (records.every(({ logicalId, status }) => begun.has(logicalId) && ended.has(status))) {
        finish(records);
        return;
      }
      for (const record of records) {
        if (begun.has(record.logicalId)) continue;
        const needed = records.some(
          (other) =>
            stack.plan.resources.get(other.logicalId)?.dependsOn.has(record.logicalId) &&
            !(begun.has(other.logicalId) && ended.has(other.status)),
        );
        if (!needed) begin(record);
      }
    };

    const begin = (record: ResourceRecord): void => {
      begun.add(record.logicalId);
      if (ended.has(record.status) && record.status !== 'DELETE_FAILED') {
        settle();
      } else if (!record.existing) {
        chronicle.resource(stack, record, 'DELETE_COMPLETE');
        settle();
      } else if (retained(record)) {
        chronicle.resource(stack, record, 'DELETE_SKIPPED');
        settle();
      } else {
        const { existing } = record;
        const model = modelOf(record.type);
        chronicle.resource(stack, record, 'DELETE_IN_PROGRESS');
        later(FIRST_CALL + model.deleteTime, `deletion of ${record.logicalId}`, async () => {
          try {
            const withSnapshot = policyOf(record) === 'Snapshot';
            const calls = model.removal(existing, { inventory, withSnapshot });
            await rights.demand(stack, record.logicalId, { calls });
            model.checkDeletable(existing, inventory);
            inventory.remove(existing);
            if (withSnapshot && model.snapshot) inventory.add(model.snapshot(existing));
            chronicle.resource(stack, record, 'DELETE_COMPLETE');
            record.existing = undefined;
          } catch (error) {
            if (!(error instanceof ResourceRefused)) throw error;
            chronicle.resource(stack, record, 'DELETE_FAILED', error.message);
          }
          proceed();
        });
      }
    };

    /** Goes on once whoever asked has recorded what it began with. */
    const settle = (): void => later(0, 'what comes next in its deletion', proceed);

    const finish = (records: readonly ResourceRecord[]): void => {
      if (stack.status !== ongoing) return;
      const failed = records
        .filter(({ status }) => status === 'DELETE_FAILED')
        .map(({ logicalId }) => logicalId);
      if (failed.length > 0) {
        const reason = `The following resource(s) failed to delete: [${failed.join(', ')}].`;
        chronicle.stack(stack, occasion === 'rollback' ? 'ROLLBACK_FAILED' : 'DELETE_FAILED', reason);
        return;
      }
      if (occasion === 'delete') stack.deletedAt = clock.now();
      chronicle.stack(stack, occasion === 'rollback' ? 'ROLLBACK_COMPLETE' : 'DELETE_COMPLETE');
    };

    later(FIRST_CALL, 'its deletion', proceed);
  };
};
