import { seal } from '../contract/codec';
import type { OperationProgressed } from '../contract/messages';
import type { SigningKey } from '../contract/signature';
import { CallbackFailed, type TellApp } from './callback-port';
import { errorName } from './error-name';

/**
 * Milliseconds for one message. Forge answers a web trigger within 55 s at most; an app that is that slow is asked
 * again later.
 */
const TIMEOUT = 25_000;

/**
 * Tells the app by its web trigger, signed. A repeat has the same id and the same body; only the signature's moment
 * differs.
 */
export const createTellApp =
  (ports: {
    readonly url: string;
    /** The current key first. */
    readonly signingKeys: () => Promise<readonly SigningKey[]>;
    readonly now: () => Date;
  }): TellApp =>
  async (progress) => {
    const content: OperationProgressed = {
      type: 'operation.progressed',
      timestamp: progress.at,
      data: progress,
    };
    const { headers, body } = seal({
      id: `${progress.operationId}_${progress.sequence}`,
      at: ports.now(),
      content,
      key: await currentKey(ports.signingKeys),
    });
    const status = await post(ports.url, { ...headers }, body);
    if (status >= 200 && status < 300) return 'delivered';
    if (status === 410) return 'gone';
    throw new CallbackFailed(`answered ${status}`);
  };

const currentKey = async (signingKeys: () => Promise<readonly SigningKey[]>): Promise<SigningKey> => {
  const keys = await signingKeys().catch((error: unknown) => {
    throw new CallbackFailed(`no signing key (${errorName(error)})`);
  });
  const [current] = keys;
  if (!current) throw new CallbackFailed('no signing key');
  return current;
};

/** Never follows a redirect: the message is for the configured address only. */
const post = async (url: string, headers: Record<string, string>, body: string): Promise<number> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw new CallbackFailed(`unreachable (${errorName(error)})`);
  }
};
