import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { NAMESPACE } from '../../../aws-bridge/runtime/metric-names';
import { FUNCTION } from '../../names';

const PERIOD = Duration.minutes(5);

/** A metric that the bridge writes into its log. */
export const ours = (
  metricName: string,
  {
    statistic = 'Sum',
    by,
  }: { readonly statistic?: 'Sum' | 'Maximum'; readonly by?: Record<string, string> } = {},
): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: NAMESPACE,
    metricName,
    statistic,
    period: PERIOD,
    ...(by && { dimensionsMap: by }),
  });

/** Every value of a metric that is split by one dimension, whichever values there are. */
export const ourEvery = (metricName: string, dimension: string): cloudwatch.MathExpression =>
  new cloudwatch.MathExpression({
    expression: `SEARCH('{${NAMESPACE},${dimension}} MetricName="${metricName}"', 'Sum', ${PERIOD.toSeconds()})`,
    label: '',
    usingMetrics: {},
    period: PERIOD,
  });

/**
 * What Lambda counts of the operation function's durable executions.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html
 */
export const ofExecutions = (
  name: 'Failed' | 'Started' | 'Stopped' | 'Succeeded' | 'TimedOut',
): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'AWS/Lambda',
    metricName: `DurableExecution${name}`,
    dimensionsMap: { FunctionName: FUNCTION.operation },
    statistic: 'Sum',
    period: PERIOD,
  });

/** Durable executions that run now. */
export const running = new cloudwatch.Metric({
  namespace: 'AWS/Lambda',
  metricName: 'ApproximateRunningDurableExecutions',
  dimensionsMap: { FunctionName: FUNCTION.operation },
  statistic: 'Maximum',
  period: PERIOD,
});

/** Percentage of how many durable executions may run in the account, all functions together. */
export const runningOfQuota = new cloudwatch.Metric({
  namespace: 'AWS/Lambda',
  metricName: 'ApproximateRunningDurableExecutionsUtilization',
  statistic: 'Maximum',
  period: PERIOD,
});
