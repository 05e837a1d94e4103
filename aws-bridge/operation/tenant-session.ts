import type { ApprovedOperation } from '../contract/messages';
import { sourceIdentity } from './source-identity';

/** STS takes at most 64 characters for a session's name; a request key may be longer. Its end tells requests apart. */
const LONGEST_SESSION_NAME = 64;

/** What CloudTrail in the tenant account is to know about a session. */
export interface TenantSession {
  readonly account: string;
  readonly sessionName: string;
  readonly sourceIdentity: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The session that an operation acts in. Where no approval is asked for, it acts for its requester. */
export const sessionOf = (operation: ApprovedOperation): TenantSession => {
  const answerable = operation.approval?.approvers[0] ?? operation.order.requester;
  return {
    account: operation.order.account,
    sessionName: operation.requestKey.slice(-LONGEST_SESSION_NAME),
    sourceIdentity: sourceIdentity(answerable),
    tags: {
      'gatehouse:operation': operation.operationId,
      'gatehouse:request': operation.requestKey,
      'gatehouse:approver': answerable,
    },
  };
};
