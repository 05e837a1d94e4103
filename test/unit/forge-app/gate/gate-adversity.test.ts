import { GateId } from '../../../../aws-bridge/contract/gate';
import type { Fault } from '../../../sandbox/faults';
import { STATUS } from '../../../sandbox/atlassian/workflow';
import { PERSON, REQUEST_TYPE } from '../../../sandbox/site';
import { aGate, aGateProgress, GATE_ID } from './a-gate';
import { aServiceDesk, closeServiceDesks, SETTINGS } from './a-service-desk';

afterEach(closeServiceDesks);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const APP = ['jira', 'forge kvs', 'forge queue', 'forge remote'];
const gateIdOf = (index: number): GateId => GateId.parse(`gate-${String(index).padStart(40, '0')}`);

test.each([
  ['who is no customer of the service desk', 'agent@example.com'],
  ['in another case', 'Agent@EXAMPLE.com'],
])('an approval by an approver whose own address was typed, %s, is worth nothing', async (_what, email) => {
  const desk = await aServiceDesk({
    ...SETTINGS,
    gates: { ...SETTINGS.gates, approvers: [PERSON.agent] },
  });
  await desk.opened(aGate(desk.clock.now(), { requesterEmail: email }));
  await desk.clock.advance(MINUTE);
  await desk.decides('agent', 'approve');
  await desk.clock.advance(10 * MINUTE);
  expect(desk.bridge.decisions()).toStrictEqual([]);
  expect(desk.comments().at(-1)).toMatch(/does not count: .*Nothing was signalled to AWS/s);
});

test('a request that somebody plants with the id of a gate is not taken for the one that was raised', async () => {
  const desk = await aServiceDesk();
  await desk.site.ask('outsider', 'POST', '/rest/servicedeskapi/request', {
    serviceDeskId: '1',
    requestTypeId: REQUEST_TYPE.other,
    requestFieldValues: { summary: 'x', description: `Reference: ${GATE_ID} / ${'0'.repeat(32)}` },
  });
  desk.faults.plan('jira', 'POST /rest/servicedeskapi/request', 'unreachable');
  expect((await desk.opened()).status).toBe(503);
  await desk.clock.advance(4 * MINUTE);
  const { body } = await desk.opened();
  const [decoy, raised] = desk.site.requests();
  expect(body).toMatchObject({ requestKey: raised?.key });
  expect(decoy).toMatchObject({ reporter: PERSON.outsider, comments: [] });
});

test('settings that are not shown any more while a request is raised are waited for, for an hour', async () => {
  const desk = await aServiceDesk();
  desk.faults.plan('jira', 'POST /rest/servicedeskapi/request', 'answer lost');
  expect((await desk.opened()).status).toBe(503);
  await desk.clock.advance(4 * MINUTE);
  desk.site.withholdFromApp('BROWSE_PROJECTS');
  expect((await desk.opened()).status).toBe(503);
  desk.site.giveBackToApp('BROWSE_PROJECTS');
  expect((await desk.opened()).status).toBe(200);
  expect(desk.site.requests()).toHaveLength(1);

  const gate = aGate(desk.clock.now(), { gateId: gateIdOf(1) });
  desk.faults.plan('jira', 'POST /rest/servicedeskapi/request', 'unreachable');
  expect((await desk.opened(gate)).status).toBe(503);
  await desk.clock.advance(HOUR);
  desk.site.withholdFromApp('BROWSE_PROJECTS');
  expect((await desk.opened(gate)).status).toBe(422);
});

test.each<Fault>(['unreachable', 'answer lost'])(
  'while a gate becomes a request, any one request of the app may break (%s)',
  async (fault) => {
    const desk = await aServiceDesk();
    let spared = 0;
    for (let broken = true; broken; spared += 1) {
      const gate = aGate(desk.clock.now(), { gateId: gateIdOf(spared) });
      desk.faults.planAfter(spared, ['jira', 'forge kvs'], fault);
      for (let status = 0; status !== 200;) {
        ({ status } = await desk.opened(gate));
        if (status !== 200) await desk.clock.advance(4 * MINUTE);
      }
      broken = desk.faults.spent;
      desk.faults.clear();
    }
    expect(spared).toBeGreaterThan(15);
    await desk.clock.advance(10 * MINUTE);
    const requests = desk.site.requests();
    expect(requests).toHaveLength(spared);
    for (const { comments, properties } of requests) {
      expect(comments).toHaveLength(1);
      expect(properties['gatehouse']).toMatchObject({ state: 'awaiting-approval' });
    }
  },
  120_000,
);

test.each<Fault>(['unreachable', 'answer lost'])(
  'from the decision to the bridge, any one request of the app may break (%s)',
  async (fault) => {
    let spared = 0;
    for (let broken = true; broken; spared += 1) {
      // A desk of its own: each sweep would look at all the gates before it, which wait for the bridge's word for ever.
      const desk = await aServiceDesk();
      const gateId = gateIdOf(spared);
      await desk.opened(aGate(desk.clock.now(), { gateId }));
      await desk.clock.advance(MINUTE);
      const decision = spared % 2 === 0 ? 'approve' : 'decline';
      await desk.site.answerApproval({ as: 'approver', key: desk.request().key, decision });
      desk.faults.planAfter(spared, APP, fault);
      await desk.clock.advance(30 * MINUTE);
      broken = desk.faults.spent;

      const [decided, ...repeated] = desk.bridge.decisions();
      expect(decided).toMatchObject({ gateId });
      for (const again of repeated) expect(again).toEqual(decided);
      expect(desk.comments()).toHaveLength(1);
      // That the bridge was not reached, where that is what broke.
      expect(desk.comments('agents').length).toBeLessThanOrEqual(1);
      await closeServiceDesks();
    }
    expect(spared).toBeGreaterThan(8);
  },
  120_000,
);

test('where the request stands so that nobody can decide, a reminder is for the agents', async () => {
  const desk = await aServiceDesk();
  await desk.opened();
  await desk.site.transition({ as: 'agent', key: desk.request().key, to: STATUS.declined });
  await desk.clock.advance(MINUTE);
  expect((await desk.undecided(1)).status).toBe(200);
  expect(desk.comments().join()).not.toContain('[~accountid');
  expect(desk.comments('agents').at(-1)).toMatch(/asks nobody for a decision/);
});

test('of a gate whose request was deleted the bridge is told that there is none, once that is certain', async () => {
  const desk = await aServiceDesk();
  await desk.opened();
  await desk.site.deleteRequest({ as: 'admin', key: desk.request().key });
  expect((await desk.undecided(1)).status).toBe(503);
  await desk.clock.advance(25 * HOUR);
  expect((await desk.undecided(1)).status).toBe(410);
  expect((await desk.progressed(aGateProgress())).status).toBe(410);
  expect(desk.site.requests()).toStrictEqual([]);
  expect(desk.reported.filter((problem) => problem.includes('is let go'))).toHaveLength(1);
});

test('news that come before their gate are answered as news of nothing, and the gate is raised all the same', async () => {
  const desk = await aServiceDesk();
  expect((await desk.undecided(1)).status).toBe(410);
  expect((await desk.progressed(aGateProgress())).status).toBe(410);
  expect((await desk.opened()).status).toBe(200);
  expect(desk.request().status).toBe(STATUS.awaitingApproval);
});

test('an undecided gate asks at most once a reminder, in whatever order those come', async () => {
  const desk = await aServiceDesk();
  await desk.opened();
  await desk.clock.advance(8 * HOUR);
  for (const reminder of [2, 1, 2]) expect((await desk.undecided(reminder)).status).toBe(200);
  expect(desk.comments().filter((body) => body.includes('still waits'))).toHaveLength(1);
});
