import fc from 'fast-check';
import { queueJql } from '../../../../../forge-app/pages/queue/queue-jql';
import { type QueueFilter, STATE_GROUPS } from '../../../../../forge-app/pages/queue/view';
import { RequestState } from '../../../../../forge-app/request/record';

const aFilter = (overrides: Partial<QueueFilter> = {}): QueueFilter => ({
  states: 'open',
  account: null,
  product: null,
  age: null,
  ...overrides,
});

test('everything open is whatever waits, is under way or needs somebody', () => {
  expect(queueJql('CLOUD', aFilter())).toBe(
    'project = "CLOUD" AND gatehouseState IN ("awaiting-approval", "sending", "provisioning", "rolling-back", ' +
      '"blocked", "stuck", "lost", "failed", "refused", "tainted")',
  );
});

test('every state is in one group and no more', () => {
  expect(Object.values(STATE_GROUPS).flat().sort()).toEqual([...RequestState.options].sort());
});

test('all operations are those of which the app keeps a state', () => {
  expect(queueJql('CLOUD', aFilter({ states: 'all' }))).toBe(
    'project = "CLOUD" AND gatehouseState IS NOT EMPTY',
  );
});

test('every filter narrows the query by a clause', () => {
  const filter = aFilter({
    states: 'failed',
    account: '123456789012',
    product: 'Web server',
    age: 'over-a-day',
  });
  expect(queueJql('CLOUD', filter)).toBe(
    'project = "CLOUD" AND gatehouseState IN ("failed") AND gatehouseAccount = "123456789012" ' +
      'AND gatehouseProduct = "Web server" AND created <= "-1d"',
  );
});

test('a product’s name stays within its quotes, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (product) => {
      const jql = queueJql('CLOUD', aFilter({ states: 'failed', product }));
      const [, quoted = ''] = /gatehouseProduct = ("(?:[^"\\]|\\["\\])*")$/su.exec(jql) ?? [];
      expect(quoted.slice(1, -1).replaceAll(/\\(["\\])/g, '$1')).toBe(product);
    }),
  );
});
