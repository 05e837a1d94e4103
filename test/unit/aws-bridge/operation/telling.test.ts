import type { OperationProgress } from '../../../../aws-bridge/contract/progress';
import { type Finding, progressOf } from '../../../../aws-bridge/operation/progress';
import { type RetryStrategy, untilDelivered } from '../../../../aws-bridge/operation/retries';
import type { Steps } from '../../../../aws-bridge/operation/steps';
import { createTelling } from '../../../../aws-bridge/operation/telling';
import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { anOperation, doubting } from './builders';

const finding = (state: Finding['state']): Finding => ({
  state,
  at: '2026-01-15T09:00:00.000Z',
  outputs: [],
  errors: [],
});

/** Telling an app that answers like that, one answer a message. */
const telling = (...answers: ('delivered' | 'gone')[]) => {
  const tried: [string, RetryStrategy][] = [];
  const told: OperationProgress[] = [];
  const log: LogLine[] = [];
  const steps: Steps = {
    run: (_name, _retryStrategy, work) => work(1, doubting),
    tryTo: (name, retryStrategy, work) => {
      tried.push([name, retryStrategy]);
      return work(1, doubting);
    },
  };
  const tell = createTelling(anOperation(), steps, {
    tellApp: (progress) => {
      told.push(progress);
      return Promise.resolve(answers.shift() ?? 'delivered');
    },
    log: (line) => void log.push(line),
  });
  return { tell, tried, told, log };
};

test('findings are numbered from one, each told in a step of its own until it is delivered', async () => {
  const { tell, tried, told, log } = telling();
  const first = await tell(finding('provisioning'));
  const second = await tell(finding('succeeded'));
  expect([first, second]).toEqual([
    progressOf(anOperation(), 1, finding('provisioning')),
    progressOf(anOperation(), 2, finding('succeeded')),
  ]);
  expect(told).toEqual([first, second]);
  expect(tried).toEqual([
    ['tell 1', untilDelivered],
    ['tell 2', untilDelivered],
  ]);
  const { operationId } = anOperation();
  expect(log).toEqual([
    { outcome: 'told', operationId, sequence: 1, state: 'provisioning' },
    { outcome: 'told', operationId, sequence: 2, state: 'succeeded' },
  ]);
});

test('once the request is gone nothing more is told, and what would have been is still numbered', async () => {
  const { tell, told, log } = telling('gone');
  await tell(finding('provisioning'));
  expect(await tell(finding('succeeded'))).toEqual(progressOf(anOperation(), 2, finding('succeeded')));
  expect(told).toHaveLength(1);
  expect(log.map(({ outcome }) => outcome)).toEqual(['gone']);
});
