/** A change of the product that no test notices, and why that is in order. */
export interface Survivor {
  /** Relative to the project. */
  readonly file: string;
  /** Stryker's name of the kind of change. */
  readonly mutator: string;
  /** The line on which the changed text begins, without its indentation: it tells equal texts apart. */
  readonly line: string;
  /** The changed text and what stands there instead; white space counts as one space. */
  readonly original: string;
  readonly replacement: string;
}

/** A survivor that somebody looked at. */
export interface AcceptedSurvivor extends Survivor {
  /** Why the change is no other behaviour, or one that no test should insist on. */
  readonly reason: string;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Where a text stands in a file; lines from 1, columns from 1. */
export interface Place {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** Describes one change of a file whose text is `source`. */
export const survivorAt = (
  source: string,
  change: {
    readonly file: string;
    readonly mutator: string;
    readonly place: Place;
    readonly replacement: string;
  },
): Survivor => {
  const lines = source.split('\n');
  const { start, end } = change.place;
  const touched = lines.slice(start.line - 1, end.line);
  const last = touched.length - 1;
  const original = touched
    .map((line, index) =>
      line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : line.length),
    )
    .join('\n');
  return {
    file: change.file,
    mutator: change.mutator,
    line: (lines[start.line - 1] ?? '').trim(),
    original: oneLine(original),
    replacement: oneLine(change.replacement),
  };
};

const keyOf = ({ file, mutator, line, original, replacement }: Survivor): string =>
  JSON.stringify([file, mutator, line, original, replacement]);

/** What is in the first list and not in the second; what is there twice has to be there twice. */
export const without = <Item extends Survivor>(
  items: readonly Item[],
  others: readonly Survivor[],
): Item[] => {
  const left = others.map(keyOf);
  return items.filter((item) => {
    const found = left.indexOf(keyOf(item));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
};
