import type { RequestState } from '../../request/record';
import { type QueueAge, type QueueFilter, STATE_GROUPS, type StateGroup } from './view';

const OPEN: readonly StateGroup[] = ['waiting', 'underWay', 'attention'];

const AGE: Readonly<Record<QueueAge, string>> = {
  'last-day': 'created >= "-1d"',
  'last-week': 'created >= "-7d"',
  'last-month': 'created >= "-30d"',
  'over-a-day': 'created <= "-1d"',
  'over-a-week': 'created <= "-7d"',
};

/**
 * The query for a project's operations. They are found by the entity property that the app keeps on each request, so Jira's
 * index does the work, and shows nobody what they may not browse.
 */
export const queueJql = (projectKey: string, filter: QueueFilter): string =>
  [
    `project = ${text(projectKey)}`,
    statesOf(filter.states),
    filter.account === null ? undefined : `gatehouseAccount = ${text(filter.account)}`,
    filter.product === null ? undefined : `gatehouseProduct = ${text(filter.product)}`,
    filter.age === null ? undefined : AGE[filter.age],
  ]
    .filter((clause) => clause !== undefined)
    .join(' AND ');

/** Jira reads a backslash before a quote or a backslash as the character itself. */
const text = (value: string): string => `"${value.replaceAll(/["\\]/g, '\\$&')}"`;

const statesOf = (states: QueueFilter['states']): string => {
  if (states === 'all') return 'gatehouseState IS NOT EMPTY';
  const wanted: readonly RequestState[] =
    states === 'open'
      ? OPEN.flatMap((group) => [...STATE_GROUPS[group]])
      : isGroup(states)
        ? STATE_GROUPS[states]
        : [states];
  return `gatehouseState IN (${wanted.map(text).join(', ')})`;
};

const isGroup = (states: string): states is StateGroup => Object.hasOwn(STATE_GROUPS, states);
