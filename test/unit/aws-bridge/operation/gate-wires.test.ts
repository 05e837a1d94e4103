import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createAnnounce } from '../../../../aws-bridge/operation/gate/announce';
import { HandleNotOpened, SignalFailed } from '../../../../aws-bridge/operation/gate/gate-ports';
import { createOpenHandle } from '../../../../aws-bridge/operation/gate/open-handle';
import { createSendSignal } from '../../../../aws-bridge/operation/gate/send-signal';
import { approvedSignal } from '../../../../aws-bridge/operation/gate/signals';
import { attemptFailed } from '../../../../aws-bridge/operation/step-failure';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { aGate, aWaitUrl, GATE_ID } from '../../../builders/gate';
import { AwsWire } from './aws-wire';
import { anAsked } from './gate-under-test';

const thrownBy = (call: Promise<unknown>): Promise<unknown> => call.then(String, (error: unknown) => error);

describe('a signal', () => {
  let server: Server;
  let statuses: number[];
  let received: { readonly url: string; readonly headers: IncomingMessage['headers'] }[];
  let endpoint: string;
  beforeEach(async () => {
    [statuses, received] = [[], []];
    server = createServer((request, response) => {
      received.push({ url: request.url ?? '', headers: request.headers });
      request.resume().on('end', () => {
        response.writeHead(statuses.shift() ?? 200, { location: `${endpoint}/elsewhere` }).end('secret');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const signal = approvedSignal(GATE_ID, 'IT-42');

  test('goes to the URL to the letter, without a content type', async () => {
    const url = aWaitUrl();
    await createSendSignal(endpoint, 5000)(url, signal);
    expect(url.endsWith(received[0]?.url ?? 'nothing')).toBe(true);
    expect(received[0]?.headers['content-type']).toBeUndefined();
  });

  test('goes to the URL’s own host where no endpoint is set', async () => {
    const url = new URL(aWaitUrl());
    await createSendSignal(undefined, 5000)(`${endpoint}${url.pathname}${url.search}`, signal);
    expect(received[0]?.url).toBe(`${url.pathname}${url.search}`);
  });

  test.each([
    [301, false],
    [307, false],
    [400, false],
    [403, false],
    [429, true],
    [500, true],
    [503, true],
  ])('that is answered %i failed, and no redirect is followed', async (status, transient) => {
    statuses.push(status);
    const failure = await thrownBy(createSendSignal(endpoint, 5000)(aWaitUrl(), signal));
    expect(failure).toBeInstanceOf(SignalFailed);
    expect(attemptFailed(failure)).toMatchObject({ message: `signal: answered ${status}`, transient });
    expect(received).toHaveLength(1);
  });

  test('that reaches nobody is sent again, and says nothing of the URL', async () => {
    const failure = await thrownBy(createSendSignal('http://127.0.0.1:1', 5000)(aWaitUrl(), signal));
    expect(attemptFailed(failure)).toMatchObject({
      message: 'signal: unreachable (TypeError)',
      transient: true,
    });
  });
});

describe('services', () => {
  let wire: AwsWire;
  beforeEach(async () => {
    wire = new AwsWire();
    await wire.listen();
  });
  afterEach(() => wire.close());
  const signedFetch = (service: string) =>
    createSignedFetch(service, wire.configuration, { now: () => new Date(), timeout: 5000 });
  const opened = () => createOpenHandle(signedFetch('kms'), 'arn:of:key')(anAsked());

  test('a handle is opened with the key that it is for, and with the padding that it was sealed with', async () => {
    wire.answers.push({ body: { Plaintext: Buffer.alloc(32).toString('base64') } });
    // The stand-in for KMS gives a key that is not the one: what it opens is not authentic.
    expect(await thrownBy(opened())).toBeInstanceOf(HandleNotOpened);
    expect(wire.asked[0]?.operation).toBe('Decrypt');
    expect(wire.inputs).toEqual([
      {
        KeyId: 'arn:of:key',
        EncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
        CiphertextBlob: expect.stringMatching(/^[A-Za-z0-9+/=]{684}$/) as string,
      },
    ]);
  });

  test('what was sealed for another key is not for this gate', async () => {
    wire.answers.push({ status: 400, body: { __type: 'InvalidCiphertextException' } });
    expect(await thrownBy(opened())).toBeInstanceOf(HandleNotOpened);
  });

  test.each([
    [400, { __type: 'AccessDeniedException' }, 'kms answered 400 AccessDeniedException', false],
    [400, { __type: 'ThrottlingException' }, 'kms throttles', true],
    [500, { __type: 'KMSInternalException' }, 'kms failed', true],
    [200, { Plaintext: 'not base64!' }, 'kms failed', true],
  ])('KMS that answers %i %j may fare better later, or not', async (status, body, message, transient) => {
    wire.answers.push({ status, body });
    expect(attemptFailed(await thrownBy(opened()))).toMatchObject({ message, transient });
  });

  test('a topic that may not be published to is a failure that says nothing of the request', async () => {
    wire.answers.push({
      status: 403,
      body: '<ErrorResponse><Code>AuthorizationError</Code></ErrorResponse>',
    });
    const announce = createAnnounce(signedFetch('sns'), 'arn:of:topic');
    const failure = attemptFailed(await thrownBy(announce(aGate(), 'https://site.example/IT-42')));
    expect(failure.message).not.toContain('IT-42');
    expect(new URLSearchParams(wire.asked[0]?.body).get('TopicArn')).toBe('arn:of:topic');
  });
});
