import { AsyncLocalStorage } from 'node:async_hooks';
import { NotModelled } from '../aws/service';
import type { Hop } from './hop';

/** What one invocation of an app's function runs with. */
export interface Invocation {
  /** Base URL of the platform's proxy. */
  readonly proxyUrl: string;
  /** How requests get there; over HTTP where not given. */
  readonly hop: Hop | undefined;
  /** Proves to the proxy which invocation is calling; worthless once the invocation has ended. */
  readonly token: string;
  readonly app: AppContext;
  /** `ari:cloud:jira::site/<site id>` */
  readonly contextAri: string;
}

/** The part of the runtime that `getAppContext()` of @forge/api shows. */
interface AppContext {
  readonly appId: string;
  readonly appVersion: string;
  readonly environmentId: string;
  readonly environmentType: string;
  readonly installationId: string;
  readonly invocationId: string;
  readonly functionKey: string;
  readonly moduleKey: string;
  readonly moduleType: string;
  readonly permissions: { readonly scopes: readonly string[]; readonly external: object };
}

/** How the @forge packages say where a request shall go. */
interface Destination {
  readonly type: string;
  readonly provider?: string;
  readonly remote?: string;
  readonly accountId?: string;
}

const invocations = new AsyncLocalStorage<Invocation>();
const native = globalThis.fetch;

/** Names of the header in which an invocation identifies itself, and of the one that carries an outside address. */
export const INVOCATION_HEADER = 'x-forge-invocation';
export const EGRESS_HEADER = 'x-forge-egress-url';

/** Runs an app's function with the platform around it: what it calls from here on belongs to this invocation. */
export const insideInvocation = <Result>(invocation: Invocation, run: () => Result): Result =>
  invocations.run(invocation, run);

/** Runs something that belongs to no invocation, such as a server's answer, whoever caused it. */
export const outsideInvocations = <Result>(run: () => Result): Result => invocations.exit(run);

const none = (): void => undefined;
const metrics = {
  counter: () => ({ incr: none, incrBy: none, decr: none, decrBy: none }),
  gauge: () => ({ set: none }),
  timing: () => ({ measure: () => ({ stop: none }) }),
};

const runtimeOf = (invocation: Invocation): object => ({
  appContext: invocation.app,
  contextAri: invocation.contextAri,
  proxy: { url: invocation.proxyUrl, token: invocation.token },
  lambdaContext: { awsRequestId: invocation.app.invocationId, getRemainingTimeInMillis: () => 25_000 },
  tracing: { traceId: invocation.token.slice(0, 32), spanId: invocation.token.slice(0, 16) },
  metrics,
  externalAuth: [],
  featureFlags: () => false,
  container: {},
  realtime: {},
});

const pathOf = (destination: Destination, target: string): string => {
  const { type, provider, remote, accountId } = destination;
  if (type === 'kvs') return `/kvs${target}`;
  if (type === 'frc' && remote) return `/remotes/${remote}${target}`;
  if (type === 'fpp' && provider && remote) {
    const account = provider === 'user' && accountId ? `:${encodeURIComponent(accountId)}` : '';
    return `/products/${remote}/${provider}${account}${target}`;
  }
  throw new NotModelled(`a Forge request of type ${type} (${JSON.stringify(destination)})`);
};

const send = (invocation: Invocation, path: string, init: RequestInit, more: Record<string, string> = {}) => {
  const headers = new Headers(init.headers);
  headers.set(INVOCATION_HEADER, invocation.token);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  const { hop = native, proxyUrl } = invocation;
  return hop(new URL(path, proxyUrl), { ...init, headers });
};

const forgeFetch = async (destination: Destination, target: string, init: RequestInit = {}) => {
  const invocation = invocations.getStore();
  if (!invocation) throw new Error(`The Forge platform was called (${target}) outside of any invocation`);
  return send(invocation, pathOf(destination, target.startsWith('/') ? target : `/${target}`), init);
};

const routedFetch: typeof fetch = async (input, init) => {
  const invocation = invocations.getStore();
  if (!invocation) return native(input, init);
  if (input instanceof Request) throw new NotModelled('fetch with a Request object inside a Forge function');
  return send(invocation, '/egress', init ?? {}, { [EGRESS_HEADER]: String(input) });
};

/**
 * Puts the platform's globals in place. They answer according to the invocation that asks, so other code in this
 * process - the bridge, the stand-ins - keeps the native `fetch`. Has to happen before any @forge package is
 * imported: @forge/api keeps the `fetch` that it finds.
 */
export const installForgeRuntime = (): void => {
  if ('__forge_fetch__' in globalThis) return;
  Object.defineProperties(globalThis, {
    __forge_runtime__: {
      configurable: true,
      get: () => {
        const invocation = invocations.getStore();
        return invocation && runtimeOf(invocation);
      },
    },
    __forge_fetch__: { configurable: true, value: forgeFetch },
    fetch: { configurable: true, writable: true, value: routedFetch },
  });
};
