import { isDeepStrictEqual } from 'node:util';
import { missingInAccount } from './account-parameters';
import type { Chronicle } from './chronicle';
import type { CleanUp } from './clean-up';
import { validationError } from './refusals';
import type { Inventory } from './inventory';
import { type Making, resolvedProperties } from './making';
import { outputsOf } from './outputs';
import { dependencies } from './plan';
import { createProcession } from './procession';
import { FIRST_CALL } from './provider';
import { ResourceRefused } from './refusals';
import { shapeOf } from './providers';
import type { Runs } from './runs';
import { type Design, isStanding, type ResourceRecord, type StackRecord } from './stack-record';
import { type Before, remember } from './update-memory';

/** Stacks that are under an update, and what becomes of it. */
export interface Updates {
  start(stack: StackRecord, next: Design): void;
  /** @throws AwsError ValidationError unless an update is under way that can still be given up */
  cancel(stack: StackRecord): void;
}

/**
 * Takes a stack from one design to another: what is new is created, what changed is updated or replaced, and what is
 * left over goes in a clean-up. Where a resource fails, everything goes back to what it was.
 */
export const createUpdates = (parts: {
  readonly runs: Runs;
  readonly inventory: Inventory;
  readonly chronicle: Chronicle;
  readonly making: Making;
  readonly cleanUp: CleanUp;
  readonly rollBack: (stack: StackRecord, before: Before, reason: string) => void;
}): Updates => {
  const { runs, inventory, chronicle, making, cleanUp } = parts;
  const underWay = new WeakMap<StackRecord, Before>();

  const giveUp = (stack: StackRecord, before: Before, reason: string): void => {
    underWay.delete(stack);
    parts.rollBack(stack, before, reason);
  };

  const start = (stack: StackRecord, next: Design): void => {
    const run = runs.begin(stack);
    const before = remember(stack);
    underWay.set(stack, before);
    stack.design = next;
    const { plan } = next;

    const failed = (record: ResourceRecord, status: 'CREATE' | 'UPDATE', reason: string): void => {
      chronicle.resource(stack, record, `${status}_FAILED`, reason);
      const all = [record, ...chronicle.cancel(stack)];
      const sentence = (what: 'create' | 'update'): string => {
        const names = all.filter((other) => other.status === `${what.toUpperCase()}_FAILED`);
        if (names.length === 0) return '';
        return `The following resource(s) failed to ${what}: [${names.map(({ logicalId }) => logicalId).join(', ')}]. `;
      };
      giveUp(stack, before, sentence('create') + sentence('update'));
    };

    const begin = (logicalId: string): void => {
      const planned = plan.resources.get(logicalId);
      if (!planned) return;
      const record = stack.resources.get(logicalId);
      const complete = (): void => {
        before.saw(stack, logicalId);
        procession.through(logicalId);
      };
      if (!record || !isStanding(record)) {
        making.create(stack, planned, run, {
          complete,
          failed: (created, reason) => failed(created, 'CREATE', reason),
        });
        return;
      }
      let properties: ResourceRecord['properties'];
      try {
        properties = resolvedProperties(stack, planned);
      } catch (error) {
        if (!(error instanceof ResourceRefused)) throw error;
        failed(record, 'UPDATE', error.message);
        return;
      }
      const carriesTags = shapeOf(record.type).properties?.includes('Tags') ?? false;
      const sameTags = !carriesTags || isDeepStrictEqual(before.design.tags, next.tags);
      if (sameTags && isDeepStrictEqual(record.properties, properties)) {
        procession.through(logicalId);
        return;
      }
      making.update(stack, record, properties, run, {
        asked: () => before.touched.add(logicalId),
        complete,
        failed: (_updated, reason) => failed(record, 'UPDATE', reason),
      });
    };

    const procession = createProcession(dependencies(plan), {
      begin,
      end: () => {
        underWay.delete(stack);
        stack.outputs = outputsOf(stack);
        const removed = [...stack.resources.keys()].filter((logicalId) => !plan.resources.has(logicalId));
        cleanUp(stack, before, removed, 'UPDATE');
      },
    });

    chronicle.stack(stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
    run.later(FIRST_CALL, 'check of its parameters', () => {
      const absent = missingInAccount(plan.parameters, stack.identity, inventory);
      if (absent.length === 0) procession.start();
      else giveUp(stack, before, `Parameter validation failed: ${absent.join(', ')}`);
    });
  };

  return {
    start,
    cancel: (stack) => {
      const before = underWay.get(stack);
      if (!before) throw validationError('CancelUpdateStack cannot be called from current stack status');
      chronicle.cancel(stack);
      giveUp(stack, before, 'User Initiated');
    },
  };
};
