import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, Faults } from '../faults';
import type { Entry, Journal } from '../journal';
import type { Session, Sessions } from './access';
import { detailOf } from './detail';
import type { Context } from './iam/context';
import type { Iam } from './iam/iam';
import { AwsError, type AwsCall, type AwsService, NotModelled } from './service';
import { type Authorization, authorizationOf, SignatureProblem, verifySignature } from './signature';
import type { Operation } from './wire/operations';
import type { Gatekeeping, Protocol, WireAnswer, WireRequest } from './wire/protocol';

/** A call as far as its authorization looks at it. */
export interface FrontCall {
  readonly operation: string;
  readonly input: object;
  readonly region: string;
  readonly account: string;
}

/** One permission that a call needs. */
export interface Need {
  readonly action: string;
  readonly resource: string | undefined;
  readonly context?: Context;
}

/** A service as the front serves it. */
export interface ServedService {
  readonly protocol: Protocol;
  readonly service: AwsService;
  /** The IAM action that a call needs; undefined where none is needed. */
  action(operation: string): string | undefined;
  /**
   * The ARN that it is needed on; `*` where the service has none, undefined where what is named does not exist.
   * Several where AWS does not say which of them it is: a policy that is to work has to allow it on each.
   */
  resource(call: FrontCall): string | readonly string[] | undefined;
  /** The service's own condition keys. */
  context?(call: FrontCall): Context;
  /** What the service asks of others with the caller's rights. */
  onBehalf?(call: FrontCall): readonly Need[];
  /** Names of its own for trouble, where the protocol's do not fit. */
  readonly trouble?: Partial<
    Readonly<Record<'throttled' | 'failed', readonly [code: string, status: number]>>
  >;
}

/** S3 as far as AWS itself hands out pre-signed URLs of it: who put something there stands in no header. */
export interface PreSigned {
  concerns(request: WireRequest): boolean;
  /** For the journal: a URL has a place in none. */
  bucketOf(request: WireRequest): string | undefined;
  answer(request: WireRequest, requestId: string): WireAnswer;
}

interface Sandbox {
  readonly services: Readonly<Record<string, ServedService>>;
  readonly preSigned?: PreSigned | undefined;
  readonly sessions: Sessions;
  readonly iam: Iam;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly now: () => Date;
}

export interface Front {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** One HTTP server for all of AWS; whom a request is for stands in its signature. */
export const startFront = async (sandbox: Sandbox): Promise<Front> => {
  const server: Server = createServer((request, response) => {
    serve(sandbox, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  // A connection that is closed just as its client uses it again would be a fault that nobody planned.
  server.keepAliveTimeout = 0;
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

const read = async (message: IncomingMessage): Promise<WireRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const url = new URL(message.url ?? '/', 'http://localhost');
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  const headers = Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(',')]);
  return {
    method: message.method ?? 'GET',
    path: (message.url ?? '/').split('?')[0] ?? '/',
    query,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks),
  };
};

/** What is known of a call so far; the journal gets it whatever happens. */
interface Progress {
  caller: string;
  service: string;
  operation: string;
  detail: Entry['detail'];
}

const serve = async (sandbox: Sandbox, message: IncomingMessage, response: ServerResponse): Promise<void> => {
  const requestId = randomUUID();
  const progress: Progress = { caller: 'unknown', service: 'unknown', operation: 'unknown', detail: {} };
  const record = (status: number) =>
    sandbox.journal.record({ at: sandbox.now(), status, ...progress, detail: progress.detail });
  const answer = await answerTo(sandbox, await read(message), requestId, progress);
  if (!answer) {
    record(0);
    response.destroy();
    return;
  }
  record(answer.status);
  response.writeHead(answer.status, answer.headers).end(answer.body);
};

/** The answer, or undefined where the caller gets none. */
const answerTo = async (
  sandbox: Sandbox,
  request: WireRequest,
  requestId: string,
  progress: Progress,
): Promise<WireAnswer | undefined> => {
  if (sandbox.preSigned?.concerns(request)) {
    return preSignedAnswer(sandbox, sandbox.preSigned, request, requestId, progress);
  }
  let served: ServedService | undefined;
  try {
    const authorization = authorizationOf(request);
    progress.service = authorization.service;
    served = sandbox.services[authorization.service];
    if (!served) throw new NotModelled(`the service ${authorization.service}`);
    const session = await authenticate(sandbox, request, authorization);
    progress.caller = session.principal.roleName;
    const operation = served.protocol.operation(request);
    progress.operation = operation.name;
    const fault = sandbox.faults.take(progress.service, operation.name);
    if (fault) progress.detail = { fault };
    return await call(
      sandbox,
      served,
      { request, requestId, progress, operation, session, fault },
      authorization.region,
    );
  } catch (error) {
    const refusal = refusalOf(error, served);
    progress.detail = { ...progress.detail, error: refusal.code };
    if (refusal.status >= 500) progress.detail = { ...progress.detail, message: refusal.message };
    return served
      ? served.protocol.refusal(refusal, requestId)
      : {
          status: refusal.status,
          headers: { 'content-type': 'application/json', 'x-amzn-errortype': refusal.code },
          body: JSON.stringify({ __type: refusal.code, message: refusal.message }),
        };
  }
};

const preSignedAnswer = (
  sandbox: Sandbox,
  preSigned: PreSigned,
  request: WireRequest,
  requestId: string,
  progress: Progress,
): WireAnswer | undefined => {
  progress.caller = 'pre-signed';
  progress.service = 's3';
  progress.operation = 'PutObject';
  progress.detail = { bucket: preSigned.bucketOf(request) };
  const fault = sandbox.faults.take(progress.service, progress.operation);
  if (fault) progress.detail = { ...progress.detail, fault };
  if (fault === 'unreachable') return undefined;
  if (fault === 'throttled' || fault === 'failed') {
    const [code, status] = fault === 'throttled' ? ['SlowDown', 503] : ['InternalError', 500];
    return {
      status,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`,
    };
  }
  const answer = preSigned.answer(request, requestId);
  return fault === 'answer lost' ? undefined : answer;
};

const authenticate = async (
  sandbox: Sandbox,
  request: WireRequest,
  authorization: Authorization,
): Promise<Session> => {
  const session = sandbox.sessions.find(authorization.accessKeyId);
  if (!session || request.headers['x-amz-security-token'] !== session.sessionToken) {
    throw new SignatureProblem(
      'unknown access key',
      'The security token included in the request is invalid.',
    );
  }
  await verifySignature(request, authorization, session);
  if (session.expiresAt && session.expiresAt <= sandbox.now()) {
    throw new SignatureProblem('expired token', 'The security token included in the request is expired');
  }
  return session;
};

interface Attempt {
  readonly request: WireRequest;
  readonly requestId: string;
  readonly progress: Progress;
  readonly operation: Operation;
  readonly session: Session;
  readonly fault: Fault | undefined;
}

const call = async (
  sandbox: Sandbox,
  served: ServedService,
  attempt: Attempt,
  region: string,
): Promise<WireAnswer | undefined> => {
  const { operation, session, progress, fault } = attempt;
  if (fault === 'unreachable') return undefined;
  if (fault === 'throttled' || fault === 'failed') throw trouble(served, fault);
  const input = await served.protocol.input(operation, attempt.request);
  progress.detail = { ...progress.detail, ...detailOf(input, undefined) };
  const asked = { operation: operation.name, input, region, principal: session.principal };
  await authorize(sandbox.iam, served, asked);
  const output = await served.service.handle(asked);
  progress.detail = { ...progress.detail, ...detailOf(input, output) };
  return fault === 'answer lost' ? undefined : served.protocol.answer(operation, output, attempt.requestId);
};

/** A call whose caller is known and whose input is parsed. */
type AuthenticCall = AwsCall & { readonly input: object };

/** What a call needs, in the order in which AWS looks. */
const needsOf = (served: ServedService, asked: AuthenticCall): readonly Need[] => {
  const action = served.action(asked.operation);
  if (action === undefined) return [];
  const call = { ...asked, account: asked.principal.account };
  const context = { ...served.context?.(call), ...served.service.conditionKeys?.(asked) };
  const resource = served.resource(call);
  const resources = typeof resource === 'object' ? resource : [resource];
  return [
    ...resources.map((given) => ({ action, resource: given, context })),
    ...(served.onBehalf?.(call) ?? []),
  ];
};

/** @throws SignatureProblem for what the caller's role is not allowed */
const authorize = async (iam: Iam, served: ServedService, asked: AuthenticCall): Promise<void> => {
  const { principal, region } = asked;
  for (const need of needsOf(served, asked)) {
    const { allowed, reason } = await iam.authorize({ as: principal, region, ...need });
    if (allowed) continue;
    const { action, resource } = need;
    const on = resource === undefined || resource === '*' ? '' : ` on resource: ${resource}`;
    throw new SignatureProblem(
      'denied',
      `User: ${principal.arn} is not authorized to perform: ${action}${on} ${reason ?? ''}`,
    );
  }
};

const trouble = (served: ServedService, kind: 'throttled' | 'failed'): AwsError => {
  const [code, status] = served.trouble?.[kind] ?? served.protocol.gatekeeping[kind];
  return new AwsError(code, kind === 'throttled' ? 'Rate exceeded' : 'An internal error occurred', status);
};

const WITHOUT_PROTOCOL: Readonly<Partial<Record<Gatekeeping, readonly [string, number]>>> = {
  'no authentication': ['MissingAuthenticationTokenException', 403],
  'incomplete signature': ['IncompleteSignatureException', 400],
};

const refusalOf = (error: unknown, served: ServedService | undefined): AwsError => {
  if (error instanceof AwsError) return error;
  if (error instanceof NotModelled) return new AwsError('NotModelled', error.message, 501);
  if (error instanceof SignatureProblem) {
    const [code, status] = (served?.protocol.gatekeeping ?? WITHOUT_PROTOCOL)[error.kind] ?? [
      'AccessDenied',
      403,
    ];
    return new AwsError(code, error.message, status);
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('SandboxBroken', `A stand-in failed by itself: ${what}`, 500);
};
