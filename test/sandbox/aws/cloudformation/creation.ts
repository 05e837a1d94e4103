import { missingInAccount } from './account-parameters';
import type { Chronicle } from './chronicle';
import type { Deletion } from './deletion';
import type { Inventory } from './inventory';
import type { Making } from './making';
import { outputsOf } from './outputs';
import { dependencies } from './plan';
import { createProcession } from './procession';
import { FIRST_CALL } from './provider';
import type { Runs } from './runs';
import type { StackRecord } from './stack-record';

/** Takes a stack's resources to their end, in the order of what they depend on, in simulated time. */
export const createCreation = (parts: {
  readonly runs: Runs;
  readonly inventory: Inventory;
  readonly chronicle: Chronicle;
  readonly making: Making;
  readonly deletion: Deletion;
}): ((stack: StackRecord) => void) => {
  const { runs, inventory, chronicle, making, deletion } = parts;

  return (stack) => {
    const run = runs.begin(stack);
    const { plan } = stack.design;
    const rollBack = (reason: string): void => {
      chronicle.stack(stack, 'ROLLBACK_IN_PROGRESS', `${reason}. Rollback requested by user.`);
      deletion(stack, 'rollback');
    };
    const procession = createProcession(dependencies(plan), {
      begin: (logicalId) => {
        const planned = plan.resources.get(logicalId);
        if (!planned) return;
        making.create(stack, planned, run, {
          complete: () => procession.through(logicalId),
          failed: (record, reason) => {
            chronicle.resource(stack, record, 'CREATE_FAILED', reason);
            const failed = [record, ...chronicle.cancel(stack)].map((resource) => resource.logicalId);
            rollBack(`The following resource(s) failed to create: [${failed.join(', ')}]`);
          },
        });
      },
      end: () => {
        stack.outputs = outputsOf(stack);
        chronicle.stack(stack, 'CREATE_COMPLETE');
      },
    });
    chronicle.stack(stack, 'CREATE_IN_PROGRESS', 'User Initiated');
    run.later(FIRST_CALL, 'check of its parameters', () => {
      const absent = missingInAccount(plan.parameters, stack.identity, inventory);
      if (absent.length === 0) procession.start();
      else rollBack(`Parameter validation failed: ${absent.join(', ')}`);
    });
  };
};
