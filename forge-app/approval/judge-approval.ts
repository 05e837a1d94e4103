import { z } from 'zod';
import { AtlassianAccountId } from '../../aws-bridge/contract/identifiers';
import type { ApprovedOperation } from '../../aws-bridge/contract/messages';

const Decision = z.enum(['approved', 'declined', 'pending']);
const Moment = z.object({ epochMillis: z.int().nonnegative() });

/** An approval as Jira Service Management's approvals API describes it (ApprovalDTO), as far as it matters here. */
export const Approval = z.object({
  id: z.string(),
  finalDecision: Decision,
  approvers: z.array(
    z.object({ approver: z.object({ accountId: AtlassianAccountId }), approverDecision: Decision }),
  ),
  createdDate: Moment,
  /** Absent while it is pending. */
  completedDate: Moment.nullish(),
});
export type Approval = z.infer<typeof Approval>;

/** A page of `GET /rest/servicedeskapi/request/{issueIdOrKey}/approval`. Read every page before judging. */
export const ApprovalPage = z.object({ isLastPage: z.boolean(), values: z.array(Approval) });
export type ApprovalPage = z.infer<typeof ApprovalPage>;

/**
 * - `approved`: it may go ahead; `approval` is what the bridge is told, null where none was needed
 * - `void`: Jira says approved, but it does not count; `reason` is a sentence for the request
 * - `none`: there is no approval step, though this product needs one
 */
export type Verdict =
  | { readonly verdict: 'approved'; readonly approval: ApprovedOperation['approval'] }
  | { readonly verdict: 'declined'; readonly decliners: readonly AtlassianAccountId[] }
  | { readonly verdict: 'pending' }
  | { readonly verdict: 'none' }
  | { readonly verdict: 'void'; readonly reason: string };

export interface ApprovalCase {
  /** All approvals of the request, of all pages. */
  readonly approvals: readonly Approval[];
  readonly fixedAt: Date;
  readonly reporter: AtlassianAccountId;
  /** Whether the product needs an approval at all. */
  readonly required: boolean;
  readonly separationOfDuties: boolean;
}

export declare const judgeApproval: (approvalCase: ApprovalCase) => Verdict;
