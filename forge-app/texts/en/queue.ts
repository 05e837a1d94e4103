import type { QueueAge, QueueFilter } from '../../pages/queue/view';
import type { Kind, RequestState } from '../../request/record';
import { shared } from './shared';

const groups: Record<Exclude<QueueFilter['states'], RequestState>, string> = {
  open: 'Everything open',
  waiting: 'Waiting for approval',
  underWay: 'Under way',
  attention: 'Needs attention',
  over: 'Ended',
  all: 'All',
};
const ages: Record<QueueAge, string> = {
  'last-day': 'Raised in the last 24 hours',
  'last-week': 'Raised in the last 7 days',
  'last-month': 'Raised in the last 30 days',
  'over-a-day': 'Older than 24 hours',
  'over-a-week': 'Older than 7 days',
};
const kinds: Record<Kind, string> = { launch: 'Portal', gate: 'AWS console' };

/** What the agents' queue page says. */
export const queue = {
  title: 'AWS operations',
  filters: { state: 'State', account: 'Account', product: 'Product', age: 'Age' },
  any: { account: 'Any account', product: 'Any product', age: 'Any age' },
  groups,
  ages,
  kinds,
  columns: {
    request: 'Request',
    product: 'Product',
    account: 'Account',
    state: 'State',
    since: 'Since',
    raised: 'Raised',
    origin: 'From',
  },
  counts: 'How many there are',
  none: 'No operation is like this',
  noneHint: 'Choose other filters to see more.',
  noneAtAll: 'Nothing is open',
  noneAtAllHint: 'Operations appear here as soon as somebody orders an AWS product.',
  reset: 'Remove the filters',
  earlier: 'Earlier operations',
  newest: 'Back to the newest',
  refresh: 'Look again',
  unknownProduct: 'Not known',
  state: (name: RequestState) => shared.states[name],
};
