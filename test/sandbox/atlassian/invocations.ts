import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { insideInvocation } from './forge-runtime';
import type { Hop } from './hop';
import type { Wire } from './loopback';
import type { Manifest } from './manifest';

/** What became of an invocation of one of the app's functions. */
export type Outcome =
  | { readonly kind: 'returned'; readonly result: unknown }
  | { readonly kind: 'threw'; readonly error: unknown };

const Retry = z.looseObject({
  _retry: z.literal(true),
  retryOptions: z
    .looseObject({
      retryAfter: z.number().optional(),
      retryReason: z.string().optional(),
      retryData: z.unknown().optional(),
    })
    .default({}),
});

/** The retry that a function asked for by returning an InvocationError of @forge/events. */
export const retryAsked = (result: unknown): z.infer<typeof Retry>['retryOptions'] | undefined =>
  Retry.safeParse(result).data?.retryOptions;

/** The module that causes an invocation. */
export interface Cause {
  readonly moduleType: string;
  readonly moduleKey: string;
  readonly functionKey: string;
  /** Atlassian account id of the user behind it, if any. */
  readonly accountId?: string | undefined;
}

/** The functions of an app by the name that they are exported under. */
export type AppHandlers = Readonly<Record<string, unknown>>;

type Handler = (payload: unknown, context: unknown) => unknown;

export const ENVIRONMENT_ID = '3f2b8c1d-64a7-4c1e-9a55-0d7e21c6b8f4';
export const INSTALLATION_ID = '8e0c7a52-1f34-4b6d-8a90-c2d4e6f80123';
export const APP_VERSION = '1.0.0';

/** Everything is copied as it would be by the wire in between. */
const copied = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);

/** Invokes the app's functions, each with a runtime of its own. */
export const createInvocations = (wire: Wire, manifest: Manifest, siteId: string) => {
  const running = new Map<string, Cause>();
  const handlers = new Map<string, Handler>();
  const contextAri = `ari:cloud:jira::site/${siteId}`;
  let proxyUrl = '';
  let hop: Hop | undefined;

  const record = (cause: Cause, status: number, error: string | undefined): void =>
    wire.journal.record({
      at: wire.clock.now(),
      caller: 'forge',
      service: 'forge function',
      operation: cause.functionKey,
      status,
      detail: { module: cause.moduleKey, error },
    });

  const runtime = (cause: Cause, token: string) => ({
    proxyUrl,
    hop,
    token,
    contextAri,
    app: {
      appId: manifest.app.id.slice(manifest.app.id.lastIndexOf('/') + 1),
      appVersion: APP_VERSION,
      environmentId: ENVIRONMENT_ID,
      environmentType: 'PRODUCTION',
      installationId: INSTALLATION_ID,
      invocationId: randomUUID(),
      functionKey: cause.functionKey,
      moduleKey: cause.moduleKey,
      moduleType: cause.moduleType,
      permissions: {
        scopes: manifest.permissions.scopes,
        external: manifest.permissions.external ?? {},
      },
    },
  });

  const contextOf = ({ accountId, moduleKey }: Cause): object => ({
    installContext: contextAri,
    principal: accountId === undefined ? undefined : { accountId },
    moduleKey,
    installation: { ari: { installationId: INSTALLATION_ID }, contexts: [{ cloudId: siteId }] },
  });

  return {
    /** Where the invocations' platform calls go; known once the proxy listens. */
    connect: (url: string, by: Hop | undefined): void => {
      proxyUrl = url;
      hop = by;
    },

    /** @throws Error naming a function of the manifest that the app does not export */
    load: (app: AppHandlers, functions: readonly { key: string; handler: string }[]): void => {
      for (const { key, handler } of functions) {
        const name = handler.slice(handler.lastIndexOf('.') + 1);
        const exported = app[name];
        if (typeof exported !== 'function') {
          throw new Error(`The manifest's function ${key} is ${handler}, and the app exports no ${name}`);
        }
        handlers.set(key, (payload, context) => exported.call(app, payload, context) as unknown);
      }
    },

    /** The invocation that a token belongs to, while it runs. */
    causeOf: (token: string | undefined): Cause | undefined => running.get(token ?? ''),

    invoke: async (cause: Cause, payload: object): Promise<Outcome> => {
      const handler = handlers.get(cause.functionKey);
      if (!handler) throw new Error(`The manifest has no function ${cause.functionKey}`);
      const token = randomBytes(24).toString('hex');
      running.set(token, cause);
      try {
        const result = await insideInvocation(runtime(cause, token), () =>
          handler(copied(payload), contextOf(cause)),
        );
        record(cause, 200, undefined);
        return { kind: 'returned', result: copied(result) };
      } catch (error) {
        record(cause, 424, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
        return { kind: 'threw', error };
      } finally {
        running.delete(token);
      }
    },
  };
};
export type Invocations = ReturnType<typeof createInvocations>;
