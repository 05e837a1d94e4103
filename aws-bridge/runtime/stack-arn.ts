/** What a stack's ARN says. */
export interface StackName {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}

const ARN =
  /^arn:aws:cloudformation:(?<region>[a-z0-9-]{1,32}):(?<account>\d{12}):stack\/(?<stack>[A-Za-z][A-Za-z0-9-]{0,127})\/[0-9a-f-]{36}$/;

/** Takes the ARN of a stack in the partition `aws` apart; undefined where it is none. */
export const stackIn = (arn: string): StackName | undefined => {
  if (!ARN.test(arn)) return undefined;
  const told = (group: string): string => arn.replace(ARN, `$<${group}>`);
  return { account: told('account'), region: told('region'), stackName: told('stack') };
};
