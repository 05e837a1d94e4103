import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock';
import type { Faults } from '../faults';
import type { Journal } from '../journal';
import { NotModelled } from '../aws/service';
import { outsideInvocations } from './forge-runtime';

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly headersDistinct: NodeJS.Dict<string[]>;
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** `broken`: the connection ends without an answer. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpAnswer | 'broken'>;

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
  body: JSON.stringify(body),
});

export const empty = (status: number): HttpAnswer => ({ status });

/** A refusal of a stand-in, thrown from anywhere below its server. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly answer: HttpAnswer;
  constructor(answer: HttpAnswer) {
    super(`Refused with ${answer.status}: ${answer.body?.toString() ?? ''}`);
    this.answer = answer;
  }
}

/** What every server of the sandbox is connected to. */
export interface Wire {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly faults: Faults;
}

/** One request on its way to a service, as the journal and the planned faults call it. */
export interface Crossing {
  readonly caller: string;
  readonly service: string;
  readonly operation: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** How the service answers when it throttles, and when it fails. */
  readonly throttled: HttpAnswer;
  readonly failed: HttpAnswer;
}

/** What runs behind a crossing; it may refuse by throwing {@link Refused}. */
type Run = () => HttpAnswer | 'broken' | Promise<HttpAnswer | 'broken'>;

/** Lets a request meet its planned fault, if any, and writes down what became of it. */
export const cross = async (wire: Wire, crossing: Crossing, run: Run): Promise<HttpAnswer | 'broken'> => {
  const { caller, service, operation, detail = {} } = crossing;
  const fault = wire.faults.take(service, operation);
  const answer = await answered(crossing, fault, run);
  const status = answer === 'broken' ? 0 : answer.status;
  const note = fault ? { ...detail, fault } : detail;
  wire.journal.record({ at: wire.clock.now(), caller, service, operation, status, detail: note });
  return answer;
};

const answered = async (
  crossing: Crossing,
  fault: ReturnType<Faults['take']>,
  run: Run,
): Promise<HttpAnswer | 'broken'> => {
  if (fault === 'throttled') return crossing.throttled;
  if (fault === 'failed') return crossing.failed;
  if (fault === 'unreachable') return 'broken';
  const answer = await refusable(run);
  return fault === 'answer lost' ? 'broken' : answer;
};

const refusable = async (run: Run): Promise<HttpAnswer | 'broken'> => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
};

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
};

export interface LoopbackServer {
  readonly url: string;
  /** The same as over HTTP, for whoever is in this process anyway. */
  readonly answer: HttpHandler;
  close(): Promise<void>;
}

/**
 * Serves on a free port of 127.0.0.1. A request is answered outside of every Forge invocation, also of the one that
 * sent it.
 * @param onFault told of what the handler threw: a gap or a defect of the stand-in, answered 501 or 500
 */
export const serveOnLoopback = async (
  handler: HttpHandler,
  onFault: (problem: string) => void,
): Promise<LoopbackServer> => {
  const answer = async (
    asked: string,
    request: () => HttpRequest | Promise<HttpRequest>,
  ): Promise<HttpAnswer | 'broken'> => {
    try {
      const whole = await request();
      return await refusable(() => handler(whole));
    } catch (error) {
      const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      onFault(`${asked}: ${problem}`);
      return json(error instanceof NotModelled ? 501 : 500, { message: problem });
    }
  };
  const server = createServer((message, response) =>
    outsideInvocations(() => {
      const { method = 'GET', url: target = '/', headers, headersDistinct } = message;
      const url = new URL(target, 'http://127.0.0.1');
      const whole = async () => ({ method, url, headers, headersDistinct, body: await bodyOf(message) });
      void answer(`${method} ${target}`, whole).then((result) => {
        if (result === 'broken') {
          message.socket.destroy();
          return;
        }
        response.writeHead(result.status, result.headers);
        response.end(result.body);
      });
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answer: (request) =>
      outsideInvocations(() =>
        answer(`${request.method} ${request.url.pathname}${request.url.search}`, () => request),
      ),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
