import type { Figure, Measure, Reading } from './measure';
import { meets } from './measure';

/** What became of a measure: a reading, or the error that it broke with. */
export interface Outcome {
  readonly measure: Measure;
  readonly result: { readonly reading: Reading } | { readonly broken: string };
}

export type Verdict = 'met' | 'missed' | 'broken';

export const verdictOf = ({ measure, result }: Outcome): Verdict => {
  if ('broken' in result) return 'broken';
  return meets(measure.goal, result.reading.judged) ? 'met' : 'missed';
};

/** Three digits are more than the spread leaves; whole numbers stay whole. */
const figure = (value: number): string => {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
};

/** A ratio is named without a space: `0.2×`. */
const withUnit = (text: string, unit: string): string => (unit === '×' ? `${text}×` : `${text} ${unit}`);

const median = (value: Figure | undefined, unit: string): string =>
  value ? withUnit(figure(value.median), unit) : '–';

const withSpread = ({ median: middle, low, high }: Figure, unit: string): string =>
  withUnit(figure(middle), unit) + (low === high ? '' : ` (${figure(low)} … ${figure(high)})`);

const COLUMNS = ['measure', 'ours', 'baseline', 'judged (middle half)', 'goal', ''] as const;

/** The table as lines of text, the first of them its head. */
export const tableOf = (
  outcomes: readonly Outcome[],
): readonly { readonly text: string; readonly verdict?: Verdict }[] => {
  const rows = outcomes.map((outcome) => {
    const { measure, result } = outcome;
    const { goal, judgedIn, unit } = measure;
    const reading = 'reading' in result ? result.reading : undefined;
    const verdict = verdictOf(outcome);
    return {
      verdict,
      cells: [
        measure.name,
        median(reading?.ours, unit),
        median(reading?.baseline, unit),
        reading ? withSpread(reading.judged, judgedIn) : '–',
        `${goal.direction === 'at most' ? '≤' : '≥'} ${withUnit(figure(goal.bound), judgedIn)}`,
        verdict,
      ],
    };
  });
  const lines = [{ cells: [...COLUMNS] as string[] }, ...rows];
  const widths = COLUMNS.map((_, column) =>
    Math.max(...lines.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  return lines.map(({ cells, ...row }) => ({
    ...row,
    text: cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  }));
};
