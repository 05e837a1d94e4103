import type { FlagOptions, view } from '@forge/bridge';
import type { ForgeDoc } from '../../page/renderer/forge-doc';

export type FullContext = Awaited<ReturnType<typeof view.getContext>>;

/** Where a page asked to go: an address, or one of the platform's own places. */
export interface Visit {
  readonly type: 'same-tab' | 'new-tab';
  readonly url?: string;
  readonly [place: string]: unknown;
}

/** Answers a page's call to its resolver. A rejection is what the page gets when the platform does not answer. */
export type Answering = (functionKey: string, payload: unknown) => Promise<unknown>;

/** What a page did so far, seen from the platform. */
export interface Doings {
  readonly calls: { readonly functionKey: string; readonly payload: unknown }[];
  readonly submissions: unknown[];
  /** Flags that are in sight. */
  readonly flags: FlagOptions[];
  readonly opened: Visit[];
  readonly closings: unknown[];
  readonly refreshings: unknown[];
}

/** The platform's side of a page: the document it shows, what it did, and what it waits for. */
export interface PageBridge {
  readonly callBridge: (command: string, data?: unknown) => Promise<unknown>;
  readonly document: () => ForgeDoc | undefined;
  /** How often the document changed. */
  readonly changes: () => number;
  readonly doings: Doings;
  /** Calls that were not answered yet. */
  readonly waiting: () => readonly Promise<unknown>[];
  readonly close: () => void;
}

/** What crosses the bridge crosses it as JSON. */
const asJson = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);

export const createPageBridge = ({
  context,
  answer,
  fail,
}: {
  readonly context: FullContext;
  readonly answer: Answering;
  /** Takes what the page cannot go on from. */
  readonly fail: (problem: string) => void;
}): PageBridge => {
  let document: ForgeDoc | undefined;
  let changes = 0;
  let closed = false;
  const waiting = new Set<Promise<unknown>>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const doings: Doings = { calls: [], submissions: [], flags: [], opened: [], closings: [], refreshings: [] };

  const invoke = async ({ functionKey, payload }: { functionKey: string; payload?: unknown }) => {
    const sent = asJson(payload);
    doings.calls.push({ functionKey, payload: sent });
    const answered = answer(functionKey, sent);
    const settled = answered.catch(() => undefined);
    waiting.add(settled);
    try {
      const value = asJson(await answered);
      if (value === undefined) fail(`the test has no answer to ${functionKey}`);
      return value;
    } finally {
      waiting.delete(settled);
    }
  };

  // Each takes what `@forge/bridge` and `@forge/react` send it; the platform is their only other end.
  const commands: Readonly<Record<string, (data: never) => unknown>> = {
    reconcile: ({ forgeDoc }: { forgeDoc: ForgeDoc }) => {
      document = forgeDoc;
      changes += 1;
    },
    getContext: () => structuredClone(context),
    invoke,
    submit: (payload) => void doings.submissions.push(asJson(payload)),
    close: (payload) => void doings.closings.push(asJson(payload)),
    refresh: (payload) => void doings.refreshings.push(asJson(payload)),
    navigate: (visit: Visit) => void doings.opened.push(visit),
    showFlag: (flag: FlagOptions) => void doings.flags.push(flag),
    closeFlag: ({ id }: { id: string }) => {
      doings.flags.splice(0, doings.flags.length, ...doings.flags.filter((flag) => flag.id !== id));
    },
    on: ({ event, callback }: { event: string; callback: (payload: unknown) => void }) => {
      const heard = listeners.get(event) ?? new Set();
      listeners.set(event, heard.add(callback));
      return { unsubscribe: () => void heard.delete(callback) };
    },
    emit: ({ event, payload }: { event: string; payload?: unknown }) => {
      for (const heard of listeners.get(event) ?? []) heard(payload);
    },
    onError: ({ error }: { error: unknown }) => fail(`the page failed: ${String(error)}`),
  };

  return {
    callBridge: async (command, data) => {
      const run = commands[command];
      if (run === undefined) fail(`the bridge command ${command} is not modelled`);
      // A page that failed, or that nobody looks at any more, hears nothing.
      if (run === undefined || closed) return new Promise<never>(() => undefined);
      return run(data as never);
    },
    document: () => document,
    changes: () => changes,
    doings,
    waiting: () => [...waiting],
    close: () => {
      closed = true;
    },
  };
};
