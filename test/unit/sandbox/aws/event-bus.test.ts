import { defaultBus, EventBus, EventRefused } from '../../../sandbox/aws/event-bus';
import { matchesEvent } from '../../../sandbox/aws/event-pattern';
import type { BusEvent } from '../../../sandbox/aws/service';
import { DrivenClock } from '../../../sandbox/clock';
import { Journal } from '../../../sandbox/journal';

const CHANGE = 'CloudFormation Stack Status Change';
const TENANT_BUS = defaultBus('100000000003', 'eu-west-1');
const anEvent = (overrides: Partial<BusEvent> = {}): BusEvent => ({
  id: 'e1',
  source: 'aws.cloudformation',
  'detail-type': CHANGE,
  account: '100000000003',
  region: 'eu-west-1',
  time: '2026-01-15T09:00:00Z',
  resources: [],
  detail: {},
  ...overrides,
});

const aBus = () => {
  const clock = new DrivenClock();
  const journal = new Journal();
  const bus = new EventBus(clock, journal);
  const got: string[] = [];
  bus.addRule({
    name: 'stacks',
    bus: TENANT_BUS,
    pattern: { source: ['aws.cloudformation'], 'detail-type': [CHANGE] },
    target: (event) => void got.push(event.id),
  });
  return { clock, bus, got, journal };
};

test('an event that the rule takes arrives, later', async () => {
  const { clock, bus, got } = aBus();
  bus.put(anEvent());
  bus.put(anEvent({ id: 'e2', 'detail-type': 'CloudFormation Resource Status Change' }));
  bus.put(anEvent({ id: 'e3', source: 'aws.s3' }));
  expect(got).toStrictEqual([]);
  await clock.advance(1000);
  expect(got).toEqual(['e1']);
});

test('events get lost, doubled and delayed as a test asks', async () => {
  const { clock, bus, got } = aBus();
  bus.dropNext();
  bus.put(anEvent({ id: 'lost' }));
  bus.duplicateNext();
  bus.put(anEvent({ id: 'twice' }));
  bus.delay = 60_000;
  bus.put(anEvent({ id: 'late' }));
  await clock.advance(1000);
  expect(got).toEqual(['twice', 'twice']);
  await clock.advance(60_000);
  expect(got).toEqual(['twice', 'twice', 'late']);
  bus.dropAll = true;
  bus.put(anEvent());
  await clock.advance(60_000);
  expect(got).toHaveLength(3);
});

test('an event is seen on the bus of its own account and region, and wherever a rule forwards it', async () => {
  const { clock, bus, got } = aBus();
  const hub = 'arn:aws:events:eu-west-1:100000000002:event-bus/gatehouse';
  const forwarded: string[] = [];
  bus.addRule({
    name: 'out',
    bus: TENANT_BUS,
    pattern: { 'detail-type': [CHANGE] },
    target: (event) => bus.forward(event, hub),
  });
  bus.addRule({
    name: 'in',
    bus: hub,
    pattern: { account: ['100000000003'] },
    target: ({ id }) => void forwarded.push(id),
  });
  bus.put(anEvent());
  bus.put(anEvent({ id: 'elsewhere', region: 'eu-central-1' }));
  await clock.advance(1000);
  expect([got, forwarded]).toEqual([['e1'], ['e1']]);
});

test('an event that a target refuses is gone, and the journal says why', async () => {
  const { clock, bus, journal } = aBus();
  const target = () => {
    throw new EventRefused('the bus takes nothing from this account');
  };
  bus.addRule({ name: 'out', bus: TENANT_BUS, pattern: { source: ['aws.cloudformation'] }, target });
  bus.put(anEvent());
  await clock.advance(1000);
  expect(journal.entries.filter(({ status }) => status === 403)).toMatchObject([
    { service: 'events', detail: { rule: 'out', outcome: 'the bus takes nothing from this account' } },
  ]);
});

test.each([
  [{ detail: { state: [{ prefix: 'CREATE' }] } }, true],
  [{ detail: { state: [{ suffix: '_FAILED' }] } }, false],
  [{ detail: { state: [{ wildcard: '*_COMP*' }] } }, true],
  [{ detail: { state: [{ 'anything-but': ['CREATE_COMPLETE'] }] } }, false],
  [{ detail: { state: [{ 'anything-but': { prefix: 'DELETE' } }] } }, true],
  [{ detail: { reason: [{ exists: false }] } }, true],
  [{ detail: { reason: ['x'] } }, false],
  [{ resources: ['arn:two'] }, true],
])('the pattern %j takes the event: %s', (pattern, taken) => {
  const event = { resources: ['arn:one', 'arn:two'], detail: { state: 'CREATE_COMPLETE' } };
  expect(matchesEvent(pattern, event)).toBe(taken);
});
