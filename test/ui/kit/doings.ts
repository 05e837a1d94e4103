import type { Flag, Platform, Visit } from '../../page/host/page-bridge';

/** What a page did so far, seen from the platform. */
export interface Doings {
  readonly calls: { readonly functionKey: string; readonly payload: unknown }[];
  readonly submissions: unknown[];
  /** Flags that are in sight. */
  readonly flags: Flag[];
  readonly opened: Visit[];
  readonly closings: unknown[];
  readonly refreshings: unknown[];
}

/** Answers a page's call to its resolver. A rejection is what the page gets when the platform does not answer. */
export type Answering = (functionKey: string, payload: unknown) => Promise<unknown>;

/** Keeps what a page does, and what it still waits for. */
export const createRecord = (
  answer: Answering,
): {
  readonly doings: Doings;
  readonly waiting: ReadonlySet<Promise<unknown>>;
  readonly platform: Omit<Platform, 'context' | 'onReconcile' | 'fail'>;
} => {
  const doings: Doings = { calls: [], submissions: [], flags: [], opened: [], closings: [], refreshings: [] };
  const waiting = new Set<Promise<unknown>>();
  return {
    doings,
    waiting,
    platform: {
      invoke: async (functionKey, payload) => {
        doings.calls.push({ functionKey, payload });
        const answered = answer(functionKey, payload);
        const settled = answered.catch(() => undefined);
        waiting.add(settled);
        try {
          return await answered;
        } finally {
          waiting.delete(settled);
        }
      },
      onSubmit: (payload) => void doings.submissions.push(payload),
      onClose: (payload) => void doings.closings.push(payload),
      onRefresh: (payload) => void doings.refreshings.push(payload),
      onNavigate: (visit) => void doings.opened.push(visit),
      onFlag: (flag) => void doings.flags.push(flag),
      onFlagClosed: (id) => {
        doings.flags.splice(0, doings.flags.length, ...doings.flags.filter((flag) => flag.id !== id));
      },
    },
  };
};
