import { DrivenClock } from '../../../sandbox/clock';
import { Faults } from '../../../sandbox/faults';
import { Journal } from '../../../sandbox/journal';
import { HUB, REGION } from '../../../sandbox/organization';
import { WAITERS_TABLE, ROLES } from './bridge-roles';
import { startAws } from '../../../sandbox/aws/aws';
import type { Role } from '../../../sandbox/aws/iam/role';
import { type AwsCall, type AwsService, NotModelled } from '../../../sandbox/aws/service';

/** A service that answers what a test tells it to. */
export class ScriptedService implements AwsService {
  readonly calls: AwsCall[] = [];
  answers: Record<string, (call: AwsCall) => object> = {};
  conditionKeys: () => Readonly<Record<string, string>> = () => ({});
  handle = (call: AwsCall): Promise<object> => {
    this.calls.push(call);
    const answer = this.answers[call.operation];
    if (!answer) return Promise.reject(new NotModelled(call.operation));
    return Promise.resolve().then(() => answer(call));
  };
}

/** The sandbox's AWS with scripted services where others build the real stand-ins. */
export const runningAws = async (
  options: {
    readonly statePageSize?: number;
    readonly listedFrom?: number;
    readonly roles?: readonly Role[];
  } = {},
) => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const faults = new Faults();
  const servicecatalog = new ScriptedService();
  const cloudformation = new ScriptedService();
  const aws = await startAws({
    clock,
    journal,
    faults,
    services: { servicecatalog, cloudformation },
    roles: ROLES,
    ...options,
  });
  await aws.createTable({
    TableName: WAITERS_TABLE,
    AttributeDefinitions: [{ AttributeName: 'stack', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'stack', KeyType: 'HASH' }],
  });
  /** Configuration of an SDK client that has a role of the hub. */
  const as = (roleName: string, account = HUB) => ({
    region: REGION,
    endpoint: aws.endpoint,
    maxAttempts: 1,
    credentials: aws.credentialsFor(roleName, account),
  });
  return { ...aws, clock, journal, faults, servicecatalog, cloudformation, as };
};
export type RunningAws = Awaited<ReturnType<typeof runningAws>>;
