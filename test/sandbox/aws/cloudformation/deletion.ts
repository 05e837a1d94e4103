import type { Clock } from '../../clock';
import type { Chronicle } from './chronicle';
import type { Demolition } from './demolition';
import { FIRST_CALL } from './provider';
import type { Runs } from './runs';
import type { StackRecord } from './stack-record';

/** `rollback` ends in ROLLBACK_COMPLETE, `delete` in DELETE_COMPLETE; or in the FAILED of either. */
export type Deletion = (stack: StackRecord, occasion: 'rollback' | 'delete') => void;

/** Deletes what a stack has. */
export const createDeletion = (parts: {
  readonly clock: Clock;
  readonly runs: Runs;
  readonly chronicle: Chronicle;
  readonly demolition: Demolition;
}): Deletion => {
  const { clock, runs, chronicle, demolition } = parts;
  return (stack, occasion) => {
    const run = runs.begin(stack);
    const { plan } = stack.design;
    const whole = occasion === 'rollback' ? 'ROLLBACK' : 'DELETE';
    run.later(FIRST_CALL, 'its deletion', () =>
      demolition(stack, run, {
        records: [...stack.resources.values()],
        dependsOn: (logicalId) => plan.resources.get(logicalId)?.dependsOn,
        policyOf: ({ logicalId }) => plan.resources.get(logicalId)?.declaration.DeletionPolicy,
        keepsNew: occasion === 'delete',
        end: (failed) => {
          if (failed.length > 0) {
            const names = failed.map(({ logicalId }) => logicalId).join(', ');
            chronicle.stack(
              stack,
              `${whole}_FAILED`,
              `The following resource(s) failed to delete: [${names}].`,
            );
            return;
          }
          if (occasion === 'delete') stack.deletedAt = clock.now();
          chronicle.stack(stack, `${whole}_COMPLETE`);
        },
      }),
    );
  };
};
