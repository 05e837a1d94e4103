import type { InFlight } from '../../../../forge-app/storage/in-flight';
import { inTurns, nextTry } from '../../../../forge-app/sweep/turns';

const NOW = new Date('2026-01-15T09:00:00.000Z');
const anEntry = (issueId: string, minute: number, failures = 0): InFlight => ({
  issueId,
  lookAt: new Date(NOW.getTime() + minute * 60_000).toISOString(),
  failures,
  asks: null,
});

test('half an hour of trouble is made up for with the first sweep after it; then tries become rarer, up to one an hour', () => {
  const minutes = [0, 1, 6, 7, 8, 9, 10, 1000].map(
    (failures) => (Date.parse(nextTry(failures, NOW)) - NOW.getTime()) / 60_000,
  );
  expect(minutes).toEqual([4, 4, 4, 8, 16, 32, 60, 60]);
});

test('those that have waited longest come first', () => {
  expect(inTurns([anEntry('b', 2), anEntry('a', 1)]).map(({ issueId }) => issueId)).toEqual(['a', 'b']);
});

test('however many have failed before and however long they wait, two of three turns are the others’', () => {
  const failing = [0, 1, 2, 3].map((index) => anEntry(`f${index}`, index - 100, 3));
  const sound = [0, 1, 2].map((index) => anEntry(`s${index}`, index));
  expect(inTurns([...failing, ...sound]).map(({ issueId }) => issueId)).toEqual([
    's0',
    's1',
    'f0',
    's2',
    'f1',
    'f2',
    'f3',
  ]);
});
