import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as lambda from '@aws-sdk/client-lambda';
import { buildSync } from 'esbuild';
import { kmsOperations } from '../../sandbox/aws/kms/operations';
import { operationsOf } from '../../sandbox/aws/wire/operations';
import { restJsonProtocol } from '../../sandbox/aws/wire/rest-json-protocol';

/*
 * Which calls to AWS the code of a function can make, read from the code: its entry is bundled without packages, so
 * that what it does not use is gone, and what is left is searched for SDK commands and for signed requests.
 */

const ROOT = join(__dirname, '../../..');

/** Folders of functions: each has a `main.ts`, as it is deployed. */
export const functionFolders = (within: string): readonly string[] =>
  readdirSync(join(ROOT, within))
    .map((name) => `${within}/${name}`)
    .filter((folder) => existsSync(join(ROOT, folder, 'main.ts')));

const codeOf = (folder: string): string => {
  const { outputFiles } = buildSync({
    entryPoints: [join(ROOT, folder, 'main.ts')],
    bundle: true,
    treeShaking: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('\n');
};

const all = (text: string, pattern: RegExp): readonly string[][] =>
  [...text.matchAll(pattern)].map((match) => match.slice(1));

/** Lambda's API calls one operation otherwise than IAM does. */
const actionOf = (service: string, operation: string): string =>
  `${service}:${service === 'lambda' && operation === 'Invoke' ? 'InvokeFunction' : operation}`;

/** `new DescribeRecordCommand(…)`, of whichever client it was imported from. */
const sentByClients = (code: string): readonly string[] =>
  all(code, /import \{([^}]*)\} from "@aws-sdk\/client-([\w-]+)"/g).flatMap(([names = '', client = '']) =>
    names.split(',').flatMap((name) => {
      const [exported = '', local = exported] = name.trim().split(' as ');
      const command = /^(\w+)Command$/.exec(exported)?.[1];
      const made = new RegExp(`new ${local}\\(`).test(code);
      return command !== undefined && made ? [actionOf(client.replaceAll('-', ''), command)] : [];
    }),
  );

/** What AWS's SDK for durable executions sends by itself. */
const sentByDurableSdk = (code: string): readonly string[] => {
  if (!code.includes('from "@aws/durable-execution-sdk-js"')) return [];
  const sdk = readFileSync(require.resolve('@aws/durable-execution-sdk-js'), 'utf8');
  return all(sdk, /new [\w.]+?\.(\w+)Command\(/g).map(([command = '']) => actionOf('lambda', command));
};

/** By the name that stands before the operation in `x-amz-target`. */
const TARGETS: Readonly<Record<string, string | undefined>> = {
  DynamoDB_20120810: 'dynamodb',
  TrentService: 'kms',
  secretsmanager: 'secretsmanager',
};
const OPERATIONS: Readonly<Record<string, ReadonlyMap<string, unknown> | undefined>> = {
  dynamodb: operationsOf(dynamodb),
  kms: kmsOperations,
};

/** `'x-amz-target': 'DynamoDB_20120810.PutItem'`. Where the operation is a variable, any that the code names. */
const sentByTarget = (folder: string, code: string): readonly string[] =>
  all(code, /"x-amz-target": ["'`]?([^"'`\n]*)/g).flatMap(([target = '']) => {
    const [name = '', operation = ''] = target.split('.');
    const service = TARGETS[name];
    if (service === undefined) throw new Error(`${folder} sends to ${target}: add its service to TARGETS`);
    if (/^\w+$/.test(operation)) return [actionOf(service, operation)];
    const named = [...(OPERATIONS[service]?.keys() ?? [])].filter((known) => code.includes(`"${known}"`));
    if (named.length === 0) throw new Error(`${folder} sends ${target}: add its client to OPERATIONS`);
    return named.map((known) => actionOf(service, known));
  });

const lambdaRoutes = restJsonProtocol(operationsOf(lambda));

/** `method: 'POST', path: '/2015-03-31/functions/…'`: what Lambda does there. */
const sentByPath = (code: string): readonly string[] =>
  all(code, /method: "(\w+)",\s*path: `(\/\d{4}-\d\d-\d\d\/[^`]*)`/g).map(([method = '', path = '']) => {
    const request = { method, path: path.replace(/\$\{[^}]*\}/g, 'x'), query: {}, headers: {} };
    return actionOf('lambda', lambdaRoutes.operation({ ...request, body: Buffer.alloc(0) }).name);
  });

/** The services that get requests in the Query protocol without their clients. */
const QUERIED: Readonly<Record<string, string | undefined>> = {
  AssumeRole: 'sts',
  DescribeAvailabilityZones: 'ec2',
  DescribeKeyPairs: 'ec2',
  DescribeSecurityGroups: 'ec2',
  DescribeSubnets: 'ec2',
  DescribeVpcs: 'ec2',
  Publish: 'sns',
};

/** `Action: 'Publish'`. */
const sentByQuery = (folder: string, code: string): readonly string[] =>
  all(code, /\bAction(?:: "|=)(\w+)/g).map(([operation = '']) => {
    const service = QUERIED[operation];
    if (service === undefined) throw new Error(`${folder} sends ${operation}: add its service to QUERIED`);
    return actionOf(service, operation);
  });

/** `createSignedFetch('s3', …)` is asked for objects alone. */
const readFromS3 = (code: string): readonly string[] =>
  code.includes('createSignedFetch("s3"') ? ['s3:GetObject'] : [];

/** IAM's actions for all of that, such as `servicecatalog:DescribeRecord`. */
export const actionsInCode = (folder: string): readonly string[] => {
  const code = codeOf(folder);
  const signed = [
    ...sentByTarget(folder, code),
    ...sentByPath(code),
    ...sentByQuery(folder, code),
    ...readFromS3(code),
  ];
  const actions = new Set([...sentByClients(code), ...sentByDurableSdk(code), ...signed]);
  for (const [service = ''] of all(code, /createSignedFetch\(\s*"([\w-]+)"/g)) {
    if (!signed.some((action) => action.startsWith(`${service}:`)))
      throw new Error(`${folder} signs requests to ${service}, and none of them could be read from its code`);
  }
  return [...actions].sort();
};
