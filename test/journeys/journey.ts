import type { Entry } from '../sandbox/journal';
import { PAYMENTS_DEV, REGION } from '../sandbox/organization';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/sandbox';
import { type PersonName, REQUEST_TYPE } from '../sandbox/site';
import { z } from 'zod';

const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

const AWS_SERVICES = [
  'sts',
  'servicecatalog',
  'cloudformation',
  'ec2',
  'lambda',
  'secretsmanager',
  'dynamodb',
];

/** The entity property that JQL finds, as far as journeys look at it. */
const Shown = z.object({
  state: z.string(),
  operation: z.string().optional(),
  record: z.string().optional(),
});

/** What somebody fills in on the portal, in the form's own shape. */
export interface Form {
  readonly productId: string;
  readonly provisioningArtifactId: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Who raises a request, of which type, and who is to approve it. */
interface Raised {
  readonly as?: PersonName;
  readonly requestTypeId?: string;
  readonly approvers?: readonly PersonName[];
}

/** What people do on their way through the sandbox, and what they see. */
export const createJourney = (sandbox: Sandbox) => {
  const { site, clock, portfolio, journal } = sandbox;

  /** Whether an operation's id is that of a request's launch. */
  const isOf = (key: string, operationId: unknown): boolean =>
    String(operationId).startsWith(`launch-${site.request(key).id}-`);

  const journey = {
    sandbox,

    /** A private bucket for payments-dev, as the portal's form would store it. */
    form: (overrides: Partial<Form> = {}): Form => {
      const { productId, versionId } = portfolio.product('private-bucket');
      return {
        productId,
        provisioningArtifactId: versionId,
        account: PAYMENTS_DEV,
        region: REGION,
        name: 'team-data',
        parameters: { RetentionDays: '30' },
        ...overrides,
      };
    },

    /** Raises a request and waits until the app has looked at it. @returns its key */
    raise: async (order?: unknown, more?: Raised): Promise<string> => {
      const key = journey.submit(order, more);
      await clock.until(() => journey.state(key) !== undefined, 10 * MINUTE, `a state on ${key}`);
      return key;
    },

    /** Raises a request, and nothing has happened yet. @returns its key */
    submit: (order: unknown = journey.form(), more: Raised = {}): string => {
      const { as = 'employee', requestTypeId = REQUEST_TYPE.approved, approvers } = more;
      const summary = 'Something from the AWS catalogue';
      const { key } = site.raiseRequest({
        as,
        requestTypeId,
        summary,
        order,
        ...(approvers && { approvers }),
      });
      return key;
    },

    approve: (key: string, as: PersonName = 'approver'): Promise<void> =>
      site.answerApproval({ as, key, decision: 'approve' }),

    decline: (key: string, as: PersonName = 'approver'): Promise<void> =>
      site.answerApproval({ as, key, decision: 'decline' }),

    /** The request's state, as JQL finds it; undefined until the app has looked at the request. */
    state: (key: string): string | undefined => {
      const property = site.request(key).properties['gatehouse'];
      return property === undefined ? undefined : Shown.parse(property).state;
    },

    /** Drives time until the request is in that state. */
    reaches: (key: string, state: string, within = 2 * HOUR): Promise<void> =>
      clock.until(
        () => journey.state(key) === state,
        within,
        `${state} of ${key}, now ${journey.state(key) ?? '-'},`,
      ),

    /** Texts of the request's comments, oldest first. */
    comments: (key: string, kind: 'public' | 'internal' = 'public'): string[] =>
      site
        .request(key)
        .comments.filter((comment) => comment.public === (kind === 'public'))
        .map(({ body }) => body),

    /** How often a request's approved operation was handed to the bridge, whatever the bridge answered. */
    deliveries: (key: string): number =>
      journal.of('bridge', 'POST /webhook').filter(({ detail }) => isOf(key, detail['webhook-id'])).length,

    /** How often Gatehouse asked for a role in a tenant account on behalf of a request. */
    entries: (key: string): number =>
      journal.of('sts', 'AssumeRole').filter(({ detail }) => detail['RoleSessionName'] === key).length,

    /** The launches of a request that Service Catalog took. */
    launches: (key: string): Entry[] =>
      journal
        .of('servicecatalog', 'ProvisionProduct')
        .filter(({ status, detail }) => status === 200 && isOf(key, detail['ProvisionToken'])),

    /**
     * Calls to AWS that were recorded after the first `spared` entries of the journal; checkpoints and the stand-in's own
     * notes of invocations are left out.
     */
    awsCalls: (spared: number): string[] =>
      journal.entries
        .slice(spared)
        .filter(({ service }) => AWS_SERVICES.includes(service))
        .map(({ operation }) => operation)
        .filter((operation) => operation !== 'Invocation' && operation !== 'CheckpointDurableExecution'),

    /** What a service was asked with success, by operation. */
    done: (service: string, operation: string): number =>
      journal.of(service, operation).filter(({ status }) => status >= 200 && status < 300).length,

    /** Names of the provisioned products' stacks that exist in an account, whatever has become of them. */
    stacks: (): string[] => [
      ...new Set(journal.of('stack', 'CREATE_IN_PROGRESS').map(({ detail }) => String(detail['stack']))),
    ],
  };
  return journey;
};
export type Journey = ReturnType<typeof createJourney>;

/** Starts a sandbox whose app has been installed and has the catalogue. */
export const startJourney = async (options?: SandboxOptions): Promise<Journey> => {
  const sandbox = await startSandbox(options);
  await sandbox.clock.advance(10 * SECOND);
  return createJourney(sandbox);
};
