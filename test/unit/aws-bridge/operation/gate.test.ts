import { gateDigestOf } from '../../../../aws-bridge/contract/gate';
import { DecisionAccepted } from '../../../../aws-bridge/contract/messages';
import { sourceIdentity } from '../../../../aws-bridge/operation/source-identity';
import { aWaitUrl } from '../../../builders/gate';
import { awsRefusal, throttled } from './builders';
import { anAsked, APPROVER, CANARY, GateUnderTest, HANDLE, REQUEST } from './gate-under-test';
import { HOUR, MINUTE } from './operation-under-test';

let under: GateUnderTest;
const running: GateUnderTest[] = [];
const start = async (...parameters: ConstructorParameters<typeof GateUnderTest>): Promise<GateUnderTest> => {
  const started = await new GateUnderTest(...parameters).start();
  running.push(started);
  return started;
};

beforeEach(async () => {
  under = await start();
});

/** Whatever way a test has gone: the URL, which carries the canary, was nowhere but in the PUT's own path. */
afterEach(() => {
  for (const one of running.splice(0)) {
    one.stop();
    const everywhere = JSON.stringify([
      ...[one.execution.history, one.execution.answer, one.log, one.sent],
      ...[one.published.map(String), one.sessions, one.signals.map(({ body }) => body)],
    ]);
    expect(everywhere).not.toContain(CANARY);
    expect(everywhere).not.toContain('X-Amz-Signature');
  }
});

const reasons = () => under.signals.map(({ body }) => `${body.Status}: ${body.Reason}`);
const kinds = () => under.taken.map(({ type }) => type);
const NOT_HERE = { status: 404 };
const LAUNCH = 'launch-10042-0123456789abcdef';
const IN_AN_HOUR = '2026-01-15T10:00:00.000Z';

test('an approved gate is let on, followed and told with its outputs', async () => {
  const decision = under.decideAfter(20 * MINUTE);
  const result = await under.end();

  expect(decision.answer).toMatchObject({ statusCode: 202 });
  expect(DecisionAccepted.parse(JSON.parse(decision.answer?.body ?? ''))).toEqual({
    gateId: under.asked.gate.gateId,
  });
  expect(reasons()).toEqual(['SUCCESS: Approved in IT-42']);
  expect(under.signals[0]).toMatchObject({
    contentType: undefined,
    body: { UniqueId: `${under.asked.gate.gateId}-approved`, Data: 'IT-42' },
  });
  expect(under.signals[0]?.path).toContain(`/${CANARY}/${HANDLE}?X-Amz-Algorithm=`);
  expect(kinds()).toEqual(['gate.opened', 'operation.progressed', 'operation.progressed']);
  expect(under.states).toEqual(['1 provisioning', '2 succeeded']);
  expect(result).toMatchObject({
    state: 'succeeded',
    outputs: [{ key: 'Address', value: 'https://wordpress.example' }],
    errors: [],
  });
});

test('a decision wakes the gate at once', async () => {
  under.decideAfter(20 * MINUTE);
  const before = under.clock.now().getTime();
  await under.end();
  expect(under.clock.now().getTime() - before).toBeLessThan(23 * MINUTE);
});

test('who asks about an undecided stack is nobody; once it is decided it is the approver', async () => {
  under.decideAfter(20 * MINUTE);
  await under.end();
  const [first] = under.sessions;
  expect(first).toMatchObject({
    sourceIdentity: 'gatehouse.undecided',
    sessionName: under.asked.gate.gateId,
    tags: { 'gatehouse:operation': under.asked.gate.gateId },
  });
  expect(under.sessions.at(-1)).toMatchObject({
    sourceIdentity: sourceIdentity(APPROVER),
    sessionName: 'IT-42',
    tags: { 'gatehouse:request': 'IT-42', 'gatehouse:approver': APPROVER },
  });
});

test('a declined gate fails at once with the approver’s reason, and is told once it is undone', async () => {
  under.decideAfter(20 * MINUTE, { decision: 'declined', reason: 'Too\u202e big\nfor us' });
  const result = await under.end();
  expect(reasons()).toEqual(['FAILURE: Declined in IT-42: Too big for us']);
  expect(under.states).toEqual(['1 rolling-back', '2 declined']);
  expect(result.errors).toMatchObject([{ code: 'Declined' }]);
  expect(under.signals[0]?.body.UniqueId).toBe(`${under.asked.gate.gateId}-declined`);
});

test('a decline without a reason says so', async () => {
  under.decideAfter(MINUTE, { decision: 'declined' });
  await under.end();
  expect(reasons()).toEqual(['FAILURE: Declined in IT-42; the approver gave no reason']);
});

test('a gate that nobody decides on is reminded of twice and expires before CloudFormation gives up', async () => {
  const result = await under.end();
  const reminders = under.taken.filter((message) => message.type === 'gate.undecided');
  expect(reminders.map(({ timestamp, data }) => [data.reminder, timestamp])).toEqual([
    [1, '2026-01-15T17:00:00.000Z'],
    [2, '2026-01-15T20:00:00.000Z'],
  ]);
  expect(under.sent.map(({ id }) => id.replace(under.asked.gate.gateId, ''))).toEqual([
    '_opened',
    '_undecided_1',
    '_undecided_2',
    '_1',
    '_2',
  ]);
  expect(reasons()).toEqual(['FAILURE: Nobody decided on IT-42 in time']);
  expect(result).toMatchObject({ state: 'expired', errors: [{ code: 'NotDecidedInTime' }] });
  expect(under.clock.now().getTime()).toBeLessThan(Date.parse('2026-01-15T21:00:00Z'));
});

test('a stack that is deleted while it waits closes its gate; nothing is signalled', async () => {
  under.becomes(30 * MINUTE, 'DELETE_IN_PROGRESS');
  const result = await under.end();
  expect(under.signals).toStrictEqual([]);
  expect(under.states).toEqual(['1 withdrawn']);
  expect(result.errors[0]?.message).toContain('DELETE_IN_PROGRESS');
  expect(await under.decide()).toMatchObject({ statusCode: 410 });
});

test('a deletion that nobody told of is noticed within half an hour', async () => {
  under.becomes(30 * MINUTE, 'DELETE_COMPLETE', { event: false });
  const before = under.clock.now().getTime();
  expect((await under.end()).state).toBe('withdrawn');
  expect(under.clock.now().getTime() - before).toBeLessThan(61 * MINUTE);
});

test('a stack that somebody else let on while it waited is told as such', async () => {
  under.becomes(30 * MINUTE, 'CREATE_COMPLETE');
  expect(await under.end()).toMatchObject({ state: 'withdrawn', errors: [{ code: 'LetOnByOthers' }] });
  expect(under.signals).toStrictEqual([]);
});

test('a decision after the end comes too late and signals nothing', async () => {
  under = await start(anAsked({ gate: { deadline: IN_AN_HOUR } }));
  await under.end();
  const signals = under.signals.length;
  expect(await under.decide()).toMatchObject({ statusCode: 410 });
  expect(under.signals).toHaveLength(signals);
});

test('an approval that reaches a stack which has just given up is told as too late', async () => {
  under.becomes(30 * MINUTE - 1, 'ROLLBACK_IN_PROGRESS', { event: false });
  const decision = under.decideAfter(30 * MINUTE);
  const result = await under.end();
  expect(decision.answer?.statusCode).toBe(202);
  expect(result).toMatchObject({ state: 'withdrawn', errors: [{ code: 'TooLate' }] });
  expect(under.signals).toStrictEqual([]);
});

test('an approval that comes too late is told so even if the first look at the stack failed', async () => {
  under.becomes(30 * MINUTE - 1, 'ROLLBACK_IN_PROGRESS', { event: false });
  under.clock.after(30 * MINUTE - 1, 'CloudFormation throttles', () => {
    under.tenant.trouble('stack', throttled('cloudformation'));
  });
  under.decideAfter(30 * MINUTE);
  expect(await under.end()).toMatchObject({ state: 'withdrawn', errors: [{ code: 'TooLate' }] });
  expect(under.signals).toStrictEqual([]);
});

test.each([
  ['the decision first', -1, 202, 'succeeded', 'SUCCESS: Approved in IT-42'],
  ['the end first', 10_000, 410, 'expired', 'FAILURE: Nobody decided on IT-42 in time'],
])(
  'a decision and the end racing have one outcome on both sides: %s',
  async (_, offset, status, state, reason) => {
    under = await start(anAsked({ gate: { deadline: IN_AN_HOUR } }));
    const decision = under.decideAfter(HOUR - MINUTE + offset);
    const result = await under.end();
    expect(decision.answer?.statusCode).toBe(status);
    expect(result.state).toBe(state);
    expect(reasons()).toEqual([reason]);
  },
);

test('the same decision again is taken as a repeat, another is refused, and one signal is sent', async () => {
  under.decideAfter(10 * MINUTE);
  const again = under.decideAfter(11 * MINUTE);
  const other = under.decideAfter(12 * MINUTE, { decision: 'declined', reason: 'on second thoughts' });
  await under.end();
  expect(again.answer?.statusCode).toBe(200);
  expect(other.answer?.statusCode).toBe(409);
  expect(reasons()).toEqual(['SUCCESS: Approved in IT-42']);
});

test('a decision about something else than was shown does not count', async () => {
  under = await start(anAsked({ gate: { deadline: IN_AN_HOUR } }));
  const other = under.decideAfter(10 * MINUTE, { digest: 'f'.repeat(64) });
  const unknown = under.decideAfter(10 * MINUTE, { gateId: `gate-${'f'.repeat(40)}` });
  const result = await under.end();
  expect(other.answer?.statusCode).toBe(409);
  expect(unknown.answer?.statusCode).toBe(410);
  expect(result.state).toBe('expired');
});

test.each<[string, ConstructorParameters<typeof GateUnderTest>[0], string]>([
  ['a handle sealed for another gate', anAsked({ sealedFor: `gate-${'f'.repeat(40)}` }), 'HandleNotOpened'],
  [
    'a URL that is not the handle of the stack',
    anAsked({ url: aWaitUrl({ round: 'forged' }) }),
    'HandleForeign',
  ],
  [
    'a gate of another site',
    anAsked({ gate: { site: '00000000-0000-4000-8000-000000000000' } }),
    'ForeignSite',
  ],
  ['a stack of another account', anAsked({ gate: { account: '999999999999' } }), 'GateMismatched'],
  ['a stack of another region', anAsked({ gate: { region: 'us-east-1' } }), 'GateMismatched'],
])('%s raises nothing and signals nothing', async (_, asked, code) => {
  const forged = await start(asked);
  expect(await forged.end()).toMatchObject({ state: 'refused', errors: [{ code }] });
  expect(forged.sent).toStrictEqual([]);
  expect(forged.signals).toStrictEqual([]);
  expect(forged.log.at(-1)).toMatchObject({ outcome: 'ended-untold', reason: code });
});

test('a handle that the stack does not have is looked for for a minute, and then nothing is raised', async () => {
  under.tenant.physicalIds.clear();
  expect(await under.end()).toMatchObject({ state: 'refused', errors: [{ code: 'HandleUnknown' }] });
  expect(under.tenant.count('physicalId')).toBe(7);
  expect(under.sent).toStrictEqual([]);
});

test('a stack that does not wait any more when the gate begins raises nothing', async () => {
  under.tenant.stackDescription = undefined;
  expect((await under.end()).state).toBe('withdrawn');
  expect([under.sent, under.signals]).toStrictEqual([[], []]);
});

test('a stack that CloudFormation does not show at once is looked for, and its gate opens', async () => {
  under.tenant.unseen.stack = 2;
  under.decideAfter(10 * MINUTE);
  expect((await under.end()).state).toBe('succeeded');
});

test.each(['stack', 'physicalId'] as const)(
  'a %s that one look does not find withdraws no gate whose stack waits',
  async (what) => {
    under.clock.after(10 * MINUTE, 'CloudFormation shows nothing', async () => {
      under.tenant.unseen[what] = 1;
      await under.wake();
    });
    under.decideAfter(20 * MINUTE);
    expect((await under.end()).state).toBe('succeeded');
    expect(under.tenant.unseen[what]).toBe(0);
  },
);

test('a stack that one look does not find is not believed to be gone because the looks before were throttled', async () => {
  under.clock.after(10 * MINUTE, 'CloudFormation throttles, then shows nothing', async () => {
    under.tenant.trouble('stack', throttled('cloudformation'), { times: 2 });
    under.tenant.unseen.stack = 1;
    await under.wake();
  });
  under.decideAfter(20 * MINUTE);
  expect((await under.end()).state).toBe('succeeded');
  expect(under.tenant.unseen.stack).toBe(0);
});

test('an approved stack that one look does not find is signalled all the same', async () => {
  under.clock.after(20 * MINUTE - 1, 'CloudFormation shows nothing', () => {
    under.tenant.unseen.physicalId = 1;
  });
  under.decideAfter(20 * MINUTE);
  expect((await under.end()).state).toBe('succeeded');
});

test('an account that cannot be entered has its stack failed with the reason', async () => {
  under.entering.push(...Array.from({ length: 7 }, () => awsRefusal('AccessDenied', 'no', 'sts')));
  const result = await under.end(HOUR);
  expect(result).toMatchObject({ state: 'refused', errors: [{ code: 'TenantNotReachable' }] });
  expect(reasons()).toEqual([
    expect.stringMatching(/^FAILURE: Gatehouse may not enter account \d{12} \(AccessDenied\)/),
  ]);
  expect(under.sent).toStrictEqual([]);
});

test('a role that takes a moment to be known is waited for', async () => {
  under.entering.push(...Array.from({ length: 3 }, () => awsRefusal('AccessDenied', 'no', 'sts')));
  under.decideAfter(10 * MINUTE);
  expect((await under.end()).state).toBe('succeeded');
});

test('an account that is closed while the stack waits is told as lost, and the stack is failed', async () => {
  under.clock.after(10 * MINUTE, 'the role is removed', () => {
    under.entering.push(...Array.from({ length: 999 }, () => awsRefusal('AccessDenied', 'no', 'sts')));
  });
  under.decideAfter(20 * MINUTE, { decision: 'declined', reason: 'no' });
  const result = await under.end(24 * HOUR);
  expect(reasons()).toEqual(['FAILURE: Declined in IT-42: no']);
  expect(result).toMatchObject({ state: 'lost' });
  expect(result.errors[0]?.remedy).toContain('SC-');
});

test.each([
  [
    422,
    { error: 'NoProject', message: 'No project takes requests for WordPress.' },
    'No project takes requests for WordPress.',
  ],
  [422, undefined, 'Jira takes no request for it'],
])(
  'where the app refuses with %i the stack fails with that reason, and nobody is told more',
  async (status, body, reason) => {
    under.appAnswers = [{ status, ...(body && { body }) }];
    expect(await under.end()).toMatchObject({ state: 'refused', errors: [{ message: reason }] });
    expect(reasons()).toEqual([`FAILURE: ${reason}`]);
    expect(under.sent).toHaveLength(1);
    expect(await under.decide()).toMatchObject({ statusCode: 410 });
  },
);

test('an app that is away for hours is asked again until it is back, and the gate goes on', async () => {
  under.appIsAway = true;
  under.clock.after(5 * HOUR, 'the app is back', () => {
    under.appIsAway = false;
  });
  under.decideAfter(6 * HOUR);
  expect((await under.end()).state).toBe('succeeded');
  expect(kinds()).toEqual(['gate.opened', 'operation.progressed', 'operation.progressed']);
});

test('within the first hour an app that is back has its request at most five minutes later', async () => {
  under.appIsAway = true;
  under.clock.after(55 * MINUTE, 'the app is back', () => {
    under.appIsAway = false;
  });
  await under.clock.until(() => kinds().includes('gate.opened'), HOUR, 'the request');
  expect(under.clock.now().getTime() - Date.parse('2026-01-15T09:00:00Z')).toBeLessThanOrEqual(60 * MINUTE);
});

test('an app that says when it is ready is not asked before', async () => {
  under.appAnswers = [{ status: 503, headers: { 'retry-after': '170' } }];
  under.decideAfter(10 * MINUTE);
  expect((await under.end()).state).toBe('succeeded');
  const [first, second] = under.sent.filter(({ id }) => id.endsWith('_opened'));
  const seconds = ((second?.at ?? 0) - (first?.at ?? 0)) / 1000;
  expect(seconds).toBeGreaterThanOrEqual(170);
  expect(seconds).toBeLessThan(180);
});

test('an app that asks for half a minute all the time leaves the gate its time', async () => {
  under.appAnswers = Array.from({ length: 500 }, () => ({ status: 503, headers: { 'retry-after': '30' } }));
  await under.clock.until(() => under.signals.length > 0, 12 * HOUR, 'the signal');
  expect(under.clock.now().getTime()).toBeGreaterThan(Date.parse('2026-01-15T20:55:00Z'));
});

test('an app that never comes back leaves the stack a reason, in time', async () => {
  under = await start(anAsked({ gate: { deadline: IN_AN_HOUR } }));
  under.appIsAway = true;
  await under.clock.until(() => under.signals.length > 0, 12 * HOUR, 'the signal');
  expect(reasons()).toEqual(['FAILURE: Gatehouse could not ask for the approval in Jira in time']);
  expect(under.log).toContainEqual(expect.objectContaining({ outcome: 'given-up', step: 'tell opened' }));
});

test('a stack that is deleted while the app is away is noticed', async () => {
  under.appAnswers = Array.from({ length: 500 }, () => ({ status: 503 }));
  under.becomes(HOUR, 'DELETE_IN_PROGRESS');
  await under.clock.until(
    () =>
      under.log.some(({ state }) => state === 'withdrawn') || under.sent.some(({ id }) => id.endsWith('_1')),
    2 * HOUR,
    'the withdrawal',
  );
  expect(under.signals).toStrictEqual([]);
});

test('a request whose raising was not answered is raised again under the same id, with the same body', async () => {
  under.appAnswers = [{ status: 500 }, NOT_HERE, { status: 200 }];
  under.decideAfter(10 * MINUTE);
  await under.end();
  const opened = under.sent.filter(({ id }) => id.endsWith('_opened'));
  expect(opened).toHaveLength(3);
  expect(new Set(opened.map(({ body }) => body)).size).toBe(1);
});

test('a signal that S3 does not take now is sent again, with the same id', async () => {
  under.s3Answers = [{ status: 503 }, { status: 500 }, { status: 200 }];
  under.decideAfter(10 * MINUTE);
  expect((await under.end()).state).toBe('succeeded');
  expect(under.signals).toHaveLength(3);
  expect(new Set(under.signals.map(({ body }) => body.UniqueId)).size).toBe(1);
});

test('a signal that S3 refuses for good is told with what then became of the stack', async () => {
  under.s3Answers = Array.from({ length: 99 }, () => ({ status: 403 }));
  under.decideAfter(10 * MINUTE);
  under.becomes(HOUR, 'ROLLBACK_COMPLETE');
  const result = await under.end();
  expect(result).toMatchObject({ state: 'failed', errors: [{ code: 'NotSignalled' }] });
  const [first] = under.taken.filter((message) => message.type === 'operation.progressed');
  expect(first?.data).toMatchObject({ state: 'provisioning', errors: [{ code: 'NotSignalled' }] });
  expect(Date.parse(first?.data.at ?? '')).toBeLessThan(Date.parse('2026-01-15T09:20:00Z'));
  expect(under.signals.length).toBeLessThan(10);
});

test('a stack that goes on although nobody approved is told as let on by others', async () => {
  under.reacts = false;
  under.decideAfter(10 * MINUTE, { decision: 'declined', reason: 'no' });
  under.becomes(20 * MINUTE, 'CREATE_COMPLETE');
  const result = await under.end();
  expect(result.state).toBe('succeeded');
  expect(result.errors.map(({ code }) => code)).toEqual(['LetOnByOthers', 'Declined']);
});

test('a stack that fails after its approval is told with the resource that failed first', async () => {
  under.reacts = false;
  under.decideAfter(10 * MINUTE);
  under.becomes(20 * MINUTE, 'ROLLBACK_IN_PROGRESS');
  under.becomes(25 * MINUTE, 'ROLLBACK_COMPLETE');
  under.tenant.events = [
    {
      ...{
        stackId: under.asked.gate.stackId,
        logicalId: 'Database',
        physicalId: 'db',
        type: 'AWS::RDS::DBInstance',
      },
      ...{ status: 'CREATE_FAILED', reason: `no capacity; see ${aWaitUrl({ round: CANARY })}` },
    },
  ];
  const result = await under.end();
  expect(under.states).toEqual(['1 provisioning', '2 rolling-back', '3 failed']);
  expect(result.failedResource).toMatchObject({
    logicalId: 'Database',
    reason: 'no capacity; see (a pre-signed address)',
  });
  expect(result.errors[0]?.code).toBe('ProvisioningFailed');
});

test('an update whose approval is followed by a failure leaves a tainted product', async () => {
  const update = await start(anAsked({ gate: { action: 'update' } }));
  update.reacts = false;
  update.tenant.stackDescription = { status: 'UPDATE_IN_PROGRESS', outputs: [] };
  update.decideAfter(10 * MINUTE);
  update.becomes(20 * MINUTE, 'UPDATE_ROLLBACK_COMPLETE');
  expect((await update.end()).state).toBe('tainted');
});

test('a stack that a portal launch made has its approval: it is let on and nobody is asked', async () => {
  await under.waits(LAUNCH);
  const result = await under.end();
  expect(reasons()).toEqual(['SUCCESS: Launched by an approved request']);
  expect(result.state).toBe('provisioning');
  expect(under.sent).toStrictEqual([]);
});

test('a launch that waits for the stack no more is not its approval: another may have the name by now', async () => {
  await under.waits(LAUNCH, -1000);
  under.decideAfter(10 * MINUTE);
  expect((await under.end()).state).toBe('succeeded');
  expect(reasons()).toEqual(['SUCCESS: Approved in IT-42']);
});

/** What Service Catalog shows of the product to the role that launched it. */
const launchedWith = (
  provisionToken: string,
  provisionedProductName = `site-${provisionToken.slice(-10)}`,
) => {
  under.tenant.launched.set('site', {
    ...{ productId: 'prod-one', provisioningArtifactId: 'pa-one', pathId: 'lpv2-one' },
    ...{ provisionedProductName, provisionToken, parameters: {}, tags: {} },
  });
};

test('a portal launch that has not heard yet that it was accepted is waited for', async () => {
  launchedWith(LAUNCH);
  under.tenant.trouble('provisionedProduct', throttled());
  under.clock.after(5, 'the launch registers', () => under.waits(LAUNCH));
  await under.end();
  expect(reasons()).toEqual(['SUCCESS: Launched by an approved request']);
  expect(under.sent).toStrictEqual([]);
});

test('a portal launch that does not register within a minute is asked about', async () => {
  launchedWith(LAUNCH);
  under.decideAfter(10 * MINUTE);
  expect((await under.end()).state).toBe('succeeded');
  expect(reasons()).toEqual(['SUCCESS: Approved in IT-42']);
  expect(under.tenant.count('provisionedProduct')).toBe(6);
});

test('whoever else launched the product is asked about at once', async () => {
  // The console makes a token of its own, and people name the product.
  launchedWith('0c6f2a1e-93b4-4d1f-8a57-2f6e1b7c9d30', 'site');
  under.decideAfter(10 * MINUTE);
  await under.end();
  expect(under.tenant.count('provisionedProduct')).toBe(1);
});

test('a stack that could not be let on in the name of its launch is not left waiting', async () => {
  await under.waits(LAUNCH);
  under.entering.push(
    undefined,
    ...Array.from({ length: 99 }, () => awsRefusal('AccessDenied', 'no', 'sts')),
  );
  const result = await under.end(HOUR);
  expect(reasons()).toEqual(['FAILURE: Gatehouse could not let the stack go on; launch the product again']);
  expect(result).toMatchObject({ state: 'refused', errors: [{ code: 'NotLetOn' }] });
});

test('a gate that an update adds to a product is shown as the update that it is, and decided as such', async () => {
  under.tenant.stackDescription = { status: 'UPDATE_IN_PROGRESS', outputs: [] };
  const shown = { ...under.asked.gate, action: 'update' as const };
  const asCreation = under.decideAfter(5 * MINUTE);
  under.decideAfter(10 * MINUTE, { digest: gateDigestOf(shown) });
  expect((await under.end()).state).toBe('succeeded');
  expect(under.taken[0]).toMatchObject({ type: 'gate.opened', data: shown });
  expect(asCreation.answer?.statusCode).toBe(409);
});

test('an update of what a portal launch made is asked for', async () => {
  const update = await start(anAsked({ gate: { action: 'update' } }));
  update.tenant.stackDescription = { status: 'UPDATE_IN_PROGRESS', outputs: [] };
  await update.waits(LAUNCH);
  update.decideAfter(10 * MINUTE);
  await update.clock.until(() => update.signals.length > 0, HOUR, 'the signal');
  expect(update.taken[0]?.type).toBe('gate.opened');
});

test('subscribers hear once that an approval waits, with a link that only shows', async () => {
  const announced = await start(anAsked(), { topic: 'arn:aws:sns:eu-west-1:100000000002:approvals' });
  announced.decideAfter(10 * MINUTE);
  await announced.end();
  expect(announced.published).toHaveLength(1);
  const [published] = announced.published;
  expect(published?.get('TopicArn')).toBe('arn:aws:sns:eu-west-1:100000000002:approvals');
  const text = published?.get('Message') ?? '';
  for (const fact of ['WordPress', announced.asked.gate.account, 'eu-west-1', REQUEST.link]) {
    expect(text).toContain(fact);
  }
  expect(text.match(/https?:/g)).toHaveLength(1);
});

test('forged wake-ups can neither end a gate early nor keep a decision from it', async () => {
  for (let n = 1; n <= 200; n++) under.clock.after(n * 1000, 'a forged event', () => under.wake());
  under.decideAfter(HOUR);
  expect((await under.end()).state).toBe('succeeded');
});

test('an invocation that dies around every checkpoint raises one request and signals one decision', async () => {
  const seen = new Set<string>();
  under.execution.dies = (moment) => !seen.has(moment) && Boolean(seen.add(moment));
  under.tenant.trouble('stack', throttled('cloudformation'));
  under.decideAfter(20 * MINUTE);
  const result = await under.end();
  expect(result).toMatchObject({ state: 'succeeded', sequence: 2 });
  expect(new Set(under.sent.map(({ id, body }) => id + body)).size).toBe(3);
  expect(new Set(under.signals.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});
