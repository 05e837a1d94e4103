import type { Gate } from '../../contract/gate';

/** Milliseconds before its deadline at which a gate expires: CloudFormation would give no reason that helps. */
const MARGIN = 60_000;
const AN_HOUR = 3_600_000;

/** How a gate stands in time. */
export interface Due {
  /** How many of its reminders have come due. */
  readonly reminders: number;
  readonly over: boolean;
  /** Seconds until the next of these changes, at least one. */
  readonly next: number;
}

/**
 * Approvers are reminded when a third of the time is left, and when an hour is. Where the time limit is so short that
 * such a moment would come with the request itself, there is no such reminder.
 */
const momentsOf = (gate: Gate): { readonly reminders: readonly number[]; readonly end: number } => {
  const opened = Date.parse(gate.openedAt);
  const deadline = Date.parse(gate.deadline);
  const total = deadline - opened;
  const end = deadline - Math.min(MARGIN, total / 4);
  const reminders = new Set([deadline - total / 3, deadline - AN_HOUR]);
  return {
    reminders: [...reminders].filter((moment) => moment > opened).sort((a, b) => a - b),
    end,
  };
};

export const dueAt = (gate: Gate, at: Date): Due => {
  const now = at.getTime();
  const { reminders, end } = momentsOf(gate);
  const next = [...reminders, end].find((moment) => moment > now) ?? now;
  return {
    reminders: reminders.filter((moment) => moment <= now).length,
    over: now >= end,
    next: Math.max(1, Math.ceil((next - now) / 1000)),
  };
};
