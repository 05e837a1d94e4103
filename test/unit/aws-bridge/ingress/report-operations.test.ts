import {
  createReportOperations,
  type ExecutionFound,
  operationAnswer,
} from '../../../../aws-bridge/ingress/report-operations';
import { aProgress } from '../../../builders/progress';

const OWN = aProgress().operationId;
const OTHER = 'launch-10043-fedcba9876543210';
const ended = (progress: unknown): ExecutionFound => ({
  status: 'succeeded',
  result: JSON.stringify(progress),
});

test.each<[string, string, ExecutionFound]>([
  ['an execution that is not there', 'unknown', { status: 'none' }],
  ['one under way', 'running', { status: 'running' }],
  ['one that failed', 'broken', { status: 'failed' }],
  [
    'one that failed, whatever it had returned by then,',
    'broken',
    { ...ended(aProgress()), status: 'failed' },
  ],
  ['one that ended and returned nothing', 'broken', { status: 'succeeded', result: undefined }],
  ['one that returned no JSON', 'broken', { status: 'succeeded', result: '{' }],
  ['one that returned something else', 'broken', ended({ done: true })],
  ['one that returned the end of another operation', 'broken', ended(aProgress({ operationId: OTHER }))],
])('%s is told as %s', (_, execution, found) => {
  expect(operationAnswer(OWN, found)).toEqual({ operationId: OWN, execution });
});

test('an operation that ended is told with how it ended', () => {
  const progress = aProgress({ state: 'succeeded' });
  expect(operationAnswer(OWN, ended(progress))).toEqual({ operationId: OWN, execution: 'ended', progress });
});

test('operations are told in the order in which they are asked for, five looked up at a time', async () => {
  const asked = Array.from({ length: 12 }, (_, n) => `launch-${10_000 + n}`);
  let [underWay, most] = [0, 0];
  const report = createReportOperations({
    findExecution: async (name) => {
      most = Math.max(most, (underWay += 1));
      await Promise.resolve();
      underWay -= 1;
      return { status: name.endsWith('7') ? 'running' : 'none' };
    },
  });
  const { operations } = await report(asked);
  expect(operations).toEqual(
    asked.map((operationId) => ({
      operationId,
      execution: operationId.endsWith('7') ? 'running' : 'unknown',
    })),
  );
  expect(most).toBe(5);
});
