/**
 * The key under which an operation waits for a stack: the partition key of the waiters' table. It is built from
 * names that both sides know, since an operation registers before it has seen the stack's ARN.
 */
export const waiterKey = (stack: {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}): string => `${stack.account}/${stack.region}/${stack.stackName}`;
