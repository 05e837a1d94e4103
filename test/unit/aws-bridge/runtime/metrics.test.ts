import { OperationState } from '../../../../aws-bridge/contract/progress';
import { consoleLog, type LogLine } from '../../../../aws-bridge/runtime/log';
import { measured, withMetrics } from '../../../../aws-bridge/runtime/metrics';

const AT = new Date('2026-11-02T09:00:00.000Z');

test('a line that counts carries its metric in the embedded format, and all that it said before', () => {
  const line: LogLine = { outcome: 'told', operationId: 'op-12345678', sequence: 2, state: 'succeeded' };
  expect(withMetrics(line, AT)).toEqual({
    ...line,
    State: 'succeeded',
    Operations: 1,
    _aws: {
      Timestamp: AT.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: 'Gatehouse',
          Dimensions: [['State']],
          Metrics: [{ Name: 'Operations', Unit: 'Count' }],
        },
      ],
    },
  });
});

test('every state that is told is counted under its own name', () => {
  const counted = OperationState.options.map((state) => measured({ outcome: 'told', state })[0]?.by);
  expect(counted).toEqual(OperationState.options.map((state) => ['State', state]));
});

test.each<[string, LogLine, string]>([
  ['a callback that fails', { outcome: 'attempt-failed', step: 'tell 3' }, 'CallbackFailures'],
  ['a callback that is given up', { outcome: 'given-up', step: 'tell 3' }, 'CallbacksUndelivered'],
  ['another step that fails', { outcome: 'attempt-failed', step: 'launch' }, 'StepFailures'],
  ['another step that is given up', { outcome: 'given-up', step: 'launch' }, 'StepsGivenUp'],
])('%s is counted apart', (_, line, name) => {
  expect(measured(line)).toEqual([{ name, unit: 'Count', value: 1 }]);
});

test('a refusal is counted by its reason', () => {
  expect(measured({ outcome: 'unauthenticated', status: 401 })).toEqual([
    { name: 'Refusals', unit: 'Count', value: 1, by: ['Refusal', 'unauthenticated'] },
  ]);
});

test('the age of the oldest open operation is measured in seconds', () => {
  expect(measured({ outcome: 'watched', oldestOpenSeconds: 0 })).toEqual([
    { name: 'OldestOpenOperation', unit: 'Seconds', value: 0 },
  ]);
});

test.each<LogLine>([
  { outcome: 'accepted', status: 202 },
  { outcome: 'found', state: 'provisioning' },
  { outcome: 'ignored', reason: 'not a stack of Service Catalog' },
])('$outcome counts nothing, and its line stays as it is', (line) => {
  expect(withMetrics(line, AT)).toBe(line);
});

test('a line is written to standard output by itself, for Lambda wraps what goes through the console', () => {
  const written: unknown[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(chunk) > 0);
  try {
    consoleLog({ outcome: 'told', state: 'failed' });
  } finally {
    write.mockRestore();
  }
  const [line, ...more] = written.map(String);
  expect(more).toStrictEqual([]);
  expect(line).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(line ?? '')).toMatchObject({ outcome: 'told', State: 'failed', Operations: 1 });
});
