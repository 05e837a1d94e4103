import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface GivenAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

/** A real server on loopback that keeps what it received and answers as it is told. */
export const startHttpServer = async (
  answer: (request: ReceivedRequest) => GivenAnswer | 'hang up' | 'never',
): Promise<{
  readonly url: string;
  readonly received: ReceivedRequest[];
  readonly stop: () => Promise<void>;
}> => {
  const received: ReceivedRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      received.push(request);
      const given = answer(request);
      if (given === 'never') return;
      if (given === 'hang up') {
        incoming.socket.destroy();
        return;
      }
      outgoing.writeHead(given.status, given.headers);
      outgoing.end(typeof given.body === 'object' ? JSON.stringify(given.body) : given.body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
};
