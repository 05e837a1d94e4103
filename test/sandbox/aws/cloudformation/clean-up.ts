import type { Chronicle } from './chronicle';
import type { Demolition } from './demolition';
import type { Runs } from './runs';
import type { ResourceRecord, StackRecord } from './stack-record';
import type { Before } from './update-memory';

/**
 * Removes what an update or its roll-back has left over: physical resources that others took the place of, and
 * resources that the stack has no more. What would not go does not make it fail.
 * @param removed logical ids that leave the stack
 */
export type CleanUp = (
  stack: StackRecord,
  before: Before,
  removed: readonly string[],
  what: 'UPDATE' | 'UPDATE_ROLLBACK',
) => void;

export const createCleanUp =
  (parts: { readonly runs: Runs; readonly chronicle: Chronicle; readonly demolition: Demolition }): CleanUp =>
  (stack, before, removed, what) => {
    const { runs, chronicle, demolition } = parts;
    const run = runs.begin(stack);
    const leaving = new Set(removed);
    // What replaced another is gone with the roll-back, and was never asked to stay.
    const former = what === 'UPDATE' ? before.design.plan : undefined;
    const replaced = [...stack.resources.values()].flatMap((record): ResourceRecord[] =>
      leaving.has(record.logicalId)
        ? []
        : (before.had.get(record.logicalId) ?? [])
            .filter(({ existing }) => existing.id !== record.existing?.id)
            .map((standing) => ({ ...record, ...standing })),
    );
    chronicle.stack(stack, `${what}_COMPLETE_CLEANUP_IN_PROGRESS`);
    demolition(stack, run, {
      records: [...replaced, ...removed.flatMap((logicalId) => stack.resources.get(logicalId) ?? [])],
      dependsOn: (logicalId) =>
        (before.design.plan.resources.get(logicalId) ?? stack.design.plan.resources.get(logicalId))
          ?.dependsOn,
      policyOf: ({ logicalId }) => {
        const declaration = former?.resources.get(logicalId)?.declaration;
        return leaving.has(logicalId) ? declaration?.DeletionPolicy : declaration?.UpdateReplacePolicy;
      },
      keepsNew: true,
      end: (failed) => {
        for (const logicalId of removed) stack.resources.delete(logicalId);
        const reason =
          failed.length > 0
            ? `${what === 'UPDATE' ? 'Update' : 'Update rollback'} successful. One or more resources could not be deleted.`
            : undefined;
        chronicle.stack(stack, `${what}_COMPLETE`, reason);
      },
    });
  };
