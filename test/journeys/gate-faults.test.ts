import type { Fault } from '../sandbox/faults';
import { appUuid } from '../sandbox/site';
import { type Console, startGateJourney } from './gate-journey';
import { HOUR, type Journey, MINUTE } from './journey';

// A gate has one request, one decision that counts and the right end, whatever fails on the way. Invariants 3 and 4.

let journey: Journey;
let console: Console;
beforeAll(async () => {
  ({ journey, console } = await startGateJourney());
});
afterEach(() => {
  journey.sandbox.faults.clear();
  journey.sandbox.bus.dropAll = false;
});
afterAll(() => journey.sandbox.close());

type Decision = 'approve' | 'decline';
const DECISIONS: readonly Decision[] = ['approve', 'decline'];
const END = {
  approve: { state: 'succeeded', stack: 'CREATE_COMPLETE' },
  decline: { state: 'declined', stack: 'ROLLBACK_COMPLETE' },
} as const;

const RAISE = 'POST /rest/servicedeskapi/request';
let launched = 0;

/** Each fault once, one after the other: what was done twice shows where an answer was lost. */
const planEach = (service: string, operation: string): void => {
  for (const fault of ['answer lost', 'throttled', 'unreachable', 'failed'] satisfies Fault[])
    journey.sandbox.faults.plan(service, operation, fault);
};

/** Waits until there is one request more than there was, and it shows what is to be decided. @returns its key */
const asked = async (before: number): Promise<string> => {
  const { clock } = journey.sandbox;
  await clock.until(() => console.requests().length > before, 6 * HOUR, 'a request for the gate');
  const key = console.requests().at(-1) ?? '';
  await clock.until(() => journey.state(key) === 'awaiting-approval', HOUR, `the question on ${key}`);
  return key;
};

/** Signals that S3 took, or would have said so. */
const taken = (): number =>
  journey.sandbox.journal
    .of('s3', 'PutObject')
    .filter(
      ({ status, detail }) =>
        String(detail['bucket']).includes('waitcondition') &&
        (status === 200 || detail['fault'] === 'answer lost'),
    ).length;

/** Launches, and decides, with what is planned for each. People's own requests go well: time stands still meanwhile. Expects one request and the decision's own end. */
const walk = async (
  decision: Decision,
  plans: { readonly beforeAsking?: () => void; readonly onceDecided?: () => void },
): Promise<string> => {
  const { site, clock } = journey.sandbox;
  const name = `blog-${(launched += 1)}`;
  const [before, raised] = [console.requests().length, site.requests().length];
  plans.beforeAsking?.();
  await console.begin(name);
  const key = await asked(before);
  await site.answerApproval({ as: 'approver', key, decision });
  plans.onceDecided?.();
  await journey.reaches(key, END[decision].state, 6 * HOUR);
  // Long enough for what might be done twice.
  await clock.advance(6 * MINUTE);
  expect((await console.person.stack(name)).status).toBe(END[decision].stack);
  expect(site.requests()).toHaveLength(raised + 1);
  const comments = journey.comments(key);
  expect(new Set(comments).size).toBe(comments.length);
  const told = (await console.person.stack(name)).events.filter(
    ({ resource, status }) => resource.startsWith('ApprovalWait') && status !== 'CREATE_IN_PROGRESS',
  );
  expect(told.filter(({ status }) => /^CREATE_(COMPLETE|FAILED)$/.test(status))).toHaveLength(1);
  return key;
};

test.each([
  ['lambda', 'Invoke'],
  ['sts', 'AssumeRole'],
  ['kms', 'Decrypt'],
  ['cloudformation', 'DescribeStacks'],
  ['cloudformation', 'DescribeStackResource'],
  ['dynamodb', 'PutItem'],
  ['dynamodb', 'UpdateItem'],
  ['dynamodb', 'GetItem'],
  ['lambda', 'CheckpointDurableExecution'],
  ['web trigger', 'bridge-callback'],
  ['sns', 'Publish'],
  ['jira', RAISE],
  ['jira', 'POST /rest/servicedeskapi/request/{issueIdOrKey}/comment'],
  ['jira', 'PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}'],
  ['forge kvs', 'entity/get'],
  ['forge kvs', 'transaction'],
])('a stack is asked about once through failures of %s %s', async (service, operation) => {
  const decision = DECISIONS[launched % 2] ?? 'approve';
  await walk(decision, { beforeAsking: () => planEach(service, operation) });
  expect(journey.sandbox.faults.met).toBeGreaterThan(0);
});

test.each(
  [
    ['bridge', 'POST /webhook'],
    ['dynamodb', 'UpdateItem'],
    ['dynamodb', 'GetItem'],
    ['lambda', 'SendDurableExecutionCallbackSuccess'],
    ['lambda', 'CheckpointDurableExecution'],
    ['sts', 'AssumeRole'],
    ['kms', 'Decrypt'],
    ['cloudformation', 'DescribeStacks'],
    ['s3', 'PutObject'],
    ['web trigger', 'bridge-callback'],
    ['jira', 'GET /rest/servicedeskapi/request/{issueIdOrKey}/approval'],
    ['forge queue', 'push'],
    ['forge kvs', 'transaction'],
  ].flatMap(([service = '', operation = '']) =>
    DECISIONS.map((decision) => [decision, service, operation] as const),
  ),
)('%s comes to its end through failures of %s %s', async (decision, service, operation) => {
  await walk(decision, { onceDecided: () => planEach(service, operation) });
  expect(journey.sandbox.faults.met).toBeGreaterThan(0);
});

test('an approved request is done through failures of its transition', async () => {
  // A decline has closed its request by itself.
  await walk('approve', {
    onceDecided: () => planEach('jira', 'POST /rest/api/3/issue/{issueIdOrKey}/transitions'),
  });
  expect(journey.sandbox.faults.met).toBeGreaterThan(0);
});

test.each(DECISIONS)('%s comes to its end where every event of a stack is lost', async (decision) => {
  journey.sandbox.bus.dropAll = true;
  await walk(decision, {});
});

test.each(DECISIONS)('%s comes to its end where the operation is never woken', async (decision) => {
  const { faults, bus } = journey.sandbox;
  await walk(decision, {
    onceDecided: () => {
      bus.dropAll = true;
      faults.plan('lambda', 'SendDurableExecutionCallbackSuccess', 'failed', 1000);
    },
  });
});

test.each(DECISIONS)('%s that is delivered many times signals once', async (decision) => {
  const { faults, atlassian } = journey.sandbox;
  const before = taken();
  await walk(decision, {
    onceDecided: () => {
      atlassian.queue.deliverTwice(3);
      faults.plan('bridge', 'POST /webhook', 'answer lost', 3);
    },
  });
  expect(taken()).toBe(before + 1);
});

test('a gate that opened is told again and again, and raises one request', async () => {
  const { faults } = journey.sandbox;
  await walk('decline', {
    beforeAsking: () => faults.plan('web trigger', 'bridge-callback', 'answer lost', 6),
  });
  expect(faults.met).toBe(6);
});

test('an order that somebody writes onto a gate’s request before the app has taken it down makes none of it', async () => {
  const { site, clock, faults, journal, atlassian } = journey.sandbox;
  const before = site.requests().length;
  faults.plan('jira', RAISE, 'answer lost');
  journal.listen(({ service, operation }) => {
    if (service === 'jira' && operation === RAISE && site.requests().length > before)
      faults.plan('web trigger', 'bridge-callback', 'failed', 6);
  });
  const name = `blog-${(launched += 1)}`;
  await console.begin(name);
  await clock.until(() => site.requests().length > before, MINUTE, 'a request for the gate');
  const key = site.requests().at(-1)?.key ?? '';
  await site.setProperty({ as: 'agent', key, property: appUuid(atlassian.appId), value: journey.form() });
  await clock.advance(7 * MINUTE);
  expect(journey.state(key)).toBeUndefined();
  faults.clear();
  await clock.until(() => journey.state(key) === 'awaiting-approval', HOUR, `the question on ${key}`);
  await site.answerApproval({ as: 'approver', key, decision: 'approve' });
  await journey.reaches(key, 'succeeded', HOUR);
});

test('an app that crashes between Jira’s answer and its own note raises no second request', async () => {
  const { journal, faults } = journey.sandbox;
  const before = journal.of('jira', RAISE).length;
  // What is noted of an attempt comes before Jira is asked; what came of it, after.
  journal.listen(({ service, operation }) => {
    if (service === 'jira' && operation === RAISE && journal.of('jira', RAISE).length === before + 1) {
      for (const written of ['transaction', 'entity/set', 'set'])
        faults.plan('forge kvs', written, 'unreachable', 2);
    }
  });
  await walk('approve', {});
  expect(faults.met).toBeGreaterThan(0);
  expect(journal.of('jira', RAISE)).toHaveLength(before + 1);
});
