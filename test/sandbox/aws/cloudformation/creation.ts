import type { DrivenClock } from '../../clock';
import { NotModelled } from '../service';
import { evaluate, asText } from './intrinsics';
import type { Existing, Inventory } from './inventory';
import { missingInAccount } from './account-parameters';
import type { Chronicle } from './chronicle';
import type { Deletion } from './deletion';
import type { PlannedResource, Reached } from './plan';
import { ResourceRefused } from './refusals';
import { GLOBAL } from './resource-model';
import type { ResourceRights } from './resource-rights';
import { modelOf } from './resource-types/registry';
import type { ResourceRecord, StackRecord } from './stack-record';

/** Between CloudFormation's turning to something and the first call of the service behind it, in milliseconds. */
const FIRST_CALL = 1_000;

/** Takes a stack's resources to their end, in the order of what they depend on, in simulated time. */
export const createCreation = (parts: {
  readonly clock: DrivenClock;
  readonly inventory: Inventory;
  readonly chronicle: Chronicle;
  readonly deletion: Deletion;
  readonly rights: ResourceRights;
  /** A reason for which the next resource of a type in an account shall fail, if a test asked for one. */
  readonly plannedFailure: (account: string, type: string) => string | undefined;
}): ((stack: StackRecord) => void) => {
  const { clock, inventory, chronicle, deletion, rights } = parts;
  const creating = (stack: StackRecord): boolean => stack.status === 'CREATE_IN_PROGRESS';
  const later = (stack: StackRecord, delay: number, what: string, run: () => void | Promise<void>): void =>
    clock.after(delay, `${stack.identity.name}: ${what}`, () => (creating(stack) ? run() : undefined));

  const reached =
    (stack: StackRecord) =>
    (logicalId: string): Reached => {
      const existing = stack.resources.get(logicalId)?.existing;
      if (!existing) throw new NotModelled(`a reference to ${logicalId}, which does not exist yet`);
      return existing;
    };

  const proceed = (stack: StackRecord): void => {
    const complete = (logicalId: string): boolean =>
      stack.resources.get(logicalId)?.status === 'CREATE_COMPLETE';
    const planned = [...stack.plan.resources.values()];
    if (planned.every(({ logicalId }) => complete(logicalId))) {
      finish(stack);
      return;
    }
    for (const resource of planned) {
      if (stack.resources.has(resource.logicalId)) continue;
      if ([...resource.dependsOn].every(complete)) begin(stack, resource);
    }
  };

  const begin = (stack: StackRecord, planned: PlannedResource): void => {
    const { logicalId, declaration } = planned;
    const record: ResourceRecord = {
      logicalId,
      type: declaration.Type,
      status: '',
      reason: undefined,
      at: clock.now(),
      existing: undefined,
    };
    stack.resources.set(logicalId, record);
    chronicle.resource(stack, record, 'CREATE_IN_PROGRESS');
    later(stack, FIRST_CALL, `creation of ${logicalId}`, () => initiate(stack, planned, record));
  };

  const initiate = async (
    stack: StackRecord,
    planned: PlannedResource,
    record: ResourceRecord,
  ): Promise<void> => {
    const model = modelOf(record.type);
    let existing: Existing;
    try {
      const { account, region, name: stackName, id: stackId } = stack.identity;
      const failure = parts.plannedFailure(account, record.type);
      if (failure !== undefined) throw new ResourceRefused(failure);
      const properties = evaluate(planned.declaration.Properties, stack.plan.scope(reached(stack)));
      const created = model.create(Object.fromEntries(Object.entries(Object(properties) as object)), {
        account,
        region,
        stackName,
        stackId,
        logicalId: record.logicalId,
        stackTags: stack.tags,
        inventory,
      });
      await rights.demand(stack, record.logicalId, created);
      existing = {
        type: record.type,
        account,
        region: model.global ? GLOBAL : region,
        id: created.id,
        attributes: created.attributes,
        facts: created.facts,
        tags: created.tags,
      };
    } catch (error) {
      if (!(error instanceof ResourceRefused)) throw error;
      fail(stack, record, error.message);
      return;
    }
    // Whoever deletes the stack in this moment finds nothing of it.
    if (!creating(stack)) return;
    record.existing = existing;
    inventory.add(existing);
    chronicle.resource(stack, record, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
    later(stack, model.createTime, `completion of ${record.logicalId}`, () => {
      chronicle.resource(stack, record, 'CREATE_COMPLETE');
      proceed(stack);
    });
  };

  const fail = (stack: StackRecord, record: ResourceRecord, reason: string): void => {
    chronicle.resource(stack, record, 'CREATE_FAILED', reason);
    const cancelled = [...stack.resources.values()].filter(({ status }) => status === 'CREATE_IN_PROGRESS');
    for (const other of cancelled) {
      chronicle.resource(stack, other, 'CREATE_FAILED', 'Resource creation cancelled');
    }
    const failed = [record, ...cancelled].map(({ logicalId }) => logicalId).join(', ');
    rollBack(stack, `The following resource(s) failed to create: [${failed}]. Rollback requested by user.`);
  };

  const rollBack = (stack: StackRecord, reason: string): void => {
    chronicle.stack(stack, 'ROLLBACK_IN_PROGRESS', reason);
    deletion(stack, 'rollback');
  };

  const finish = (stack: StackRecord): void => {
    const scope = stack.plan.scope(reached(stack));
    stack.outputs = Object.entries(stack.plan.outputs).map(([key, output]) => ({
      key,
      value: asText(evaluate(output.Value, scope), `Output ${key} is malformed: its value must be a string`),
      description: output.Description,
    }));
    chronicle.stack(stack, 'CREATE_COMPLETE');
  };

  return (stack) => {
    chronicle.stack(stack, 'CREATE_IN_PROGRESS', 'User Initiated');
    later(stack, FIRST_CALL, 'check of its parameters', () => {
      const absent = missingInAccount(stack.plan.parameters, stack.identity, inventory);
      if (absent.length === 0) {
        proceed(stack);
        return;
      }
      rollBack(stack, `Parameter validation failed: ${absent.join(', ')}. Rollback requested by user.`);
    });
  };
};
