import type { Fault } from '../sandbox/faults';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

// Invariants 3 and 4: an approved operation takes effect once, whatever fails on the way, and ends where it can be seen.

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterEach(() => journey.sandbox.faults.clear());
afterAll(() => journey.sandbox.close());

const FAULTS: readonly Fault[] = ['throttled', 'failed', 'unreachable', 'answer lost'];

/** Launches with two faults in a row of each kind, and expects of each that it ends well and leaves one stack. */
const launchesThrough = async (service: string, operation: string): Promise<void> => {
  const { faults, clock } = journey.sandbox;
  for (const fault of FAULTS) {
    const key = await journey.raise();
    const before = journey.stacks().length;
    // The bridge keeps its keys for five minutes.
    if (service === 'secretsmanager') await clock.advance(10 * MINUTE);
    await journey.approve(key);
    faults.plan(service, operation, fault, 2);
    await journey.reaches(key, 'succeeded', 6 * HOUR);
    await clock.advance(6 * MINUTE);
    // The first of the two at least: what answers a lost answer may make the repeat unnecessary.
    expect(faults.met).toBeGreaterThan(0);
    faults.clear();
    expect({ fault, stacks: journey.stacks().length - before }).toEqual({ fault, stacks: 1 });
    const comments = journey.comments(key);
    expect(new Set(comments).size).toBe(comments.length);
    expect(journey.sandbox.site.request(key).status).toBe('Done');
  }
};

test.each([
  ['bridge', 'POST /webhook'],
  ['secretsmanager', 'GetSecretValue'],
  ['lambda', 'Invoke'],
  ['sts', 'AssumeRole'],
  ['servicecatalog', 'ProvisionProduct'],
  ['dynamodb', 'PutItem'],
  ['servicecatalog', 'DescribeRecord'],
  ['dynamodb', 'GetItem'],
  ['lambda', 'SendDurableExecutionCallbackSuccess'],
  ['lambda', 'CheckpointDurableExecution'],
  ['web trigger', 'bridge-callback'],
  ['forge queue', 'push'],
  ['forge kvs', 'entity/get'],
  ['forge kvs', 'transaction'],
  ['jira', 'GET /rest/servicedeskapi/request/{issueIdOrKey}/approval'],
  ['jira', 'POST /rest/servicedeskapi/request/{issueIdOrKey}/comment'],
  ['jira', 'PUT /rest/api/3/issue/{issueIdOrKey}/properties/{propertyKey}'],
  ['jira', 'POST /rest/api/3/issue/{issueIdOrKey}/transitions'],
])('an approved operation is launched once through failures of %s %s', async (service, operation) => {
  await launchesThrough(service, operation);
});
