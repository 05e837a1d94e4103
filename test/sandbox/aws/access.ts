import { randomBytes } from 'node:crypto';
import type { Principal } from './service';

/** Credentials that were given to somebody, and what can be done with them. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly principal: Principal;
  /** A function's own credentials are renewed by Lambda and so do not end. */
  readonly expiresAt: Date | undefined;
}

/** Everybody who holds credentials. */
export class Sessions {
  readonly #byAccessKey = new Map<string, Session>();

  issue(to: Pick<Session, 'principal' | 'expiresAt'>): Session {
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
