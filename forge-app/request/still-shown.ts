import { gateDigestOf } from '../../aws-bridge/contract/gate';
import { type Digest, digestOf } from '../../aws-bridge/contract/order';
import type { OwnComment } from '../jira/request';
import type { Fixed } from './record';

const digestNow = (fixed: Fixed): Digest =>
  fixed.kind === 'launch' ? digestOf(fixed.order) : gateDigestOf(fixed.gate);

/** Whether what is kept of what was fixed is what was fixed. */
export const isWhole = (fixed: Fixed): boolean => digestNow(fixed) === fixed.digest;

/**
 * Since when a request shows what is decided about, as the app wrote it: what an approver has read is what they have approved. It
 * also holds what the app keeps against Jira, so that whoever changes one of them changes nothing that is launched.
 * @param comments the app's own that show it
 * @returns by Jira's clock; null where it does not show it, or not as it was written
 */
export const shownSince = (fixed: Fixed, comments: readonly OwnComment[]): Date | null => {
  const line = `${DIGEST_LINE}${digestNow(fixed)}`;
  const asWritten = comments.every(
    ({ body, public: visible, edited }) =>
      visible && !edited && body.split('\n').some((candidate) => candidate.trim() === line),
  );
  if (comments.length === 0 || !asWritten) return null;
  return new Date(Math.min(...comments.map(({ created }) => created.getTime())));
};

/** Begins the line with the digest, in the comment for the approver. */
export const DIGEST_LINE = 'Digest: ';
