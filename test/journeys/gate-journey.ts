import { PAYMENTS_DEV, REGION } from '../sandbox/organization';
import type { SandboxOptions } from '../sandbox/sandbox';
import { type Journey, MINUTE, startJourney } from './journey';

/** What somebody in front of an account's AWS console does with the gated product, and what comes of it in Jira. */
export const atTheConsole = (journey: Journey, account = PAYMENTS_DEV) => {
  const { sandbox } = journey;
  const { site, clock, cloudFormation, journal } = sandbox;
  const person = sandbox.consoleOf(account);
  const { vpcId, subnetIds } = cloudFormation.defaultNetwork(account, REGION);

  /** Keys of the requests that were raised for gates, oldest first. */
  const requests = (): string[] =>
    site
      .requests()
      .map(({ key }) => key)
      .filter((key) => operationOf(journey, key).startsWith('gate-'));

  /** Drives time until there is one more request than there was. @returns its key */
  const asked = async (before: number): Promise<string> => {
    await clock.until(() => requests().length > before, 10 * MINUTE, 'a request for the gate');
    return requests().at(-1) ?? '';
  };

  /** Launches WordPress, and nothing has come of it yet. */
  const begin = async (name = 'blog', parameters: Readonly<Record<string, string>> = {}): Promise<void> => {
    await person.launch({
      product: 'wordpress',
      name,
      parameters: {
        VpcId: vpcId,
        ServerSubnetId: subnetIds[0] ?? '',
        DatabaseSubnetIds: subnetIds.slice(0, 2).join(','),
        AllowedRange: '172.31.0.0/16',
        RequesterEmail: 'employee@example.com',
        DeletionProtection: 'Off',
        ...parameters,
      },
    });
  };

  return {
    person,
    requests,
    begin,

    /** Launches WordPress, and waits until its request is there. @returns the request's key */
    launch: async (name?: string, parameters?: Readonly<Record<string, string>>): Promise<string> => {
      const before = requests().length;
      await begin(name, parameters);
      return asked(before);
    },

    /** Updates it, and waits until another request is there. @returns the request's key */
    update: async (parameters: Readonly<Record<string, string>>, name = 'blog'): Promise<string> => {
      const before = requests().length;
      await person.update({ name, parameters });
      return asked(before);
    },

    /** How often CloudFormation was signalled, whatever it said to it. */
    signals: (): number => journal.of('s3', 'PutObject').filter(({ detail }) => isSignal(detail)).length,

    /** Drives time until the stack has that status. */
    stackIs: (status: string, within: number, name = 'blog'): Promise<void> =>
      clock.until(async () => (await person.stack(name)).status === status, within, `${status} of ${name}`),

    /** Logical ids of what the stack has begun to create, the gate's own aside. */
    made: async (name = 'blog'): Promise<string[]> =>
      (await person.stack(name)).events
        .filter(({ status }) => status === 'CREATE_IN_PROGRESS')
        .map(({ resource }) => resource)
        .filter((resource) => !resource.startsWith('Approval') && !resource.startsWith('SC-')),

    /** Why the stack's wait condition failed, as CloudFormation's events tell. */
    whyItFailed: async (name = 'blog'): Promise<string> =>
      (await person.stack(name)).events.find(
        ({ resource, status }) => resource.startsWith('ApprovalWait') && status === 'CREATE_FAILED',
      )?.reason ?? '',
  };
};
export type Console = ReturnType<typeof atTheConsole>;

/** The operation that a request is of, as JQL finds it. */
export const operationOf = (journey: Journey, key: string): string => {
  const property: unknown = journey.sandbox.site.request(key).properties['gatehouse'];
  return typeof property === 'object' && property !== null && 'operation' in property
    ? String(property.operation)
    : '';
};

const isSignal = (detail: Readonly<Record<string, unknown>>): boolean =>
  typeof detail['bucket'] === 'string' && detail['bucket'].includes('waitcondition');

export const startGateJourney = async (
  options?: SandboxOptions,
): Promise<{ readonly journey: Journey; readonly console: Console }> => {
  const journey = await startJourney(options);
  return { journey, console: atTheConsole(journey) };
};
