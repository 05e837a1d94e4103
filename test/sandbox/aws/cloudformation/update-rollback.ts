import type { Chronicle } from './chronicle';
import type { CleanUp } from './clean-up';
import type { Making } from './making';
import { dependencies } from './plan';
import { createProcession } from './procession';
import { FIRST_CALL } from './provider';
import type { Providers } from './providers';
import type { Runs } from './runs';
import { isStanding, type StackRecord } from './stack-record';
import type { Before } from './update-memory';

/** Takes a stack back to what it was before an update that failed or was cancelled. */
export const createUpdateRollback = (parts: {
  readonly runs: Runs;
  readonly chronicle: Chronicle;
  readonly making: Making;
  readonly providers: Providers;
  readonly cleanUp: CleanUp;
}): ((stack: StackRecord, before: Before, reason: string) => void) => {
  const { runs, chronicle, making, providers, cleanUp } = parts;

  return (stack, before, reason) => {
    const run = runs.begin(stack);
    for (const logicalId of stack.resources.keys()) before.saw(stack, logicalId);
    stack.design = before.design;
    stack.outputs = before.outputs;

    const fail = (logicalId: string): void => {
      chronicle.cancel(stack);
      chronicle.stack(
        stack,
        'UPDATE_ROLLBACK_FAILED',
        `The following resource(s) failed to update: [${logicalId}]. `,
      );
      runs.begin(stack);
    };

    const begin = (logicalId: string): void => {
      const record = stack.resources.get(logicalId);
      const former = before.resources.get(logicalId);
      const untouched = !before.touched.has(logicalId) && record?.status !== 'UPDATE_FAILED';
      if (!record || !former || untouched || !isStanding(record)) {
        procession.through(logicalId);
        return;
      }
      const replaced = record.existing.id !== former.existing.id;
      if (!before.touched.has(logicalId) || (replaced && providers.of(record.type).takesBack)) {
        record.existing = former.existing;
        record.properties = former.properties;
        chronicle.resource(stack, record, 'UPDATE_COMPLETE');
        procession.through(logicalId);
        return;
      }
      making.update(stack, record, former.properties, run, {
        asked: () => undefined,
        complete: () => {
          before.saw(stack, logicalId);
          procession.through(logicalId);
        },
        failed: (_record, why) => {
          chronicle.resource(stack, record, 'UPDATE_FAILED', why);
          fail(logicalId);
        },
      });
    };

    const procession = createProcession(dependencies(before.design.plan), {
      begin,
      end: () => {
        const created = [...stack.resources.keys()].filter((logicalId) => !before.resources.has(logicalId));
        cleanUp(stack, before, created, 'UPDATE_ROLLBACK');
      },
    });

    chronicle.stack(stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
    run.later(FIRST_CALL, 'its way back', () => procession.start());
  };
};
