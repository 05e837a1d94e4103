import { styleText } from 'node:util';
import type { Entry, Journal } from '../sandbox/journal';

type Tell = (entry: Entry) => string | undefined;
type Detail = Entry['detail'];

const text = (detail: Detail, key: string): string => String(detail[key] ?? '-');
const short = (arn: string): string => arn.split(/[/:]/).at(-1) ?? arn;

/** What a reader of the story wants to hear of. Everything else - storage, checkpoints, look-ups - is counted only. */
const TOLD: Readonly<Record<string, Tell>> = {
  'jira portal request': ({ detail }) => `raises ${text(detail, 'issue')}: "${text(detail, 'requestType')}"`,
  'jira POST /rest/servicedeskapi/request/{issueIdOrKey}/comment': ({ detail }) =>
    `comments on ${text(detail, 'issue')}`,
  'jira GET /rest/servicedeskapi/request/{issueIdOrKey}/approval': ({ detail }) =>
    `asks for the decision on ${text(detail, 'issue')}`,
  'jira POST /rest/servicedeskapi/request/{issueIdOrKey}/approval/{approvalId}': ({ detail }) =>
    `answers the approval step of ${text(detail, 'issue')}`,
  'jira POST /rest/api/3/issue/{issueIdOrKey}/transitions': ({ detail }) =>
    `moves ${text(detail, 'issue')} on`,
  'forge queue push': () => 'puts the approved operation into the delivery queue',
  'bridge POST /webhook': ({ detail }) => `signed webhook ${text(detail, 'webhook-id')}`,
  'bridge POST /catalog': () => 'asks for the portfolio',
  'lambda Invoke': ({ detail }) => `starts the durable execution ${text(detail, 'DurableExecutionName')}`,
  'lambda SendDurableExecutionCallbackSuccess': () => 'wakes who waits for that stack',
  'sts AssumeRole': ({ detail }) =>
    `enters ${short(text(detail, 'RoleArn'))} for ${text(detail, 'RoleSessionName')}, approved by ${text(detail, 'SourceIdentity')}`,
  'servicecatalog ListLaunchPaths': ({ detail }) => `launch path of ${text(detail, 'ProductId')}`,
  'servicecatalog ProvisionProduct': ({ detail }) =>
    `${text(detail, 'ProvisionedProductName')} with token ${text(detail, 'ProvisionToken')}: record ${text(detail, 'RecordId')}`,
  'servicecatalog DescribeRecord': ({ detail }) =>
    `record ${text(detail, 'RecordId')} is ${text(detail, 'Status')}`,
  'cloudformation DescribeStackEvents': () => 'looks which resource failed first',
  'dynamodb PutItem': () => 'registers for the events of the stack',
  'events CloudFormation Stack Status Change': ({ detail }) =>
    `event from the tenant (${text(detail, 'outcome')})`,
  'web trigger bridge-callback': () => 'signed progress reaches the app',
};

const WIDTH = { caller: 20, service: 16 };

const line = (entry: Entry, told: string): string => {
  const time = entry.at.toISOString().slice(11, 21);
  const failed = entry.status === 0 || entry.status >= 400;
  const status = entry.status === 0 ? 'no answer' : String(entry.status);
  return [
    styleText('dim', time),
    entry.caller.padEnd(WIDTH.caller),
    styleText('dim', '→'),
    styleText('cyan', entry.service.padEnd(WIDTH.service)),
    told,
    styleText(failed ? 'yellow' : 'dim', `(${status})`),
  ].join(' ');
};

/**
 * Tells what crosses the sandbox's wires while it happens.
 * @returns a function that gives how many things were not worth a line since it was last asked
 */
export const narrate = (journal: Journal, say: (text: string) => void): (() => number) => {
  let untold = 0;
  journal.listen((entry) => {
    const told =
      entry.service === 'stack'
        ? `stack ${text(entry.detail, 'stack')} is ${entry.operation}`
        : TOLD[`${entry.service} ${entry.operation}`]?.(entry);
    if (told === undefined) untold += 1;
    else say(line(entry, told));
  });
  return () => {
    const count = untold;
    untold = 0;
    return count;
  };
};
