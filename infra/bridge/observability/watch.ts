import { Duration, aws_events as events, aws_events_targets as targets, aws_iam as iam } from 'aws-cdk-lib';
import type { aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FUNCTION } from '../../names';
import { BridgeFunction } from '../bridge-function';
import { functionArn } from '../place';

/** How often the oldest open operation is looked for; one call each time. */
export const WATCHED_EVERY = Duration.minutes(5);

/** Measures what AWS does not: for how long the oldest open operation has been open. */
export class Watch extends Construct {
  readonly bridgeFunction: BridgeFunction;

  constructor(scope: Construct, id: string, { key }: { readonly key: kms.IKey }) {
    super(scope, id);
    this.bridgeFunction = new BridgeFunction(this, 'Watch', {
      part: 'watch',
      description: 'Gatehouse: measures how long the oldest open operation has been open',
      key,
      memory: 256,
      timeout: Duration.seconds(15),
      environment: { OPERATION_FUNCTION_NAME: FUNCTION.operation },
      rights: [
        new iam.PolicyStatement({
          actions: ['lambda:ListDurableExecutionsByFunction'],
          resources: [functionArn(this, FUNCTION.operation)],
        }),
      ],
    });
    new events.Rule(this, 'Schedule', {
      ruleName: 'gatehouse-watch',
      description: 'Has the oldest open operation looked for',
      schedule: events.Schedule.rate(WATCHED_EVERY),
      // The next look is better than an old one.
      targets: [new targets.LambdaFunction(this.bridgeFunction.function, { retryAttempts: 0 })],
    });
  }
}
