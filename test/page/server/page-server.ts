import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outsideInvocations } from '../../sandbox/atlassian/forge-runtime';
import { json, NotAnswered, type PageAnswer, send } from './answer';
import { refusalOf } from './guard';

/** Answers one request; undefined where the response is kept open. */
export type Answering = (
  message: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<PageAnswer | undefined>;

/** The address is in use. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/**
 * Serves on 127.0.0.1 and nowhere else, and answers only what this page's own browser asks.
 * @param port 0 for any that is free
 * @param answering how requests are answered at the moment
 * @param onDefect told of what went wrong in answering
 * @throws PortTaken where something else listens there
 */
export const servePage = async ({
  port,
  answering,
  onDefect,
}: {
  readonly port: number;
  readonly answering: () => Answering;
  readonly onDefect: (problem: string) => void;
}) => {
  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const { method = 'GET', headers } = message;
      const refusal = refusalOf({ method, headers }, listening());
      if (refusal) throw new NotAnswered(refusal.status, refusal.message);
      const url = new URL(message.url ?? '/', 'http://127.0.0.1');
      const answered = await answering()(message, response, url);
      if (answered) send(response, answered);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const known = error instanceof NotAnswered;
      if (!known) onDefect(`${message.method ?? ''} ${message.url ?? ''}: ${text}`);
      // What was not read of a body that is too large is not waited for.
      if (!message.complete) response.setHeader('connection', 'close');
      if (!response.headersSent) send(response, json({ message: text }, known ? error.status : 500));
      else response.end();
    }
  };
  const server = createServer((message, response) => {
    outsideInvocations(() => void answer(message, response));
  });
  const listening = (): number => (server.address() as AddressInfo).port; // a server on TCP has no other kind

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTaken(`Port ${port} is taken.`, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${listening()}`,
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
