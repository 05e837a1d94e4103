import { STSClient } from '@aws-sdk/client-sts';
import { HttpResponse } from '@smithy/core/protocols';

export const REGION = 'eu-west-1';
export const TENANT = '100000000042';
export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const CALLBACK_SECRET = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const OPERATION = `arn:aws:lambda:${REGION}:100000000002:function:operation`;
const HOUR = 3_600_000;

/** What every function under measurement is deployed with, the baselines' settings among it. */
export const ENVIRONMENT = {
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  SITE_ID: '11111111-2222-4333-8444-555555555555',
  WEBHOOK_SECRET_ID: 'webhook',
  CALLBACK_SECRET_ID: 'callback',
  CALLBACK_URL: 'https://app.example/callback',
  OPERATION_FUNCTION: `${OPERATION}:live`,
  WAITERS_TABLE: 'waiters',
  IDEMPOTENCY_TABLE: 'idempotency',
  TENANT_ROLE_NAME: 'tenant',
  TENANT_ROLE_ARN: `arn:aws:iam::${TENANT}:role/tenant`,
  EXTERNAL_ID: 'gatehouse:bench',
  SEALED_VALUES_KEY: `arn:aws:kms:${REGION}:100000000002:key/11111111-2222-4333-8444-555555555555`,
} as const;

export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface QuickAws {
  /** The operations that were asked for so far, in order, and forgets them. */
  readonly takeAsked: () => readonly string[];
  /** Gives the SDK and `fetch` their own wires back. */
  readonly end: () => void;
}

/** The operation's name, wherever the service's protocol has put it. */
const operationIn = (target: string | undefined, path: string, body: string): string => {
  if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1);
  const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1];
  if (action !== undefined) return action;
  if (path.endsWith('/checkpoint')) return 'CheckpointDurableExecution';
  return path.endsWith('/invocations') ? 'Invoke' : path;
};

/** Of a body that was given whole: nothing here streams. */
const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);

const assumedRole = (): string =>
  `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:IT-42</AssumedRoleId><Arn>arn:aws:sts::${TENANT}:assumed-role/tenant/IT-42</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>example</SecretAccessKey><SessionToken>example</SessionToken><Expiration>${new Date(Date.now() + HOUR).toISOString()}</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></AssumeRoleResponse>`;

const record = (Status: string): object => ({
  RecordId: 'rec-bench',
  RecordType: 'PROVISION_PRODUCT',
  ProvisionedProductId: 'pp-bench',
  ProvisionedProductType: 'CFN_STACK',
  RecordErrors: [],
  Status,
});

const OUTPUTS = [
  { OutputKey: 'BucketName', OutputValue: 'invoices-bucket', Description: 'The name of the bucket' },
  { OutputKey: 'BucketArn', OutputValue: 'arn:aws:s3:::invoices-bucket' },
];

/**
 * Answers every call of this process to AWS and to the app at once, without a network: those of the SDK's clients in place of
 * their request handler, and those of the process's fetch. A record is under way when it is first looked at, then done.
 *
 * It is for measuring what the code around the calls takes. What it has no answer for is an error.
 * @param answers for operations that it does not answer itself, or otherwise
 */
export const answerAtOnce = (
  answers: Readonly<Record<string, (body: string) => Answered>> = {},
): QuickAws => {
  const asked: string[] = [];
  let looks = 0;
  const json = (body: object): Answered => ({ body: JSON.stringify(body) });
  const known: Readonly<Record<string, (body: string) => Answered>> = {
    AssumeRole: () => ({ body: assumedRole(), headers: { 'content-type': 'text/xml' } }),
    ListLaunchPaths: () => json({ LaunchPathSummaries: [{ Id: 'lpv2-bench', Name: 'Portfolio' }] }),
    ProvisionProduct: () => {
      looks = 0;
      return json({ RecordDetail: record('CREATED') });
    },
    DescribeRecord: () => {
      looks += 1;
      return looks === 1
        ? json({ RecordDetail: record('IN_PROGRESS'), RecordOutputs: [] })
        : json({ RecordDetail: record('SUCCEEDED'), RecordOutputs: OUTPUTS });
    },
    GetSecretValue: (body) =>
      json({
        SecretString: JSON.stringify({
          current: body.includes('webhook') ? WEBHOOK_SECRET : CALLBACK_SECRET,
        }),
      }),
    PutItem: () => json({}),
    Invoke: () => ({
      status: 202,
      headers: { 'x-amz-durable-execution-arn': `${OPERATION}:1/durable-execution/launch/1` },
      body: '',
    }),
    tell: () => ({ body: '' }),
    ...answers,
  };
  const answerTo = (operation: string, body: string): Answered => {
    asked.push(operation);
    const answer = known[operation];
    if (!answer) throw new Error(`Nothing is prepared to answer ${operation}`);
    return answer(body);
  };

  const handle = (request: {
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  }): Promise<{ response: HttpResponse }> => {
    const { path, headers } = request;
    const body = textOf(request.body ?? '');
    const answered = answerTo(operationIn(headers['x-amz-target'], path, body), body);
    const response = new HttpResponse({
      statusCode: answered.status ?? 200,
      headers: { 'content-type': 'application/json', ...answered.headers },
      body: Buffer.from(answered.body),
    });
    return Promise.resolve({ response });
  };
  const { requestHandler } = new STSClient({ region: REGION }).config;
  // All clients of a process share this class; it is the SDK's wire.
  const wire = Object.getPrototypeOf(requestHandler) as { handle: typeof handle };
  const before = { handle: Object.getOwnPropertyDescriptor(wire, 'handle'), fetch };
  wire.handle = handle;

  globalThis.fetch = (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init.headers);
    const body = textOf(init.body ?? '');
    const target = headers.get('x-amz-target') ?? undefined;
    const operation =
      url.href === ENVIRONMENT.CALLBACK_URL ? 'tell' : operationIn(target, url.pathname, body);
    const answered = answerTo(operation, body);
    return Promise.resolve(
      new Response(answered.body, {
        status: answered.status ?? 200,
        ...(answered.headers && { headers: { ...answered.headers } }),
      }),
    );
  };

  return {
    takeAsked: () => asked.splice(0),
    end: () => {
      if (before.handle) Object.defineProperty(wire, 'handle', before.handle);
      globalThis.fetch = before.fetch;
    },
  };
};
