import { EventBus } from '../../../sandbox/aws/event-bus';
import type { BusEvent } from '../../../sandbox/aws/service';
import { DrivenClock } from '../../../sandbox/clock';
import { Journal } from '../../../sandbox/journal';

const CHANGE = 'CloudFormation Stack Status Change';
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
  const bus = new EventBus(clock, new Journal());
  const got: string[] = [];
  bus.addRule({
    name: 'stacks',
    source: 'aws.cloudformation',
    detailTypes: [CHANGE],
    target: (event) => got.push(event.id),
  });
  return { clock, bus, got };
};

test('an event that the rule takes arrives, later', async () => {
  const { clock, bus, got } = aBus();
  bus.put(anEvent());
  bus.put(anEvent({ id: 'e2', 'detail-type': 'CloudFormation Resource Status Change' }));
  bus.put(anEvent({ id: 'e3', source: 'aws.s3' }));
  expect(got).toEqual([]);
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
