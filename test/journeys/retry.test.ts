import { z } from 'zod';
import { PAYMENTS_DEV } from '../sandbox/organization';
import { type PersonName, SITE_ID } from '../sandbox/site';
import { STATUS } from '../sandbox/atlassian/workflow';
import { HOUR, type Journey, MINUTE, startJourney } from './journey';
import { createPosts, send } from './signed-post';

/*
 * Invariant 3 where an agent tries again: each attempt takes effect once, no two of them live at once, and none without an
 * approval that stands at that moment.
 */

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterEach(() => journey.sandbox.faults.clear());
afterAll(() => journey.sandbox.close());

const View = z.object({
  state: z.string(),
  attempt: z.number(),
  operationId: z.string(),
  outputs: z.array(z.object({ key: z.string() })),
  history: z.array(z.object({ what: z.string(), by: z.array(z.object({ name: z.string() })) })),
  actions: z.object({
    may: z.boolean(),
    stamp: z.string(),
    retry: z.string().nullable(),
    cancel: z.boolean(),
  }),
});
const Returned = z.object({
  kind: z.literal('returned'),
  result: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('ok'), value: z.unknown() }),
    z.object({ outcome: z.literal('refused'), code: z.string(), detail: z.string().optional() }),
  ]),
});

/** Calls the resolver of the issue's panel, as the page there does. */
const onIssue = async (key: string, functionKey: string, payload?: unknown, as: PersonName = 'agent') => {
  const { id } = journey.sandbox.site.request(key);
  const call = { as, module: 'issue-context', functionKey, payload, extension: { issue: { id, key } } };
  return Returned.parse(await journey.sandbox.atlassian.callResolver(call)).result;
};
const view = async (key: string): Promise<z.infer<typeof View>> => {
  const answer = await onIssue(key, 'issue-context.open');
  if (answer.outcome === 'refused') throw new Error(`The issue’s panel is refused: ${answer.code}`);
  return View.parse(answer.value);
};
/** Presses a button of the page as it is shown at that moment. */
const press = async (key: string, action: 'retry' | 'cancel' | 'resync') => {
  const { stamp } = (await view(key)).actions;
  return onIssue(key, `request.${action}`, { stamp });
};

/** Launches something whose bucket cannot be made; nothing keeps the next one from being made. @returns its request */
const failed = async (): Promise<string> => {
  journey.sandbox.cloudFormation.failNext({
    account: PAYMENTS_DEV,
    resourceType: 'AWS::S3::Bucket',
    reason: 'You have reached the limit of buckets in this account.',
  });
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'failed');
  await journey.sandbox.clock.advance(MINUTE);
  return key;
};
const tokens = (key: string) => journey.launches(key).map(({ detail }) => detail['ProvisionToken']);

test('a launch that failed is launched again under the same approval once its cause is removed', async () => {
  const key = await failed();
  expect(await view(key)).toMatchObject({ state: 'failed', attempt: 1, actions: { retry: 'launch' } });
  expect(await press(key, 'retry')).toEqual({ outcome: 'ok', value: null });
  await journey.reaches(key, 'succeeded');
  const [first, second, ...more] = tokens(key);
  expect(more).toStrictEqual([]);
  expect(first).not.toBe(second);
  const seen = await view(key);
  expect(seen).toMatchObject({ attempt: 2, operationId: second });
  expect(seen.outputs).not.toStrictEqual([]);
  expect(seen.history).toContainEqual({ what: 'retried', by: [{ name: 'Agent' }] });
  expect(journey.sandbox.site.request(key).status).toBe(STATUS.done);
  expect(journey.comments(key).join('\n')).toMatch(/launched once more, under the approval that it has/);
  expect(journey.comments(key, 'internal').join('\n')).toMatch(/had it launched again: attempt 2 of 5/);
  const approvals = journey.sandbox.journal
    .of('bridge', 'POST /webhook')
    .filter(({ detail }) => detail['webhook-id'] === second);
  expect(approvals).toHaveLength(1);
});

test('two who press at once launch it once, and one of them is told that it has changed', async () => {
  const key = await failed();
  const { stamp } = (await view(key)).actions;
  const pressed = await Promise.all([1, 2].map(() => onIssue(key, 'request.retry', { stamp })));
  expect(pressed.map(({ outcome }) => outcome).sort()).toEqual(['ok', 'refused']);
  await journey.reaches(key, 'succeeded');
  expect(tokens(key)).toHaveLength(2);
  expect(await onIssue(key, 'request.retry', { stamp })).toMatchObject({ code: 'changed' });
  await journey.sandbox.clock.advance(HOUR);
  expect(tokens(key)).toHaveLength(2);
});

test('what was sent back and declined after it had failed is not launched again', async () => {
  const key = await failed();
  const move = (to: string) => journey.sandbox.site.transition({ as: 'agent', key, to });
  await move(STATUS.approved);
  await move(STATUS.awaitingApproval);
  await journey.decline(key);
  expect(await press(key, 'retry')).toMatchObject({ code: 'changed', detail: 'the request was declined' });
  await move(STATUS.approved);
  expect(await press(key, 'retry')).toMatchObject({ code: 'changed', detail: 'the request was declined' });
  await journey.sandbox.clock.advance(HOUR);
  expect(tokens(key)).toHaveLength(1);
});

test('a retry that is declined before the bridge has it launches nothing', async () => {
  const key = await failed();
  journey.sandbox.faults.plan('bridge', 'POST /webhook', 'unreachable', 10_000);
  expect(await press(key, 'retry')).toMatchObject({ outcome: 'ok' });
  await journey.sandbox.clock.advance(5 * MINUTE);
  await journey.sandbox.site.transition({ as: 'agent', key, to: STATUS.awaitingApproval });
  await journey.decline(key);
  journey.sandbox.faults.clear();
  await journey.reaches(key, 'declined');
  await journey.sandbox.clock.advance(3 * HOUR);
  expect(tokens(key)).toHaveLength(1);
});

test('what the first attempt still tells, late, is taken and changes nothing of the second one', async () => {
  const key = await failed();
  const { operationId } = await view(key);
  await press(key, 'retry');
  await journey.reaches(key, 'provisioning');
  const at = journey.sandbox.clock.now().toISOString();
  const progress = (sequence: number, state: string) => ({
    type: 'operation.progressed',
    timestamp: at,
    data: { operationId, site: SITE_ID, sequence, state, at, outputs: [], errors: [] },
  });
  const posts = createPosts(journey.sandbox);
  for (const [sequence, state] of [
    [3, 'failed'],
    [9, 'succeeded'],
  ] as const) {
    const late = posts.toApp(progress(sequence, state), { id: `${operationId}_${sequence}` });
    expect((await send(late)).status).toBe(200);
    expect(journey.state(key)).toBe('provisioning');
  }
  await journey.reaches(key, 'succeeded');
  expect(tokens(key)).toHaveLength(2);
});

test('what was told as failed and is there after all is not launched beside itself', async () => {
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'provisioning');
  const { operationId } = await view(key);
  const at = journey.sandbox.clock.now().toISOString();
  const untrue = {
    type: 'operation.progressed',
    timestamp: at,
    data: { operationId, site: SITE_ID, sequence: 5, state: 'failed', at, outputs: [], errors: [] },
  };
  const told = createPosts(journey.sandbox).toApp(untrue, { id: `${operationId}_5` });
  expect((await send(told)).status).toBe(200);
  await journey.sandbox.clock.advance(HOUR);
  expect(await press(key, 'retry')).toMatchObject({ outcome: 'ok' });
  await journey.reaches(key, 'refused');
  expect(journey.comments(key).at(-1)).toMatch(
    /An earlier launch of this request is in the account after all/,
  );
  expect(tokens(key)).toEqual([operationId]);
});

test('a delivery that was given up is sent again at once, and launched once', async () => {
  const key = await journey.raise();
  journey.sandbox.faults.plan('bridge', 'POST /webhook', 'unreachable', 10_000);
  await journey.approve(key);
  await journey.reaches(key, 'stuck', 30 * HOUR);
  journey.sandbox.faults.clear();
  expect((await view(key)).actions.retry).toBe('send');
  expect(await press(key, 'retry')).toEqual({ outcome: 'ok', value: null });
  await journey.reaches(key, 'succeeded', 10 * MINUTE);
  expect(tokens(key)).toHaveLength(1);
  expect((await view(key)).attempt).toBe(1);
}, 60_000);

test('a launch that is under way is not launched again', async () => {
  const key = await journey.raise();
  await journey.approve(key);
  await journey.reaches(key, 'provisioning');
  expect((await view(key)).actions.retry).toBeNull();
  expect(await press(key, 'retry')).toMatchObject({ code: 'changed' });
  await journey.reaches(key, 'succeeded');
  expect(await press(key, 'retry')).toMatchObject({ code: 'changed' });
  expect(tokens(key)).toHaveLength(1);
});

test('an order that an agent calls off is withdrawn, and an approval that comes later starts nothing', async () => {
  const key = await journey.raise();
  const seen = await view(key);
  expect(seen.actions).toMatchObject({ cancel: true, retry: null });
  expect(await press(key, 'cancel')).toEqual({ outcome: 'ok', value: null });
  expect(journey.state(key)).toBe('withdrawn');
  expect(journey.comments(key).at(-1)).toMatch(/called this order off\. Nothing was launched/);
  await journey.sandbox.site.transition({ as: 'agent', key, to: STATUS.awaitingApproval });
  await journey.approve(key);
  await journey.sandbox.clock.advance(3 * HOUR);
  expect(journey.state(key)).toBe('withdrawn');
  expect([journey.deliveries(key), tokens(key).length]).toEqual([0, 0]);
});

test('an agent who looks finds the decision whose event was lost', async () => {
  const key = await journey.raise();
  journey.sandbox.atlassian.events.dropNext();
  await journey.approve(key);
  expect(journey.state(key)).toBe('awaiting-approval');
  expect(await press(key, 'resync')).toMatchObject({
    outcome: 'ok',
    value: { before: 'awaiting-approval', after: 'sending' },
  });
  await journey.reaches(key, 'succeeded');
  expect(tokens(key)).toHaveLength(1);
});

test('who is no agent of the project does not do what agents do', async () => {
  const key = await failed();
  const { stamp } = (await view(key)).actions;
  for (const action of ['retry', 'cancel', 'resync']) {
    const answer = await onIssue(key, `request.${action}`, { stamp }, 'collaborator');
    expect(answer).toEqual({ outcome: 'refused', code: 'not-yours' });
  }
  await journey.sandbox.clock.advance(HOUR);
  expect(tokens(key)).toHaveLength(1);
  expect(journey.comments(key, 'internal').join('\n')).not.toMatch(/launched again|called this order off/);
});

test.each(['employee', 'approver', 'outsider'] as const)(
  'the page of agents is not reached by %s, nor is what agents do by the page of customers',
  async (as) => {
    const key = await journey.raise();
    const { id } = journey.sandbox.site.request(key);
    const { callResolver } = journey.sandbox.atlassian;
    const call = { as, functionKey: 'request.cancel', payload: { stamp: (await view(key)).actions.stamp } };
    const onIssue = await callResolver({
      ...call,
      module: 'issue-context',
      extension: { issue: { id, key } },
    });
    expect(onIssue).toMatchObject({ kind: 'refused' });
    const onPortal = await callResolver({
      ...call,
      module: 'request-panel',
      extension: { request: { key } },
    });
    expect(onPortal).not.toMatchObject({ result: { outcome: 'ok' } });
    expect(journey.state(key)).toBe('awaiting-approval');
  },
);
