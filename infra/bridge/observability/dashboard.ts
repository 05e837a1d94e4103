import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type {
  aws_apigatewayv2 as apigateway,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DIMENSION, METRIC } from '../../../aws-bridge/runtime/metric-names';
import { ofExecutions, ourEvery, ours, running } from './metrics';

const FULL = 24;
const HALF = 12;
const THIRD = 8;
const PERIOD = Duration.minutes(5);

interface DashboardProps {
  readonly functions: Readonly<Record<string, lambda.IFunction>>;
  readonly queues: Readonly<Record<string, sqs.IQueue>>;
  readonly stage: apigateway.HttpStage;
  readonly alarms: readonly cloudwatch.Alarm[];
  readonly logGroups: readonly logs.ILogGroup[];
}

/** One page for whoever wants to know how it goes: alarms first, then operations, then what carries them. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { stage } = props;
    const functions = Object.values(props.functions);
    const queues = Object.entries(props.queues);
    new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: 'gatehouse',
      defaultInterval: Duration.days(1),
      widgets: [
        [
          new cloudwatch.AlarmStatusWidget({
            title: 'Alarms',
            alarms: [...props.alarms],
            width: FULL,
            height: 4,
          }),
        ],
        [
          graph('Operations by state', HALF, [ourEvery(METRIC.operations, DIMENSION.state)], {
            stacked: true,
          }),
          graph('Open operations', HALF / 2, [running]),
          graph('Age of the oldest, in seconds', HALF / 2, [
            ours(METRIC.oldestOpenOperation, { statistic: 'Maximum' }),
          ]),
        ],
        [
          graph('Executions', THIRD, [
            ofExecutions('Started'),
            ofExecutions('Succeeded'),
            ofExecutions('Failed'),
            ofExecutions('TimedOut'),
            ofExecutions('Stopped'),
          ]),
          graph('Steps that fail', THIRD, [ours(METRIC.stepFailures), ours(METRIC.stepsGivenUp)]),
          graph('Callbacks that fail', THIRD, [
            ours(METRIC.callbackFailures),
            ours(METRIC.callbacksUndelivered),
          ]),
        ],
        [
          graph('Messages', THIRD, [
            stage.metricCount({ period: PERIOD, statistic: 'Sum' }),
            stage.metricClientError({ period: PERIOD, statistic: 'Sum' }),
            stage.metricServerError({ period: PERIOD, statistic: 'Sum' }),
          ]),
          graph('Refusals by reason', THIRD, [ourEvery(METRIC.refusals, DIMENSION.refusal)]),
          graph('Answer time, in milliseconds', THIRD, [
            stage.metricLatency({ period: PERIOD, statistic: 'p50', label: 'p50' }),
            stage.metricLatency({ period: PERIOD, statistic: 'p99', label: 'p99' }),
          ]),
        ],
        [
          graph(
            'Errors and throttles of the functions',
            HALF,
            functions.flatMap((deployed) => [
              deployed.metricErrors({ period: PERIOD, label: `${deployed.functionName} errors` }),
              deployed.metricThrottles({ period: PERIOD, label: `${deployed.functionName} throttles` }),
            ]),
          ),
          graph(
            'Dead letters',
            HALF,
            queues.map(([name, queue]) =>
              queue.metricApproximateNumberOfMessagesVisible({
                period: PERIOD,
                statistic: 'Maximum',
                label: name,
              }),
            ),
          ),
        ],
        [
          new cloudwatch.LogQueryWidget({
            title: 'What failed last',
            width: FULL,
            height: 8,
            logGroupNames: props.logGroups.map((group) => group.logGroupName),
            view: cloudwatch.LogQueryVisualizationType.TABLE,
            queryLines: [
              'fields @timestamp, outcome, operationId, step, attempt, reason',
              'filter outcome in ["attempt-failed", "given-up"] or status >= 400',
              'sort @timestamp desc',
              'limit 50',
            ],
          }),
        ],
      ],
    });
  }
}

const graph = (
  title: string,
  width: number,
  left: cloudwatch.IMetric[],
  more: Pick<cloudwatch.GraphWidgetProps, 'stacked'> = {},
): cloudwatch.GraphWidget =>
  new cloudwatch.GraphWidget({ title, width, height: 6, left, leftYAxis: { min: 0 }, ...more });
