import { generateKeyPair, type KeyObject, randomUUID, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { once } from '../once';
import { APP_VERSION, type Cause, ENVIRONMENT_ID, INSTALLATION_ID } from './invocations';

const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Seconds that a token is good for. */
const LIFETIME = 25;

/** One key pair a process: making it takes longer than everything else at the start of a sandbox. */
const keyPair = once(() => promisify(generateKeyPair)('rsa', { modulusLength: 2048 }));

/** Forge Invocation Tokens, signed with a key of the sandbox's own. */
export const createInvocationTokens = async (appId: string, siteId: string, now: () => Date) => {
  const { privateKey, publicKey } = await keyPair();
  const kid = `forge/invocation-token/${randomUUID()}`;
  const jwkOf = (key: KeyObject) => ({ ...key.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' });

  return {
    jwks: { keys: [jwkOf(publicKey)] },

    /** The token that goes along when an invocation calls a remote. */
    issue: (cause: Cause): string => {
      const issuedAt = Math.floor(now().getTime() / 1000);
      const uuid = appId.slice(appId.lastIndexOf('/') + 1);
      const installation = `ari:cloud:ecosystem::installation/${INSTALLATION_ID}`;
      const apiBaseUrl = `https://api.atlassian.com/ex/jira/${siteId}`;
      const claims = {
        app: {
          id: appId,
          version: APP_VERSION.split('.')[0],
          appVersion: APP_VERSION,
          installationId: installation,
          apiBaseUrl,
          installation: { id: installation, contexts: [{ name: 'jira', apiBaseUrl, cloudId: siteId }] },
          environment: {
            type: 'PRODUCTION',
            id: `ari:cloud:ecosystem::environment/${uuid}/${ENVIRONMENT_ID}`,
          },
          module: { type: cause.moduleType, key: cause.moduleKey },
        },
        iss: 'forge/invocation-token',
        aud: appId,
        iat: issuedAt,
        nbf: issuedAt,
        exp: issuedAt + LIFETIME,
        jti: randomUUID(),
      };
      const signed = `${segment({ alg: 'RS256', typ: 'JWT', kid })}.${segment(claims)}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
};
export type InvocationTokens = Awaited<ReturnType<typeof createInvocationTokens>>;
