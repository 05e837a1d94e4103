import * as z from 'zod/mini';
import { DownstreamFailed } from '../../runtime/downstream';
import type { AwsConfiguration } from '../../runtime/environment';
import type { QueryCall } from '../../runtime/query-call';
import { AwsRefused } from '../../runtime/signed-fetch';

/** Seconds; the shortest that STS gives. What is looked up takes no more than a moment. */
const DURATION = 900;
/** Milliseconds before its end from which a session is not used any more. */
const MARGIN = 60_000;
/** Sessions that are kept. */
const MOST_SESSIONS = 50;

const Answer = z.object({
  AssumeRoleResult: z.object({
    Credentials: z.object({
      AccessKeyId: z.string(),
      SecretAccessKey: z.string(),
      SessionToken: z.string(),
      Expiration: z.iso.datetime(),
    }),
  }),
});

export type Credentials = AwsConfiguration['credentials'];

/** There is no role in the account that the bridge may assume for this. */
export class AccountClosed extends Error {
  override readonly name = 'AccountClosed';
}

/**
 * Gives credentials of the role in a tenant account that may look up choices, and nothing else.
 * @throws AccountClosed, DownstreamFailed, DownstreamThrottled
 */
export type EnterAccount = (account: string) => Promise<Credentials>;

/** Assumes the role, once for as long as the session lasts. Credentials stay in memory. */
export const createEnterAccount = (ports: {
  readonly sts: QueryCall;
  /** The same in every tenant account. */
  readonly roleName: string;
  readonly externalId: string;
  readonly now: () => Date;
}): EnterAccount => {
  const sessions = new Map<string, { readonly credentials: Credentials; readonly until: number }>();

  return async (account) => {
    const known = sessions.get(account);
    if (known && ports.now().getTime() < known.until) return known.credentials;
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = await assumeRole(account, ports);
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
    sessions.delete(account);
    sessions.set(account, { credentials, until: Date.parse(Expiration) - MARGIN });
    const [oldest] = sessions.keys();
    if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    return credentials;
  };
};

const assumeRole = async (
  account: string,
  ports: { readonly sts: QueryCall; readonly roleName: string; readonly externalId: string },
): Promise<z.infer<typeof Answer>['AssumeRoleResult']['Credentials']> => {
  const answer = await ports
    .sts({
      Action: 'AssumeRole',
      RoleArn: `arn:aws:iam::${account}:role/${ports.roleName}`,
      RoleSessionName: 'gatehouse-choices',
      ExternalId: ports.externalId,
      DurationSeconds: String(DURATION),
    })
    .catch((error: unknown) => {
      if (!(error instanceof AwsRefused)) throw error;
      throw error.code === 'AccessDenied' ? new AccountClosed() : new DownstreamFailed('sts', error);
    });
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) throw new DownstreamFailed('sts', parsed.error);
  return parsed.data.AssumeRoleResult.Credentials;
};
