import { Approval } from '../../forge-app/approval/judge-approval';
import { APPROVER } from './orders';

type Decision = Approval['finalDecision'];

export const at = (iso: string): { epochMillis: number } => ({ epochMillis: Date.parse(iso) });

export const anApprover = (
  accountId: string,
  approverDecision: Decision = 'approved',
): Approval['approvers'][number] => ({ approver: { accountId }, approverDecision });

/** An approval that was given at half past nine. */
export const anApproval = (overrides: Partial<Approval> = {}): Approval =>
  Approval.parse({
    id: '1',
    finalDecision: 'approved',
    approvers: [anApprover(APPROVER)],
    createdDate: at('2026-01-15T09:00:00.000Z'),
    completedDate: at('2026-01-15T09:30:00.000Z'),
    ...overrides,
  });

/** An approval that nobody has answered. */
export const aPendingApproval = (overrides: Partial<Approval> = {}): Approval =>
  anApproval({
    finalDecision: 'pending',
    approvers: [anApprover(APPROVER, 'pending')],
    completedDate: undefined,
    ...overrides,
  });
