import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is not answered. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Lets in what a browser on this machine asks for this page, and nothing that another page in that browser makes it ask: no
 * name that was pointed at this machine, no form or script of another origin.
 * @param port that the page is served on
 */
export const refusalOf = ({ method, headers }: Asked, port: number): Refusal | undefined => {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host = '', origin } = headers;
  if (!hosts.includes(host)) {
    return { status: 421, message: `This page is at http://${hosts[0] ?? ''} and not at "${host}".` };
  }
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (method !== 'POST') return { status: 405, message: `${method} is not asked of this page; POST is.` };
  const site = headers['sec-fetch-site'];
  if (origin !== undefined ? origin !== `http://${host}` : site !== undefined && site !== 'same-origin') {
    return { status: 403, message: 'Only this page itself changes something here.' };
  }
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    return { status: 415, message: 'Send JSON, with the content type application/json.' };
  }
  return undefined;
};
