import { randomBytes } from 'node:crypto';
import type { Statement } from '../organization';
import type { Principal } from './service';

/** Credentials that were given to somebody, and what can be done with them. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly principal: Principal;
  readonly statements: readonly Statement[];
  /** A function's own credentials are renewed by Lambda and so do not end. */
  readonly expiresAt: Date | undefined;
}

/** Everybody who holds credentials. */
export class Sessions {
  readonly #byAccessKey = new Map<string, Session>();

  issue(to: Pick<Session, 'principal' | 'statements' | 'expiresAt'>): Session {
    const session: Session = {
      accessKeyId: `ASIA${randomBytes(10).toString('hex').toUpperCase().slice(0, 16)}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(96).toString('base64'),
      ...to,
    };
    this.#byAccessKey.set(session.accessKeyId, session);
    return session;
  }

  find(accessKeyId: string): Session | undefined {
    return this.#byAccessKey.get(accessKeyId);
  }
}

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(text);

/**
 * Whether statements allow an action.
 * @param resource an ARN; undefined where what is named does not exist, so that the service can say so
 */
export const isAllowed = (
  statements: readonly Statement[],
  action: string,
  resource: string | undefined,
): boolean =>
  statements.some(
    (statement) =>
      statement.actions.includes(action) &&
      (resource === undefined || statement.resources.some((pattern) => matches(pattern, resource))),
  );
