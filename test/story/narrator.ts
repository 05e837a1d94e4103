import { styleText } from 'node:util';
import type { Entry, Journal } from '../sandbox/journal';

type Tell = (entry: Entry) => string | undefined;
type Detail = Entry['detail'];

const text = (detail: Detail, key: string): string => String(detail[key] ?? '-');
const short = (arn: string): string => arn.split(/[/:]/).at(-1) ?? arn;

const approver = (identity: string): string =>
  identity === 'gatehouse.undecided' ? 'before anybody has decided' : `approved by ${identity}`;

/** Told of the bridge alone: the story itself looks at the same from the console. */
const ofTenant =
  (tell: Tell): Tell =>
  (entry) =>
    entry.caller === 'GatehouseTenant' ? tell(entry) : undefined;

/** What a reader of the story wants to hear of. Everything else - storage, checkpoints, look-ups - is counted only. */
const TOLD: Readonly<Record<string, Tell>> = {
  'jira portal request': ({ detail }) => `raises ${text(detail, 'issue')}: "${text(detail, 'requestType')}"`,
  'jira POST /rest/servicedeskapi/request': () => 'raises a request for the stack that waits',
  'jira POST /rest/servicedeskapi/request/{issueIdOrKey}/comment': ({ detail }) =>
    `comments on ${text(detail, 'issue')}`,
  'jira GET /rest/servicedeskapi/request/{issueIdOrKey}/approval': ({ detail }) =>
    `asks for the decision on ${text(detail, 'issue')}`,
  'jira POST /rest/servicedeskapi/request/{issueIdOrKey}/approval/{approvalId}': ({ detail }) =>
    `answers the approval step of ${text(detail, 'issue')}`,
  'jira POST /rest/api/3/issue/{issueIdOrKey}/transitions': ({ detail }) =>
    `moves ${text(detail, 'issue')} on`,
  'forge queue push': () => 'puts what was decided into the delivery queue',
  'bridge POST /webhook': ({ detail }) => `signed webhook ${text(detail, 'webhook-id')}`,
  'lambda Invoke': ({ detail }) => `starts the durable execution ${text(detail, 'DurableExecutionName')}`,
  'lambda Invocation': ({ detail }) =>
    detail['FunctionName'] === 'gatehouse-gate' ? 'has run the gate function for the stack' : undefined,
  'lambda SendDurableExecutionCallbackSuccess': () => 'wakes the operation that waits',
  'sts AssumeRole': ({ detail }) =>
    `enters ${short(text(detail, 'RoleArn'))} for ${text(detail, 'RoleSessionName')}, ${approver(text(detail, 'SourceIdentity'))}`,
  'servicecatalog ListLaunchPaths': ({ detail }) => `launch path of ${text(detail, 'ProductId')}`,
  'servicecatalog ProvisionProduct': ({ detail }) =>
    `${text(detail, 'ProvisionedProductName')} with token ${text(detail, 'ProvisionToken')}: record ${text(detail, 'RecordId')}`,
  'servicecatalog DescribeRecord': ofTenant(
    ({ detail }) => `record ${text(detail, 'RecordId')} is ${text(detail, 'Status')}`,
  ),
  'cloudformation DescribeStackEvents': ofTenant(() => 'looks which resource failed first'),
  'cloudformation DescribeStackResource': ofTenant(() => "looks whether the handle is that stack's"),
  'cloudformation DescribeStacks': ofTenant(() => 'looks how the stack is doing'),
  'cloudformation DeleteStack': () => 'deletes the stack',
  'kms GetPublicKey': () => "the key that seals the handle's address",
  'kms Decrypt': () => "opens the handle's address, for this step alone",
  's3 PutObject': ({ detail }) =>
    text(detail, 'bucket').startsWith('cloudformation-waitcondition')
      ? 'the signal to the wait condition'
      : "the gate's answer to CloudFormation",
  'sns Publish': () => 'says that an approval waits, and where',
  'dynamodb PutItem': () => 'writes down what it waits for',
  'dynamodb UpdateItem': ({ caller }) =>
    caller === 'gatehouse-ingress' ? 'writes the decision, unless the gate is settled' : undefined,
  'events CloudFormation Stack Status Change': ({ detail }) =>
    `event from the tenant (${text(detail, 'outcome')})`,
  'web trigger bridge-callback': () => 'signed message reaches the app',
};

/** While an operation waits, the same is looked at again and again: until something else happens, that is told once. */
const LOOKED_AT = ['sts', 'kms', 'dynamodb', 'cloudformation'];
const isLook = ({ service, operation }: Entry): boolean =>
  LOOKED_AT.includes(service) || operation.startsWith('GET ');

/** People come with the roles of IAM Identity Center, whose names say no more than this. */
const person = (caller: string): string => caller.replace(/^AWSReservedSSO_(.+)_[0-9a-f]{16}$/, '$1');

const WIDTH = { caller: 20, service: 16 };

const line = (entry: Entry, told: string): string => {
  const time = entry.at.toISOString().slice(11, 21);
  const failed = entry.status === 0 || entry.status >= 400;
  const status = entry.status === 0 ? 'no answer' : String(entry.status);
  return [
    styleText('dim', time),
    person(entry.caller).padEnd(WIDTH.caller),
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
  const looks = new Set<string>();
  const isNews = (entry: Entry, told: string): boolean => {
    if (!isLook(entry)) {
      looks.clear();
      return true;
    }
    const look = `${entry.caller} ${entry.service} ${told}`;
    if (looks.has(look)) return false;
    looks.add(look);
    return true;
  };
  journal.listen((entry) => {
    const told =
      entry.service === 'stack'
        ? `stack ${text(entry.detail, 'stack')} is ${entry.operation}`
        : TOLD[`${entry.service} ${entry.operation}`]?.(entry);
    if (told === undefined || !isNews(entry, told)) untold += 1;
    else say(line(entry, told));
  });
  return () => {
    const count = untold;
    untold = 0;
    return count;
  };
};
