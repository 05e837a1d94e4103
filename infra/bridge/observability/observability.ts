import type { aws_apigatewayv2 as apigateway, aws_kms as kms, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { BridgeFunction } from '../bridge-function';
import { createAlarmTopic } from './alarm-topic';
import { Alarms } from './alarms';
import { Dashboard } from './dashboard';
import { Watch } from './watch';

interface ObservabilityProps {
  readonly key: kms.Key;
  /** The mail address that alarms go to. */
  readonly notify: string;
  readonly functions: Readonly<Record<string, BridgeFunction>>;
  /** Queues in which something means that somebody has to look. */
  readonly queues: Readonly<Record<string, sqs.IQueue>>;
  readonly stage: apigateway.HttpStage;
}

/** What tells people how the bridge is doing: metrics, alarms that are mailed, and a dashboard. */
export class Observability extends Construct {
  constructor(scope: Construct, id: string, { key, notify, queues, stage, ...props }: ObservabilityProps) {
    super(scope, id);
    const watch = new Watch(this, 'Watch', { key });
    const all = { ...props.functions, Watch: watch.bridgeFunction };
    const functions = Object.fromEntries(Object.entries(all).map(([name, part]) => [name, part.function]));
    const topic = createAlarmTopic(this, 'Topic', { key, notify });
    const { all: alarms } = new Alarms(this, 'Alarms', { functions, queues, stage, topic });
    const logGroups = Object.values(all).map(({ logGroup }) => logGroup);
    new Dashboard(this, 'Dashboard', { functions, queues, stage, alarms, logGroups });
  }
}
