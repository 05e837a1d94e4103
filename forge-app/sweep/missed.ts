import type { FoundIssue, IssueSearch } from '../jira/issue-search';
import { JiraRefused } from '../jira/jira-client';
import { readOrderForm } from '../order/order-form';

const MINUTE = 60_000;
/** Milliseconds before the last search's end that are searched again: Jira's index lags, and events take their time. */
const OVERLAP = 90 * MINUTE;
/** Milliseconds that the first search of a project reaches back. */
const FIRST_REACH = 24 * 60 * MINUTE;
/** Milliseconds that a project is remembered which is not searched any more. */
const REMEMBERED = 30 * 24 * 60 * MINUTE;

/** Project keys, and the moment from which the next search is to reach. */
export type Searched = Readonly<Record<string, string>>;

export interface Missed {
  /** Issues that carry an order and that the app has not taken up, oldest first. */
  readonly orders: readonly FoundIssue[];
  /** What to remember once they have been dealt with up to that one; all of them without it. */
  readonly searched: (firstLeft?: FoundIssue) => Searched;
}

/** The keys of the projects that have settings: as they were looked up last, or looked up anew. */
export type ProjectKeys = (anew?: 'anew') => Promise<readonly string[]>;

interface Searching {
  readonly before: Searched;
  readonly appId: string;
  readonly now: Date;
}

/**
 * Searches for requests whose event never came, back to where the last search has ended, however long ago that is.
 * What is too much for one search is left for the next, which begins where this one ended.
 */
export const findMissed = async (
  search: IssueSearch,
  { projects, ...searching }: Searching & { readonly projects: ProjectKeys },
): Promise<Missed> => {
  const known = await projects();
  try {
    return await findMissedOf(known, search, searching);
  } catch (error) {
    // Jira refuses a search of all projects for one that was deleted, or whose key was changed.
    if (!(error instanceof JiraRefused)) throw error;
    const anew = await projects('anew');
    if (known.every((key) => anew.includes(key))) throw error;
    return findMissedOf(anew, search, searching);
  }
};

const findMissedOf = async (
  projects: readonly string[],
  search: IssueSearch,
  { before, appId, now }: Searching,
): Promise<Missed> => {
  if (projects.length === 0) return { orders: [], searched: () => before };
  const startOf = (project: string): number =>
    Date.parse(before[project] ?? '') || now.getTime() - FIRST_REACH;
  const from = Math.min(...projects.map(startOf));
  const minutes = Math.ceil((now.getTime() - from) / MINUTE);
  const { found, all } = await search.first(missedRequests(projects, minutes), appId);
  const last = found.at(-1);
  const caughtUp = now.getTime() - OVERLAP;
  // More requests in one minute than a search lists would be searched for ever.
  const listed = last && !all ? Math.max(last.created.getTime(), from + MINUTE) : caughtUp;
  return {
    orders: found.filter(({ property }) => readOrderForm(property).outcome !== 'absent'),
    searched: (firstLeft) => {
      const next = Math.min(caughtUp, listed, firstLeft?.created.getTime() ?? caughtUp);
      const starts = projects.map((project) => [
        project,
        new Date(Math.max(startOf(project), next)).toISOString(),
      ]);
      const recent = Object.entries(before).filter(
        ([, until]) => now.getTime() - Date.parse(until) <= REMEMBERED,
      );
      return Object.fromEntries([...recent, ...starts]) as Searched;
    },
  };
};

/** Requests without a state, oldest first. */
export const missedRequests = (projectKeys: readonly string[], minutes: number): string => {
  const keys = projectKeys.map((key) => `"${key}"`).join(', ');
  return `project in (${keys}) AND created >= -${minutes}m AND gatehouseState is EMPTY ORDER BY created ASC`;
};
