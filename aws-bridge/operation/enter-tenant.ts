import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod/mini';
import { awsFailure } from './aws-failure';
import type { EnterTenant, Tenant } from './tenant-port';
import type { TenantSession } from './tenant-session';

/** Milliseconds before its end from which a session is not used any more: a call may take a while. */
const MARGIN = 5 * 60_000;
/** Sessions whose credentials are kept. An operation waits between its looks, and its environment works on others. */
const MOST_SESSIONS = 50;

/** Temporary credentials for the tenant account. They stay in memory. */
export interface TenantCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const Answer = z.object({
  Credentials: z.object({
    AccessKeyId: z.string(),
    SecretAccessKey: z.string(),
    SessionToken: z.string(),
    Expiration: z.date(),
  }),
});

/**
 * Enters tenant accounts by assuming their role, once for an operation and whoever is answerable for it, until shortly
 * before the session ends.
 * @param ports.roleName with its path, the same in every tenant account
 * @param ports.open makes the tenant of credentials; it calls `expired` where AWS says that they are too old
 */
export const createEnterTenant = (ports: {
  readonly sts: STSClient;
  readonly roleName: string;
  readonly externalId: string;
  readonly open: (session: TenantSession, credentials: TenantCredentials, expired: () => void) => Tenant;
  readonly now: () => Date;
}): EnterTenant => {
  const sessions = new Map<string, Assumed>();
  // Clients that were used keep some eighty kilobytes, and credentials about one: only the latest session has clients.
  let opened: { readonly by: Assumed; readonly tenant: Tenant } | undefined;

  const assume = async (key: string, session: TenantSession): Promise<Assumed> => {
    const { credentials, expiration } = await assumeRole(session, ports);
    const assumed = { credentials, until: expiration.getTime() - MARGIN };
    sessions.delete(key);
    sessions.set(key, assumed);
    const [oldest] = sessions.keys();
    if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    return assumed;
  };

  return async (session) => {
    const { operationId, sourceIdentity, sessionName } = session;
    const key = `${operationId} ${sourceIdentity} ${sessionName}`;
    const known = sessions.get(key);
    const by = known && ports.now().getTime() < known.until ? known : await assume(key, session);
    if (opened?.by === by) return opened.tenant;
    const tenant = ports.open(session, by.credentials, () => void sessions.delete(key));
    opened = { by, tenant };
    return tenant;
  };
};

interface Assumed {
  readonly credentials: TenantCredentials;
  /** Milliseconds since 1970. */
  readonly until: number;
}

const assumeRole = async (
  session: TenantSession,
  ports: { readonly sts: STSClient; readonly roleName: string; readonly externalId: string },
): Promise<{ readonly credentials: TenantCredentials; readonly expiration: Date }> => {
  const command = new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${session.account}:role/${ports.roleName}`,
    ExternalId: ports.externalId,
    RoleSessionName: session.sessionName,
    SourceIdentity: session.sourceIdentity,
    Tags: Object.entries(session.tags).map(([Key, Value]) => ({ Key, Value })),
  });
  try {
    const { Credentials: given } = Answer.parse(await ports.sts.send(command));
    return {
      credentials: {
        accessKeyId: given.AccessKeyId,
        secretAccessKey: given.SecretAccessKey,
        sessionToken: given.SessionToken,
      },
      expiration: given.Expiration,
    };
  } catch (error) {
    throw awsFailure('sts', error);
  }
};
