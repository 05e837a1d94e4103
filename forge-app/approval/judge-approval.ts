import { z } from 'zod';
import { AtlassianAccountId } from '../../aws-bridge/contract/identifiers';
import type { ApprovedOperation } from '../../aws-bridge/contract/messages';
import { sameAddress } from '../gate/same-address';

const Decision = z.enum(['approved', 'declined', 'pending']);
/** At most what a JavaScript date can be. */
const Moment = z.object({ epochMillis: z.int().nonnegative().max(8.64e15) });

/** An approval as Jira Service Management's approvals API describes it (ApprovalDTO), as far as it matters here. */
export const Approval = z.object({
  id: z.string(),
  finalDecision: Decision,
  approvers: z.array(
    z.object({
      /** The address is missing where its owner does not let it be seen. */
      approver: z.object({ accountId: AtlassianAccountId, emailAddress: z.string().nullish() }),
      approverDecision: Decision,
    }),
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
  | {
      readonly verdict: 'declined';
      readonly decliners: readonly AtlassianAccountId[];
      /** Null where Jira does not say when. */
      readonly declinedAt: string | null;
    }
  | { readonly verdict: 'pending' }
  | { readonly verdict: 'none' }
  | { readonly verdict: 'void'; readonly reason: string };

export interface ApprovalCase {
  readonly kind: 'launch' | 'gate';
  /** All approvals of the request, of all pages. */
  readonly approvals: readonly Approval[];
  /** Since when the request shows what there is to approve, by Jira's clock; undefined where that was not looked at. */
  readonly shownSince: Date | undefined;
  /** Who had approved before that. Jira tells when a round was completed, not when each of several approvers decided. */
  readonly approvedBlind: readonly AtlassianAccountId[];
  /** Null where Jira names none. */
  readonly reporter: AtlassianAccountId | null;
  /** What was typed as the address of whoever asks; null where nothing was. It need not be that of the reporter. */
  readonly typedEmail: string | null;
  /** Whether the product needs an approval at all. */
  readonly required: boolean;
  readonly separationOfDuties: boolean;
}

/**
 * What a request's approvals are worth.
 *
 * A status proves nothing: whoever may move a request may move it past its approval. So only what the approvals
 * API says counts, and of that only the last round (the approval created last; several of one moment belong
 * together), since an earlier one was about something that has been sent back. Whether a round is approved is
 * Jira's to say (all approvers, or so many of them); what is checked on top is that a named approver decided so,
 * that the request showed by then what there is to approve - both moments are Jira's own -, that none of them had
 * approved before there was anything to see, and that neither the
 * reporter nor whoever has the address that was typed is among those who approved.
 *
 * A round that was completed in the very millisecond in which the order was shown counts: the two cannot be told
 * apart, and the order has not changed since.
 */
export const judgeApproval = (approvalCase: ApprovalCase): Verdict => {
  const round = lastRound(approvalCase.approvals);
  if (round.length === 0) {
    return approvalCase.required ? { verdict: 'none' } : { verdict: 'approved', approval: null };
  }
  const declined = round.filter((approval) => approval.finalDecision === 'declined');
  if (declined.length > 0) {
    const moments = declined.flatMap(({ completedDate }) => completedDate?.epochMillis ?? []);
    return {
      verdict: 'declined',
      decliners: whoDecided(round, 'declined').slice(0, MAX_APPROVERS),
      declinedAt: moments.length === 0 ? null : new Date(Math.max(...moments)).toISOString(),
    };
  }
  if (round.some((approval) => approval.finalDecision === 'pending')) return { verdict: 'pending' };
  return judgeApproved(round, approvalCase);
};

const judgeApproved = (round: readonly Approval[], approvalCase: ApprovalCase): Verdict => {
  if (round.some((approval) => whoDecided([approval], 'approved').length === 0)) {
    return nothing('Jira calls the approval step approved, but names nobody who approved it');
  }
  const completed = round.map((approval) => approval.completedDate?.epochMillis);
  const moments = completed.filter((moment) => moment !== undefined);
  if (moments.length < completed.length) {
    return nothing('Jira calls the approval step approved, but does not say when that was');
  }
  const { shownSince } = approvalCase;
  if (shownSince !== undefined && Math.min(...moments) < shownSince.getTime()) {
    return nothing(TOO_EARLY[approvalCase.kind]);
  }
  const approvers = whoDecided(round, 'approved');
  const begun = Math.min(...round.map(({ createdDate }) => createdDate.epochMillis));
  if (
    shownSince !== undefined &&
    begun < shownSince.getTime() &&
    approvers.some((approver) => approvalCase.approvedBlind.includes(approver))
  ) {
    return nothing(PARTLY_TOO_EARLY[approvalCase.kind]);
  }
  const { reporter } = approvalCase;
  if (approvalCase.separationOfDuties && approvers.some((approver) => approver === reporter)) {
    return nothing('the request was approved by its own reporter, which this project does not allow');
  }
  const { typedEmail } = approvalCase;
  if (approvalCase.separationOfDuties && typedEmail !== null && hasApproved(round, typedEmail)) {
    return nothing(
      'it was given by somebody whose own e-mail address was typed as that of whoever asks, which this project does not allow',
    );
  }
  const approvedAt = new Date(Math.max(...moments)).toISOString();
  return { verdict: 'approved', approval: { approvers: approvers.slice(0, MAX_APPROVERS), approvedAt } };
};

const hasApproved = (round: readonly Approval[], email: string): boolean =>
  round
    .flatMap(({ approvers }) => approvers)
    .some(
      ({ approver, approverDecision }) =>
        approverDecision === 'approved' &&
        typeof approver.emailAddress === 'string' &&
        sameAddress(approver.emailAddress, email),
    );

const TOO_EARLY: Readonly<Record<ApprovalCase['kind'], string>> = {
  launch: 'it was given before this request showed what exactly is ordered, so it cannot be about this order',
  gate: 'it was given before it was shown what there is to decide about',
};

const PARTLY_TOO_EARLY: Readonly<Record<ApprovalCase['kind'], string>> = {
  launch:
    'a part of it was given before this request showed what exactly is ordered, so not everybody can have meant this order',
  gate: 'a part of it was given before it was shown what there is to decide about',
};

/** As many as the contract carries. All of them were looked at. */
const MAX_APPROVERS = 50;

const lastRound = (approvals: readonly Approval[]): readonly Approval[] => {
  const last = Math.max(...approvals.map((approval) => approval.createdDate.epochMillis));
  return approvals.filter((approval) => approval.createdDate.epochMillis === last);
};

/** Those of the last round who have approved. */
export const whoHasApproved = (approvals: readonly Approval[]): readonly AtlassianAccountId[] =>
  whoDecided(lastRound(approvals), 'approved');

/** Those of the last round who have still to decide; nobody where it is decided, or where there is none. */
export const whoIsAsked = (approvals: readonly Approval[]): readonly AtlassianAccountId[] =>
  whoDecided(
    lastRound(approvals).filter(({ finalDecision }) => finalDecision === 'pending'),
    'pending',
  );

const whoDecided = (
  round: readonly Approval[],
  decision: Approval['finalDecision'],
): readonly AtlassianAccountId[] => [
  ...new Set(
    round
      .flatMap((approval) => approval.approvers)
      .filter((approver) => approver.approverDecision === decision)
      .map((approver) => approver.approver.accountId),
  ),
];

const nothing = (why: string): Verdict => ({
  verdict: 'void',
  reason: `The approval does not count: ${why}.`,
});
