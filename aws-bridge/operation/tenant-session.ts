import type { Gate } from '../contract/gate';
import type { AtlassianAccountId, OperationId, RequestKey } from '../contract/identifiers';
import type { ApprovedOperation } from '../contract/messages';
import { sourceIdentity } from './source-identity';

/** STS takes at most 64 characters for a session's name; a request key may be longer. Its end tells requests apart. */
const LONGEST_SESSION_NAME = 64;

/** The source identity of whoever asks about a stack that nobody has decided about. No account is encoded like it. */
const UNDECIDED = 'gatehouse.undecided';

/** A session in a tenant account: where, and what CloudTrail there is to know about it. */
export interface TenantSession {
  readonly operationId: OperationId;
  readonly account: string;
  readonly region: string;
  readonly sessionName: string;
  readonly sourceIdentity: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The session that an operation acts in. Where no approval is asked for, it acts for its requester. */
export const sessionOf = (operation: ApprovedOperation): TenantSession => {
  const answerable = operation.approval?.approvers[0] ?? operation.order.requester;
  return {
    operationId: operation.operationId,
    account: operation.order.account,
    region: operation.order.region,
    sessionName: operation.requestKey.slice(-LONGEST_SESSION_NAME),
    sourceIdentity: sourceIdentity(answerable),
    tags: {
      'gatehouse:operation': operation.operationId,
      'gatehouse:request': operation.requestKey,
      'gatehouse:approver': answerable,
    },
  };
};

/** The session that a gate acts in: first nobody is answerable for it, then whoever decided. */
export const sessionOfGate = (
  { gateId, account, region }: Gate,
  known: {
    readonly requestKey?: RequestKey | undefined;
    readonly approver?: AtlassianAccountId | undefined;
  } = {},
): TenantSession => {
  const { requestKey, approver } = known;
  return {
    operationId: gateId,
    account,
    region,
    sessionName: (requestKey ?? gateId).slice(-LONGEST_SESSION_NAME),
    sourceIdentity: approver === undefined ? UNDECIDED : sourceIdentity(approver),
    tags: {
      'gatehouse:operation': gateId,
      ...(requestKey !== undefined && { 'gatehouse:request': requestKey }),
      ...(approver !== undefined && { 'gatehouse:approver': approver }),
    },
  };
};
