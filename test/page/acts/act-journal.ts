import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Act } from './act';

const HEADER = { journal: 'gatehouse sandbox', format: 1 } as const;
const Header = z.strictObject({ journal: z.literal(HEADER.journal), format: z.literal(HEADER.format) });
const Line = z.strictObject({
  /** Simulated time, ISO 8601. */
  at: z.iso.datetime(),
  act: Act,
  /** What came of it; a replay has to come to the same. */
  mark: z.string(),
});
export type Line = z.infer<typeof Line>;

/** A journal that cannot be gone on with; the message says which file and line, why, and what to do. */
export class JournalRefused extends Error {
  override readonly name = 'JournalRefused';
}

export interface ActJournal {
  /** What was done before, oldest first. */
  readonly lines: readonly Line[];
  /** How far simulated time had come; undefined in a new journal. */
  readonly reached: string | undefined;
  readonly add: (line: Line) => void;
  /** Remembers how far time has come. @param moment ISO 8601 */
  readonly reach: (moment: string) => void;
}

/**
 * The acts of everybody, as lines of JSON in a directory, from which a fresh sandbox gets to where this one is. Only whoever
 * runs it can read them: they hold what was typed.
 * @throws JournalRefused for a journal that is damaged, or another program's
 */
export const openActJournal = (directory: string): ActJournal => {
  const file = join(directory, 'acts.jsonl');
  const clock = join(directory, 'time.json');
  const instead = `Give another directory with --data, or move ${directory} away for a fresh start.`;
  const refuse = (where: string, what: string): never => {
    throw new JournalRefused(`${where} ${what}. ${instead}`);
  };

  const read = (): readonly Line[] => {
    const [first = '', ...rest] = readFileSync(file, 'utf8').split('\n');
    if (!Header.safeParse(jsonOf(first)).success)
      refuse(file, 'is no journal of this version of the sandbox');
    const torn = rest.pop();
    if (torn !== '') refuse(`The last line of ${file}`, 'is cut off; delete it to go on without that act');
    return rest.map((text, index) => {
      const line = Line.safeParse(jsonOf(text));
      return line.data ?? refuse(`Line ${index + 2} of ${file}`, 'is damaged');
    });
  };

  const reachedBefore = (): string | undefined => {
    if (!existsSync(clock)) return undefined;
    const time = z.strictObject({ now: z.iso.datetime() }).safeParse(jsonOf(readFileSync(clock, 'utf8')));
    return time.data?.now ?? refuse(clock, 'does not say how far time had come');
  };

  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const known = existsSync(file);
  const lines = known ? read() : [];
  const reached = known ? (reachedBefore() ?? lines.at(-1)?.at) : undefined;
  if (!known) writeFileSync(file, `${JSON.stringify(HEADER)}\n`, { mode: 0o600 });

  return {
    lines,
    reached,
    add: (line) => appendFileSync(file, `${JSON.stringify(line)}\n`),
    reach: (moment) => {
      writeFileSync(`${clock}.new`, JSON.stringify({ now: moment }), { mode: 0o600 });
      renameSync(`${clock}.new`, clock);
    },
  };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
