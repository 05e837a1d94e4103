import { Duration, aws_lambda as lambda } from 'aws-cdk-lib';
import type { aws_kms as kms, aws_sqs as sqs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { WAITERS_TABLE } from '../names';
import { BridgeFunction } from './bridge-function';
import { acknowledgeLastQueue, createDeadLetters, layingDownRights } from './dead-letters';
import { acknowledgeExecutions, executionRights } from './operation';
import { waitersRights } from './waiters-table';

const FAILED_WAKES = 'gatehouse-failed-wakes';

/** Completes the callback of whoever waits for a stack. It carries no facts, so a forged event wakes and no more. */
export class Wake extends Construct {
  readonly bridgeFunction: BridgeFunction;
  /** Events that the function failed at, time and again. */
  readonly failed: sqs.Queue;

  constructor(scope: Construct, id: string, { key }: { readonly key: kms.IKey }) {
    super(scope, id);
    const failures = { name: FAILED_WAKES, key };
    this.failed = createDeadLetters(this, 'Failed', failures);
    acknowledgeLastQueue(this.failed);
    this.bridgeFunction = new BridgeFunction(this, 'Wake', {
      part: 'wake',
      description: 'Gatehouse: wakes the operation that waits for a stack',
      key,
      memory: 512,
      // Two calls of five seconds at most.
      timeout: Duration.seconds(25),
      environment: { WAITERS_TABLE },
      rights: [
        ...waitersRights(this, key, ['dynamodb:GetItem']),
        ...executionRights(this, key, ['lambda:SendDurableExecutionCallbackSuccess']),
        ...layingDownRights(this, failures),
      ],
    });
    acknowledgeExecutions(this.bridgeFunction.role);
    new lambda.EventInvokeConfig(this, 'Retries', {
      function: this.bridgeFunction.function,
      // After that the operation has looked for itself.
      maxEventAge: Duration.hours(1),
      retryAttempts: 2,
      onFailure: { bind: () => ({ destination: this.failed.queueArn }) },
    });
  }
}
