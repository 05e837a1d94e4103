import { DATA_PROD, PAYMENTS_DEV, RESEARCH } from '../sandbox/organization';
import { REQUEST_TYPE } from '../sandbox/site';
import { STATUS } from '../sandbox/atlassian/workflow';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

/*
 * Looks over everything that a working day leaves behind. Invariants 6 (no secret is shown to anybody) and 9
 * (everything that was refused says why, to whoever can do something about it).
 */

let journey: Journey;
/** What the app has written into Forge's storage. */
let stored: () => readonly unknown[];
const logged: string[] = [];

/** A request that ended otherwise than its reporter wished. */
interface Refusal {
  readonly what: string;
  readonly state: string;
  readonly happen: () => Promise<string>;
  /** Why, in the comment that people read last. */
  readonly reason: RegExp;
  /** What to do next, in the same comment. */
  readonly nextStep: RegExp;
}

const instance = (parameters: Readonly<Record<string, string>>) => {
  const { portfolio, cloudFormation } = journey.sandbox;
  const { productId, versionId } = portfolio.product('instance');
  const { vpcId, subnetIds } = cloudFormation.defaultNetwork(PAYMENTS_DEV, 'eu-west-1');
  return journey.form({
    productId,
    provisioningArtifactId: versionId,
    parameters: { VpcId: vpcId, SubnetId: subnetIds[0] ?? '', ...parameters },
  });
};

const approved = async (order: unknown): Promise<string> => {
  const key = await journey.raise(order);
  await journey.approve(key);
  return key;
};

const refusals: readonly Refusal[] = [
  {
    what: 'an order that cannot be launched',
    state: 'refused-order',
    happen: () => journey.raise(journey.form({ parameters: { RetentionDays: '0' } })),
    reason: /"0" is less than 1/,
    nextStep: /raise a new request with these points put right/,
  },
  {
    what: 'a decline',
    state: 'declined',
    happen: async () => {
      const key = await journey.raise();
      await journey.decline(key);
      return key;
    },
    reason: /was declined/,
    nextStep: /speak with the approver, then raise a new request/,
  },
  {
    what: 'an approval by the reporter',
    state: 'blocked',
    happen: async () => {
      const key = await journey.raise(undefined, { approvers: ['employee'] });
      await journey.approve(key, 'employee');
      return key;
    },
    reason: /approved by its own reporter/,
    nextStep: /Somebody else who is entitled has to decide; the agents were told/,
  },
  {
    what: 'a request that was closed after its approval',
    state: 'blocked',
    happen: async () => {
      const key = await approved(undefined);
      await journey.sandbox.site.transition({ as: 'agent', key, to: STATUS.declined });
      return key;
    },
    reason: /was closed before the launch began/,
    nextStep: /Raise a new request/,
  },
  {
    what: 'an order that the portfolio’s constraint forbids',
    state: 'refused-order',
    happen: () => journey.raise(instance({ InstanceType: 'm6i.large' })),
    reason: /Instance types of this portfolio are t3\.micro/,
    nextStep: /raise a new request/i,
  },
  {
    what: 'an account that Gatehouse may not enter',
    state: 'refused',
    happen: () => approved(journey.form({ account: RESEARCH })),
    reason: /may not enter account 100000000005/,
    nextStep: /What to do: Check that the account has Gatehouse's tenant role/,
  },
  {
    what: 'a stack that failed and was rolled back',
    state: 'failed',
    happen: () => {
      journey.sandbox.cloudFormation.takeBucketName('somebody-elses');
      return approved(journey.form({ parameters: { BucketName: 'somebody-elses' } }));
    },
    reason: /first resource that failed: Bucket .*already exists/,
    nextStep: /raise a new request, or ask here: an agent can have it launched again/,
  },
];

beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    jest.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      logged.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
    });
  }
  journey = await startJourney({ log: (line) => logged.push(JSON.stringify(line)) });
  const written = jest.spyOn(journey.sandbox.atlassian.storage, 'set').mock;
  stored = () => written.calls;
});
afterAll(async () => {
  jest.restoreAllMocks();
  await journey.sandbox.close();
});

test.each(refusals)('$what says why and what to do', async ({ state, happen, reason, nextStep }) => {
  const key = await happen();
  await journey.reaches(key, state, 4 * HOUR);
  await journey.sandbox.clock.advance(MINUTE);
  const last = journey.comments(key).at(-1) ?? '';
  expect(last).toMatch(reason);
  expect(last).toMatch(nextStep);
  expect(journey.sandbox.site.search(`gatehouseState = "${state}"`)).toContain(key);
});

test('a stack event wakes nobody unless it comes from the account that the stack is in', async () => {
  const { bus, aws, journal, clock } = journey.sandbox;
  bus.dropAll = true;
  const key = await approved(journey.form({ name: 'awaited' }));
  await journey.reaches(key, 'provisioning');
  await clock.advance(1000);
  bus.dropAll = false;
  const [product] = journey.launches(key);
  const stack = `SC-${PAYMENTS_DEV}-${String(product?.detail['ProvisionedProductId'])}`;
  const stackId = (account: string) =>
    `arn:aws:cloudformation:eu-west-1:${account}:stack/${stack}/0a1b2c3d-0000-4000-8000-000000000000`;
  const told = (account: string, stackOf: string) => {
    bus.put({
      id: 'made-up',
      source: 'aws.cloudformation',
      'detail-type': 'CloudFormation Stack Status Change',
      account,
      region: 'eu-west-1',
      time: clock.now().toISOString(),
      resources: [stackId(stackOf)],
      detail: {
        'stack-id': stackId(stackOf),
        'status-details': { status: 'CREATE_COMPLETE', 'status-reason': '' },
      },
    });
    return clock.advance(1000);
  };
  const woken = () => journal.of('lambda', 'SendDurableExecutionCallbackSuccess').length;
  const before = woken();
  const comments = journey.comments(key);

  await told(DATA_PROD, PAYMENTS_DEV);
  await told(DATA_PROD, DATA_PROD);
  expect(woken()).toBe(before);

  // The account's own event does wake, and costs a question: it says nothing that is believed.
  await told(PAYMENTS_DEV, PAYMENTS_DEV);
  expect(woken()).toBe(before + 1);
  expect(journey.state(key)).toBe('provisioning');
  expect(journey.comments(key)).toEqual(comments);
  expect(aws.lambda.undelivered).toStrictEqual([]);
  await journey.reaches(key, 'succeeded');
});

test('no secret is anywhere that somebody could read it', async () => {
  const { sandbox } = journey;
  const { faults, site, journal, aws, secrets } = sandbox;
  // Where things go wrong is where secrets slip out.
  faults.plan('bridge', 'POST /webhook', 'failed', 6);
  faults.plan('web trigger', 'bridge-callback', 'failed', 2);
  faults.plan('secretsmanager', 'GetSecretValue', 'failed', 1);
  const key = await approved(journey.form({ name: 'troubled' }));
  await journey.reaches(key, 'succeeded', 6 * HOUR);
  const free = await journey.raise(undefined, { requestTypeId: REQUEST_TYPE.unapproved });
  await journey.reaches(free, 'succeeded', 6 * HOUR);

  const executions = aws.lambda.engine.executions.map(({ name, payload, operations, ending }) => ({
    name,
    payload,
    operations: [...operations.values()],
    ending,
  }));
  const everything = {
    journal: JSON.stringify(journal.entries),
    requests: JSON.stringify(site.requests()),
    executions: JSON.stringify(executions),
    undelivered: JSON.stringify(aws.lambda.undelivered),
    storage: JSON.stringify(stored()),
    logs: logged.join('\n'),
  };
  expect(journal.entries.length).toBeGreaterThan(500);
  expect(executions.length).toBeGreaterThan(4);
  expect(logged.length).toBeGreaterThan(10);
  expect(stored().length).toBeGreaterThan(50);
  for (const secret of Object.values(secrets)) {
    const bare = secret.slice('whsec_'.length);
    const forms = [bare, bare.replace(/=+$/, ''), Buffer.from(bare, 'base64').toString('hex')];
    for (const [place, text] of Object.entries(everything)) {
      expect({ place, shown: forms.some((form) => text.includes(form)) }).toEqual({ place, shown: false });
    }
  }
});
