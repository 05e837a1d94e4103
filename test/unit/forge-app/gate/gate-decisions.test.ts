import { gateDigestOf } from '../../../../aws-bridge/contract/gate';
import { PERSON, REQUEST_TYPE } from '../../../sandbox/site';
import { STATUS } from '../../../sandbox/atlassian/workflow';
import { aGate, aGateProgress, GATE_ID } from './a-gate';
import { aServiceDesk, closeServiceDesks, SETTINGS } from './a-service-desk';

afterEach(closeServiceDesks);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const anOpenGate = async (settings: object = SETTINGS) => {
  const desk = await aServiceDesk(settings);
  await desk.opened();
  await desk.clock.advance(MINUTE);
  const state = () => desk.request().properties['gatehouse'];
  return { ...desk, state };
};

test('an approval reaches the bridge once, about the gate that was shown', async () => {
  const desk = await anOpenGate();
  await desk.decides('approver', 'approve');
  await desk.clock.advance(10 * MINUTE);
  expect(desk.bridge.decisions()).toEqual([
    expect.objectContaining({
      gateId: GATE_ID,
      requestKey: desk.request().key,
      digest: gateDigestOf(desk.gate),
      decision: 'approved',
      approvers: [PERSON.approver],
      reason: null,
    }),
  ]);
  expect(desk.state()).toMatchObject({ state: 'sending' });
});

test('a decline reaches the bridge with what whoever declined wrote last, on one line', async () => {
  const desk = await anOpenGate();
  await desk.site.ask(
    'other-approver',
    'POST',
    `/rest/servicedeskapi/request/${desk.request().key}/comment`,
    {
      body: 'Not mine to say',
      public: true,
    },
  );
  await desk.site.ask('approver', 'POST', `/rest/servicedeskapi/request/${desk.request().key}/comment`, {
    body: 'First thoughts',
    public: true,
  });
  await desk.clock.advance(MINUTE);
  await desk.decides('approver', 'decline', `Too dear:\n[~accountid:x] ${'x'.repeat(600)}`);
  await desk.clock.advance(10 * MINUTE);
  const [decision, ...more] = desk.bridge.decisions();
  expect(more).toStrictEqual([]);
  expect(decision).toMatchObject({ decision: 'declined', approvers: [PERSON.approver] });
  expect(decision?.reason).toMatch(/^Too dear: (?!\[~)/);
  expect(decision?.reason).toHaveLength(500);
});

test('a decline without a word has no reason', async () => {
  const desk = await anOpenGate();
  await desk.decides('approver', 'decline');
  await desk.clock.advance(10 * MINUTE);
  expect(desk.bridge.decisions()).toEqual([expect.objectContaining({ decision: 'declined', reason: null })]);
});

test('an approval by whoever it was raised for is worth nothing, and nothing is told to AWS', async () => {
  const desk = await aServiceDesk();
  await desk.opened(aGate(desk.clock.now(), { requesterEmail: 'approver@example.com' }));
  await desk.clock.advance(MINUTE);
  await desk.decides('approver', 'approve');
  await desk.clock.advance(10 * MINUTE);
  expect(desk.bridge.decisions()).toStrictEqual([]);
  expect(desk.comments().at(-1)).toMatch(/does not count: .*own reporter.*Nothing was signalled to AWS/s);
});

test('an approval that comes before the gate is shown does not count, and its request says so', async () => {
  const desk = await aServiceDesk();
  desk.faults.plan('jira', 'POST /rest/servicedeskapi/request/{issueIdOrKey}/comment', 'failed', 1);
  expect((await desk.opened()).status).toBe(503);
  await desk.decides('approver', 'approve');
  await desk.clock.advance(20 * MINUTE);
  expect(desk.comments()[0]).toContain(gateDigestOf(desk.gate));
  expect(desk.comments().at(-1)).toMatch(/does not count: it was given before it was shown/);
  expect(desk.bridge.decisions()).toStrictEqual([]);
});

test('a request that is moved on without an approval tells AWS nothing', async () => {
  const desk = await anOpenGate();
  await desk.site.transition({ as: 'agent', key: desk.request().key, to: STATUS.declined });
  await desk.clock.advance(HOUR);
  expect(desk.bridge.decisions()).toStrictEqual([]);
});

test.each([
  ['the section is taken away', { ...SETTINGS, gates: undefined }, /no longer taken in this project/],
  ['the account is taken away', { ...SETTINGS, accounts: [] }, /no longer taken in this project/],
])('where %s an approval tells AWS nothing, until it is put back', async (_case, settings, words) => {
  const desk = await anOpenGate();
  await desk.site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: settings });
  await desk.decides('approver', 'approve');
  await desk.clock.advance(10 * MINUTE);
  expect(desk.bridge.decisions()).toStrictEqual([]);
  expect(desk.comments().at(-1)).toMatch(words);
  await desk.site.setProjectProperty({ as: 'admin', property: 'gatehouse', value: SETTINGS });
  await desk.clock.advance(HOUR);
  expect(desk.bridge.decisions()).toHaveLength(1);
});

test('a decision that comes too late is told to who took it, once, and not sent again', async () => {
  const desk = await anOpenGate();
  desk.bridge.answers(() => ({ status: 410 }));
  await desk.decides('approver', 'approve');
  await desk.clock.advance(5 * MINUTE);
  expect(desk.comments().at(-1)).toMatch(
    new RegExp(`\\[~accountid:${PERSON.approver}\\].*came too late.*Nothing was signalled`, 's'),
  );
  expect((await desk.progressed(aGateProgress())).status).toBe(200);
  expect(desk.state()).toMatchObject({ state: 'expired' });
  expect(desk.comments().filter((body) => body.includes('came too late'))).toHaveLength(1);
  expect(desk.bridge.decisions()).toHaveLength(1);
});

test('a decision that crosses the expiry on its way is told to have come too late', async () => {
  const desk = await anOpenGate();
  desk.bridge.answers(() => ({ status: 503 }));
  await desk.decides('approver', 'approve');
  await desk.clock.advance(MINUTE);
  await desk.progressed(aGateProgress());
  const sent = desk.bridge.decisions().length;
  await desk.clock.advance(HOUR);
  expect(desk.bridge.decisions()).toHaveLength(sent);
  expect(desk.comments().filter((body) => body.includes('came too late'))).toHaveLength(1);
  expect(desk.request().status).toBe(STATUS.declined);
});

test('a decision whose event is lost while the gate expires is found at its end, and told', async () => {
  const desk = await anOpenGate();
  desk.events.dropNext();
  await desk.decides('approver', 'approve');
  await desk.progressed(aGateProgress());
  await desk.progressed(aGateProgress());
  expect(desk.comments().filter((body) => body.includes('came too late'))).toHaveLength(1);
  expect(desk.bridge.decisions()).toStrictEqual([]);
});

test('another decision than the bridge knows is left to the agents', async () => {
  const desk = await anOpenGate();
  desk.bridge.answers(() => ({ status: 409 }));
  await desk.decides('approver', 'approve');
  await desk.clock.advance(5 * MINUTE);
  expect(desk.state()).toMatchObject({ state: 'stuck' });
  expect(desk.comments('agents').at(-1)).toMatch(/decision could not be handed to the bridge/);
});

test('a decision that is taken back while the bridge is down is not sent when it is up again', async () => {
  const desk = await anOpenGate();
  desk.bridge.answers((message) =>
    message.type === 'operations.requested'
      ? { status: 200, body: { operations: [{ operationId: GATE_ID, execution: 'running' }] } }
      : { status: 503 },
  );
  await desk.decides('approver', 'approve');
  await desk.clock.advance(2 * MINUTE);
  const tried = desk.bridge.decisions().length;
  await desk.site.transition({ as: 'agent', key: desk.request().key, to: STATUS.awaitingApproval });
  await desk.clock.advance(20 * MINUTE);
  expect(desk.bridge.decisions()).toHaveLength(tried);
  expect(desk.state()).toMatchObject({ state: 'awaiting-approval' });
  await desk.decides('approver', 'decline');
  await desk.clock.advance(2 * MINUTE);
  expect(desk.bridge.decisions().at(-1)).toMatchObject({ decision: 'declined' });
});

test.each([
  ['succeeded', STATUS.done, /The stack is complete/],
  ['tainted', STATUS.done, /can be used/],
  ['failed', STATUS.failed, /approved but failed/],
  ['declined', STATUS.declined, /was declined/],
  ['expired', STATUS.declined, /Nobody decided in time/],
  ['withdrawn', STATUS.declined, /does not wait for an approval any more/],
] as const)('a gate that ended as %s closes its request', async (state, status, words) => {
  const desk = await anOpenGate();
  const undecided = state === 'expired' || state === 'withdrawn';
  if (!undecided) await desk.decides('approver', state === 'declined' ? 'decline' : 'approve');
  await desk.clock.advance(5 * MINUTE);
  if (!undecided) {
    const under = state === 'declined' ? 'rolling-back' : 'provisioning';
    await desk.progressed(aGateProgress({ state: under, sequence: 1 }));
    expect(desk.state()).toMatchObject({ state: under });
  }
  expect((await desk.progressed(aGateProgress({ state, sequence: 2 }))).status).toBe(200);
  expect(desk.request().status).toBe(status);
  expect(desk.state()).toMatchObject({ state });
  expect(desk.comments().at(-1)).toMatch(words);
  expect(desk.comments().join()).not.toContain('came too late');
});

test('those who have still to decide are reminded, once for each reminder', async () => {
  const desk = await anOpenGate();
  await desk.clock.advance(8 * HOUR);
  expect((await desk.undecided(1)).status).toBe(200);
  expect((await desk.undecided(1)).status).toBe(200);
  const reminders = () => desk.comments().filter((body) => body.includes('still waits'));
  expect(reminders()).toHaveLength(1);
  expect(reminders()[0]).toContain(
    `[~accountid:${PERSON.approver}] [~accountid:${PERSON['other-approver']}]`,
  );
  expect(reminders()[0]).toMatch(/about 4 hours/);
  await desk.clock.advance(3 * HOUR);
  await desk.undecided(2);
  expect(reminders()[1]).toMatch(/about 60 minutes|about 59 minutes/);
  expect(desk.bridge.decisions()).toStrictEqual([]);
});

test('nobody is reminded of what is decided, and a gate that is not known is not reminded of', async () => {
  const desk = await anOpenGate();
  await desk.decides('approver', 'approve');
  await desk.clock.advance(MINUTE);
  expect((await desk.undecided(1)).status).toBe(200);
  expect(desk.comments().join()).not.toContain('still waits');
  const other = await aServiceDesk();
  expect((await other.undecided(1)).status).toBe(410);
  expect((await other.progressed(aGateProgress())).status).toBe(410);
});

test('where the request asks nobody, the agents are told', async () => {
  const desk = await anOpenGate({ ...SETTINGS, gates: { requestTypeId: REQUEST_TYPE.other } });
  expect((await desk.undecided(1)).status).toBe(200);
  expect(desk.comments('agents').join()).toMatch(/asks nobody for a decision/);
  expect(desk.bridge.decisions()).toStrictEqual([]);
});

test('once the time of an undecided gate is up and nothing was told, the bridge is asked', async () => {
  const desk = await anOpenGate();
  const progress = aGateProgress();
  desk.bridge.answers((message) =>
    message.type === 'operations.requested'
      ? { status: 200, body: { operations: [{ operationId: GATE_ID, execution: 'ended', progress }] } }
      : { status: 202 },
  );
  await desk.clock.advance(11 * HOUR);
  expect(desk.bridge.heard).toStrictEqual([]);
  await desk.clock.advance(2 * HOUR);
  expect(desk.state()).toMatchObject({ state: 'expired' });
  expect(desk.request().status).toBe(STATUS.declined);
});

test('what the bridge does not follow any more is left to the agents', async () => {
  const desk = await anOpenGate();
  desk.bridge.answers(() => ({
    status: 200,
    body: { operations: [{ operationId: GATE_ID, execution: 'unknown' }] },
  }));
  await desk.clock.advance(14 * HOUR);
  expect(desk.state()).toMatchObject({ state: 'stuck' });
  expect(desk.comments('agents').at(-1)).toMatch(/does not follow this stack any more/);
});
