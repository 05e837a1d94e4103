import { Approval } from '../../../../forge-app/approval/judge-approval';
import { conclude, type Evidence, standingOf } from '../../../../forge-app/request/conclude';
import { decide, isOpen } from '../../../../forge-app/request/decide';
import { lookAt } from '../../../../forge-app/request/look-at';
import { eventOf } from '../../../../forge-app/request/look-for-decision';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { ProjectSettings } from '../../../../forge-app/settings/project-settings';
import { aFixedOrder, anOperation, aRequest, FORM, NOW, SITE } from './a-request';

const STATUSES = {
  awaitingApproval: 'Waiting for approval',
  approved: 'In progress',
  done: 'Done',
  declined: 'Declined',
  failed: 'Failed',
};
const settingsWith = (overrides: object = {}): Evidence['settings'] => ({
  outcome: 'read',
  settings: ProjectSettings.parse({
    products: [{ productId: FORM.productId, requestTypeId: '1' }],
    accounts: [{ id: FORM.account, name: 'payments', regions: [FORM.region], organizations: ['7'] }],
    statuses: STATUSES,
    ...overrides,
  }),
});
const UNUSABLE: Evidence['settings'] = {
  outcome: 'unusable',
  problems: [{ path: 'accounts', value: '7', fix: 'Write a list.' }],
};

const anApproval = (decision: Approval['finalDecision'], approver = 'bob'): Approval =>
  Approval.parse({
    id: '1',
    finalDecision: decision,
    approvers: [{ approver: { accountId: approver }, approverDecision: decision }],
    createdDate: { epochMillis: NOW.getTime() },
    completedDate: decision === 'pending' ? null : { epochMillis: NOW.getTime() + 1000 },
  });

interface Seen extends Omit<Evidence, 'siteId' | 'issue' | 'approvals'> {
  readonly record: RequestRecord;
  readonly property: unknown;
  readonly projectId: string;
}

const looked = (status: string, approvals: readonly Approval[], overrides: Partial<Seen> = {}) => {
  const usual = {
    property: FORM,
    projectId: '10000',
    settings: settingsWith(),
    memberships: { organizations: ['7'], groups: [] },
    reason: null,
    shown: undefined,
  };
  const { record, property, projectId, ...evidence }: Seen = { record: aRequest(), ...usual, ...overrides };
  return conclude(record, {
    ...evidence,
    siteId: SITE,
    issue: {
      status,
      closed: ['Done', 'Declined', 'Failed', 'Canceled'].includes(status),
      property,
      projectId,
    },
    approvals,
  });
};

test('an approval of the order as it was fixed builds the operation with its approver', () => {
  expect(looked('In progress', [anApproval('approved')])).toMatchObject({
    type: 'decided',
    handover: { site: SITE, digest: aRequest().fixed?.digest, approval: { approvers: ['bob'] } },
  });
});

test.each(['In progress', 'Done', 'in progress'])('the status %s alone proves nothing', (status) => {
  expect(looked(status, [anApproval('pending')])).toMatchObject({ type: 'blocked', by: 'no approval' });
  expect(looked(status, [])).toMatchObject({ type: 'blocked', by: 'no approval' });
});

test('a request that waits where it should is left waiting', () => {
  expect(looked('Waiting for approval', [anApproval('pending')])).toEqual({ type: 'waiting' });
});

test('an order that is closed undecided, in whatever status, is withdrawn, and waits again once it is reopened', () => {
  const withdrawn = aRequest({ state: 'withdrawn' });
  for (const status of ['Declined', 'Failed', 'Canceled']) {
    expect(looked(status, [anApproval('pending')])).toEqual({ type: 'withdrawn' });
    expect(looked(status, [])).toEqual({ type: 'withdrawn' });
    expect(decide(withdrawn, { type: 'withdrawn' }, NOW)).toStrictEqual({ record: withdrawn, effects: [] });
  }
  expect(looked('On hold', [anApproval('pending')])).toBeUndefined();
  const closed = decide(aRequest(), { type: 'withdrawn' }, NOW);
  expect(closed.record).toMatchObject({ state: 'withdrawn' });
  expect(closed.effects.map(({ kind }) => kind)).toEqual(['property']);
  expect(lookAt(closed.record, NOW)).toBeNull();
  const reopened = looked('Waiting for approval', [anApproval('pending')], { record: withdrawn });
  expect(reopened).toEqual({ type: 'waiting' });
  expect(decide(withdrawn, { type: 'waiting' }, NOW).record).toMatchObject({ state: 'awaiting-approval' });
  const approved = looked('In progress', [anApproval('approved')], { record: withdrawn });
  expect(approved).toMatchObject({ type: 'decided' });
  expect(isOpen(withdrawn)).toBe(true);
});

test('a decline is a decline whatever the status, and whatever the settings', () => {
  const declined = { type: 'declined', by: ['bob'], at: '2026-01-15T09:00:01.000Z' };
  expect(looked('In progress', [anApproval('declined')])).toEqual(declined);
  expect(looked('In progress', [anApproval('declined')], { settings: UNUSABLE })).toEqual(declined);
});

test("the reporter's own approval does not count", () => {
  expect(looked('In progress', [anApproval('approved', 'ann')])).toMatchObject({ type: 'blocked' });
});

test.each([
  ['changed', { ...FORM, account: '100000000004' }],
  ['taken away', null],
  ['made unreadable', { productId: 1 }],
])('an order that was %s after it was fixed is not launched', (_case, property) => {
  expect(looked('In progress', [anApproval('approved')], { property })).toMatchObject({
    type: 'blocked',
    by: 'order changed',
  });
});

test.each(['Declined', 'Failed', 'Done'])(
  'a request that was closed as %s after its approval is not launched',
  (status) => {
    expect(looked(status, [anApproval('approved')])).toMatchObject({ type: 'blocked', by: 'closed' });
  },
);

test('an approved request that stands neither where it waits nor where it is launched from is told to agents', () => {
  expect(looked('On hold', [anApproval('approved')])).toMatchObject({ type: 'blocked', reason: null });
  expect(looked('Waiting for approval', [anApproval('approved')])).toEqual({ type: 'waiting' });
});

test('what needs no approval is launched from any status but a final one', () => {
  const record = aRequest({ fixed: { ...aFixedOrder(), approvalRequired: false } });
  const settings = settingsWith({
    products: [{ productId: FORM.productId, requestTypeId: '1', approval: 'none' }],
  });
  expect(looked('Open', [], { record, settings })).toMatchObject({
    type: 'decided',
    handover: { approval: null },
  });
  expect(looked('Failed', [], { record, settings })).toMatchObject({ by: 'closed' });
  expect(looked('In progress', [], { record })).toMatchObject({ by: 'no approval' });
});

test('a request that was moved to another project is not judged by what either of them says', () => {
  expect(looked('In progress', [anApproval('approved')], { projectId: '10001' })).toMatchObject({
    type: 'blocked',
    by: 'moved',
  });
});

test.each([
  ['product', 'not offered', settingsWith({ products: [] }), ['7']],
  [
    'request type',
    'not offered',
    settingsWith({ products: [{ productId: FORM.productId, requestTypeId: '2' }] }),
    ['7'],
  ],
  ['account', 'account', settingsWith({ accounts: [] }), ['7']],
  ['organization', 'account', settingsWith(), ['8']],
])('an approval is worth nothing once its %s is taken away', (_what, by, settings, organizations) => {
  const memberships = { organizations, groups: [] };
  expect(looked('In progress', [anApproval('approved')], { settings, memberships })).toMatchObject({
    type: 'blocked',
    by,
  });
});

test('settings that cannot be used hold up an approval and tell the agents why, and nobody while it waits', () => {
  expect(looked('In progress', [anApproval('approved')], { settings: UNUSABLE })).toMatchObject({
    type: 'blocked',
    by: 'settings',
    reason: null,
    agents: expect.stringContaining('accounts is 7: Write a list.') as string,
  });
  expect(looked('Waiting for approval', [anApproval('pending')], { settings: UNUSABLE })).toBeUndefined();
});

const stuck = aRequest({
  state: 'stuck',
  handover: anOperation({
    approval: { approvers: ['bob'], approvedAt: new Date(NOW.getTime() + 1000).toISOString() },
  }),
});

test('a stuck operation is sent again, as it is, only where its approval still stands', () => {
  const { handover } = stuck;
  const event = (status: string, approvals: readonly Approval[]) =>
    eventOf(stuck, looked(status, approvals, { record: stuck }));
  expect(event('In progress', [anApproval('approved')])).toMatchObject({ type: 'decided', handover });
  expect(event('In progress', [anApproval('declined')])).toMatchObject({ type: 'recalled' });
  expect(event('In progress', [anApproval('approved', 'eve')])).toMatchObject({ type: 'recalled' });
  expect(event('In progress', [])).toMatchObject({ type: 'recalled' });
  expect(event('Waiting for approval', [anApproval('pending')])).toMatchObject({ type: 'recalled' });
  expect(event('Declined', [anApproval('approved')])).toMatchObject({ type: 'recalled' });
});

test('an approval is the same in whatever order Jira lists who gave it', () => {
  const approvedAt = NOW.toISOString();
  const operation = (approvers: string[]) => anOperation({ approval: { approvers, approvedAt } });
  expect(standingOf(operation(['a', 'b']), { type: 'decided', handover: operation(['b', 'a']) })).toBe(
    'stands',
  );
  expect(standingOf(operation(['a', 'b']), { type: 'decided', handover: operation(['a']) })).toBe('recalled');
});

test('settings that cannot be used neither send nor recall what is on its way', () => {
  const conclusion = looked('In progress', [anApproval('approved')], { record: stuck, settings: UNUSABLE });
  expect(eventOf(stuck, conclusion)).toBeUndefined();
});
