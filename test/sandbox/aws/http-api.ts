import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { HUB } from '../organization';
import type { Fault, Faults } from '../faults';
import type { Journal } from '../journal';

const MAX_BYTES = 10 * 1024 * 1024;
const API_ID = 'gatehouse';
/** Content types whose bodies reach a function as text; all others arrive in base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded)\b|[^;]*\+(json|xml)\b)/;

const Result = z.object({
  statusCode: z.coerce.number().int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

interface Sandbox {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly now: () => Date;
  /** By route key, such as `POST /webhook`: the integration, which takes the event of payload format 2.0. */
  readonly routes: Readonly<Record<string, (event: object) => Promise<unknown>>>;
}

export interface HttpApi {
  readonly endpoint: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const message = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: text }),
});

const FAULTS: Readonly<Partial<Record<Fault, Answer>>> = {
  throttled: message(429, 'Too Many Requests'),
  failed: message(503, 'Service Unavailable'),
};

/** The bridge's HTTP API: turns requests into API Gateway's events, and what functions return into answers. */
export const startHttpApi = async (sandbox: Sandbox): Promise<HttpApi> => {
  const server = createServer((request, response) => {
    const finish = async (): Promise<void> => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const operation = `${request.method ?? 'GET'} ${path}`;
      const caller = request.headers['user-agent'] ?? 'unknown';
      const record = (status: number, detail: Readonly<Record<string, string>>) =>
        sandbox.journal.record({ at: sandbox.now(), caller, service: 'bridge', operation, status, detail });
      const fault = sandbox.faults.take('bridge', operation);
      const id = request.headers['webhook-id'];
      const detail = { ...(typeof id === 'string' && { 'webhook-id': id }), ...(fault && { fault }) };
      const answer =
        fault === 'unreachable'
          ? undefined
          : ((fault && FAULTS[fault]) ?? (await route(sandbox, request, operation, path)));
      if (!answer || fault === 'answer lost') {
        record(0, detail);
        response.destroy();
        return;
      }
      record(answer.status, detail);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    };
    finish().catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const route = async (
  sandbox: Sandbox,
  request: IncomingMessage,
  key: string,
  path: string,
): Promise<Answer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= MAX_BYTES) chunks.push(chunk as Buffer);
  }
  const integration = Object.hasOwn(sandbox.routes, key) ? sandbox.routes[key] : undefined;
  if (!integration) return message(404, 'Not Found');
  if (bytes > MAX_BYTES) return message(413, 'Request Entity Too Large');
  try {
    return answerOf(await integration(eventOf(request, key, path, Buffer.concat(chunks), sandbox.now())));
  } catch {
    return message(500, 'Internal Server Error');
  }
};

/** Names in lower case, several values of one name joined by commas - as the gateway does, cookies apart. */
const headersOf = (request: IncomingMessage): Record<string, string> => {
  const joined: Record<string, string> = {};
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const name = (request.rawHeaders[index] ?? '').toLowerCase();
    const value = request.rawHeaders[index + 1] ?? '';
    if (name === 'cookie' || name === 'connection') continue;
    joined[name] = Object.hasOwn(joined, name) ? `${joined[name] ?? ''},${value}` : value;
  }
  return joined;
};

const eventOf = (
  request: IncomingMessage,
  routeKey: string,
  rawPath: string,
  body: Buffer,
  now: Date,
): object => {
  const headers = headersOf(request);
  const { search, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const query: Record<string, string> = {};
  for (const name of new Set(searchParams.keys())) query[name] = searchParams.getAll(name).join(',');
  const isBase64Encoded = body.length > 0 && !TEXT.test((headers['content-type'] ?? '').toLowerCase());
  const [clock = ''] = now.toISOString().split('.');
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: search.replace(/^\?/, ''),
    headers,
    ...(search && { queryStringParameters: query }),
    requestContext: {
      accountId: HUB,
      apiId: API_ID,
      domainName: headers['host'] ?? '',
      domainPrefix: API_ID,
      http: {
        method: request.method ?? 'GET',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: `${clock}Z`,
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
};

const answerOf = (returned: unknown): Answer => {
  const result = Result.safeParse(returned);
  if (!result.success) {
    // Without a status code, what a function returns is the body.
    if (typeof returned === 'object' && returned !== null && 'statusCode' in returned) {
      return message(500, 'Internal Server Error');
    }
    const body = typeof returned === 'string' ? returned : JSON.stringify(returned ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const { statusCode, headers = {}, body = '', isBase64Encoded = false } = result.data;
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(named) },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
};
