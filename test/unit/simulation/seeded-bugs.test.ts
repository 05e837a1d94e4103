import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEEDED_BUGS } from '../../simulation/bugs/seeded-bugs';
import { ROOT } from '../../sandbox/site';

test.each(SEEDED_BUGS)('the code that "$name" changes is there, once', ({ patches }) => {
  for (const { file, from } of patches) {
    expect([file, readFileSync(join(ROOT, file), 'utf8').split(from).length - 1]).toEqual([file, 1]);
  }
});

test('there are at least twenty, each with a name of its own', () => {
  expect(new Set(SEEDED_BUGS.map(({ name }) => name)).size).toBe(SEEDED_BUGS.length);
  expect(SEEDED_BUGS.length).toBeGreaterThanOrEqual(20);
});
