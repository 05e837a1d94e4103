import type { Entry } from '../journal';

/** Members that tell a reader what a call was about. Nothing else of a request or an answer reaches the journal. */
const TELLING = [
  'RoleArn',
  'RoleSessionName',
  'SourceIdentity',
  'ProductId',
  'ProvisioningArtifactId',
  'PathId',
  'ProvisionedProductName',
  'ProvisionToken',
  'Id',
  'StackName',
  'TableName',
  'SecretId',
  'FunctionName',
  'InvocationType',
  'DurableExecutionName',
  'DurableExecutionArn',
] as const;

const RECORD = ['RecordId', 'Status', 'ProvisionedProductId'] as const;

const pick = (value: unknown, names: readonly string[]): [string, string][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).filter(
        (member): member is [string, string] => names.includes(member[0]) && typeof member[1] === 'string',
      );

const executionName = (value: unknown): [string, string][] => {
  const [arn] = pick(value, ['DurableExecutionArn']);
  const name = arn?.[1].split('/').at(-2);
  return name ? [['DurableExecutionName', name]] : [];
};

/** The updates of a checkpoint in words: `STEP SUCCEED provision, CALLBACK START stack event 1`. */
const updates = (input: object): [string, string][] => {
  const given: unknown = 'Updates' in input ? input.Updates : undefined;
  if (!Array.isArray(given)) return [];
  const words = given.map((update: unknown) => {
    const parts = new Map(pick(update, ['Type', 'Action', 'Name']));
    return ['Type', 'Action', 'Name'].flatMap((name) => parts.get(name) ?? []).join(' ');
  });
  return [['Updates', words.join(', ')]];
};

/** What the journal keeps of a call. */
export const detailOf = (input: object, output: object | undefined): Entry['detail'] =>
  Object.fromEntries([
    ...pick(input, TELLING),
    ...pick(output, TELLING),
    ...executionName(input),
    ...executionName(output),
    ...pick(output && 'RecordDetail' in output ? output.RecordDetail : undefined, RECORD),
    ...updates(input),
  ]);
