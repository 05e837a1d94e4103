import { createTestConnection } from '../../../../aws-bridge/ingress/test-connection';
import type { ExecutionFound } from '../../../../aws-bridge/ingress/report-operations';
import { SITE } from '../../forge-app/request/a-request';

const testId = `test-${'a'.repeat(32)}`;

const answering = async (found: ExecutionFound) => {
  const started: string[][] = [];
  const test = createTestConnection({
    startExecution: (...call) => {
      started.push(call);
      return Promise.resolve(undefined);
    },
    findExecution: () => Promise.resolve(found),
  });
  return { answer: await test({ site: SITE, testId }), started };
};

test('a test is started under its own id, with nothing in it that a repeat would not have', async () => {
  const { started } = await answering({ status: 'none' });
  expect(started).toEqual([[testId, `{"kind":"test","site":"${SITE}","testId":"${testId}"}`]]);
});

const ended = (wayBack: object, id = testId): ExecutionFound => ({
  status: 'succeeded',
  result: JSON.stringify({ testId: id, wayBack }),
});
const broken = { state: 'failed', why: 'broken', status: null };

test.each<[string, ExecutionFound, object]>([
  ['not listed yet', { status: 'none' }, { state: 'under-way' }],
  ['running', { status: 'running' }, { state: 'under-way' }],
  ['failed', { status: 'failed' }, broken],
  ['ended with a call that was taken', ended({ state: 'taken' }), { state: 'taken' }],
  [
    'ended with a call that was refused',
    ended({ state: 'failed', why: 'refused', status: 401 }),
    { state: 'failed', why: 'refused', status: 401 },
  ],
  ['ended without a result', { status: 'succeeded', result: undefined }, broken],
  ['ended as another test', ended({ state: 'taken' }, `test-${'b'.repeat(32)}`), broken],
])('an execution that is %s is told as what it means for the way back', async (_what, found, wayBack) => {
  expect((await answering(found)).answer).toEqual({ testId, wayBack });
});
