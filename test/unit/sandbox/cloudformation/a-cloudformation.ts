import { z } from 'zod';
import { type AwsCall, AwsError, type BusEvent } from '../../../sandbox/aws/service';
import {
  type CloudFormation,
  type CloudFormationOptions,
  createCloudFormation,
} from '../../../sandbox/aws/cloudformation/cloudformation';
import { createTemplateStore } from '../../../sandbox/aws/cloudformation/template-store';
import type { Stack, Stacks, Template, TemplateStore } from '../../../sandbox/aws/stacks';
import { DrivenClock } from '../../../sandbox/clock';
import { Journal } from '../../../sandbox/journal';

export const ACCOUNT = '100000000003';
export const REGION = 'eu-west-1';

export interface Bench extends CloudFormation {
  readonly clock: DrivenClock;
  readonly journal: Journal;
  readonly templates: TemplateStore;
  readonly emitted: readonly BusEvent[];
  /** Creates a stack and drives time until it has come to an end. */
  readonly launch: (request: Partial<StackRequest> & { readonly template: Template }) => Promise<Stack>;
  /** Calls an operation as a role of ACCOUNT in REGION. */
  readonly call: (operation: string, input: object, overrides?: Partial<AwsCall>) => Promise<object>;
  readonly ended: (stackId: string) => Promise<Stack>;
}

export type StackRequest = Parameters<Stacks['create']>[0];

export const aStackRequest = (
  overrides: Partial<StackRequest> & { readonly template: Template },
): StackRequest => ({
  account: ACCOUNT,
  region: REGION,
  stackName: 'SC-100000000003-pp-a',
  parameters: {},
  tags: {},
  capabilities: [],
  ...overrides,
});

export const aCloudFormation = (options: Pick<CloudFormationOptions, 'iam' | 'lambda'> = {}): Bench => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const templates = createTemplateStore();
  const emitted: BusEvent[] = [];
  const cloudFormation = createCloudFormation({
    clock,
    journal,
    templates,
    emit: (event) => void emitted.push(event),
    ...options,
  });
  const ended = async (stackId: string): Promise<Stack> => {
    const state = (): Stack => cloudFormation.stacks.describe(stackId);
    await clock.until(() => !state().status.endsWith('_IN_PROGRESS'), 3_600_000, 'the end of the stack');
    return state();
  };
  return {
    ...cloudFormation,
    clock,
    journal,
    templates,
    emitted,
    ended,
    launch: (request) => ended(cloudFormation.stacks.create(aStackRequest(request))),
    call: (operation, input, overrides) =>
      cloudFormation.service.handle({ ...aCall(operation, input), ...overrides }),
  };
};

export const aCall = (operation: string, input: object, account = ACCOUNT): AwsCall => ({
  operation,
  input,
  region: REGION,
  principal: {
    account,
    roleName: 'GatehouseTenant',
    arn: `arn:aws:sts::${account}:assumed-role/GatehouseTenant/ITSM-1`,
    sessionName: 'ITSM-1',
    sourceIdentity: undefined,
    sessionTags: {},
  },
});

/** The error that AWS answers with. */
export const refusalOf = (run: () => unknown): { readonly code: string; readonly message: string } => {
  try {
    run();
  } catch (error) {
    if (error instanceof AwsError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('It was not refused');
};

const StackEvents = z.object({
  StackEvents: z.array(
    z.object({
      EventId: z.string(),
      LogicalResourceId: z.string(),
      PhysicalResourceId: z.string(),
      ResourceStatus: z.string(),
      ResourceStatusReason: z.string().optional(),
      Timestamp: z.date(),
    }),
  ),
  NextToken: z.string().optional(),
});
export type StackEventsPage = z.infer<typeof StackEvents>;

/** One page of a stack's events, newest first. */
export const eventsOf = async (bench: Bench, stackId: string, token?: string): Promise<StackEventsPage> =>
  StackEvents.parse(await bench.call('DescribeStackEvents', { StackName: stackId, NextToken: token }));

/** What happened to a stack and its resources, oldest first, as `LogicalId STATUS`. */
export const historyOf = async (bench: Bench, stackId: string): Promise<string[]> => {
  const { StackEvents: events } = await eventsOf(bench, stackId);
  return events.map(({ LogicalResourceId: id, ResourceStatus: status }) => `${id} ${status}`).reverse();
};

/** A template of plain buckets; what it says of one is merged into that bucket's declaration. */
export const aTemplateOfBuckets = (buckets: Record<string, object>, rest: object = {}): Template => ({
  Resources: Object.fromEntries(
    Object.entries(buckets).map(([name, more]) => [name, { Type: 'AWS::S3::Bucket', ...more }]),
  ),
  ...rest,
});
