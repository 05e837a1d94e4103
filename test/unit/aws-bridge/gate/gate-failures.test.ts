import { inspect } from 'node:util';
import { composeGate } from '../../../../aws-bridge/gate/compose';
import { aGateEvent, aResponseUrl, aWaitUrl, gateProperties } from '../../../builders/gate';
import { ALREADY_STARTED, type Answer, type Service, startGate } from './gate-under-test';

let gate: Awaited<ReturnType<typeof startGate>>;
beforeEach(async () => {
  gate = await startGate();
});
afterEach(() => gate.stop());

const failing = (status: number, name = 'Failure'): Answer => ({
  status,
  headers: { 'x-amzn-errortype': name },
  body: { message: 'not now' },
});

test.each<[string, Answer]>([
  ['fails', { status: 503 }],
  ['throttles', { status: 429 }],
  ['hangs up', 'hang up'],
])('an answer that S3 %s at is given again, the same, after a while', async (_, answer) => {
  gate.answer({ s3: [answer, answer] });
  const { handle, lines, pauses } = gate.instance();
  await handle(aGateEvent());
  const [first, second, third] = gate.answered();
  expect(gate.answered()).toHaveLength(3);
  expect([second, third]).toEqual([first, first]);
  expect(pauses).toEqual([1000, 3000]);
  expect(gate.started()).toHaveLength(1);
  expect(lines).toMatchObject([{ outcome: 'asked' }]);
});

test('an answer that S3 does not take in three attempts is thrown, and the repeated event is answered the same', async () => {
  gate.answer({
    s3: [{ status: 500 }, { status: 500 }, { status: 500 }],
    lambda: [{ status: 202 }, ALREADY_STARTED],
  });
  const { handle, lines } = gate.instance();
  await expect(handle(aGateEvent())).rejects.toMatchObject({ name: 'AnswerNotTaken', status: 500 });
  const [first] = gate.answered();
  expect(lines).toMatchObject([
    { outcome: 'not-answered', reason: 'AnswerNotTaken', operationId: first?.['PhysicalResourceId'] },
  ]);
  await gate.instance().handle(aGateEvent());
  expect(gate.answered()).toHaveLength(4);
  expect(gate.answered().at(-1)).toEqual(first);
});

test.each([
  ['as expired or forged', { status: 403 }],
  ['with a redirect', { status: 307, headers: { location: 'http://127.0.0.1:9/elsewhere' } }],
])('an answer that S3 turns down %s is thrown at once, and goes nowhere else', async (_, answer) => {
  gate.answer({ s3: [answer] });
  const { handle, pauses } = gate.instance();
  await expect(handle(aGateEvent())).rejects.toMatchObject({ name: 'AnswerNotTaken', status: answer.status });
  expect(gate.answered()).toHaveLength(1);
  expect(pauses).toStrictEqual([]);
});

test.each<[string, Partial<Record<Service, Answer[]>>]>([
  ['Lambda throttles', { lambda: [failing(429, 'TooManyRequestsException')] }],
  ['Lambda fails', { lambda: [failing(500, 'ServiceException')] }],
  ['KMS throttles', { kms: [failing(400, 'ThrottlingException')] }],
  ['KMS hangs up', { kms: ['hang up'] }],
  ['KMS answers something else', { kms: [{ status: 200, body: { PublicKey: '?' } }] }],
])('when %s, the approval is asked for once more before anybody is answered', async (_, answers) => {
  gate.answer(answers);
  const { handle, lines, pauses } = gate.instance();
  await handle(aGateEvent());
  expect(pauses).toEqual([1000]);
  expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS' }]);
  expect(lines).toMatchObject([{ outcome: 'asked' }]);
});

test.each<[string, Partial<Record<Service, Answer[]>>, string]>([
  [
    'goes on throttling',
    { lambda: Array.from({ length: 3 }, () => failing(429, 'TooManyRequestsException')) },
    'DownstreamThrottled',
  ],
  ['denies access', { lambda: [failing(403, 'AccessDeniedException')] }, 'AwsRefused'],
  ['has no such key', { kms: [failing(400, 'NotFoundException')] }, 'AwsRefused'],
])('where AWS %s, nobody is answered, so that Lambda repeats the event', async (_, answers, name) => {
  gate.answer(answers);
  const { handle, lines } = gate.instance();
  await expect(handle(aGateEvent())).rejects.toMatchObject({ name });
  expect(gate.answered()).toStrictEqual([]);
  expect(lines).toMatchObject([{ outcome: 'not-answered', request: 'Create' }]);
  await handle(aGateEvent());
  expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS' }]);
});

describe('a marked URL', () => {
  const MARK = 'ca9a41e5'.repeat(8);
  const marked = (url: string): string => url.replace(/X-Amz-Signature=[0-9a-f]+/, `X-Amz-Signature=${MARK}`);
  const Handle = marked(aWaitUrl());
  const ResponseURL = marked(aResponseUrl());
  const ResourceProperties = gateProperties({ Handle });
  const event = (overrides: object = {}) => aGateEvent({ ResponseURL, ResourceProperties, ...overrides });
  const deleted = event({ RequestType: 'Delete', PhysicalResourceId: 'gate-1' });
  const updated = event({
    RequestType: 'Update',
    PhysicalResourceId: 'gate-1',
    OldResourceProperties: gateProperties({ Handle: marked(aWaitUrl({ handle: 'Other' })) }),
  });
  const thrice = (answer: Answer): Answer[] => [answer, answer, answer];

  test.each<[string, unknown, Partial<Record<Service, Answer[]>>]>([
    ['is asked for', event(), {}],
    ['is asked for at an update', updated, {}],
    ['was asked for before', event(), { lambda: [ALREADY_STARTED] }],
    ['is not changed', event({ ...updated, OldResourceProperties: ResourceProperties }), {}],
    ['is deleted', deleted, {}],
    ['is deleted while the table is away', deleted, { dynamodb: ['hang up'] }],
    ['is for another stack', event({ ResourceProperties: gateProperties({ Handle: `${Handle}&x` }) }), {}],
    [
      'stands where a parameter should',
      event({ ResourceProperties: gateProperties({ Handle, TimeLimit: Handle }) }),
      {},
    ],
    [
      'names a parameter',
      event({ ResourceProperties: gateProperties({ Handle, Parameters: { [Handle]: '' } }) }),
      {},
    ],
    [
      'is to be shown',
      event({ ResourceProperties: gateProperties({ Handle, Product: 'x', Parameters: { Size: Handle } }) }),
      {},
    ],
    ['is shown as a name', event({ ResourceProperties: gateProperties({ Handle, Shown: [Handle] }) }), {}],
    ['is answered elsewhere', event({ ResponseURL: `${ResponseURL}#` }), {}],
    ['is the request', event({ RequestType: Handle }), {}],
    ['is a member', { ...event(), RequestId: Handle, StackId: Handle }, {}],
    ['meets Lambda failing', event(), { lambda: thrice({ status: 500, body: { message: Handle } }) }],
    ['meets Lambda denying', event(), { lambda: [failing(403, 'AccessDeniedException')] }],
    ['meets KMS hanging up', event(), { kms: thrice('hang up') }],
    ['meets S3 failing', event(), { s3: thrice({ status: 500, body: ResponseURL }) }],
    ['meets S3 hanging up', event(), { s3: thrice('hang up') }],
    ['meets S3 denying', event(), { s3: [{ status: 403, body: ResponseURL }] }],
    ['meets S3 redirecting', event(), { s3: [{ status: 307, headers: { location: ResponseURL } }] }],
  ])('that %s is in no log, error, answer or payload', async (_, received, answers) => {
    gate.answer(answers);
    const { handle, lines } = gate.instance();
    const thrown: unknown = await handle(received).catch((error: unknown) => error);
    const sent = gate.received.map(({ method, url, headers, body }) =>
      // Where an answer is put is its URL.
      method === 'PUT' ? { headers, body } : { url, headers, body },
    );
    expect(lines).toHaveLength(1);
    expect(inspect([lines, thrown, sent], { depth: null, showHidden: true })).not.toContain(MARK);
    expect(JSON.stringify([lines, sent])).not.toMatch(/X-Amz-Signature|waitcondition/);
  });
});

test.each([
  ['OPERATION_FUNCTION', 'arn:aws:lambda:eu-central-1:100000000002:function:gatehouse-operation', /alias/],
  ['OPERATION_FUNCTION', 'gatehouse-operation', /expected an ARN/],
  ['SEALED_VALUES_KEY', 'alias/gatehouse-sealed', /expected an ARN/],
  ['HOME_REGION', '', /HOME_REGION is not set/],
])('a function with %s %s is refused when it is composed', (variable, value, problem) => {
  expect(() => composeGate({ ...gate.environment, [variable]: value })).toThrow(problem);
});
