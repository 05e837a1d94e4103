import { type Progress, ShareFailed, ShareUnfinished } from './share-outcome';
import { shareOf, StartedShareRequest } from './share-request';

/**
 * Asks how far an operation on a share has come.
 * @throws ShareFailed with the accounts that it failed for, or ShareUnfinished when its time is over
 */
export const createFollowShare =
  (ports: {
    /** Undefined where Service Catalog does not tell at the moment. */
    readonly progressOf: (token: string) => Promise<Progress | undefined>;
    readonly now: () => Date;
  }) =>
  async (event: unknown): Promise<{ readonly IsComplete: boolean }> => {
    const { ResourceProperties, Operation } = StartedShareRequest.parse(event);
    if (!Operation) return { IsComplete: true };
    const { share } = shareOf(ResourceProperties);
    const progress = await ports.progressOf(Operation.Token);
    switch (progress?.status) {
      case 'COMPLETED':
        return { IsComplete: true };
      case 'COMPLETED_WITH_ERRORS':
      case 'ERROR':
        throw new ShareFailed(share, Operation, progress);
      case 'NOT_STARTED':
      case 'IN_PROGRESS':
      case undefined:
        if (ports.now() >= new Date(Operation.Until))
          throw new ShareUnfinished(share, Operation, progress?.status);
        return { IsComplete: false };
    }
  };
