import type { Decision } from './decide';
import type { GateEvent } from './gate-event';

/**
 * What CloudFormation is answered, in at most 4096 bytes.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export const answerOf = (event: GateEvent, decision: Decision): string =>
  JSON.stringify({
    ...(decision.does === 'refuse' ? { Status: 'FAILED', Reason: decision.reason } : { Status: 'SUCCESS' }),
    PhysicalResourceId: decision.physicalId,
    StackId: event.StackId.arn,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
