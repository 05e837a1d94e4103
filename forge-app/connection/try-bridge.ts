import { seal } from '../../aws-bridge/contract/codec';
import { ConnectionAnswer, type ConnectionTest, type WayBack } from '../../aws-bridge/contract/connection';
import { type ConnectionTested, Refusal } from '../../aws-bridge/contract/messages';
import type { SigningKey } from '../../aws-bridge/contract/signature';
import type { InvokeBridge } from '../bridge/bridge';

/**
 * Why the way to the bridge is closed.
 *
 * - `no-key`: the app has no secret to sign with
 * - `unreachable`: nobody answered at the address that was deployed
 * - `unauthenticated`: the bridge does not take the app's word: another secret, a clock that is off, another app id
 * - `wrong-site`: the bridge serves another Jira site
 * - `outdated`: the bridge does not know this message
 * - `not-the-bridge`: somebody else answered
 * - `busy`: the bridge could not do it just now
 */
export type ClosedBecause =
  'no-key' | 'unreachable' | 'unauthenticated' | 'wrong-site' | 'outdated' | 'not-the-bridge' | 'busy';

export type Tried =
  | { readonly state: 'open'; readonly wayBack: WayBack }
  | { readonly state: 'closed'; readonly why: ClosedBecause; readonly status: number | null };

/** Sends the message of a test, signed with a key, and says what came of it. Throws for nothing that the bridge did. */
export type TryBridge = (test: ConnectionTest, key: SigningKey) => Promise<Tried>;

export const createTryBridge =
  (ports: {
    readonly invoke: InvokeBridge;
    readonly now: () => Date;
    readonly newMessageId: () => string;
  }): TryBridge =>
  async (test, key) => {
    const at = ports.now();
    const content: ConnectionTested = { type: 'connection.tested', timestamp: at.toISOString(), data: test };
    const { headers, body } = seal({ id: ports.newMessageId(), at, content, key });
    try {
      const response = await ports.invoke({ path: '/webhook', headers: { ...headers }, body });
      return judge(test, response.status, json(await response.text()));
    } catch {
      return closed('unreachable', null);
    }
  };

const judge = (test: ConnectionTest, status: number, body: unknown): Tried => {
  if (status === 200) {
    const answer = ConnectionAnswer.safeParse(body).data;
    return answer?.testId === test.testId
      ? { state: 'open', wayBack: answer.wayBack }
      : closed('not-the-bridge', status);
  }
  const refusal = Refusal.safeParse(body).data;
  if (status === 429 || status >= 500) return closed('busy', status);
  if (status === 401) return closed('unauthenticated', status);
  if (status === 400 && refusal?.error === 'wrong-site') return closed('wrong-site', status);
  if (status === 400 && refusal?.error === 'malformed') return closed('outdated', status);
  return closed('not-the-bridge', status);
};

const closed = (why: ClosedBecause, status: number | null): Tried => ({ state: 'closed', why, status });

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
