import { decide, type RequestEvent } from '../../../../forge-app/request/decide';
import { RequestRecord } from '../../../../forge-app/request/record';
import { anOperation, aProgress, aRequest, NOW } from './a-request';

/** Bytes of a value of the app's storage. */
const ROOM = 240 * 1024;
const bytes = (record: RequestRecord): number =>
  Buffer.byteLength(JSON.stringify({ revision: 'x', record }), 'utf8');
const approved: RequestEvent = { type: 'decided', handover: anOperation() };

test('the first happenings and the newest stay, and those between are counted', () => {
  let record = aRequest();
  for (let round = 0; round < 100; round += 1) {
    const at = new Date(NOW.getTime() + round * 60_000);
    record = decide(record, { type: 'blocked', by: `obstacle ${round}`, reason: 'No.' }, at).record;
    record = decide(record, { type: 'waiting' }, at).record;
  }
  expect(record.history).toHaveLength(60);
  expect(record.historyLeftOut).toBe(140);
  expect(record.history[0]?.at).toBe(NOW.toISOString());
  expect(record.history.at(-1)?.at).toBe(new Date(NOW.getTime() + 99 * 60_000).toISOString());
});

test('the largest outputs that CloudFormation allows, errors and people leave a record that fits', () => {
  const outputs = Array.from({ length: 200 }, (_, index) => ({
    key: `Output${index}`.padEnd(255, 'k'),
    value: 'ü'.repeat(1024),
    description: 'd'.repeat(1024),
  }));
  const errors = Array.from({ length: 20 }, () => ({ code: 'c'.repeat(200), message: 'ü'.repeat(4000) }));
  const failedResource = { logicalId: 'l'.repeat(255), type: 't'.repeat(255), reason: 'ü'.repeat(4000) };
  const approvers = Array.from({ length: 50 }, (_, index) => `person-${index}`.padEnd(128, 'p'));
  const handover = anOperation({ approval: { approvers, approvedAt: NOW.toISOString() } });
  let record = decide(aRequest(), { type: 'decided', handover }, NOW).record;
  for (let sequence = 1; sequence < 80; sequence += 1) {
    const progress = aProgress({ sequence, state: 'provisioning' });
    record = decide(record, { type: 'progressed', progress }, NOW).record;
    const by = approvers[0] ?? '';
    record = decide({ ...record, outbox: [] }, { type: 'resynced', by, found: '' }, NOW).record;
  }
  const progress = aProgress({ sequence: 99, state: 'tainted', outputs, errors, failedResource });
  const decision = decide({ ...record, outbox: [] }, { type: 'progressed', progress }, NOW);
  const full = { ...decision.record, outbox: [...decision.effects] };
  // The order itself, shown in 30,000 characters at most, stands in the record twice.
  expect(bytes(full)).toBeLessThan(ROOM - 60_000);
  expect(full.outputs.length).toBeGreaterThan(15);
  expect(full.outputs.length + full.outputsLeftOut).toBe(200);
  expect(RequestRecord.safeParse(full).success).toBe(true);
});

test('two hundred outputs of an ordinary size are all kept', () => {
  const outputs = Array.from({ length: 200 }, (_, index) => ({
    key: `SubnetOfZone${index}`,
    value: `arn:aws:ec2:eu-west-1:100000000003:subnet/subnet-0123456789abcdef${index}`,
    description: 'A subnet for things that are not reached from outside.',
  }));
  const { record } = decide(
    decide(aRequest(), approved, NOW).record,
    { type: 'progressed', progress: aProgress({ state: 'succeeded', outputs }) },
    NOW,
  );
  expect([record.outputs.length, record.outputsLeftOut]).toEqual([200, 0]);
});

test('a record from before there was a history is read', () => {
  const now = RequestRecord.parse(aRequest());
  const MEMBERS = [
    'history',
    'historyLeftOut',
    'outputs',
    'outputsLeftOut',
    'problem',
    'provisionedProduct',
    'attempt',
    'cancelledBy',
  ];
  const before = Object.fromEntries(Object.entries(now).filter(([member]) => !MEMBERS.includes(member)));
  expect(RequestRecord.parse(before)).toEqual(now);
});
