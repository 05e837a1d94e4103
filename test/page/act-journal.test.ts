import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JournalRefused, type Line, openActJournal } from './acts/act-journal';
import { createDraws } from './acts/draws';
import { replay } from './acts/replay';
import { DrivenClock } from '../sandbox/clock';

const anAct = (overrides: Partial<Line> = {}): Line => ({
  at: '2026-01-15T09:03:10.000Z',
  act: { kind: 'portal request', as: 'employee', requestTypeId: '101', summary: 'A bucket' },
  mark: 'CLOUD-1',
  ...overrides,
});

let directory = '';
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'acts-'))));
afterEach(() => rmSync(directory, { recursive: true }));
const file = () => join(directory, 'acts.jsonl');

test('What was done is there at the next start, and how far time had come', () => {
  const journal = openActJournal(directory);
  expect(journal).toMatchObject({ lines: [], reached: undefined });
  journal.add(anAct());
  journal.reach('2026-01-15T10:00:00.000Z');
  expect(openActJournal(directory)).toMatchObject({
    lines: [anAct()],
    reached: '2026-01-15T10:00:00.000Z',
  });
});

test('Nobody else on the machine reads what was typed', () => {
  openActJournal(directory);
  expect(statSync(file()).mode & 0o077).toBe(0);
});

test('A line that is damaged is named, with what to do', () => {
  openActJournal(directory).add(anAct());
  appendFileSync(file(), '{"at":"yesterday"}\n');
  expect(() => openActJournal(directory)).toThrow(JournalRefused);
  expect(() => openActJournal(directory)).toThrow(
    /^Line 3 of .*acts\.jsonl is damaged\. Give another directory/,
  );
});

test('A line that was cut off is named, and what goes on without it', () => {
  openActJournal(directory).add(anAct());
  writeFileSync(file(), readFileSync(file(), 'utf8').slice(0, -20));
  expect(() => openActJournal(directory)).toThrow(/The last line of .* is cut off; delete it/);
});

test('Another program’s file is left alone', () => {
  writeFileSync(file(), '{"name":"notes"}\n');
  expect(() => openActJournal(directory)).toThrow(/is no journal of this version of the sandbox/);
  expect(readFileSync(file(), 'utf8')).toBe('{"name":"notes"}\n');
});

test('A replay does everything at its time, and goes on to where time had come', async () => {
  const clock = new DrivenClock(new Date('2026-01-15T09:03:00.000Z'));
  const done: string[] = [];
  const later = '2026-01-15T09:30:00.000Z';
  await replay({
    clock,
    draws: createDraws(),
    journal: { lines: [anAct(), anAct(), anAct({ at: later })], reached: '2026-01-15T11:00:00.000Z' },
    perform: () => {
      done.push(clock.now().toISOString());
      clock.after(0, 'what follows', () => void done.push('what follows'));
      return { status: 201, body: {}, mark: 'CLOUD-1' };
    },
    progressed: ({ acts, of }) => done.push(`${acts} of ${of}`),
  });
  const first = anAct().at;
  expect(done).toEqual([
    ...[first, '1 of 3', first, '2 of 3', 'what follows', 'what follows'],
    ...[later, '3 of 3', 'what follows'],
  ]);
  expect(clock.now().toISOString()).toBe('2026-01-15T11:00:00.000Z');
});

test('A replay that comes to something else is given up, in words', async () => {
  const replayed = replay({
    clock: new DrivenClock(),
    draws: createDraws(),
    journal: { lines: [anAct()], reached: undefined },
    perform: () => ({ status: 201, body: {}, mark: 'CLOUD-2' }),
    progressed: () => undefined,
  });
  await expect(replayed).rejects.toThrow(
    /act 1 \(portal request by employee\) came to "CLOUD-1" and comes to "CLOUD-2" now/,
  );
});
