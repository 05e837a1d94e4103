import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { IncomingHeaders } from '../contract/signature';
import { DownstreamFailed } from './downstream';
import type { Environment } from './environment';

/** A request does not come from our Forge app. `reason` is for the log; a sender learns nothing of it. */
export class InvocationTokenRefused extends Error {
  override readonly name = 'InvocationTokenRefused';
  readonly reason: string;
  constructor(reason: string, cause?: unknown) {
    super(`The Forge Invocation Token was refused: ${reason}`, { cause });
    this.reason = reason;
  }
}

/**
 * Checks a request's Forge Invocation Token.
 * @throws InvocationTokenRefused, DownstreamFailed when Atlassian's keys cannot be had
 */
export type InvocationTokenCheck = (headers: IncomingHeaders) => Promise<void>;

const ATLASSIAN_KEYS = 'https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json';
const APP_ARI = 'ari:cloud:ecosystem::app/';
/** Seconds of clock skew. A token lives 25 seconds. */
const CLOCK_TOLERANCE = 30;
/** Milliseconds. */
const KEYS_TIMEOUT = 3_000;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/**
 * What of a token proves that our app sent it: Atlassian's signature, issuer, audience and time. It says nothing of
 * the body, and for a call from a function (as ours are) nothing of the site either: those are signed by the message.
 * @param app.id the app's id as in its manifest, or only the UUID of it
 * @see https://developer.atlassian.com/platform/forge/remote/essentials/#the-forge-invocation-token--fit-
 */
export const createInvocationTokenCheck = (
  app: { readonly id: string; readonly keysUrl?: string | undefined },
  now: () => Date,
): InvocationTokenCheck => {
  const keys = createRemoteJWKSet(new URL(app.keysUrl ?? ATLASSIAN_KEYS), { timeoutDuration: KEYS_TIMEOUT });
  const audience = app.id.startsWith(APP_ARI) ? app.id : `${APP_ARI}${app.id}`;

  return async (headers) => {
    const token = bearer(headers);
    try {
      await jwtVerify(token, keys, {
        issuer: 'forge/invocation-token',
        audience,
        algorithms: ['RS256'],
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: now(),
      });
    } catch (error) {
      if (isAboutKeys(error)) throw new DownstreamFailed('forge keys', error);
      throw new InvocationTokenRefused(error instanceof errors.JOSEError ? error.code : 'unreadable', error);
    }
  };
};

/** The check where an app id is configured; none where the bridge relies on the message's signature alone. */
export const invocationTokenCheckFrom = (
  env: Environment,
  now: () => Date,
): InvocationTokenCheck | undefined => {
  const id = env['FORGE_APP_ID'];
  return id ? createInvocationTokenCheck({ id, keysUrl: env['FORGE_JWKS_URL'] }, now) : undefined;
};

const bearer = (headers: IncomingHeaders): string => {
  const values = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .flatMap(([, value]) => value);
  const token = values.length === 1 ? BEARER.exec(values[0] ?? '')?.[1] : undefined;
  if (token === undefined) throw new InvocationTokenRefused('no bearer token');
  return token;
};

/** The library tells a bad token by a code of its own; a set of keys that cannot be fetched or read is not one. */
const isAboutKeys = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'].includes(error.code);
