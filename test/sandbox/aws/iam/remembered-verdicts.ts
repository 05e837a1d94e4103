import type { Context } from './context';
import type { Verdict } from './verdict';

/** A question to IAM, apart from the policies that answer it. */
export interface Question {
  /** As policies name the caller's session, and the role whose policies count; a service has none. */
  readonly caller: { readonly names: string; readonly role: string | undefined };
  readonly action: string;
  readonly resource: string | undefined;
  readonly owner: string;
  readonly context: Context;
}

/**
 * Answers a question that was asked before under the same policies without weighing it again: most calls are the same few,
 * over and over. A key of the context that no policy mentions cannot make a difference, such as the time or a session's name.
 */
export const createRememberedVerdicts = (policies: () => readonly unknown[]) => {
  const known = new Map<string, Promise<Verdict>>();
  const mattering = new Map<string, boolean>();
  let text: string | undefined;

  /** Whether a policy says it anywhere. */
  const matters = (said: string): boolean => {
    const found = mattering.get(said);
    if (found !== undefined) return found;
    text ??= JSON.stringify(policies()).toLowerCase();
    const does = text.includes(said.toLowerCase());
    mattering.set(said, does);
    return does;
  };

  return {
    /** Some policy has changed. */
    forget: (): void => {
      known.clear();
      mattering.clear();
      text = undefined;
    },

    verdict: (
      { context, caller, ...question }: Question,
      weigh: () => Promise<Verdict>,
    ): Promise<Verdict> => {
      const telling = Object.entries(context).filter(([key]) => matters(key));
      const who = caller.role !== undefined && !matters(':assumed-role/') ? caller.role : caller.names;
      const asked = JSON.stringify([who, question, telling.sort(([a], [b]) => (a < b ? -1 : 1))]);
      const before = known.get(asked);
      if (before) return before;
      const verdict = weigh();
      known.set(asked, verdict);
      return verdict;
    },
  };
};
