import { seal } from '../contract/codec';
import type { CallbackMessage } from '../contract/messages';
import type { SigningKey } from '../contract/signature';
import { CallbackFailed } from './callback-port';
import { errorName } from './error-name';

/**
 * Milliseconds for one message. Forge answers a web trigger within 55 s at most; an app that is that slow is asked
 * again later.
 */
const TIMEOUT = 25_000;
/** Bytes of an answer that are read; the answers that mean something are far shorter. */
const LONGEST_ANSWER = 16_384;

export interface AppWire {
  readonly url: string;
  /** The current key first. */
  readonly signingKeys: () => Promise<readonly SigningKey[]>;
  readonly now: () => Date;
}

export interface AppAnswer {
  readonly status: number;
  /** What the body says as JSON; undefined for anything else. */
  readonly body: unknown;
  /** Seconds before which the app does not want to be told again; undefined where it does not say. */
  readonly retryAfter: number | undefined;
}

/**
 * Posts signed messages to the app's web trigger. A repeat has the same id and the same body; only the signature's
 * moment differs.
 * @throws CallbackFailed from the function where no answer came
 */
export const createPostToApp =
  (wire: AppWire) =>
  async (id: string, content: CallbackMessage): Promise<AppAnswer> => {
    const key = await currentKey(wire.signingKeys);
    const { headers, body } = seal({ id, at: wire.now(), content, key });
    try {
      // Never follows a redirect: the message is for the configured address only.
      const response = await fetch(wire.url, {
        method: 'POST',
        headers: { ...headers },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      return {
        status: response.status,
        body: await shortJson(response),
        retryAfter: secondsIn(response.headers.get('retry-after')),
      };
    } catch (error) {
      throw new CallbackFailed(`unreachable (${errorName(error)})`);
    }
  };

const currentKey = async (signingKeys: AppWire['signingKeys']): Promise<SigningKey> => {
  const keys = await signingKeys().catch((error: unknown) => {
    throw new CallbackFailed(`no signing key (${errorName(error)})`, { noKey: true });
  });
  const [current] = keys;
  if (!current) throw new CallbackFailed('no signing key', { noKey: true });
  return current;
};

/** The app says seconds, and never many; whatever else comes under this name is none of its words. */
const secondsIn = (header: string | null): number | undefined =>
  /^\d{1,4}$/.test(header ?? '') ? Number(header) : undefined;

const shortJson = async (response: Response): Promise<unknown> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | readonly never[] = response.body ?? [];
  // Leaving the loop cancels the rest.
  for await (const chunk of body) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
};
