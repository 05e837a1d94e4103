/** What a stack's ARN says. */
export interface StackName {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}

const ARN =
  /^arn:aws:cloudformation:([a-z0-9-]{1,32}):(\d{12}):stack\/([A-Za-z][A-Za-z0-9-]{0,127})\/[0-9a-f-]{36}$/;

/** Takes the ARN of a stack in the partition `aws` apart; undefined where it is none. */
export const stackIn = (arn: string): StackName | undefined => {
  const [, region, account, stackName] = ARN.exec(arn) ?? [];
  if (region === undefined || account === undefined || stackName === undefined) return undefined;
  return { account, region, stackName };
};
