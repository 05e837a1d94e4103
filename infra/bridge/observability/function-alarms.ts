import { Duration } from 'aws-cdk-lib';
import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda, aws_sns as sns } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { createAlarm } from './alarm';

/** What can be wrong with any function. @param name as it stands in the alarms' names */
export const alarmsOfFunction = (
  scope: Construct,
  topic: sns.ITopic,
  name: string,
  deployed: lambda.IFunction,
): readonly cloudwatch.Alarm[] => [
  createAlarm(scope, topic, `${name}Errors`, {
    metric: deployed.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
    description: `Invocations of ${deployed.functionName} fail. They are repeated; see its log group.`,
    above: 2,
  }),
  createAlarm(scope, topic, `${name}Throttles`, {
    metric: deployed.metricThrottles({ period: Duration.minutes(5), statistic: 'Sum' }),
    description: `Invocations of ${deployed.functionName} are throttled: the account's concurrency is used up. Have it raised.`,
  }),
];
