import type { Clock } from '../../clock';
import type { Journal } from '../../journal';
import type { BusEvent } from '../service';
import type { Stack } from '../stacks';
import { uuidOf } from './deterministic-ids';
import { type ResourceRecord, type StackRecord, viewOf } from './stack-record';

/** Writes down what becomes of stacks and their resources, and tells whoever listens. */
export interface Chronicle {
  stack(stack: StackRecord, status: string, reason?: string): void;
  resource(stack: StackRecord, resource: ResourceRecord, status: string, reason?: string): void;
  /** Whatever is under way with a stack's resources has failed. @returns those resources */
  cancel(stack: StackRecord): readonly ResourceRecord[];
}

export const createChronicle = (parts: {
  readonly clock: Clock;
  readonly emit: (event: BusEvent) => void;
  readonly tell: (stack: Stack) => void;
  readonly journal: Journal | undefined;
}): Chronicle => {
  const { clock, emit, tell, journal } = parts;
  const chronicle: Chronicle = {
    stack: (stack, status, reason) => {
      const { id, name, account, region } = stack.identity;
      const at = clock.now();
      stack.status = status;
      stack.reason = reason;
      const eventId = uuidOf(id, stack.events.length);
      stack.events.push({
        id: eventId,
        at,
        logicalId: name,
        physicalId: id,
        type: 'AWS::CloudFormation::Stack',
        status,
        reason,
      });
      journal?.record({
        at,
        caller: 'cloudformation',
        service: 'stack',
        operation: status,
        status: 200,
        detail: { stack: name, account, region, reason },
      });
      tell(viewOf(stack));
      emit({
        id: uuidOf(eventId, 'event'),
        source: 'aws.cloudformation',
        'detail-type': 'CloudFormation Stack Status Change',
        account,
        region,
        time: at.toISOString().replace(/\.\d+Z$/, 'Z'),
        resources: [id],
        detail: {
          'stack-id': id,
          'status-details': { status, 'status-reason': reason ?? '' },
          'client-request-token': stack.token ?? '',
        },
      });
    },
    resource: (stack, resource, status, reason) => {
      const at = clock.now();
      resource.status = status;
      resource.reason = reason;
      resource.at = at;
      const ordinal = stack.events.length;
      stack.events.push({
        id: `${resource.logicalId}-${uuidOf(stack.identity.id, ordinal)}`,
        at,
        logicalId: resource.logicalId,
        physicalId: resource.existing?.id ?? '',
        type: resource.type,
        status,
        reason,
      });
    },
    cancel: (stack) => {
      const cancelled = [...stack.resources.values()].filter(({ status }) =>
        ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS'].includes(status),
      );
      for (const resource of cancelled) {
        const what = resource.status === 'CREATE_IN_PROGRESS' ? 'CREATE' : 'UPDATE';
        const reason = what === 'CREATE' ? 'Resource creation cancelled' : 'Resource update cancelled';
        chronicle.resource(stack, resource, `${what}_FAILED`, reason);
      }
      return cancelled;
    },
  };
  return chronicle;
};
