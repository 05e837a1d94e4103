import { createHash } from 'node:crypto';
import { OperationId, type SiteId } from '../../aws-bridge/contract/identifiers';

/**
 * The identity of a request's launch: the same for ever, whoever asks and however often, because it names the
 * durable execution, is the provision token and ends the provisioned product's name. `attempt` grows only when a
 * launch that has ended is to be tried anew.
 * @param launch.issueId Jira's numeric id; a request's key may change when it moves
 */
export const launchOperationId = (launch: {
  readonly siteId: SiteId;
  readonly issueId: string;
  readonly attempt?: number;
}): OperationId => {
  const { siteId, issueId, attempt = 1 } = launch;
  const digest = createHash('sha256').update(`${siteId}/${issueId}/launch/${attempt}`).digest('hex');
  return OperationId.parse(`launch-${issueId}-${digest.slice(0, 16)}`);
};

/** The identities of a request's launches before its `attempt`th, the first of them first. */
export const earlierOperationIds = (launch: {
  readonly siteId: SiteId;
  readonly issueId: string;
  readonly attempt: number;
}): OperationId[] =>
  Array.from({ length: launch.attempt - 1 }, (_, index) =>
    launchOperationId({ ...launch, attempt: index + 1 }),
  );
