import type { ApprovalStep } from './workflow';

export type Decision = 'approved' | 'declined' | 'pending';

export interface Approver {
  readonly accountId: string;
  decision: Decision;
}

/** One approval that a request went or goes through. */
export interface Approval {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly approvers: readonly Approver[];
  readonly step: Readonly<ApprovalStep>;
  decision: Decision;
  completedAt: Date | undefined;
  /** The request left the status while this was pending: nobody can answer any more. */
  abandoned: boolean;
}

/** Who is asked: those in the request's Approvers field, without whom the workflow leaves out. */
export const approversOf = (
  step: ApprovalStep,
  field: readonly string[],
  request: { readonly reporter: string; readonly assignee: string | null },
): Approver[] => {
  const excluded = step.exclude.map((role) => request[role]);
  return field
    .filter((accountId) => !excluded.includes(accountId))
    .map((accountId) => ({ accountId, decision: 'pending' }));
};

/** What the answers so far amount to. One approver who declines is enough. */
export const finalDecision = (step: ApprovalStep, approvers: readonly Approver[]): Decision => {
  if (approvers.some(({ decision }) => decision === 'declined')) return 'declined';
  const approved = approvers.filter(({ decision }) => decision === 'approved').length;
  const needed =
    step.conditionType === 'number'
      ? Math.min(step.conditionValue, approvers.length)
      : Math.ceil((approvers.length * step.conditionValue) / 100);
  return approvers.length > 0 && approved >= Math.max(1, needed) ? 'approved' : 'pending';
};

export type Refusal = 'not an approver' | 'decided already';

/** Whether somebody may answer an approval now. */
export const mayAnswer = (approval: Approval, accountId: string): Refusal | undefined => {
  const approver = approval.approvers.find((candidate) => candidate.accountId === accountId);
  if (!approver) return 'not an approver';
  const open = approval.decision === 'pending' && !approval.abandoned && approver.decision === 'pending';
  return open ? undefined : 'decided already';
};
