import { seal } from '../../aws-bridge/contract/codec';
import { signingKey } from '../../aws-bridge/contract/signature';
import type { Sandbox } from '../sandbox/sandbox';

/** A request as it goes over the wire. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export const send = async ({ url, headers, body }: Post): Promise<Answer> => {
  const answer = await fetch(url, { method: 'POST', headers, body });
  return { status: answer.status, body: await answer.text() };
};

/** What decides whether a message is believed. */
interface Signing {
  readonly id: string;
  readonly secret?: string;
  /** Seconds that the message's moment lies in the future. */
  readonly ahead?: number;
}

/** Writes messages as the app and the bridge do, and as somebody would who is neither. */
export const createPosts = (sandbox: Sandbox) => {
  const { clock, secrets, atlassian, bridgeUrl } = sandbox;
  const signed = (url: string, own: string, content: unknown, { id, secret = own, ahead = 0 }: Signing) => {
    const at = new Date(clock.now().getTime() + ahead * 1000);
    const { headers, body } = seal({ id, at, content, key: signingKey(secret) });
    return { url, headers: { ...headers }, body };
  };
  return {
    /** To the bridge, with a Forge Invocation Token like every message of the app. */
    toBridge: (path: '/webhook' | '/catalog', content: unknown, signing: Signing): Post => {
      const post = signed(`${bridgeUrl}${path}`, secrets.webhook, content, signing);
      return {
        ...post,
        headers: { ...post.headers, authorization: `Bearer ${atlassian.invocationToken()}` },
      };
    },
    toApp: (content: unknown, signing: Signing): Post =>
      signed(atlassian.webTriggerUrl('bridge-callback'), secrets.callback, content, signing),
  };
};
export type Posts = ReturnType<typeof createPosts>;
