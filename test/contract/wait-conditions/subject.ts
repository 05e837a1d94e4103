import {
  CreateStackCommand,
  type CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  type StackEvent,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';

/** A CloudFormation with wait conditions, and time that passes in it. */
export interface Implementation {
  readonly client: CloudFormationClient;
  /** Lets time pass until it holds. @throws Error where it does not within those seconds */
  readonly until: (holds: () => Promise<boolean>, seconds: number) => Promise<void>;
  /** Lets so many seconds pass. */
  readonly pass: (seconds: number) => Promise<void>;
  /** Sends a request to the address of a handle. @returns the status of the answer */
  readonly send: (url: string, request: RequestInit) => Promise<number>;
}

/** A signal as it is put to a handle. */
export interface Signal {
  readonly Status: 'SUCCESS' | 'FAILURE';
  readonly UniqueId: string;
  readonly Data?: string;
  readonly Reason?: string;
}

/** What may be done with a stack that waits, in the words of the cases. */
export interface Subject {
  /** Starts a stack and comes back when it has the handles, by their logical ids. */
  create(template: object, handles?: readonly string[]): Promise<void>;
  update(template: object, handles?: readonly string[]): Promise<void>;
  /** @returns the status of the answer */
  signal(signal: Signal, handle?: string): Promise<number>;
  /** Sends something else to a handle's URL, or to one that is made of it. */
  send(request: RequestInit, alter?: (url: string) => string): Promise<number>;
  pass(seconds: number): Promise<void>;
  status(): Promise<string>;
  /** @returns the status in which the stack came to rest */
  rest(): Promise<string>;
  /** What the condition's signals brought: the output `Data`, which is JSON. */
  data(): Promise<unknown>;
  /** The reason for which a resource failed, the latest. */
  reason(logicalId: string): Promise<string | undefined>;
  remove(): Promise<void>;
}

/** Whether something was made; some say UPDATE of what an update creates. */
const reached = ({ ResourceStatus: status }: StackEvent, end: 'COMPLETE' | 'FAILED'): boolean =>
  status === `CREATE_${end}` || status === `UPDATE_${end}`;

/** Seconds that anything may take which nobody waits for. */
const PATIENCE = 60;

export const aSubject = (implementation: Implementation, StackName: string): Subject => {
  const { client, until, send } = implementation;
  const urls = new Map<string, string>();

  const described = async (): Promise<Partial<Stack>> =>
    (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0] ?? {};
  const status = async (): Promise<string> => (await described()).StackStatus ?? '';
  const events = async (): Promise<readonly StackEvent[]> => {
    try {
      return (await client.send(new DescribeStackEventsCommand({ StackName }))).StackEvents ?? [];
    } catch {
      // There is no stack yet.
      return [];
    }
  };
  const urlOf = async (handle: string): Promise<string | undefined> =>
    (await events()).find((event) => event.LogicalResourceId === handle && reached(event, 'COMPLETE'))
      ?.PhysicalResourceId;
  const reach = async (handles: readonly string[]): Promise<void> => {
    for (const handle of handles) {
      await until(async () => (await urlOf(handle)) !== undefined, PATIENCE);
      urls.set(handle, (await urlOf(handle)) ?? '');
    }
  };
  const known = (handle: string): string => {
    const url = urls.get(handle);
    if (url === undefined) throw new Error(`The stack ${StackName} has no handle ${handle}`);
    return url;
  };

  return {
    create: async (template, handles = ['Handle']) => {
      await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
      await reach(handles);
    },
    update: async (template, handles = []) => {
      await client.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
      await reach(handles);
    },
    signal: (signal, handle = 'Handle') =>
      send(known(handle), { method: 'PUT', body: Buffer.from(JSON.stringify(signal)) }),
    send: (request, alter = (url) => url) => send(alter(known('Handle')), request),
    pass: implementation.pass,
    status,
    rest: async () => {
      await until(async () => !(await status()).endsWith('_IN_PROGRESS'), PATIENCE);
      return status();
    },
    data: async () => {
      const text = (await described()).Outputs?.find(({ OutputKey: key }) => key === 'Data')?.OutputValue;
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    reason: async (logicalId) =>
      (await events()).find((event) => event.LogicalResourceId === logicalId && reached(event, 'FAILED'))
        ?.ResourceStatusReason,
    remove: async () => {
      await client.send(new DeleteStackCommand({ StackName }));
    },
  };
};
