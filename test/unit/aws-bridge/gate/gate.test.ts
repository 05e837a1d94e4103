import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { openSealedValue } from '../../../../aws-bridge/contract/sealed-value';
import { awsConfiguration } from '../../../../aws-bridge/runtime/environment';
import { waiterKey } from '../../../../aws-bridge/runtime/waiter-key';
import {
  aGateEvent,
  aResponseUrl,
  aStackId,
  aWaitUrl,
  GATE_OPENED_AT,
  gateProperties,
} from '../../../builders/gate';
import { SITE } from '../../../builders/orders';
import { TENANT } from '../../../builders/settings';
import type { GivenAnswer } from '../runtime/http-server';
import {
  ALREADY_STARTED,
  type Answer,
  KEY,
  KEY_ARN,
  OPERATION,
  type Service,
  startGate,
} from './gate-under-test';

let gate: Awaited<ReturnType<typeof startGate>>;
beforeEach(async () => {
  gate = await startGate();
});
afterEach(() => gate.stop());

const GATE_ID = expect.stringMatching(/^gate-[0-9a-f]{40}$/) as string;
const OTHER_HANDLE = aWaitUrl({
  handle: 'ApprovalHandleB1a2b3c4d',
  round: '2a2b2c2d-3333-11f0-8333-0affd5e60003',
});

const anUpdate = (physicalId: string, from: object, to: object, more: object = {}) =>
  aGateEvent({
    RequestType: 'Update',
    PhysicalResourceId: physicalId,
    OldResourceProperties: gateProperties({ ...from }),
    ResourceProperties: gateProperties({ ...to }),
    ...more,
  });

const parameters = (values: Record<string, string>) => ({
  Parameters: { ...(gateProperties()['Parameters'] as object), ...values },
});

describe('a stack is created', () => {
  test('its gate is asked for once, with what approvers may see, and CloudFormation has its answer', async () => {
    const { handle, lines } = gate.instance();
    await handle(aGateEvent());

    const [{ name, asked } = { name: '', asked: undefined }, ...others] = gate.started();
    expect(others).toStrictEqual([]);
    expect(name).toBe(asked?.gate.gateId);
    expect(asked).toEqual({
      kind: 'gate',
      handle: 'ApprovalHandle1a2b3c4d',
      sealedHandle: expect.any(String) as string,
      gate: {
        gateId: GATE_ID,
        site: SITE,
        action: 'create',
        product: 'WordPress',
        stackId: aStackId(),
        account: TENANT,
        region: 'eu-west-1',
        requesterEmail: 'ada@example.com',
        parameters: { Size: 'small' },
        openedAt: '2026-03-02T10:00:00.000Z',
        deadline: '2026-03-02T22:00:00.000Z',
      },
    });
    expect(gate.answered()).toEqual([
      {
        Status: 'SUCCESS',
        PhysicalResourceId: name,
        StackId: aStackId(),
        RequestId: '5d478078-13e9-4af0-864a-7ef285ecc786',
        LogicalResourceId: 'Approval',
      },
    ]);
    expect(lines).toEqual([{ outcome: 'asked', request: 'Create', stack: aStackId(), operationId: name }]);
  });

  test('the handle in the payload opens for this gate, with the key, to the URL as it was', async () => {
    await gate.instance().handle(aGateEvent());
    const [{ name, asked } = { name: '', asked: undefined }] = gate.started();
    expect(
      await openSealedValue({ sealed: asked?.sealedHandle ?? '', context: name, unwrap: KEY.unwrap }),
    ).toBe(aWaitUrl());
  });

  test('the answer goes to the URL as it was given, without a content type', async () => {
    await gate.instance().handle(aGateEvent());
    const [put] = gate.requests('s3');
    expect(put?.url).toBe(aResponseUrl().replace(/^https:\/\/[^/]+/, ''));
    expect(put?.headers).not.toHaveProperty('content-type');
    expect(put?.headers).not.toHaveProperty('authorization');
  });

  test("the execution is started at home, as the SDK's client starts it", async () => {
    await gate.instance().handle(aGateEvent());
    const [byUs] = gate.requests('lambda');
    await new LambdaClient({ ...awsConfiguration(gate.environment), region: 'eu-central-1' }).send(
      new InvokeCommand({
        FunctionName: OPERATION,
        Qualifier: 'live',
        InvocationType: 'Event',
        DurableExecutionName: String(byUs?.headers['x-amz-durable-execution-name']),
        Payload: Buffer.from(byUs?.body ?? ''),
      }),
    );
    const [, bySdk] = gate.requests('lambda');
    expect([byUs?.method, byUs?.url, byUs?.body]).toEqual([bySdk?.method, bySdk?.url, bySdk?.body]);
    expect(byUs?.headers.authorization).toContain('/eu-central-1/lambda/');
  });

  test('the public key is read once, by its ARN, in the region of the key', async () => {
    const { handle } = gate.instance();
    await handle(aGateEvent());
    await handle(aGateEvent());
    const [get, ...others] = gate.requests('kms');
    expect(others).toStrictEqual([]);
    expect(get?.headers).toMatchObject({
      'x-amz-target': 'TrentService.GetPublicKey',
      'content-type': 'application/x-amz-json-1.1',
      authorization: expect.stringContaining('/eu-central-1/kms/') as string,
    });
    expect(JSON.parse(get?.body ?? '')).toEqual({ KeyId: KEY_ARN });
  });

  test('a repeated event has the same gate and the same answer, though the first one counts', async () => {
    await gate.instance().handle(aGateEvent());
    gate.answer({ lambda: [ALREADY_STARTED] });
    const { handle, lines } = gate.instance(new Date(GATE_OPENED_AT.getTime() + 60_000));
    await handle(aGateEvent());
    const [first, second] = gate.answered();
    expect(second).toEqual(first);
    expect(gate.started().map(({ name }) => name)).toEqual([
      first?.['PhysicalResourceId'],
      first?.['PhysicalResourceId'],
    ]);
    expect(lines).toMatchObject([{ outcome: 'asked-before' }]);
  });

  test.each<[string, object]>([
    ['another handle', { Handle: OTHER_HANDLE }],
    ['another parameter', parameters({ Size: 'large' })],
    ['another parameter that is not shown', parameters({ Purpose: 'other' })],
    ['another template', { Template: 'another-digest' }],
    ['another product', { Product: 'Other' }],
  ])('%s is another gate', async (_, change) => {
    const one = await gate.gateOf();
    expect(await gate.gateOf(aGateEvent({ ResourceProperties: gateProperties({ ...change }) }))).not.toBe(
      one,
    );
  });

  test('where the function lies and how long it may take make no other gate', async () => {
    const moved = gateProperties({
      ServiceToken: 'arn:aws:lambda:eu-west-1:100000000009:function:gate',
      TimeLimit: '600',
    });
    expect(await gate.gateOf(aGateEvent({ ResourceProperties: moved }))).toBe(await gate.gateOf());
  });
});

describe('a stack is updated', () => {
  test('with another handle it is asked for anew, as an update', async () => {
    const before = await gate.gateOf();
    const { handle, lines } = gate.instance();
    await handle(anUpdate(before, {}, { Handle: OTHER_HANDLE, ...parameters({ Size: 'large' }) }));
    const [{ name, asked } = { name: '', asked: undefined }] = gate.started();
    expect(asked).toMatchObject({
      handle: 'ApprovalHandleB1a2b3c4d',
      gate: { action: 'update', parameters: { Size: 'large' } },
    });
    expect(name).not.toBe(before);
    expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: name }]);
    expect(lines).toMatchObject([{ outcome: 'asked', request: 'Update' }]);
  });

  test('with the same handle and nothing else that counts it may pass', async () => {
    const before = await gate.gateOf();
    const { handle, lines } = gate.instance();
    await handle(anUpdate(before, {}, { TimeLimit: '3600', RequesterEmail: 'grace@example.com' }));
    expect(gate.started()).toStrictEqual([]);
    expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: before }]);
    expect(lines).toMatchObject([{ outcome: 'unchanged' }]);
  });

  test('with the same handle and other parameters it fails, and says what to do', async () => {
    const before = await gate.gateOf();
    const { handle, lines } = gate.instance();
    await handle(anUpdate(before, {}, parameters({ Size: 'large' })));
    expect(gate.started()).toStrictEqual([]);
    expect(gate.answered()).toMatchObject([
      {
        Status: 'FAILED',
        Reason: expect.stringContaining('choose the other approval round') as string,
        PhysicalResourceId: before,
      },
    ]);
    expect(lines).toMatchObject([{ outcome: 'refused', reason: 'same-round' }]);
  });

  test('the roll-back of what was refused passes', async () => {
    const before = await gate.gateOf();
    const { handle } = gate.instance();
    await handle(anUpdate(before, parameters({ Size: 'large' }), {}));
    expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: before }]);
    expect(gate.started()).toStrictEqual([]);
  });

  test('the roll-back to a handle that still lives finds that it was asked before', async () => {
    const before = await gate.gateOf();
    const other = await gate.gateOf(anUpdate(before, {}, { Handle: OTHER_HANDLE }));
    gate.answer({ lambda: [ALREADY_STARTED] });
    await gate.instance().handle(anUpdate(other, { Handle: OTHER_HANDLE }, {}));
    expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: before }]);
  });

  test('the roll-back to a handle from long ago passes without a gate', async () => {
    const before = await gate.gateOf();
    const later = new Date(GATE_OPENED_AT.getTime() + 86_399_000 + 10 * 60_000);
    const response = { ResponseURL: aResponseUrl({ at: later }) };
    const back = anUpdate('gate-other', { Handle: OTHER_HANDLE }, {}, response);
    const { handle, lines } = gate.instance(later);
    await handle(back);
    expect(gate.started()).toStrictEqual([]);
    expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: before }]);
    expect(lines).toMatchObject([{ outcome: 'rolled-back' }]);

    await gate.instance(new Date(later.getTime() - 1)).handle(back);
    expect(gate.started()).toHaveLength(1);
  });

  test('an update that does not check out leaves the gate as it was', async () => {
    await gate.instance().handle(anUpdate('gate-before', {}, { Handle: 'https://example.com/' }));
    expect(gate.answered()).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'gate-before' }]);
  });
});

describe('a gate is deleted', () => {
  const aDelete = (overrides: object = {}) =>
    aGateEvent({ RequestType: 'Delete', PhysicalResourceId: 'gate-1', ...overrides });
  const stackKey = waiterKey({
    account: TENANT,
    region: 'eu-west-1',
    stackName: `SC-${TENANT}-pp-gatedabcdefg2`,
  });
  const waiter = (expiresAt: Date): GivenAnswer => ({
    status: 200,
    body: {
      Item: {
        key: { S: stackKey },
        callbackId: { S: 'callback/1' },
        expiresAt: { N: String(expiresAt.getTime() / 1000) },
      },
    },
  });
  const inAMinute = new Date(GATE_OPENED_AT.getTime() + 60_000);

  test('whoever waits for the stack is woken, at home, and told nothing', async () => {
    gate.answer({ dynamodb: [waiter(inAMinute)] });
    const { handle, lines } = gate.instance();
    await handle(aDelete());
    const [get] = gate.requests('dynamodb');
    expect(JSON.parse(get?.body ?? '')).toEqual({
      TableName: 'waiters',
      Key: { key: { S: stackKey } },
      ConsistentRead: true,
    });
    const [complete] = gate.requests('lambda');
    expect(complete).toMatchObject({
      method: 'POST',
      url: '/2025-12-01/durable-execution-callbacks/callback%2F1/succeed',
      body: '',
    });
    for (const { headers } of [get, complete].flatMap((request) => request ?? [])) {
      expect(headers.authorization).toContain('/eu-central-1/');
    }
    expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'gate-1' }]);
    expect(lines).toEqual([{ outcome: 'completed', request: 'Delete', stack: aStackId() }]);
  });

  test.each<[string, Partial<Record<Service, Answer[]>>, string]>([
    ['where nobody waits', {}, 'nobody-waits'],
    ['where a waiter has given up', { dynamodb: [waiter(GATE_OPENED_AT)] }, 'nobody-waits'],
    [
      'where a callback is closed',
      {
        dynamodb: [waiter(inAMinute)],
        lambda: [{ status: 400, headers: { 'x-amzn-errortype': 'CallbackTimeoutException' } }],
      },
      'no-longer-awaited',
    ],
    [
      'while the table throttles',
      { dynamodb: [{ status: 400, body: { __type: 'ThrottlingException' } }] },
      'not-woken',
    ],
    ['while the table is away', { dynamodb: ['hang up'] }, 'not-woken'],
    [
      'where the table holds something else',
      { dynamodb: [{ status: 200, body: { Item: {} } }] },
      'not-woken',
    ],
    ['while Lambda fails', { dynamodb: [waiter(inAMinute)], lambda: [{ status: 500 }] }, 'not-woken'],
  ])('it is granted %s', async (_, given, outcome) => {
    gate.answer(given);
    const { handle, lines } = gate.instance();
    await handle(aDelete());
    expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(lines).toMatchObject([{ outcome }]);
  });

  test.each<[string, object]>([
    [
      'properties that were refused',
      { ResourceProperties: { Handle: 7 }, PhysicalResourceId: 'gate-refused' },
    ],
    ['no properties', { ResourceProperties: undefined }],
    [
      'an id that CloudFormation made itself',
      { PhysicalResourceId: `SC-${TENANT}-pp-gatedabcdefg2-Approval-1ABCDEFGHIJKL` },
    ],
  ])('it is granted with %s', async (_, overrides) => {
    await gate.instance().handle(aDelete(overrides));
    expect(gate.answered()).toMatchObject([{ Status: 'SUCCESS' }]);
  });
});
