import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeptRun } from '../../simulation/kept-run';
import { add, newTally } from '../../simulation/report';
import type { ScheduleOutcome } from '../../simulation/schedule';

const directory = mkdtempSync(join(tmpdir(), 'gatehouse-kept-run-'));
const file = join(directory, 'run.json');
afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(directory, { recursive: true }));

const RUN = { code: 'c0de', first: 5 };
const outcome = (seed: number, violations: ScheduleOutcome['violations'] = []): ScheduleOutcome => ({
  ...{ request: { seed }, violations, parts: [], places: [], calls: 100, operations: 2, longest: seed },
  met: [{ place: 'somewhere', fault: 'slow' }],
});
const ran = (...outcomes: readonly ScheduleOutcome[]) => {
  const tally = newTally();
  for (const one of outcomes) add(tally, one);
  return { tally, seconds: 60 };
};

test('a run goes on from what it had come to', () => {
  const come = ran(outcome(5), outcome(6, [{ invariant: 'once', what: 'two products' }]));
  openKeptRun(file, RUN).keep(come);
  expect(openKeptRun(file, RUN).come).toEqual(come);
});

test('a run that nobody keeps begins anew, and so does the first of a file', () => {
  openKeptRun(undefined, RUN).keep(ran(outcome(5)));
  for (const path of [undefined, file]) {
    expect(openKeptRun(path, RUN).come).toEqual({ tally: newTally(), seconds: 0 });
  }
});

test.each([
  ['of other code', { ...RUN, code: 'other' }],
  ['that began with seed 5', { ...RUN, first: 6 }],
])('figures of a run %s are not added to', (what, run) => {
  openKeptRun(file, RUN).keep(ran(outcome(5)));
  expect(() => openKeptRun(file, run)).toThrow(`${file} keeps a run ${what}`);
});

test.each(['', '{', '{"code":"c0de","first":5}'])('what is no kept run is not taken for one: %j', (text) => {
  writeFileSync(file, text);
  expect(() => openKeptRun(file, RUN)).toThrow('that cannot be read');
});
