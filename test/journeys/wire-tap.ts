import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and its answer, as they crossed a wire of the sandbox. */
export interface Crossing {
  /** The AWS service that it was signed for, `s3` where its URL was signed, or else the method and the path. */
  readonly to: string;
  /** Address, headers and bodies both ways; whole once it has been answered. */
  readonly text: string;
}

const STARTED = 'http.server.request.start';

/** Listens to every HTTP server of this process, from now on until it is closed. */
export const tapWires = () => {
  const heard: { readonly to: string; readonly parts: string[] }[] = [];

  const onStart = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const { method = '', url = '', rawHeaders, headers } = request;
    const parts = [`${method} ${url}`, rawHeaders.join('\n')];
    heard.push({ to: addressee(method, url, headers.authorization), parts });

    const said = (...words: readonly unknown[]): void => {
      for (const word of words) {
        if (typeof word === 'string') parts.push(word);
        else if (ArrayBuffer.isView(word)) {
          parts.push(Buffer.from(word.buffer, word.byteOffset, word.byteLength).toString('utf8'));
        } else if (typeof word === 'object' && word !== null) parts.push(JSON.stringify(word));
      }
    };
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own request below
    const { push } = request;
    request.push = (chunk: unknown, ...more) => {
      said(chunk);
      return push.call(request, chunk, ...more);
    };
    for (const method of ['writeHead', 'write', 'end'] as const) {
      const original = response[method].bind(response) as (...words: unknown[]) => never;
      response[method] = (...words: unknown[]) => {
        said(...words);
        return original(...words);
      };
    }
  };

  subscribe(STARTED, onStart);
  return {
    crossings: (): Crossing[] => heard.map(({ to, parts }) => ({ to, text: parts.join('\n') })),
    close: (): void => void unsubscribe(STARTED, onStart),
  };
};
export type WireTap = ReturnType<typeof tapWires>;

const addressee = (method: string, url: string, authorization = ''): string => {
  const [, service] = /Credential=[^/]+\/\d{8}\/[^/]+\/([a-z0-9-]+)\/aws4_request/.exec(authorization) ?? [];
  const [path = ''] = url.split('?');
  if (service === undefined) return url.includes('X-Amz-Signature=') ? 's3' : `${method} ${path}`;
  const [, called] = /^\/[\d-]+\/functions\/([^/]+)\/invocations$/.exec(decodeURIComponent(path)) ?? [];
  return called === undefined ? service : `${service} ${called.split(':function:').at(-1) ?? called}`;
};
