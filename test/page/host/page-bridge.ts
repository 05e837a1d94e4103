import type { FlagOptions, view } from '@forge/bridge';
import type { ForgeDoc } from '../renderer/forge-doc';

/** What the platform tells a page of its visitor, and of where it stands. */
export type FullContext = Awaited<ReturnType<typeof view.getContext>>;

/** Where a page asks to go: an address, or one of the platform's own places. */
export interface Visit {
  readonly type: 'same-tab' | 'new-tab';
  readonly url?: string;
  readonly [place: string]: unknown;
}

export type Flag = FlagOptions;

/** What the platform does for a page. */
export interface Platform {
  readonly context: FullContext;
  /** Asks the page's resolver. A rejection is what the page gets when the platform does not answer. */
  readonly invoke: (functionKey: string, payload: unknown) => Promise<unknown>;
  /** The document that the page shows now. It is the same object each time, changed in place. */
  readonly onReconcile: (document: ForgeDoc) => void;
  readonly onSubmit: (payload: unknown) => void;
  readonly onNavigate: (visit: Visit) => void;
  readonly onFlag: (flag: Flag) => void;
  readonly onFlagClosed: (id: string) => void;
  /** Left out where a page cannot be closed, or refreshed: it is told so. */
  readonly onClose?: ((payload: unknown) => void) | undefined;
  readonly onRefresh?: ((payload: unknown) => void) | undefined;
  /** Takes what the page cannot go on from: an error of its own, or a command that is not modelled. */
  readonly fail: (problem: string) => void;
}

/** What `@forge/bridge` and `@forge/react` find as `globalThis.__bridge`. */
export interface PageBridge {
  readonly callBridge: (command: string, data?: unknown) => Promise<unknown>;
  /** From here on the page is neither heard nor answered. */
  readonly close: () => void;
}

/** What crosses the bridge crosses it as JSON. */
const asJson = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);

/** The platform's end of a page's bridge. A command that is not here fails the page. */
export const createPageBridge = (platform: Platform): PageBridge => {
  let closed = false;
  const listeners = new Map<string, Set<(payload: unknown) => void>>();

  const whereItCan = (act: ((payload: unknown) => void) | undefined, payload: unknown): boolean => {
    act?.(asJson(payload));
    return act !== undefined;
  };

  // Each takes what `@forge/bridge` and `@forge/react` send it; nobody else is at the other end.
  const commands: Readonly<Record<string, (data: never) => unknown>> = {
    reconcile: ({ forgeDoc }: { forgeDoc: ForgeDoc }) => platform.onReconcile(forgeDoc),
    getContext: () => structuredClone(platform.context),
    invoke: async ({ functionKey, payload }: { functionKey: string; payload?: unknown }) =>
      asJson(await platform.invoke(functionKey, asJson(payload))),
    submit: (payload) => platform.onSubmit(asJson(payload)),
    close: (payload) => whereItCan(platform.onClose, payload),
    refresh: (payload) => whereItCan(platform.onRefresh, payload),
    navigate: (visit: Visit) => platform.onNavigate(visit),
    showFlag: (flag: Flag) => platform.onFlag(flag),
    closeFlag: ({ id }: { id: string }) => platform.onFlagClosed(id),
    on: ({ event, callback }: { event: string; callback: (payload: unknown) => void }) => {
      const heard = listeners.get(event) ?? new Set();
      listeners.set(event, heard.add(callback));
      return { unsubscribe: () => void heard.delete(callback) };
    },
    emit: ({ event, payload }: { event: string; payload?: unknown }) => {
      for (const heard of listeners.get(event) ?? []) heard(payload);
    },
    onError: ({ error }: { error: unknown }) => platform.fail(`the page failed: ${String(error)}`),
  };

  return {
    callBridge: async (command, data) => {
      const run = commands[command];
      if (run === undefined) platform.fail(`the bridge command ${command} is not modelled`);
      // A page that failed, or that nobody looks at any more, hears nothing.
      if (run === undefined || closed) return new Promise<never>(() => undefined);
      return run(data as never);
    },
    close: () => {
      closed = true;
    },
  };
};
