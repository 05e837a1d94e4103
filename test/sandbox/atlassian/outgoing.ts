import type { Hop } from './hop';
import type { HttpAnswer, HttpRequest } from './loopback';

/** Headers that belong to one connection or that the next hop sets for itself. */
const OWN = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

const carried = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !OWN.has(name)));

/**
 * Sends a request on to where it is meant to go, byte for byte, and brings the answer back.
 * @param hop how it gets there
 * @returns `broken` where the connection broke, so that the caller's breaks as well
 */
export const passOn = async (
  request: HttpRequest,
  url: string,
  headers: Readonly<Record<string, string>>,
  hop: Hop = fetch,
): Promise<HttpAnswer | 'broken'> => {
  const sent = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && !OWN.has(name) && !name.startsWith('x-forge-')) sent.set(name, value);
  }
  for (const [name, value] of Object.entries(headers)) sent.set(name, value);
  const { method } = request;
  const body = method === 'GET' || method === 'HEAD' ? undefined : new Uint8Array(request.body);
  try {
    const answer = await hop(new URL(url), { method, headers: sent, body: body ?? null, redirect: 'manual' });
    const received = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: carried(answer.headers), body: received };
  } catch {
    // Whatever it rejects with is a connection that was not made or did not hold.
    return 'broken';
  }
};
