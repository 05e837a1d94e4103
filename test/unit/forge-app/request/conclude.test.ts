import { type GateDecision, gateDigestOf } from '../../../../aws-bridge/contract/gate';
import { Approval } from '../../../../forge-app/approval/judge-approval';
import { earlierOperationIds, launchOperationId } from '../../../../forge-app/order/operation-id';
import {
  conclude,
  type Evidence,
  restrictedAccount,
  standingOf,
} from '../../../../forge-app/request/conclude';
import {
  ACCOUNT_NOT_ALLOWED,
  approvalVoid,
  CLOSED,
  GATE_NOT_TAKEN,
  MOVED_TO_ANOTHER_PROJECT,
  MOVED_WITHOUT_APPROVAL,
  NOT_OFFERED,
  ORDER_CHANGED,
  settingsUnusable,
  SHOWN_OTHERWISE,
  standsElsewhere,
} from '../../../../forge-app/request/decision-comments';
import type { RequestRecord } from '../../../../forge-app/request/record';
import { ProjectSettings } from '../../../../forge-app/settings/project-settings';
import { aGate } from '../../../builders/gate';
import { aRequestOf } from './a-gate-request';
import { aFixedOrder, anOperation, anOrder, aRequest, FORM, NOW, SITE } from './a-request';

const STATUSES = {
  awaitingApproval: 'Waiting for approval',
  approved: 'In progress',
  done: 'Done',
  declined: 'Declined',
  failed: 'Failed',
};
const PRODUCT = { productId: FORM.productId, requestTypeId: '1' };
const ACCOUNT = { id: FORM.account, name: 'payments', regions: [FORM.region], organizations: ['7'] };
const GATES = { requestTypeId: '2', approversField: 'customfield_1', approvers: ['bob'] };
const settings = (overrides: object = {}): Evidence['settings'] => ({
  outcome: 'read',
  settings: ProjectSettings.parse({
    products: [PRODUCT],
    accounts: [ACCOUNT],
    gates: GATES,
    statuses: STATUSES,
    ...overrides,
  }),
});
const UNUSABLE: Evidence['settings'] = {
  outcome: 'unusable',
  problems: [
    { path: 'accounts', value: '7', fix: 'Write a list.' },
    { path: 'gates', value: '8', fix: 'Write an object.' },
  ],
};
const PROBLEMS = 'accounts is 7: Write a list. gates is 8: Write an object.';

const AT = new Date(NOW.getTime() + 1000).toISOString();
const approval = (decision: Approval['finalDecision'], people = ['bob'], completed = true): Approval =>
  Approval.parse({
    id: '1',
    finalDecision: decision,
    approvers: people.map((accountId) => ({ approver: { accountId }, approverDecision: decision })),
    createdDate: { epochMillis: NOW.getTime() },
    completedDate: completed && decision !== 'pending' ? { epochMillis: Date.parse(AT) } : null,
  });

const gate = aGate({ account: FORM.account, region: FORM.region });
const aGateRequest = (overrides: Partial<RequestRecord> = {}): RequestRecord => aRequestOf(gate, overrides);

interface Seen extends Partial<Omit<Evidence, 'issue'>> {
  readonly status?: string;
  readonly projectId?: string;
  readonly closed?: boolean;
  readonly property?: unknown;
}
const concluded = (
  record: RequestRecord,
  { status = 'In progress', projectId = '10000', closed, property = FORM, ...seen }: Seen = {},
) =>
  conclude(record, {
    siteId: SITE,
    issue: {
      status,
      closed: closed ?? ['Done', 'Declined', 'Failed', 'Canceled'].includes(status),
      property,
      projectId,
    },
    settings: settings(),
    approvals: [approval('approved')],
    memberships: { organizations: ['7'], groups: [] },
    reason: null,
    shown: NOW,
    ...seen,
  });
const blocked = (obstacle: object) => ({ type: 'blocked', ...obstacle });

const DECIDED: GateDecision = {
  gateId: gate.gateId,
  site: SITE,
  requestKey: 'IT-42',
  digest: gateDigestOf(gate),
  decision: 'approved',
  approvers: ['bob'],
  decidedAt: AT,
  reason: null,
};

test('an approved order is handed over as it was fixed, with its approval and nothing else', () => {
  expect(concluded(aRequest())).toStrictEqual({
    type: 'decided',
    handover: anOperation({ approval: { approvers: ['bob'], approvedAt: AT } }),
  });
});

test('a next attempt names those before it, so that the bridge can look for them', () => {
  const identity = { siteId: SITE, issueId: '10042', attempt: 3 };
  const record = aRequest({ attempt: 3, operationId: launchOperationId(identity) });
  const earlier = earlierOperationIds(identity);
  expect(earlier).toHaveLength(2);
  expect(concluded(record)).toMatchObject({ handover: { operationId: record.operationId, earlier } });
});

test('an approved request that still waits is about to be moved on', () => {
  expect(concluded(aRequest(), { status: 'Waiting for approval' })).toEqual({ type: 'waiting' });
  expect(concluded(aRequest(), { status: 'waiting for approval', approvals: [approval('pending')] })).toEqual(
    { type: 'waiting' },
  );
});

test('what the settings ask an approval for since needs one', () => {
  const record = aRequest({ fixed: { ...aFixedOrder(), approvalRequired: false } });
  expect(concluded(record, { approvals: [] })).toEqual(blocked(MOVED_WITHOUT_APPROVAL));
});

test('an order that the request does not hold any more, or whose reporter approved it, is not handed over', () => {
  expect(concluded(aRequest(), { property: { ...FORM, name: 'other' } })).toEqual(blocked(ORDER_CHANGED));
  expect(concluded(aRequest(), { approvals: [approval('approved', ['ann'])] })).toMatchObject({
    by: expect.stringContaining('own reporter') as string,
  });
});

test('a declined order is declined, with by whom and when', () => {
  expect(concluded(aRequest(), { approvals: [approval('declined')] })).toEqual({
    type: 'declined',
    by: ['bob'],
    at: AT,
  });
});

test('a launch that was withdrawn and is approved now is a launch like any other', () => {
  expect(concluded(aRequest({ state: 'withdrawn' }))).toMatchObject({
    type: 'decided',
    handover: { kind: 'launch' },
  });
});

test('what is not fixed is not judged', () => {
  expect(concluded(aRequest({ fixed: null }))).toBeUndefined();
});

test.each([
  ['launch', aRequest()],
  ['gate', aGateRequest()],
] as const)(
  'a %s elsewhere than where it was fixed, or shown otherwise, is not handed over',
  (kind, record) => {
    expect(concluded(record, { projectId: '10001' })).toEqual(blocked(MOVED_TO_ANOTHER_PROJECT[kind]));
    expect(concluded(record, { shown: null })).toEqual(blocked(SHOWN_OTHERWISE[kind]));
    expect(concluded(record, { shown: undefined })).toMatchObject({ type: 'decided' });
    expect(concluded(record, { status: 'Done' })).toEqual(blocked(CLOSED[kind]));
    expect(concluded(record, { status: 'On hold' })).toEqual(
      blocked(standsElsewhere('On hold', 'In progress', kind)),
    );
    expect(concluded(record, { approvals: [] })).toEqual(blocked(MOVED_WITHOUT_APPROVAL));
  },
);

test('what is kept of an order and is not what was fixed is not handed over, whatever is shown', () => {
  const changed = { ...aFixedOrder(), order: anOrder({ name: 'other' }) };
  expect(concluded(aRequest({ fixed: changed }))).toEqual(blocked(SHOWN_OTHERWISE.launch));
});

test('what was approved before the request showed it does not count', () => {
  const shown = new Date(Date.parse(AT) + 1);
  expect(concluded(aRequest(), { shown })).toMatchObject({
    by: expect.stringContaining('before this request showed') as string,
  });
  expect(concluded(aRequest(), { shown: new Date(AT) })).toMatchObject({ type: 'decided' });
});

test('where nobody had to approve, nobody had to be shown anything', () => {
  const record = aRequest({ fixed: { ...aFixedOrder(), approvalRequired: false } });
  const none = settings({
    products: [
      { productId: 'prod-other', requestTypeId: '1' },
      { ...PRODUCT, approval: 'none' },
    ],
  });
  expect(concluded(record, { approvals: [], settings: none, shown: null })).toMatchObject({
    type: 'decided',
    handover: { approval: null },
  });
  expect(concluded(record, { approvals: [], settings: none, status: 'On hold' })).toMatchObject({
    type: 'decided',
  });
  expect(concluded(record, { approvals: [], settings: settings({ products: [] }) })).toEqual(
    blocked(NOT_OFFERED),
  );
  expect(concluded(record, { approvals: [], settings: UNUSABLE })).toEqual(
    blocked(settingsUnusable(PROBLEMS)),
  );
});

test.each([
  ['of another account', { accounts: [{ ...ACCOUNT, id: '100000000009' }] }, ACCOUNT_NOT_ALLOWED],
  ['without the region', { accounts: [{ ...ACCOUNT, regions: ['us-east-1'] }] }, ACCOUNT_NOT_ALLOWED],
  ['of another product', { products: [{ ...PRODUCT, productId: 'prod-other' }] }, NOT_OFFERED],
  ['of another type of request', { products: [{ ...PRODUCT, requestTypeId: '9' }] }, NOT_OFFERED],
])('settings %s hold up what was approved', (_what, overrides, obstacle) => {
  expect(concluded(aRequest(), { settings: settings(overrides) })).toEqual(blocked(obstacle));
});

test('what the reporter belongs to counts where it was asked for', () => {
  const memberships = { organizations: ['8'], groups: [] };
  expect(concluded(aRequest(), { memberships })).toEqual(blocked(ACCOUNT_NOT_ALLOWED));
  expect(concluded(aRequest(), { memberships: undefined })).toMatchObject({ type: 'decided' });
});

test('what the reporter belongs to matters where not everyone may use the account', () => {
  const open = { ...ACCOUNT, id: '100000000009', organizations: 'everyone' };
  expect(restrictedAccount(aFixedOrder(), settings({ accounts: [open, ACCOUNT] }))).toMatchObject({
    id: FORM.account,
  });
  expect(
    restrictedAccount(aFixedOrder(), settings({ accounts: [{ ...ACCOUNT, id: '100000000008' }] })),
  ).toBeUndefined();
  expect(
    restrictedAccount(aFixedOrder(), settings({ accounts: [{ ...open, id: FORM.account }] })),
  ).toBeUndefined();
  expect(restrictedAccount(aFixedOrder(), UNUSABLE)).toBeUndefined();
});

test('settings that cannot be used hold up an approval, also one that counts for nothing, and nobody who waits', () => {
  const absent = 'The project’s property "gatehouse" is not there.';
  for (const record of [aRequest(), aGateRequest()]) {
    expect(concluded(record, { settings: UNUSABLE })).toEqual(blocked(settingsUnusable(PROBLEMS)));
    expect(concluded(record, { settings: { outcome: 'absent' } })).toEqual(blocked(settingsUnusable(absent)));
    const own = [approval('approved', ['ann'])];
    expect(concluded(record, { settings: UNUSABLE, approvals: own })).toEqual(
      blocked(settingsUnusable(PROBLEMS)),
    );
    expect(concluded(record, { settings: UNUSABLE, approvals: [approval('pending')] })).toBeUndefined();
  }
});

test('what settings held up waits again once they can be used', () => {
  const pending = { status: 'On hold', approvals: [approval('pending')] };
  expect(concluded(aRequest({ state: 'blocked', blockedBy: 'settings' }), pending)).toEqual({
    type: 'waiting',
  });
  expect(concluded(aRequest({ state: 'blocked', blockedBy: 'closed' }), pending)).toBeUndefined();
});

test('what needs no approval and was closed is withdrawn, and launched where it is reopened', () => {
  const record = aRequest({ fixed: { ...aFixedOrder(), approvalRequired: false }, state: 'withdrawn' });
  const unapproved = { ...PRODUCT, approval: 'none' as const };
  const asks = { approvals: [], settings: settings({ products: [unapproved] }) };
  expect(concluded(record, { ...asks, status: 'Canceled' })).toEqual({ type: 'withdrawn' });
  expect(concluded(record, { ...asks, status: 'Open' })).toMatchObject({ type: 'decided' });
});

test('a closed launch that nobody decided about is withdrawn; a closed gate’s stack waits on all the same', () => {
  const closed = { status: 'Canceled', approvals: [approval('pending')] };
  expect(concluded(aRequest(), closed)).toEqual({ type: 'withdrawn' });
  expect(concluded(aGateRequest(), closed)).toBeUndefined();
});

describe('a gate', () => {
  test('that was approved is handed over with who approved it, and when', () => {
    expect(concluded(aGateRequest())).toStrictEqual({ type: 'decided', handover: DECIDED });
  });

  test('that was declined is handed over with why', () => {
    expect(concluded(aGateRequest(), { approvals: [approval('declined')], reason: 'too big' })).toStrictEqual(
      {
        type: 'decided',
        handover: { ...DECIDED, decision: 'declined', reason: 'too big' },
      },
    );
  });

  test.each([
    ['by nobody', approval('declined', [])],
    ['at no time', approval('declined', ['bob'], false)],
  ])('that was declined %s is not declined', (_what, declined) => {
    const why = 'Jira calls the approval step declined, but does not say who declined it and when.';
    expect(concluded(aGateRequest(), { approvals: [declined] })).toEqual(blocked(approvalVoid(why)));
  });

  test('is not approved by whoever raised it', () => {
    expect(concluded(aGateRequest(), { approvals: [approval('approved', ['ann'])] })).toMatchObject({
      by: expect.stringContaining('own reporter') as string,
    });
  });

  test('is not approved by whoever has the address that was typed', () => {
    const own = approval('approved');
    const approvers = own.approvers.map((one) => ({
      ...one,
      approver: { ...one.approver, emailAddress: gate.requesterEmail },
    }));
    expect(concluded(aGateRequest(), { approvals: [{ ...own, approvers }] })).toMatchObject({
      by: expect.stringContaining('own e-mail address') as string,
    });
  });

  test('that the project does not take any more is not handed over', () => {
    expect(concluded(aGateRequest(), { settings: settings({ gates: undefined }) })).toEqual(
      blocked(GATE_NOT_TAKEN),
    );
  });

  test('that has ended takes a decision in whatever status and settings, so that people learn that it was too late', () => {
    const ended = aGateRequest({ state: 'expired' });
    const elsewhere = { status: 'Declined', settings: UNUSABLE };
    expect(concluded(ended, elsewhere)).toEqual({ type: 'decided', handover: DECIDED });
    expect(concluded(ended, { ...elsewhere, approvals: [approval('declined')] })).toMatchObject({
      handover: { decision: 'declined' },
    });
    const nothing = [[approval('declined', [])], [approval('approved', ['ann'])], [approval('pending')], []];
    for (const approvals of nothing) expect(concluded(ended, { ...elsewhere, approvals })).toBeUndefined();
  });
});

describe('a decision that the bridge has not confirmed', () => {
  const standing = (overrides: Partial<GateDecision>) =>
    standingOf(
      { ...DECIDED, approvers: ['bob', 'cid'] },
      { type: 'decided', handover: { ...DECIDED, ...overrides } },
    );

  test('about a gate stands by what and when was decided and by whom, not by what they write or in which order', () => {
    expect(standing({ approvers: ['cid', 'bob'], reason: 'more' })).toBe('stands');
    expect(standing({ approvers: ['bob'] })).toBe('recalled');
    expect(standing({ approvers: ['bob', 'cid'], decision: 'declined' })).toBe('recalled');
    expect(standing({ approvers: ['bob', 'cid'], decidedAt: NOW.toISOString() })).toBe('recalled');
    expect(standing({ approvers: ['bob', 'cid'], digest: 'f'.repeat(64) })).toBe('recalled');
  });

  test('about an order stands where nothing of it is another one', () => {
    const approved = { approvers: ['bob', 'cid'], approvedAt: AT };
    const one = anOperation({ approval: approved });
    const stands = (overrides: Partial<typeof one>) =>
      standingOf(one, { type: 'decided', handover: { ...one, ...overrides } });
    expect(stands({ approval: { ...approved, approvers: ['cid', 'bob'] } })).toBe('stands');
    expect(stands({ approval: { ...approved, approvedAt: NOW.toISOString() } })).toBe('recalled');
    expect(stands({ approval: { ...approved, approvers: ['bob'] } })).toBe('recalled');
    expect(stands({ approval: null })).toBe('recalled');
    expect(stands({ operationId: 'launch-10042-fedcba9876543210' })).toBe('recalled');
    expect(stands({ digest: 'f'.repeat(64) })).toBe('recalled');
    expect(stands({ order: anOrder({ name: 'other' }) })).toBe('recalled');
  });

  test('is not judged while settings cannot be used, and recalled by everything else', () => {
    expect(standingOf(DECIDED, { type: 'blocked', by: 'settings', reason: null })).toBe('unjudged');
    expect(standingOf(DECIDED, { type: 'blocked', by: 'moved', reason: null })).toBe('recalled');
    expect(standingOf(DECIDED, { type: 'waiting' })).toBe('recalled');
    expect(standingOf(DECIDED, undefined)).toBe('recalled');
  });
});
