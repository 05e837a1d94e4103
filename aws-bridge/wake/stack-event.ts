import * as z from 'zod/mini';
import { AwsAccountId, AwsRegion } from '../contract/identifiers';

/**
 * EventBridge's `CloudFormation Stack Status Change`, as far as we look at it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-events.html
 */
export const StackEvent = z.object({
  id: z.string(),
  source: z.literal('aws.cloudformation'),
  'detail-type': z.literal('CloudFormation Stack Status Change'),
  account: AwsAccountId,
  region: AwsRegion,
  detail: z.object({ 'stack-id': z.string(), 'status-details': z.object({ status: z.string() }) }),
});
export type StackEvent = z.infer<typeof StackEvent>;

/** What an event asks for: to wake whoever waits for the stack, or nothing, and why. */
export type Decision =
  | { readonly wake: { readonly account: string; readonly region: string; readonly stackName: string } }
  | { readonly ignored: 'not-awaited-status' | 'not-a-stack' | 'foreign-stack' };

const STACK_ARN =
  /^arn:[\w-]+:cloudformation:([a-z0-9-]+):(\d{12}):stack\/([A-Za-z][A-Za-z0-9-]{0,127})\/[0-9a-f-]+$/;

/**
 * Statuses worth waking for: whatever ends a stack's change, and the turn for the worse. A start is none: whoever
 * waits has just started it, and would ask Service Catalog in vain.
 */
const AWAITED = /^(?:ROLLBACK_IN_PROGRESS|[A-Z_]+_(?:COMPLETE|FAILED))$/;

/**
 * EventBridge sets an event's account and region; its detail is whatever the sender says. The event therefore only
 * counts for a stack of the account and region that it came from.
 */
export const decide = ({ account, region, detail }: StackEvent): Decision => {
  if (!AWAITED.test(detail['status-details'].status)) return { ignored: 'not-awaited-status' };
  const [, stackRegion, stackAccount, stackName] = STACK_ARN.exec(detail['stack-id']) ?? [];
  if (stackName === undefined) return { ignored: 'not-a-stack' };
  if (stackAccount !== account || stackRegion !== region) return { ignored: 'foreign-stack' };
  return { wake: { account, region, stackName } };
};
