import { BridgeUnavailable } from '../../../../forge-app/bridge/bridge';
import { askBridge, FULL, type Asking } from '../../../../forge-app/sweep/ask-bridge';
import { SITE } from '../request/a-request';

const due = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    issueId: String(index),
    operationId: `launch-${index}-0123456789abcdef`,
  }));

/** A bridge that answers "running", except where it is asked after one of the operations that spoil its answer. */
const aBridge = (spoils: (operationId: string) => boolean = () => false) => {
  const questions: (readonly string[])[] = [];
  const statesOf = (_site: string, operationIds: readonly string[]) => {
    questions.push(operationIds);
    if (operationIds.some(spoils)) return Promise.reject(new BridgeUnavailable('operations.requested', 'no'));
    const operations = operationIds.map((operationId) => ({ operationId, execution: 'running' as const }));
    return Promise.resolve({ operations });
  };
  return { statesOf, questions };
};

test('one question names at most 25 operations, and each is answered', async () => {
  const bridge = aBridge();
  const { news, asking } = await askBridge(bridge, SITE, due(40), FULL);
  expect(bridge.questions.map(({ length }) => length)).toEqual([25]);
  expect(news).toHaveLength(25);
  expect(news[0]).toMatchObject({ issueId: '0', event: { type: 'asked', execution: 'running' } });
  expect(asking).toEqual(FULL);
});

test('nothing is asked where nothing is due', async () => {
  const bridge = aBridge();
  await askBridge(bridge, SITE, [], FULL);
  expect(bridge.questions).toStrictEqual([]);
});

test('a bridge that does not answer is asked once', async () => {
  const bridge = aBridge(() => true);
  expect(await askBridge(bridge, SITE, due(20), FULL)).toMatchObject({
    news: [],
    failure: expect.stringContaining('no') as string,
  });
  expect(bridge.questions).toHaveLength(1);
});

test('one operation that spoils every answer does not keep the others from theirs', async () => {
  const bridge = aBridge((operationId) => operationId.startsWith('launch-3-'));
  let waiting = due(20);
  let asking: Asking = FULL;
  for (let run = 0; run < 60; run += 1) {
    const answer = await askBridge(bridge, SITE, waiting, asking);
    asking = answer.asking;
    waiting = waiting.filter(({ issueId }) => !answer.news.some((news) => news.issueId === issueId));
  }
  expect(waiting.map(({ issueId }) => issueId)).toEqual(['3']);
});

test('an operation that the answer leaves out is news without an event', async () => {
  const silent = { statesOf: () => Promise.resolve({ operations: [] }) };
  const { news } = await askBridge(silent, SITE, due(1), FULL);
  expect(news).toEqual([{ issueId: '0', event: undefined }]);
});
