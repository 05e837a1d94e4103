import { NotModelled } from '../aws/service';
import { EGRESS_HEADER, INVOCATION_HEADER } from './forge-runtime';
import type { Hop } from './hop';
import type { InvocationTokens } from './invocation-tokens';
import type { Cause, Invocations } from './invocations';
import { answerKvs, KVS_FAILED, KVS_THROTTLED } from './kvs-api';
import type { KvsStore } from './kvs-store';
import {
  cross,
  empty,
  type HttpAnswer,
  type HttpHandler,
  type HttpRequest,
  json,
  type Wire,
} from './loopback';
import type { Manifest } from './manifest';
import { passOn } from './outgoing';
import type { Queue } from './queue';
import type { WebTriggers } from './web-triggers';

export interface ProxyParts {
  readonly wire: Wire;
  readonly manifest: Manifest;
  readonly invocations: Invocations;
  readonly store: KvsStore;
  readonly queue: Queue;
  readonly webTriggers: WebTriggers;
  readonly tokens: InvocationTokens;
  /** Where a remote really lies. */
  readonly remoteUrl: (baseUrl: string) => string;
  readonly siteUrl: string;
  /** How requests get to the site; over HTTP where not given. */
  readonly siteHop: Hop | undefined;
  /** Whether Forge lets an app call the site as this account. */
  readonly actsThroughApps: (accountId: string) => boolean;
  /** The credentials with which the app, or the app for a user, reaches the site. */
  readonly siteCredentials: (as: 'app' | { readonly accountId: string }) => string | undefined;
}

const refused = (status: number, reason: string): HttpAnswer => ({
  ...json(status, { message: reason }),
  headers: { 'content-type': 'application/json', 'forge-proxy-error': reason },
});

const matches = (pattern: string, url: URL): boolean => {
  const { host, protocol } = new URL(pattern.includes('://') ? pattern : `https://${pattern}`);
  const name = host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host;
  return name && url.protocol === protocol;
};

/** The one door through which an app's functions reach the platform, the site, remotes and the world. */
export const createForgeProxy = (parts: ProxyParts): HttpHandler => {
  const { wire, manifest, invocations, store, queue, webTriggers, tokens } = parts;
  const backend = manifest.permissions.external?.fetch?.backend ?? [];

  const remote = async (request: HttpRequest, cause: Cause, key: string, path: string) => {
    const declared = manifest.remotes.find((candidate) => candidate.key === key);
    if (!declared) return refused(400, 'INVALID_REMOTE');
    const permitted = backend.some((entry) => typeof entry === 'object' && entry['remote'] === key);
    if (!permitted) return refused(403, 'REMOTE_NOT_PERMITTED');
    const url = `${parts.remoteUrl(declared.baseUrl).replace(/\/$/, '')}${path}${request.url.search}`;
    const crossing = {
      caller: 'forge-app',
      service: 'forge remote',
      operation: `${request.method} ${path}`,
      detail: { function: cause.functionKey, remote: key, bytes: request.body.length },
      throttled: refused(429, 'RATE_LIMITED'),
      failed: refused(502, 'UPSTREAM_FAILED'),
    };
    return cross(wire, crossing, () =>
      passOn(request, url, { authorization: `Bearer ${tokens.issue(cause)}` }),
    );
  };

  const stargate = async (request: HttpRequest, path: string) => {
    if (path.startsWith('/webhook/queue/publish/')) return queue.publish('forge-app', request.body);
    if (path === '/graphql') return webTriggers.graphql(request.body);
    throw new NotModelled(`the platform's ${path}`);
  };

  const jira = async (request: HttpRequest, provider: string, cause: Cause, path: string) => {
    const [kind, account] = provider.split(':').map((part) => decodeURIComponent(part));
    const accountId = account ?? cause.accountId;
    if (kind === 'user' && (accountId === undefined || !parts.actsThroughApps(accountId))) {
      return refused(401, 'NEEDS_AUTHENTICATION_ERR');
    }
    const as =
      kind === 'app' ? 'app' : kind === 'user' && accountId !== undefined ? { accountId } : undefined;
    const authorization = as && parts.siteCredentials(as);
    if (!authorization) throw new NotModelled(`a request to Jira as ${provider}`);
    return passOn(request, `${parts.siteUrl}${path}${request.url.search}`, { authorization }, parts.siteHop);
  };

  const egress = async (request: HttpRequest) => {
    const url = new URL(String(request.headers[EGRESS_HEADER]));
    const permitted = backend.some((entry) => {
      const address = typeof entry === 'string' ? entry : entry['address'];
      return typeof address === 'string' && matches(address, url);
    });
    if (!permitted) return refused(403, 'BLOCKED_EGRESS');
    return passOn(request, url.toString(), {});
  };

  const fromInvocation = async (request: HttpRequest, cause: Cause): Promise<HttpAnswer | 'broken'> => {
    const { pathname } = request.url;
    const [, area = '', first = '', second = ''] = pathname.split('/');
    if (area === 'kvs') {
      const operation = pathname.replace('/kvs/api/v1/', '');
      const crossing = {
        caller: 'forge-app',
        service: 'forge kvs',
        operation,
        detail: { function: cause.functionKey },
        throttled: KVS_THROTTLED,
        failed: KVS_FAILED,
      };
      return cross(wire, crossing, () =>
        manifest.permissions.scopes.includes('storage:app')
          ? answerKvs(store, operation, request.body)
          : json(403, { code: 'FORBIDDEN', message: "The app's manifest has no scope storage:app" }),
      );
    }
    if (area === 'remotes') return remote(request, cause, first, pathname.slice(`/remotes/${first}`.length));
    if (area === 'egress') return egress(request);
    const path = pathname.slice(`/products/${first}/${second}`.length);
    if (area === 'products' && first === 'stargate') return stargate(request, decodeURIComponent(path));
    if (area === 'products' && first === 'jira') return jira(request, second, cause, path);
    throw new NotModelled(`the Forge platform's ${pathname}`);
  };

  return async (request) => {
    const { pathname } = request.url;
    if (pathname.startsWith('/x1/')) return webTriggers.receive(request);
    if (pathname === '/.well-known/jwks.json') return json(200, tokens.jwks);
    const token = request.headers[INVOCATION_HEADER];
    const cause = invocations.causeOf(typeof token === 'string' ? token : undefined);
    if (!cause) return empty(401);
    return fromInvocation(request, cause);
  };
};
