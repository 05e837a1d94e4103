import { createHash } from 'node:crypto';
import type { AtlassianAccountId } from '../contract/identifiers';

/** STS takes 2 to 64 characters of `[\w+=,.@-]`. */
const LONGEST = 64;
const PLAIN = 'jira.';
const HASHED = 'jira-sha256.';

/**
 * Names an Atlassian account in the source identity of a session, so that CloudTrail in the tenant account tells who
 * approved. No two accounts have the same one.
 *
 * To read it back: after `jira.` comes the account id with `=` for each colon (`jira.712020=0f7e…` is
 * `712020:0f7e…`). An id too long for that appears as `jira-sha256.` and the base64url of the SHA-256 of the id; the
 * id itself is in the session tag `gatehouse:approver`, which takes any id.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const sourceIdentity = (account: AtlassianAccountId): string => {
  const plain = PLAIN + account.replaceAll(':', '=');
  if (plain.length <= LONGEST) return plain;
  return HASHED + createHash('sha256').update(account).digest('base64url');
};
