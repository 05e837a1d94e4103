import { Approval } from '../../../../forge-app/approval/judge-approval';
import { conclude } from '../../../../forge-app/request/look-for-decision';
import { ProjectSettings } from '../../../../forge-app/settings/project-settings';
import { anOperation, aRequest, FORM, NOW, SITE } from './a-request';

const settings = ProjectSettings.parse({
  products: [],
  accounts: [],
  statuses: {
    awaitingApproval: 'Waiting for approval',
    approved: 'In progress',
    done: 'Done',
    declined: 'Declined',
    failed: 'Failed',
  },
});

const anApproval = (decision: Approval['finalDecision'], approver = 'bob'): Approval =>
  Approval.parse({
    id: '1',
    finalDecision: decision,
    approvers: [{ approver: { accountId: approver }, approverDecision: decision }],
    createdDate: { epochMillis: NOW.getTime() },
    completedDate: decision === 'pending' ? null : { epochMillis: NOW.getTime() + 1000 },
  });

const looked = (
  status: string,
  approvals: readonly Approval[],
  { record = aRequest(), property = FORM } = {},
) => conclude(SITE, record, { status, property }, settings, approvals);

test('an approval of the order as it was fixed builds the operation with its approver', () => {
  expect(looked('In progress', [anApproval('approved')])).toMatchObject({
    type: 'approved',
    operation: { site: SITE, digest: aRequest().fixed?.digest, approval: { approvers: ['bob'] } },
  });
});

test.each(['In progress', 'Done', 'in progress'])('the status %s alone proves nothing', (status) => {
  expect(looked(status, [anApproval('pending')])).toMatchObject({ type: 'blocked', by: 'no approval' });
  expect(looked(status, [])).toMatchObject({ type: 'blocked', by: 'no approval' });
});

test('a request that waits where it should is left waiting', () => {
  expect(looked('Waiting for approval', [anApproval('pending')])).toEqual({ type: 'waiting' });
});

test('a decline is a decline whatever the status', () => {
  expect(looked('In progress', [anApproval('declined')])).toEqual({ type: 'declined' });
});

test("the reporter's own approval does not count", () => {
  expect(looked('In progress', [anApproval('approved', 'ann')])).toMatchObject({ type: 'blocked' });
});

test.each([
  ['changed', { ...FORM, account: '100000000004' }],
  ['taken away', undefined],
  ['made unreadable', { productId: 1 }],
])('an order that was %s after it was fixed is not launched', (_case, property) => {
  const reading = conclude(SITE, aRequest(), { status: 'In progress', property }, settings, [
    anApproval('approved'),
  ]);
  expect(reading).toMatchObject({ type: 'blocked', by: 'order changed' });
});

test('a request that was closed after its approval is not launched', () => {
  expect(looked('Declined', [anApproval('approved')])).toMatchObject({ type: 'blocked', by: 'closed' });
});

test('a stuck operation is sent again, as it is, once the request is moved into the approved status', () => {
  const record = aRequest({ state: 'stuck', operation: anOperation() });
  expect(looked('In progress', [], { record })).toEqual({ type: 'approved', operation: anOperation() });
  expect(looked('Waiting for approval', [], { record })).toBeUndefined();
});
