import type { Clock } from '../../clock';
import { NotModelled } from '../service';
import type { Chronicle } from './chronicle';
import { evaluate } from './intrinsics';
import type { PlannedResource, Reached } from './plan';
import { FIRST_CALL, type Outcome, type Standing } from './provider';
import type { Providers } from './providers';
import { ResourceRefused } from './refusals';
import type { Run } from './runs';
import type { ResourceRecord, StackRecord } from './stack-record';

interface Then {
  readonly complete: (record: ResourceRecord) => void;
  readonly failed: (record: ResourceRecord, reason: string) => void;
}

/** Brings a stack's single resources to what its design says of them. */
export interface Making {
  create(stack: StackRecord, planned: PlannedResource, run: Run, then: Then): void;
  /** @param then.asked called when something of the resource may have changed */
  update(
    stack: StackRecord,
    record: ResourceRecord & Standing,
    properties: Standing['properties'],
    run: Run,
    then: Then & { readonly asked: () => void },
  ): void;
}

/** @throws NotModelled for a resource that does not exist yet */
export const reachedBy =
  (stack: StackRecord) =>
  (logicalId: string): Reached => {
    const existing = stack.resources.get(logicalId)?.existing;
    if (!existing) throw new NotModelled(`a reference to ${logicalId}, which does not exist yet`);
    return existing;
  };

/** @throws ResourceRefused for what a custom resource did not say */
export const resolvedProperties = (
  stack: StackRecord,
  { declaration }: PlannedResource,
): Standing['properties'] => {
  const properties = evaluate(declaration.Properties, stack.design.plan.scope(reachedBy(stack)));
  return Object.fromEntries(Object.entries(Object(properties) as object));
};

export const createMaking = (parts: {
  readonly clock: Clock;
  readonly chronicle: Chronicle;
  readonly providers: Providers;
  /** A reason for which the next resource of a type in an account shall fail, if a test asked for one. */
  readonly plannedFailure: (account: string, type: string) => string | undefined;
}): Making => {
  const { clock, chronicle, providers, plannedFailure } = parts;

  const failIfPlanned = (stack: StackRecord, type: string): void => {
    const failure = plannedFailure(stack.identity.account, type);
    if (failure !== undefined) throw new ResourceRefused(failure);
  };
  const settled =
    (stack: StackRecord, record: ResourceRecord, status: string, then: Then) =>
    (outcome: Outcome): void => {
      const before = record.existing;
      record.existing = outcome.existing ?? before;
      if (outcome.failure !== undefined) {
        then.failed(record, outcome.failure);
        return;
      }
      if (status === 'UPDATE' && before?.id !== outcome.existing.id) {
        const reason = 'Requested update required the provider to create a new physical resource';
        chronicle.resource(stack, record, 'UPDATE_IN_PROGRESS', reason);
      }
      chronicle.resource(stack, record, `${status}_COMPLETE`);
      then.complete(record);
    };
  /** Begins, and takes a refusal as the resource's failure. */
  const initiate = (
    record: ResourceRecord,
    run: Run,
    then: Then,
    begin: () => Promise<void>,
    what: string,
  ): void =>
    run.later(FIRST_CALL, `${what} of ${record.logicalId}`, async () => {
      try {
        await begin();
      } catch (error) {
        if (!(error instanceof ResourceRefused)) throw error;
        if (run.isCurrent()) then.failed(record, error.message);
      }
    });

  return {
    create: (stack, planned, run, then) => {
      const { logicalId, declaration } = planned;
      const record: ResourceRecord = {
        ...{ logicalId, type: declaration.Type, status: '', reason: undefined, at: clock.now() },
        ...{ existing: undefined, properties: {} },
      };
      stack.resources.set(logicalId, record);
      chronicle.resource(stack, record, 'CREATE_IN_PROGRESS');
      const { type } = record;
      const begin = async (): Promise<void> => {
        failIfPlanned(stack, type);
        const properties = resolvedProperties(stack, planned);
        record.properties = properties;
        const done = settled(stack, record, 'CREATE', then);
        const existing = await providers.of(type).create({ stack, logicalId, type, properties }, run, done);
        if (!existing || !run.isCurrent()) return;
        record.existing = existing;
        chronicle.resource(stack, record, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
      };
      initiate(record, run, then, begin, 'creation');
    },
    update: (stack, record, properties, run, then) => {
      const { logicalId, type } = record;
      const from: Standing = { existing: record.existing, properties: record.properties };
      chronicle.resource(stack, record, 'UPDATE_IN_PROGRESS');
      const begin = async (): Promise<void> => {
        failIfPlanned(stack, type);
        const done = settled(stack, record, 'UPDATE', then);
        const wanted = { stack, logicalId, type, properties };
        const existing = await providers.of(type).update(wanted, from, run, done);
        if (!existing || !run.isCurrent()) return;
        then.asked();
        record.properties = properties;
        record.existing = existing;
        if (existing.id !== from.existing.id) {
          const reason =
            'Requested update requires the creation of a new physical resource; hence creating one.';
          chronicle.resource(stack, record, 'UPDATE_IN_PROGRESS', reason);
        }
      };
      initiate(record, run, then, begin, 'update');
    },
  };
};
