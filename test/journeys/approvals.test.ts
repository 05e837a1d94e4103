import { REQUEST_TYPE, appUuid, PERSON } from '../sandbox/site';
import { approvalWorkflow, STATUS } from '../sandbox/atlassian/workflow';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';

/*
 * What an approval is worth. Invariant 1: nothing is launched without a final approval by somebody entitled to give
 * it; invariant 2: what is launched is what was approved; invariant 9: everything that was refused says why.
 */

/** A project that was set up carelessly: agents may move a request past its approval. They may move it back, too. */
const carelessWorkflow = () => {
  const workflow = approvalWorkflow(true);
  const sendBack = {
    id: '51',
    name: 'Send back',
    from: STATUS.approved,
    to: STATUS.awaitingApproval,
    whilePending: true,
  };
  return { ...workflow, transitions: [...workflow.transitions, sendBack] };
};

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({
    atlassian: {
      requestTypes: [
        {
          id: REQUEST_TYPE.approved,
          name: 'Get something from the AWS catalogue',
          workflow: carelessWorkflow(),
          approvers: [PERSON.approver],
        },
      ],
    },
  });
});
afterAll(() => journey.sandbox.close());

const move = (key: string, to: string) => journey.sandbox.site.transition({ as: 'agent', key, to });
const rewriteOrder = (key: string, value: unknown) =>
  journey.sandbox.site.setProperty({
    as: 'agent',
    key,
    property: appUuid(journey.sandbox.atlassian.appId),
    value,
  });

/** What the agents read last of a request. */
const toAgents = (key: string): string => journey.comments(key, 'internal').at(-1) ?? '';

/** Sees for two more hours that nobody launches anything for a request. */
const staysUnlaunched = async (key: string): Promise<void> => {
  const said = journey.comments(key).length;
  await journey.sandbox.clock.advance(2 * HOUR);
  expect(journey.state(key)).toBe('blocked');
  expect([journey.deliveries(key), journey.entries(key), journey.launches(key).length]).toEqual([0, 0, 0]);
  expect(journey.comments(key)).toHaveLength(said);
  expect(journey.sandbox.site.search('gatehouseState = "blocked"')).toContain(key);
};

/** Sends a blocked request back to its approval, has it approved and sees it launched. */
const launchesOnceApproved = async (key: string): Promise<void> => {
  await move(key, STATUS.awaitingApproval);
  await journey.reaches(key, 'awaiting-approval', MINUTE);
  await journey.approve(key);
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
};

test('an approval by the reporter does not count and says so; one by somebody else then does', async () => {
  const key = await journey.raise(undefined, { approvers: ['employee', 'approver'] });
  await journey.approve(key, 'employee');
  await journey.reaches(key, 'blocked', MINUTE);
  const comment = journey.comments(key).at(-1);
  expect(comment).toMatch(/approved by its own reporter, which this project does not allow/);
  expect(comment).toMatch(/Somebody else who is entitled has to decide/);
  expect(toAgents(key)).toMatch(/Move the request back .* so that somebody entitled can decide/);
  expect(comment).toMatch(/Nothing was launched in AWS/);
  await staysUnlaunched(key);
  await launchesOnceApproved(key);
});

test('where the project allows it, the reporter’s own approval counts', async () => {
  const { site, settings } = journey.sandbox;
  const write = (value: unknown) => site.setProjectProperty({ as: 'admin', property: 'gatehouse', value });
  await write({ ...settings, separationOfDuties: false });
  const key = await journey.raise(undefined, { approvers: ['employee'] });
  await journey.approve(key, 'employee');
  await journey.reaches(key, 'provisioning', MINUTE);
  await write(settings);
});

test('a transition without an approval launches nothing and says why; a proper approval then does', async () => {
  const key = await journey.raise();
  await move(key, STATUS.approved);
  await journey.reaches(key, 'blocked', MINUTE);
  expect(journey.comments(key).at(-1)).toMatch(
    /moved on without an approval\. An approver has to decide first/,
  );
  expect(toAgents(key)).toMatch(
    /Move the request back to the status where it waits .* an approver can decide/,
  );
  await staysUnlaunched(key);
  await launchesOnceApproved(key);
});

test('an approval from before the order was shown is not about it: nothing is launched until another', async () => {
  const { atlassian, clock } = journey.sandbox;
  atlassian.events.dropNext();
  const key = journey.submit();
  await clock.advance(10_000);
  await journey.approve(key);
  await journey.reaches(key, 'blocked', 20 * MINUTE);
  expect(journey.comments(key).at(-1)).toMatch(
    /does not count: it was given before this request showed what exactly is ordered/,
  );
  expect(toAgents(key)).toMatch(/Move the request back/);
  await staysUnlaunched(key);
  await launchesOnceApproved(key);
});

test('an order that was changed before its approval is not launched, neither as it was nor as it is', async () => {
  const key = await journey.raise();
  await rewriteOrder(key, journey.form({ parameters: { RetentionDays: '3650' } }));
  await journey.approve(key);
  await journey.reaches(key, 'blocked', MINUTE);
  const comment = journey.comments(key).at(-1);
  expect(comment).toMatch(/order was changed after it was checked/);
  expect(comment).toMatch(/Raise a new request/);
  await staysUnlaunched(key);
});

test('an order that was taken away before its approval is not launched', async () => {
  const key = await journey.raise();
  await rewriteOrder(key, null);
  await journey.approve(key);
  await journey.reaches(key, 'blocked', MINUTE);
  await staysUnlaunched(key);
});

test('an order that was changed between the approval and the look at it is not launched', async () => {
  const key = await journey.raise();
  await journey.approve(key);
  await rewriteOrder(key, journey.form({ account: '100000000004' }));
  await journey.reaches(key, 'blocked', MINUTE);
  await staysUnlaunched(key);
});

test('a request that was withdrawn before the look at its approval is not launched', async () => {
  const key = await journey.raise();
  await journey.approve(key);
  await move(key, STATUS.declined);
  await journey.reaches(key, 'blocked', MINUTE);
  expect(journey.comments(key).at(-1)).toMatch(/closed before the launch began\. Raise a new request/);
  await staysUnlaunched(key);
});

test('who is no approver cannot decide, and what is decided is decided', async () => {
  const key = await journey.raise();
  await expect(journey.approve(key, 'employee')).rejects.toMatchObject({ status: 403 });
  await expect(journey.approve(key, 'agent')).rejects.toMatchObject({ status: 403 });
  // A customer who has nothing to do with the request does not even see it.
  await expect(journey.approve(key, 'other-approver')).rejects.toMatchObject({ status: 404 });
  expect(journey.state(key)).toBe('awaiting-approval');
  await journey.approve(key);
  await expect(journey.approve(key)).rejects.toMatchObject({ status: 409 });
  await expect(journey.decline(key)).rejects.toMatchObject({ status: 409 });
  await journey.reaches(key, 'succeeded');
  expect(journey.launches(key)).toHaveLength(1);
});
