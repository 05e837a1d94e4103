import { decide } from '../../../../forge-app/request/decide';
import { stampOf } from '../../../../forge-app/request/agent-actions';
import type { Conclusion } from '../../../../forge-app/request/conclude';
import { createLookForDecision } from '../../../../forge-app/request/look-for-decision';
import { RequestRecord } from '../../../../forge-app/request/record';
import { createRequests, IssueUnseen } from '../../../../forge-app/request/requests';
import { aGateDecision, aGateRequest } from './a-gate-request';
import { aProgress, anOperation, aRequest, NOW, SITE } from './a-request';
import { aStore } from './a-store';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const approved: Conclusion = { type: 'decided', handover: anOperation() };
const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const UNSEEN = { type: 'unseen' } as const;
const SEEN = { type: 'seen' } as const;
const LEFT = { kind: 'property' as const, id: 'left', tried: true };

/** The app before a Jira that shows the issue or does not. */
const anApp = (start: RequestRecord = aRequest(), conclusion?: Conclusion) => {
  const { store, record } = aStore(start);
  const reported: string[] = [];
  const did: string[] = [];
  let [shows, time, holders] = [true, NOW.getTime(), 0];
  const requests = createRequests({
    store,
    perform: (effect, { issueId }) => {
      if (!shows && effect.kind !== 'deliver') return Promise.reject(new IssueUnseen(issueId));
      did.push(effect.id);
      return Promise.resolve([]);
    },
    now: () => new Date(time),
    newHolder: () => `h${(holders += 1)}`,
    report: (problem) => reported.push(problem),
  });
  const lookForDecision = createLookForDecision({
    requests,
    look: () => Promise.resolve(shows ? { conclusion } : 'unseen'),
    checkOrder: () => Promise.reject(new Error('The order is checked')),
  });
  return {
    requests,
    reported,
    did,
    record: () => record() ?? start,
    shows: (next: boolean) => (shows = next),
    pass: (milliseconds: number) => (time += milliseconds),
    look: () => lookForDecision({ siteId: SITE, appId: 'app' }, '10042'),
  };
};

/** Hours of nothing but looks at what Jira does not show. */
const lookedFor = async (app: ReturnType<typeof anApp>, hours: number): Promise<void> => {
  app.shows(false);
  for (let hour = 0; hour <= hours; hour += 1) {
    await app.look().catch((error: unknown) => {
      if (!(error instanceof IssueUnseen)) throw error;
    });
    if (hour < hours) app.pass(HOUR);
  }
};

test('a request that Jira does not show for ten minutes is decided about as if nothing had been', async () => {
  const app = anApp(aRequest(), approved);
  app.shows(false);
  await app.look();
  expect(app.record()).toMatchObject({
    gone: false,
    unseenSince: NOW.toISOString(),
    state: 'awaiting-approval',
  });
  app.shows(true);
  app.pass(10 * MINUTE);
  await app.look();
  expect(app.record()).toMatchObject({ unseenSince: null, state: 'sending' });
});

test('what could not be shown meanwhile is kept, whoever told of it is sent away, and it is shown in the end', async () => {
  const sent = decide(aRequest(), { type: 'decided', handover: anOperation() }, NOW).record;
  const app = anApp(sent);
  app.shows(false);
  const news = { type: 'progressed', progress: aProgress({ state: 'succeeded' }) } as const;
  await expect(app.requests.apply('10042', news)).rejects.toThrow(IssueUnseen);
  expect(app.record()).toMatchObject({
    gone: false,
    unseenSince: NOW.toISOString(),
    state: 'succeeded',
    lease: null,
  });
  app.shows(true);
  await app.requests.apply('10042', news);
  expect(app.did).toEqual(['property-succeeded-1-0', 'progress-1', 'to-done']);
  expect(app.record()).toMatchObject({ unseenSince: null, outbox: [], lookAt: null });
});

test('that an operation was handed to the queue does not show that the issue is there', async () => {
  const app = anApp(aRequest({ unseenSince: NOW.toISOString() }));
  app.shows(false);
  await expect(app.requests.apply('10042', approved)).rejects.toThrow(IssueUnseen);
  expect(app.did).toEqual(['deliver-0']);
  expect(app.record().unseenSince).toBe(NOW.toISOString());
});

test('a request is let go after a day in which Jira did not show it once, not before', async () => {
  const app = anApp();
  await lookedFor(app, 23);
  expect(app.record()).toMatchObject({ gone: false });
  app.pass(HOUR - 1);
  await app.look();
  expect(app.record().gone).toBe(false);
  app.pass(1);
  await app.look();
  expect(app.record()).toMatchObject({ gone: true, lease: null, lookAt: null });
});

test('so is one that has something left to be shown, and its news are settled then', async () => {
  const app = anApp(aRequest({ state: 'succeeded', outbox: [LEFT] }));
  await lookedFor(app, 24);
  expect(app.record()).toMatchObject({ gone: true, lease: null, lookAt: null });
  expect((await app.requests.apply('10042'))?.effects).toBe('settled');
});

test('one look in a day that finds it begins the day anew', async () => {
  const app = anApp();
  await lookedFor(app, 20);
  app.shows(true);
  await app.look();
  expect(app.record().unseenSince).toBeNull();
  await lookedFor(app, 20);
  expect(app.record().gone).toBe(false);
});

test('the log has it once when it begins and once when it is let go', async () => {
  const app = anApp(aRequest({ outbox: [LEFT] }));
  await lookedFor(app, 30);
  expect(app.reported).toEqual([
    expect.stringMatching(
      /issue 10042 .*IT-42 was deleted, or the app lacks the permission to browse/,
    ) as string,
    expect.stringMatching(/issue 10042 .*for a day: its request IT-42 is let go/) as string,
  ]);
});

test('once it is let go nothing that becomes known changes anything, and nothing is done about it', () => {
  const gone = aRequest({ gone: true, outbox: [LEFT] });
  for (const event of [
    approved,
    { type: 'declined' },
    { type: 'withdrawn' },
    { type: 'order-not-shown', problem: 'too long' },
    { type: 'blocked', by: 'closed', reason: 'Closed.' },
    { type: 'progressed', progress: aProgress() },
    { type: 'cancelled', by: 'ada', seen: stampOf(gone) },
    { type: 'resynced', by: 'ada', found: 'Nothing.' },
    UNSEEN,
  ] as const)
    expect(decide(gone, event, at(HOUR))).toStrictEqual({ record: gone, effects: [] });
});

test('a request that was let go is taken up again by whoever looks and finds it, and what was left is done', async () => {
  const app = anApp(aRequest({ gone: true, unseenSince: NOW.toISOString(), outbox: [LEFT] }), approved);
  await app.look();
  expect(app.did).toEqual(['left', 'property-awaiting-approval-0-0', 'deliver-0', 'property-sending-0-0']);
  expect(app.record()).toMatchObject({ gone: false, unseenSince: null, state: 'sending', outbox: [] });
});

test('so is one that was let go under way: the bridge is asked after it', async () => {
  const delivery = { ...decide(aRequest(), approved, NOW).record.delivery, acceptedAt: NOW.toISOString() };
  const underWay = { state: 'provisioning', handover: anOperation(), delivery } as const;
  const app = anApp(RequestRecord.parse({ ...aRequest(), ...underWay, gone: true }), approved);
  await app.look();
  expect(app.record()).toMatchObject({
    gone: false,
    state: 'provisioning',
    lookAt: at(9 * MINUTE).toISOString(),
  });
});

test('one that was let go and still is not shown stays so, and is not told of again', async () => {
  const gone = aRequest({ gone: true });
  const app = anApp(gone);
  app.shows(false);
  await app.look();
  expect([app.record(), app.reported]).toStrictEqual([gone, []]);
});

test('a gate that ended while Jira did not show its request is looked at once more for who decided too late', async () => {
  const app = anApp(aGateRequest({ state: 'expired' }), { type: 'decided', handover: aGateDecision() });
  app.shows(false);
  await app.look();
  expect(app.record()).toMatchObject({ state: 'expired', lookAt: at(4 * MINUTE).toISOString() });
  app.shows(true);
  await app.look();
  expect(app.did).toContain('late');
  expect(app.record()).toMatchObject({ lateTold: true, lookAt: null });
});

test('what is seen where nothing was missed, and what is missed still, write nothing', () => {
  const record = aRequest();
  expect(decide(record, SEEN, NOW).record).toBe(record);
  const missed = aRequest({ unseenSince: NOW.toISOString() });
  expect(decide(missed, UNSEEN, at(24 * HOUR - 1)).record).toBe(missed);
});

test('whoever is at work on a request stays so when Jira does not show it, until it is let go', () => {
  const record = aRequest({ lease: { holder: 'h', until: at(MINUTE).toISOString() } });
  const missed = decide(record, UNSEEN, NOW).record;
  expect(missed.lease).toEqual(record.lease);
  expect(decide(missed, UNSEEN, at(24 * HOUR)).record).toMatchObject({ gone: true, lease: null });
});

test('a record of before this was kept is one that Jira shows', () => {
  const { unseenSince, ...before } = aRequest();
  expect(unseenSince).toBeNull();
  expect(RequestRecord.parse(before)).toEqual(aRequest());
});
