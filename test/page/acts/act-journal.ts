import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeptKeys } from '../../sandbox/aws/kms/key-pair';
import { Act } from './act';

const Header = z.strictObject({
  journal: z.literal('gatehouse sandbox'),
  format: z.literal(1),
  /** What every secret of the sandbox is drawn from; base64. */
  seed: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});
type Header = z.infer<typeof Header>;
const Keys = z.record(z.string(), z.string());
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
  readonly seed: Buffer;
  /** Private keys of the sandbox's KMS, with which what was sealed before is opened. */
  readonly keys: KeptKeys;
  readonly add: (line: Line) => void;
  /** Remembers how far time has come. @param moment ISO 8601 */
  readonly reach: (moment: string) => void;
}

/**
 * The acts of everybody, as lines of JSON in a directory, from which a fresh sandbox gets to where this one is. Only whoever
 * runs it can read them: they hold what was typed, and what the sandbox's secrets are drawn from.
 * @throws JournalRefused for a journal that is damaged, or another program's
 */
export const openActJournal = (directory: string): ActJournal => {
  const file = join(directory, 'acts.jsonl');
  const clock = join(directory, 'time.json');
  const keyFile = join(directory, 'keys.json');
  const instead = `Give another directory with --data, or move ${directory} away for a fresh start.`;
  const refuse = (where: string, what: string): never => {
    throw new JournalRefused(`${where} ${what}. ${instead}`);
  };

  const read = (): { header: Header; lines: readonly Line[] } => {
    const [first = '', ...rest] = readFileSync(file, 'utf8').split('\n');
    const header =
      Header.safeParse(jsonOf(first)).data ?? refuse(file, 'is no journal of this version of the sandbox');
    const torn = rest.pop();
    if (torn !== '') refuse(`The last line of ${file}`, 'is cut off; delete it to go on without that act');
    const lines = rest.map((text, index) => {
      const line = Line.safeParse(jsonOf(text));
      return line.data ?? refuse(`Line ${index + 2} of ${file}`, 'is damaged');
    });
    return { header, lines };
  };

  const begin = (): { header: Header; lines: readonly Line[] } => {
    const header: Header = {
      ...{ journal: 'gatehouse sandbox', format: 1 },
      seed: randomBytes(32).toString('base64'),
    };
    writeFileSync(file, `${JSON.stringify(header)}\n`, { mode: 0o600 });
    return { header, lines: [] };
  };

  const keysNow = (): Record<string, string> => {
    if (!existsSync(keyFile)) return {};
    const keys = Keys.safeParse(jsonOf(readFileSync(keyFile, 'utf8')));
    return keys.data ?? refuse(keyFile, 'does not hold the keys of the sandbox’s KMS');
  };

  const reachedBefore = (): string | undefined => {
    if (!existsSync(clock)) return undefined;
    const time = z.strictObject({ now: z.iso.datetime() }).safeParse(jsonOf(readFileSync(clock, 'utf8')));
    return time.data?.now ?? refuse(clock, 'does not say how far time had come');
  };

  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const known = existsSync(file);
  const { header, lines } = known ? read() : begin();
  const reached = known ? (reachedBefore() ?? lines.at(-1)?.at) : undefined;
  const keys = keysNow();

  return {
    lines,
    reached,
    seed: Buffer.from(header.seed, 'base64'),
    keys: {
      read: (id) => keys[id],
      write: (id, pem) => {
        keys[id] = pem;
        writeFileSync(keyFile, JSON.stringify(keys), { mode: 0o600 });
      },
    },
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
