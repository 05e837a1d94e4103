import type { LogLine } from './log';
import { DIMENSION, METRIC, NAMESPACE } from './metric-names';

/** One value of one metric. */
export interface Measurement {
  readonly name: string;
  readonly unit: 'Count' | 'Seconds';
  readonly value: number;
  /** What it is split by: a dimension's name and value. */
  readonly by?: readonly [dimension: string, value: string];
}

const one = (name: string, by?: Measurement['by']): Measurement => ({
  name,
  unit: 'Count',
  value: 1,
  ...(by && { by }),
});

/** What a log line is counted as; most lines are not. A line is written at least once, so counts are "at least". */
export const measured = (line: LogLine): readonly Measurement[] => {
  if (line.oldestOpenSeconds !== undefined) {
    return [{ name: METRIC.oldestOpenOperation, unit: 'Seconds', value: line.oldestOpenSeconds }];
  }
  if (line.status !== undefined && line.status >= 400) {
    return [one(METRIC.refusals, [DIMENSION.refusal, line.outcome])];
  }
  const telling = line.step?.startsWith('tell ') ?? false;
  switch (line.outcome) {
    case 'told':
    case 'gone':
      return line.state === undefined ? [] : [one(METRIC.operations, [DIMENSION.state, line.state])];
    case 'attempt-failed':
      return [one(telling ? METRIC.callbackFailures : METRIC.stepFailures)];
    case 'given-up':
      return [one(telling ? METRIC.callbacksUndelivered : METRIC.stepsGivenUp)];
    default:
      return [];
  }
};

/**
 * A log line in CloudWatch's embedded metric format, of which CloudWatch makes metrics without a call.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const withMetrics = (line: LogLine, at: Date): object => {
  const measurements = measured(line);
  if (measurements.length === 0) return line;
  const members = measurements.map(({ name, value, by }) => ({
    [name]: value,
    ...(by && { [by[0]]: by[1] }),
  }));
  return {
    ...line,
    ...members.reduce((all, some) => ({ ...all, ...some }), {}),
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: measurements.map(({ name, unit, by }) => ({
        Namespace: NAMESPACE,
        Dimensions: [by ? [by[0]] : []],
        Metrics: [{ Name: name, Unit: unit }],
      })),
    },
  };
};
