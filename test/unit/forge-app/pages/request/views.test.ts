import { customerView } from '../../../../../forge-app/pages/request/customer-view';
import { agentView } from '../../../../../forge-app/pages/request/agent-view';
import type { Delivery, FixedOrder, RequestRecord } from '../../../../../forge-app/request/record';
import { aFixedOrder, anOperation, anOrder, aRequest, FORM, NOW } from '../../request/a-request';

const beside = { property: { value: FORM }, accountName: null };
const shown = (record: RequestRecord) => customerView(record, beside);
const agents = (record: RequestRecord) => agentView(record, { ...beside, names: new Map(), isAgent: true });
const withOrder = (order: Partial<FixedOrder['order']>, more: Partial<FixedOrder> = {}) =>
  aRequest({ fixed: { ...aFixedOrder(), order: { ...anOrder(), ...order }, ...more } });
const parametersOf = (record: RequestRecord) => shown(record).about?.parameters;

test('the value of a hidden parameter is in no view, however it was given', () => {
  const sealed = `sealed.1.${'a'.repeat(683)}.${'b'.repeat(16)}.${'c'.repeat(40)}`;
  for (const order of [{ parameters: { Password: 'hunter2' } }, { sealedParameters: { Password: sealed } }]) {
    const record = withOrder(order);
    expect(parametersOf(record)).toContainEqual(
      expect.objectContaining({ key: 'Password', value: null, source: 'given' }),
    );
    for (const view of [shown(record), agents(record)]) {
      expect(JSON.stringify(view)).not.toMatch(/hunter2|sealed\.1/);
    }
  }
});

test('where it was not kept which values may be shown, none is', () => {
  const record = withOrder({ parameters: { Anything: 'secret?' } }, { shown: null });
  expect(parametersOf(record)).toEqual([
    { key: 'Anything', label: 'Anything', value: null, source: 'given' },
  ]);
});

test('what a value hides, such as a turned direction or a line break, is in sight', () => {
  const record = withOrder({ parameters: { Versioning: 'yes\u202Eon\n' } });
  expect(parametersOf(record)?.[0]?.value).toBe('yes\\u{202e}on\\u{a}');
});

test('a default is shown as one', () => {
  expect(parametersOf(withOrder({ parameters: {} }))?.[0]).toMatchObject({ value: 'no', source: 'default' });
});

test('a customer reads nothing of the errors of what was lost, an agent does', () => {
  const problem = { errors: [{ code: 'LostTrack', message: 'Look there.' }], failedResource: null };
  const record = aRequest({ state: 'lost', problem });
  expect(shown(record).problem).toBeNull();
  expect(agents(record).problem?.errors).toEqual([{ code: 'LostTrack', message: 'Look there.' }]);
});

test.each([
  [aRequest({ lookAt: NOW.toISOString() }), 'looks'],
  [aRequest({ fixed: null, lookAt: NOW.toISOString() }), 'checks'],
  [
    aRequest({
      state: 'provisioning',
      handover: anOperation(),
      delivery: {
        since: NOW.toISOString(),
        attempts: 1,
        dueAt: NOW.toISOString(),
        acceptedAt: NOW.toISOString(),
        recalledAt: null,
        delayTold: false,
      },
      lookAt: NOW.toISOString(),
    }),
    'asks',
  ],
])('an agent reads what the sweep does next: %#', (record, does) => {
  expect(agents(record).sweep).toEqual({ at: NOW.toISOString(), does });
});

test('an order that was closed before it was checked reads as withdrawn, not as one to be checked', () => {
  expect(shown(aRequest({ fixed: null })).next).toBe('unchecked');
  expect(shown(aRequest({ fixed: null, state: 'withdrawn' })).next).toBe('withdrawn');
});

test('a page is not brought up to date for what was let go, whatever was left to be shown', () => {
  const outbox = [{ kind: 'property' as const, id: 'p', tried: true }];
  expect(shown(aRequest({ state: 'succeeded', outbox })).ended).toBe(false);
  expect(shown(aRequest({ gone: true, outbox })).ended).toBe(true);
});

test('nothing is looked for any more where there is nothing to look for', () => {
  expect(agents(aRequest({ state: 'succeeded', lookAt: null })).sweep).toBeNull();
});

test('a customer is told that the hand-over does not work, for as long as it does not', () => {
  const after = (attempts: number, more: Partial<Delivery> = {}) =>
    shown(
      aRequest({
        state: 'sending',
        handover: anOperation(),
        delivery: {
          ...{ since: NOW.toISOString(), dueAt: NOW.toISOString(), attempts },
          ...{ acceptedAt: null, recalledAt: null, delayTold: false, ...more },
        },
      }),
    ).next;
  expect(after(0)).toBe('sending');
  expect(after(1)).toBe('held-up');
  expect(after(2, { acceptedAt: NOW.toISOString() })).toBe('sending');
  expect(after(1, { recalledAt: NOW.toISOString() })).toBe('recalled');
});

test.each([
  ['untold', aRequest({ state: 'failed', outbox: [{ kind: 'property', id: 'p', tried: true }] })],
  ['spent', aRequest({ state: 'failed', attempt: 5 })],
  [null, aRequest({ state: 'failed' })],
  [null, aRequest({ state: 'succeeded' })],
] as const)('why it is not launched again: %s', (why, record) => {
  expect(agents(record).actions.notAgain).toBe(why);
});
