import { Duration, aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type {
  aws_apigatewayv2 as apigateway,
  aws_lambda as lambda,
  aws_sns as sns,
  aws_sqs as sqs,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DIMENSION, METRIC } from '../../../aws-bridge/runtime/metric-names';
import { type About, createAlarm } from './alarm';
import { alarmsOfFunction } from './function-alarms';
import { ofExecutions, ours, runningOfQuota } from './metrics';

/** A gate may wait for twelve hours; then its stack has an hour to come to its end. */
const LONGEST_OPERATION = Duration.hours(13);

interface AlarmProps {
  readonly functions: Readonly<Record<string, lambda.IFunction>>;
  readonly queues: Readonly<Record<string, sqs.IQueue>>;
  readonly stage: apigateway.HttpStage;
  readonly topic: sns.ITopic;
}

/** What people have to know without looking: each alarm is mailed when it fires and when it is over. */
export class Alarms extends Construct {
  readonly all: cloudwatch.Alarm[] = [];
  readonly #topic: sns.ITopic;

  constructor(scope: Construct, id: string, props: AlarmProps) {
    super(scope, id);
    this.#topic = props.topic;
    this.#executions();
    this.#telling();
    for (const [name, deployed] of Object.entries(props.functions)) {
      this.all.push(...alarmsOfFunction(this, props.topic, name, deployed));
    }
    for (const [name, queue] of Object.entries(props.queues)) {
      this.#alarm(`DeadLetters${name}`, {
        metric: queue.metricApproximateNumberOfMessagesVisible({
          period: Duration.minutes(5),
          statistic: 'Maximum',
        }),
        description: `Dead letters lie in ${queue.queueName}. Read them within two weeks; docs/operations.md says what each means.`,
      });
    }
    this.#alarm('ApiErrors', {
      metric: props.stage.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      description:
        'The HTTP API answers with server errors. The app sends again; see the logs of ingress and catalog.',
      above: 5,
    });
  }

  #executions(): void {
    for (const ending of ['Failed', 'TimedOut', 'Stopped'] as const) {
      this.#alarm(`Executions${ending}`, {
        metric: ofExecutions(ending),
        description: `An operation's execution ended as ${ending}: nobody follows its launch any more. Its request says so within the hour; find the launch in the tenant's Service Catalog.`,
      });
    }
    this.#alarm('OperationsLost', {
      metric: ours(METRIC.operations, { by: { [DIMENSION.state]: 'lost' } }),
      description: 'It is not known what became of an operation. Its request says where to look.',
    });
    this.#alarm('OldestOpenOperation', {
      metric: ours(METRIC.oldestOpenOperation, { statistic: 'Maximum' }),
      description: `An operation has been open for more than ${LONGEST_OPERATION.toHours()} hours, or nothing measures it any more. See the queue of open requests, and the log of gatehouse-watch.`,
      above: LONGEST_OPERATION.toSeconds(),
      // The measurement comes every five minutes; one that is late is no alarm.
      periods: 3,
      missing: cloudwatch.TreatMissingData.BREACHING,
    });
    this.#alarm('ExecutionsQuota', {
      metric: runningOfQuota,
      description:
        "Running durable executions use four fifths of the account's quota. Have it raised before launches fail.",
      above: 80,
    });
  }

  #telling(): void {
    this.#alarm('CallbacksUndelivered', {
      metric: ours(METRIC.callbacksUndelivered),
      description:
        'The app could not be told of a change in the end. It asks by itself within the hour; see why the web trigger refuses.',
    });
    this.#alarm('CallbackFailures', {
      metric: ours(METRIC.callbackFailures),
      description:
        'The app cannot be told of changes. They are repeated; see whether the site, the web trigger address and the callback secret are right.',
      above: 5,
      periods: 3,
    });
    this.#alarm('MessagesUnauthenticated', {
      metric: ours(METRIC.refusals, { by: { [DIMENSION.refusal]: 'unauthenticated' } }),
      description:
        "Messages with a wrong signature: the two sides' secrets differ, or somebody tries the door.",
      above: 20,
    });
  }

  #alarm(id: string, about: About): void {
    this.all.push(createAlarm(this, this.#topic, id, about));
  }
}
