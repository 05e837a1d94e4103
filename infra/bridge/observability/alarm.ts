import { aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions } from 'aws-cdk-lib';
import type { aws_sns as sns } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What one alarm is about. It fires above the threshold, in as many periods in a row as given. */
export interface About {
  readonly metric: cloudwatch.IMetric;
  /** What is wrong and what to do, for whoever gets the mail. */
  readonly description: string;
  readonly above?: number;
  readonly periods?: number;
  /** Nothing measured is no news, unless measuring is what must not stop. */
  readonly missing?: cloudwatch.TreatMissingData;
}

/** An alarm that is mailed when it fires and when it is over. */
export const createAlarm = (
  scope: Construct,
  topic: sns.ITopic,
  id: string,
  about: About,
): cloudwatch.Alarm => {
  const alarm = new cloudwatch.Alarm(scope, id, {
    alarmName: `gatehouse-${id}`,
    alarmDescription: about.description,
    metric: about.metric,
    threshold: about.above ?? 0,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: about.periods ?? 1,
    treatMissingData: about.missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  const tell = new actions.SnsAction(topic);
  alarm.addAlarmAction(tell);
  alarm.addOkAction(tell);
  return alarm;
};
