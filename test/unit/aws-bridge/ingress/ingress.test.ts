import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { canonicalJson } from '../../../../aws-bridge/contract/canonical-json';
import type { ApprovedOperation } from '../../../../aws-bridge/contract/messages';
import { composeIngress } from '../../../../aws-bridge/ingress/compose';
import { awsConfiguration } from '../../../../aws-bridge/runtime/environment';
import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { type GivenAnswer, type ReceivedRequest, startHttpServer } from '../runtime/http-server';
import {
  aMessage,
  anApprovedOperation,
  anOrder,
  aRequest,
  NOW,
  OPERATION_ID,
  OTHER_SECRET,
  SECRET,
  SITE,
} from '../runtime/messages';

const FUNCTION = 'arn:aws:lambda:eu-west-1:100000000002:function:operation';
const EXECUTION = `${FUNCTION}:7/durable-execution/${OPERATION_ID}/01999999-aaaa`;
const STARTED: GivenAnswer = { status: 202, headers: { 'x-amz-durable-execution-arn': EXECUTION } };

type Lambda = (request: ReceivedRequest) => GivenAnswer | 'hang up';
let lambda: Lambda;
let server: Awaited<ReturnType<typeof startHttpServer>>;
beforeEach(async () => {
  lambda = () => STARTED;
  server = await startHttpServer((request) =>
    request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue'
      ? { status: 200, body: { SecretString: JSON.stringify({ current: SECRET, previous: OTHER_SECRET }) } }
      : lambda(request),
  );
});
afterEach(() => server.stop());

const environment = () => ({
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_ENDPOINT_URL: server.url,
  OPERATION_FUNCTION: `${FUNCTION}:live`,
  WEBHOOK_SECRET_ID: 'gatehouse/webhook',
  WAITERS_TABLE: 'waiters',
  SITE_ID: SITE,
});

const setUp = () => {
  const lines: LogLine[] = [];
  const handler = composeIngress(
    environment(),
    () => NOW,
    (line) => lines.push(line),
  );
  return {
    lines,
    ask: async (request: unknown) => {
      const { statusCode, headers, body } = await handler(request);
      const value: unknown = JSON.parse(body);
      return { status: statusCode, headers, body: value };
    },
  };
};

const toLambda = () => server.received.filter(({ headers }) => headers['x-amz-target'] === undefined);
const anApproval = (overrides: Partial<ApprovedOperation> = {}) =>
  aRequest(aMessage('operation.approved', anApprovedOperation(overrides)));

test('an approved operation starts one durable execution under its name, with its data alone', async () => {
  const { ask } = setUp();
  expect(await ask(anApproval())).toMatchObject({ status: 202, body: { operationId: OPERATION_ID } });
  const [invoke, ...others] = toLambda();
  expect(others).toStrictEqual([]);
  expect(invoke?.headers).toMatchObject({
    'x-amz-invocation-type': 'Event',
    'x-amz-durable-execution-name': OPERATION_ID,
  });
  expect(invoke?.body).toBe(canonicalJson(anApprovedOperation()));
});

test("the invocation's path, query and headers are those of the SDK's own client", async () => {
  const { ask } = setUp();
  await ask(anApproval());
  await new LambdaClient(awsConfiguration(environment())).send(
    new InvokeCommand({
      FunctionName: FUNCTION,
      Qualifier: 'live',
      InvocationType: 'Event',
      DurableExecutionName: OPERATION_ID,
      Payload: Buffer.from(canonicalJson(anApprovedOperation())),
    }),
  );
  const [byUs, bySdk] = toLambda();
  expect([byUs?.method, byUs?.url, byUs?.body]).toEqual([bySdk?.method, bySdk?.url, bySdk?.body]);
  for (const header of ['x-amz-invocation-type', 'x-amz-durable-execution-name']) {
    expect(byUs?.headers[header]).toBe(bySdk?.headers[header]);
  }
});

test('a repeat is invoked once more, makes no other call, and is answered as a repeat', async () => {
  const { ask, lines } = setUp();
  await ask(anApproval());
  const before = server.received.length;
  expect(await ask(anApproval())).toMatchObject({ status: 200, body: { operationId: OPERATION_ID } });
  expect(server.received).toHaveLength(before + 1);
  expect(lines.map(({ outcome }) => outcome)).toEqual(['started', 'repeated']);
});

test('a repeat that comes with its members in another order is the same payload', async () => {
  const { ask } = setUp();
  await ask(anApproval());
  const { digest, order, ...rest } = anApprovedOperation();
  const reordered = { order: Object.fromEntries(Object.entries(order).reverse()), ...rest, digest };
  expect(await ask(aRequest(aMessage('operation.approved', reordered)))).toMatchObject({ status: 200 });
  const [first, second] = toLambda();
  expect(second?.body).toBe(first?.body);
});

test('another instance, which remembers nothing, accepts a repeat like the first', async () => {
  await setUp().ask(anApproval());
  expect(await setUp().ask(anApproval())).toMatchObject({ status: 202 });
});

test('the same id with another order is a conflict', async () => {
  lambda = () => ({
    status: 409,
    headers: { 'x-amzn-errortype': 'DurableExecutionAlreadyStartedException' },
    body: { Message: 'exists' },
  });
  expect(await setUp().ask(anApproval())).toMatchObject({ status: 409, body: { error: 'already-started' } });
});

test('a conflict that is about the function, not the execution, may be tried again', async () => {
  lambda = () => ({ status: 409, headers: { 'x-amzn-errortype': 'ResourceConflictException' }, body: {} });
  expect(await setUp().ask(anApproval())).toMatchObject({ status: 503, headers: { 'retry-after': '15' } });
});

test('an order that is not what was approved is never started', async () => {
  const { ask } = setUp();
  const { digest } = anApprovedOperation();
  const changed = anApproval({ order: anOrder({ account: '100000000004' }), digest });
  expect(await ask(changed)).toMatchObject({
    status: 400,
    body: { error: 'malformed', problems: [expect.stringMatching(/^data\.digest/)] },
  });
  expect(toLambda()).toStrictEqual([]);
});

test.each<[string, GivenAnswer | 'hang up', number]>([
  ['throttles', { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' } }, 429],
  ['fails', { status: 500, headers: { 'x-amzn-errortype': 'ServiceException' } }, 503],
  ['breaks the connection', 'hang up', 503],
  ['denies access', { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException' } }, 503],
])(
  'when Lambda %s, the sender is asked to try again and nothing is remembered',
  async (_, answer, status) => {
    lambda = () => answer;
    const { ask } = setUp();
    const refused = await ask(anApproval());
    expect(refused.status).toBe(status);
    expect(refused.headers).toHaveProperty('retry-after');
    lambda = () => STARTED;
    expect(await ask(anApproval())).toMatchObject({ status: 202 });
  },
);

test('the secret is read once for many messages, and either key of a rotation is accepted', async () => {
  const { ask } = setUp();
  await ask(anApproval());
  expect(
    await ask(aRequest(aMessage('operation.approved', anApprovedOperation()), { secret: OTHER_SECRET })),
  ).toMatchObject({
    status: 200,
  });
  expect(server.received.length - toLambda().length).toBe(1);
});

test('a message that is not authentic reaches no service beyond the secret', async () => {
  const forged = { ...anApproval(), body: JSON.stringify(aMessage('operation.approved', {})) };
  expect(await setUp().ask(forged)).toMatchObject({ status: 401 });
  expect(toLambda()).toStrictEqual([]);
});

test('neither the log nor an answer holds the order or a secret', async () => {
  const { ask, lines } = setUp();
  const answers = [await ask(anApproval())];
  lambda = () => ({ status: 500, body: 'invoices' });
  answers.push(await ask(anApproval()));
  expect(JSON.stringify([lines, answers])).not.toMatch(/invoices|whsec_|AKIA/);
});

describe('operations that are asked after', () => {
  const progress = {
    operationId: OPERATION_ID,
    site: SITE,
    sequence: 2,
    state: 'succeeded',
    at: NOW.toISOString(),
    outputs: [{ key: 'BucketName', value: 'invoices-1' }],
    errors: [],
  };
  const ask = (...operationIds: string[]) =>
    setUp().ask(aRequest(aMessage('operations.requested', { site: SITE, operationIds })));

  /** Lambda with one execution. */
  const holding =
    (status: string, result?: string): Lambda =>
    ({ url }) => {
      if (url.startsWith('/2025-12-01/durable-executions/')) {
        expect(url).toBe(
          `/2025-12-01/durable-executions/${encodeURIComponent(EXECUTION)}?IncludeExecutionData=true`,
        );
        return { status: 200, body: { DurableExecutionArn: EXECUTION, Status: status, Result: result } };
      }
      const { pathname, searchParams } = new URL(url, 'http://lambda');
      expect(pathname).toBe(`/2025-12-01/functions/${encodeURIComponent(FUNCTION)}/durable-executions`);
      expect(searchParams.has('Qualifier')).toBe(false);
      const mine = searchParams.get('DurableExecutionName') === OPERATION_ID;
      return {
        status: 200,
        body: {
          DurableExecutions: mine
            ? [
                {
                  DurableExecutionArn: EXECUTION,
                  DurableExecutionName: OPERATION_ID,
                  FunctionArn: FUNCTION,
                  StartTimestamp: 1772445600,
                  Status: status,
                },
              ]
            : [],
        },
      };
    };

  test.each<[string, Lambda, object]>([
    ['running', holding('RUNNING'), { execution: 'running' }],
    ['ended', holding('SUCCEEDED', JSON.stringify(progress)), { execution: 'ended', progress }],
    ['failed', holding('FAILED'), { execution: 'broken' }],
    ['timed out', holding('TIMED_OUT'), { execution: 'broken' }],
    ['stopped', holding('STOPPED'), { execution: 'broken' }],
    ['ended without telling how', holding('SUCCEEDED'), { execution: 'broken' }],
    [
      'ended with the words of another operation',
      holding('SUCCEEDED', JSON.stringify({ ...progress, operationId: 'launch-other' })),
      { execution: 'broken' },
    ],
  ])('one that is %s', async (_, given, expected) => {
    lambda = given;
    expect(await ask(OPERATION_ID)).toMatchObject({
      status: 200,
      body: { operations: [{ operationId: OPERATION_ID, ...expected }] },
    });
  });

  test('an unknown one is told as unknown, beside the others and in the order asked', async () => {
    lambda = holding('RUNNING');
    expect(await ask('launch-unknown', OPERATION_ID)).toMatchObject({
      body: {
        operations: [
          { operationId: 'launch-unknown', execution: 'unknown' },
          { operationId: OPERATION_ID, execution: 'running' },
        ],
      },
    });
  });

  test('an execution whose name only begins alike is another, and pages are turned', async () => {
    const alike = {
      DurableExecutionArn: `${EXECUTION}2`,
      DurableExecutionName: `${OPERATION_ID}2`,
      Status: 'FAILED',
    };
    lambda = ({ url }) => {
      const second = new URL(url, 'http://lambda').searchParams.get('Marker') === 'page 2';
      return second
        ? holding('RUNNING')({ method: 'GET', url, headers: {}, body: '' })
        : { status: 200, body: { DurableExecutions: [alike], NextMarker: 'page 2' } };
    };
    expect(await ask(OPERATION_ID)).toMatchObject({ body: { operations: [{ execution: 'running' }] } });
  });

  test('where pages are left that have not been looked through, none is told', async () => {
    lambda = ({ url }) => {
      const marker = Number(new URL(url, 'http://lambda').searchParams.get('Marker') ?? 0);
      return { status: 200, body: { DurableExecutions: [], NextMarker: String(marker + 1) } };
    };
    expect((await ask(OPERATION_ID)).status).toBe(503);
  });

  test.each([{ DurableExecutions: [{ Status: 'RUNNING' }] }, 'no JSON'])(
    'an answer that cannot be understood is not taken for an unknown operation (%#)',
    async (body) => {
      lambda = () => ({ status: 200, body });
      expect((await ask(OPERATION_ID)).status).toBe(503);
    },
  );

  test('when one cannot be looked up, none is told', async () => {
    lambda = (request) =>
      request.url.includes('launch-unknown') ? { status: 500 } : holding('RUNNING')(request);
    expect((await ask(OPERATION_ID, 'launch-unknown')).status).toBe(503);
  });
});

test('a function without an alias is refused when it is composed', () => {
  expect(() => composeIngress({ ...environment(), OPERATION_FUNCTION: FUNCTION }, () => NOW)).toThrow(
    /alias/,
  );
});
