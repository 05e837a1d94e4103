import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { open } from '../../../../aws-bridge/contract/codec';
import { type Gate, type GateDecision, gateDigestOf } from '../../../../aws-bridge/contract/gate';
import { CallbackMessage } from '../../../../aws-bridge/contract/messages';
import { OperationProgress } from '../../../../aws-bridge/contract/progress';
import { sealValue } from '../../../../aws-bridge/contract/sealed-value';
import { signingKey } from '../../../../aws-bridge/contract/signature';
import { composeIngress } from '../../../../aws-bridge/ingress/compose';
import {
  createRaiseRequest,
  createRemindApprovers,
  createTellApp,
} from '../../../../aws-bridge/operation/callback';
import { createAnnounce } from '../../../../aws-bridge/operation/gate/announce';
import { createOpenHandle } from '../../../../aws-bridge/operation/gate/open-handle';
import { createOpenSealed } from '../../../../aws-bridge/operation/open-sealed';
import { createSendSignal } from '../../../../aws-bridge/operation/gate/send-signal';
import { createLaunchPathMemory } from '../../../../aws-bridge/operation/launch-paths';
import { createOperation } from '../../../../aws-bridge/operation/operation';
import type { TenantSession } from '../../../../aws-bridge/operation/tenant-session';
import { createFindOperation, createRegisterWaiter } from '../../../../aws-bridge/operation/waiters';
import { createFindWaiter } from '../../../../aws-bridge/runtime/wake';
import type { GateAsked } from '../../../../aws-bridge/runtime/gate-asked';
import { createGateItems } from '../../../../aws-bridge/runtime/gate-items';
import type { LogLine } from '../../../../aws-bridge/runtime/log';
import { createPreSignedPut } from '../../../../aws-bridge/runtime/pre-signed-put';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { createTableCall } from '../../../../aws-bridge/runtime/table';
import { aGate, aSealingKey, aWaitUrl } from '../../../builders/gate';
import { AwsError } from '../../../sandbox/aws/service';
import { type DynamoDb, startDynamoDb } from '../../../sandbox/aws/dynamodb/dynamodb';
import { aMessage, aRequest, OTHER_SECRET, SECRET, SITE } from '../runtime/messages';
import { OneExecution } from './engine';
import { HOUR, MINUTE } from './operation-under-test';
import { StandInTenant } from './stand-in-tenant';

const TABLE = 'waiters';
export const HANDLE = 'ApprovalHandle1a2b3c4d';
export const REQUEST = { requestKey: 'IT-42', link: 'https://site.example/browse/IT-42' };
export const APPROVER = '712020:approver';
const OPENED = '2026-01-15T09:00:00.000Z';

/** A stack in a state of its own, which a test marks so that it would be found wherever it does not belong. */
export const CANARY = 'canary-5f1e';
const URL_OF_HANDLE = aWaitUrl({ handle: HANDLE, round: CANARY, at: new Date(OPENED) });

const sealingKey = aSealingKey();

/** Sealed for the gate itself, unless it is to be a forgery. */
export const anAsked = (
  overrides: { readonly gate?: Partial<Gate>; readonly url?: string; readonly sealedFor?: string } = {},
): GateAsked => {
  const gate = aGate({
    site: SITE,
    openedAt: OPENED,
    deadline: '2026-01-15T21:00:00.000Z',
    ...overrides.gate,
  });
  const { url = URL_OF_HANDLE, sealedFor = gate.gateId } = overrides;
  const { publicKey } = sealingKey;
  const sealedHandle = sealValue({ publicKey, value: url, context: sealedFor });
  return { kind: 'gate', gate, handle: HANDLE, sealedHandle };
};

interface Put {
  readonly path: string;
  readonly contentType: string | undefined;
  readonly body: { readonly Status: string; readonly UniqueId: string; readonly Reason: string };
}
interface WireAnswer {
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A gate's operation on the real SDK, with the adapters that go out from it; behind them one server on loopback is
 * DynamoDB (dynalite), KMS, S3, SNS, Lambda's callbacks and the app. The tenant account stands in at the port. The
 * decision comes through the real ingress.
 */
export class GateUnderTest {
  readonly tenant = new StandInTenant();
  readonly sessions: TenantSession[] = [];
  readonly entering: unknown[] = [];
  readonly log: LogLine[] = [];
  /** Messages that the app took, and all that reached it, with their ids. */
  readonly taken: CallbackMessage[] = [];
  readonly sent: { readonly id: string; readonly body: string; readonly at: number }[] = [];
  /** Everything that was published. */
  readonly published: URLSearchParams[] = [];
  readonly signals: Put[] = [];
  /** Answers to come, one a message or PUT; without any they are taken. */
  appAnswers: WireAnswer[] = [];
  s3Answers: WireAnswer[] = [];
  /** Decides whether the app can be reached at all. */
  appIsAway = false;
  /** What the stack does once it takes a signal. */
  reacts = true;
  readonly execution: OneExecution;
  readonly asked: GateAsked;
  #url = '';
  #dynamodb: DynamoDb | undefined;
  readonly #server = createServer((request, response) => {
    void this.#answer(request).then(({ status, body, headers }) =>
      response
        .writeHead(status, { ...headers, 'content-type': 'application/json' })
        .end(JSON.stringify(body ?? {})),
    );
  });

  constructor(asked: GateAsked = anAsked(), options: { readonly topic?: string } = {}) {
    this.asked = asked;
    this.tenant.stackDescription = { status: 'CREATE_IN_PROGRESS', outputs: [] };
    this.tenant.physicalIds.set(HANDLE, URL_OF_HANDLE);
    this.execution = new OneExecution((durableExecutionClient, clock) => {
      const service = (name: string) =>
        createSignedFetch(name, this.#configuration, { now: clock.now, timeout: 5000 });
      const table = createTableCall((request) => service('dynamodb')(request), TABLE);
      const app = () => ({
        url: `${this.#url}/app`,
        signingKeys: () => Promise.resolve([signingKey(OTHER_SECRET)]),
        now: clock.now,
      });
      const { topic } = options;
      return withDurableExecution(
        createOperation({
          site: SITE,
          enterTenant: (session) => {
            this.sessions.push(session);
            const refusal = this.entering.shift();
            return refusal instanceof Error ? Promise.reject(refusal) : Promise.resolve(this.tenant);
          },
          paths: createLaunchPathMemory(),
          openSealed: () => Promise.reject(new Error('nothing is sealed')),
          registerWaiter: createRegisterWaiter(table),
          tellApp: (progress) => createTellApp(app())(progress),
          answerTest: () => Promise.resolve({ state: 'taken' }),
          gate: {
            openHandle: (gate) => createOpenHandle(createOpenSealed(service('kms'), ['key']))(gate),
            gates: createGateItems(table),
            findOperation: createFindOperation(createFindWaiter(table), clock.now),
            sendSignal: (url, signal) =>
              createSendSignal(createPreSignedPut(this.#url, { timeout: 5000 }))(url, signal),
            raiseRequest: (gate) => createRaiseRequest(app())(gate),
            remindApprovers: (reminder, at) => createRemindApprovers(app())(reminder, at),
            announce:
              topic === undefined
                ? undefined
                : (gate, link) => createAnnounce(service('sns'), topic)(gate, link),
          },
          log: (line) => void this.log.push(line),
          now: clock.now,
        }),
        { durableExecutionClient },
      );
    }, asked);
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.#dynamodb = startDynamoDb();
    await this.#dynamodb.createTable({
      TableName: TABLE,
      AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
    });
    return this;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get clock() {
    return this.execution.clock;
  }

  get states(): string[] {
    return this.taken.flatMap((message) =>
      message.type === 'operation.progressed' ? [`${message.data.sequence} ${message.data.state}`] : [],
    );
  }

  async end(within = 14 * HOUR): Promise<OperationProgress> {
    await this.execution.end(within);
    const result = this.execution.answer?.Result;
    return OperationProgress.parse(JSON.parse(typeof result === 'string' ? result : 'null'));
  }

  /** Puts an operation into the waiters' table that waits for the stack for `lasting` milliseconds more. */
  async waits(operationId: string, lasting = HOUR): Promise<void> {
    const expiresAt = Math.ceil((this.clock.now().getTime() + lasting) / 1000);
    await this.#dynamo('PutItem', {
      TableName: TABLE,
      Item: {
        key: { S: this.#stackKey },
        callbackId: { S: 'another' },
        operationId: { S: operationId },
        expiresAt: { N: String(expiresAt) },
      },
    });
  }

  get #stackKey(): string {
    const { account, region, stackId } = this.asked.gate;
    return `${account}/${region}/${stackId.split('/')[1] ?? ''}`;
  }

  /** The ingress answers a decision `delay` milliseconds from now. */
  decideAfter(
    delay: number,
    overrides: Partial<GateDecision> = {},
  ): { answer: { statusCode: number; body: string } | undefined } {
    const decided: { answer: { statusCode: number; body: string } | undefined } = { answer: undefined };
    this.clock.after(delay, 'the decision', async () => {
      decided.answer = await this.decide(overrides);
    });
    return decided;
  }

  async decide(overrides: Partial<GateDecision> = {}): Promise<{ statusCode: number; body: string }> {
    const at = this.clock.now();
    const decision: GateDecision = {
      gateId: this.asked.gate.gateId,
      site: SITE,
      requestKey: REQUEST.requestKey,
      digest: gateDigestOf(this.asked.gate),
      decision: 'approved',
      approvers: [APPROVER],
      decidedAt: '2026-01-15T09:30:00.000Z',
      reason: null,
      ...overrides,
    };
    const ingress = composeIngress(
      {
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_ENDPOINT_URL: this.#url,
        OPERATION_FUNCTION: 'arn:aws:lambda:eu-west-1:100000000002:function:operation:live',
        WEBHOOK_SECRET_ID: 'gatehouse/webhook',
        WAITERS_TABLE: TABLE,
        SITE_ID: SITE,
      },
      this.clock.now,
      (line) => void this.log.push(line),
    );
    return ingress(aRequest(aMessage('gate.decided', decision), { id: `${decision.gateId}_decided`, at }));
  }

  /** After `delay` milliseconds the stack has a status, and an event wakes whoever waits for it, unless it is lost. */
  becomes(delay: number, status: string, options: { readonly event?: boolean } = {}): void {
    this.clock.after(delay, `the stack becomes ${status}`, async () => {
      this.tenant.stackDescription = {
        status,
        outputs: [{ key: 'Address', value: 'https://wordpress.example' }],
      };
      if (options.event ?? true) await this.wake();
    });
  }

  async wake(): Promise<void> {
    const found = await this.#dynamo('GetItem', { TableName: TABLE, Key: { key: { S: this.#stackKey } } });
    const { Item } = found as { Item?: { callbackId: { S: string } } };
    if (Item) this.execution.completeCallback(Item.callbackId.S);
  }

  get #configuration() {
    return {
      region: 'eu-west-1',
      endpoint: this.#url,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    };
  }

  #dynamo(operation: string, input: object): Promise<object> {
    if (!this.#dynamodb) throw new TypeError('not started');
    return this.#dynamodb.service.handle({ operation, input } as Parameters<
      DynamoDb['service']['handle']
    >[0]);
  }

  async #answer(request: IncomingMessage): Promise<WireAnswer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const body = raw.toString('utf8');
    const url = request.url ?? '';
    const [service, operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    if (service === 'DynamoDB_20120810') {
      try {
        return { status: 200, body: await this.#dynamo(operation, JSON.parse(body) as object) };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { status: error.status, body: { __type: error.code } };
      }
    }
    if (operation === 'Decrypt') {
      const { CiphertextBlob } = JSON.parse(body) as { CiphertextBlob: string };
      const plaintext = await sealingKey.unwrap(Buffer.from(CiphertextBlob, 'base64'));
      return { status: 200, body: { Plaintext: Buffer.from(plaintext).toString('base64') } };
    }
    if (operation === 'GetSecretValue') {
      return { status: 200, body: { SecretString: JSON.stringify({ current: SECRET }) } };
    }
    if (url === '/app') return this.#app(request, raw);
    if (request.method === 'PUT') return this.#s3(request, body);
    const [, callbackId] = /^\/2025-12-01\/durable-execution-callbacks\/([^/]+)\/succeed$/.exec(url) ?? [];
    if (callbackId !== undefined) {
      this.execution.completeCallback(decodeURIComponent(callbackId));
      return { status: 200 };
    }
    this.published.push(new URLSearchParams(body));
    return { status: 200 };
  }

  #app(request: IncomingMessage, body: Buffer): WireAnswer {
    if (this.appIsAway) return { status: 503 };
    const { id, content } = open(CallbackMessage, {
      headers: request.headers,
      body,
      keys: [signingKey(OTHER_SECRET)],
      now: this.clock.now(),
    });
    this.sent.push({ id, body: body.toString('utf8'), at: this.clock.now().getTime() });
    const answer = this.appAnswers.shift() ?? { status: 200 };
    if (answer.status !== 200) return answer;
    this.taken.push(content);
    if (content.type !== 'gate.opened') return answer;
    return { status: 200, body: { gateId: content.data.gateId, ...REQUEST } };
  }

  #s3(request: IncomingMessage, body: string): WireAnswer {
    const answer = this.s3Answers.shift() ?? { status: 200 };
    const signal = JSON.parse(body) as Put['body'];
    this.signals.push({
      path: request.url ?? '',
      contentType: request.headers['content-type'],
      body: signal,
    });
    if (answer.status === 200 && this.reacts) {
      if (signal.Status === 'SUCCESS') this.becomes(2 * MINUTE, 'CREATE_COMPLETE');
      else {
        this.becomes(1000, 'ROLLBACK_IN_PROGRESS');
        this.becomes(30_000, 'ROLLBACK_COMPLETE');
      }
    }
    return answer;
  }
}
