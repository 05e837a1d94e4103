import { createAnnounce } from '../../../../aws-bridge/operation/gate/announce';
import { HandleNotOpened, SignalFailed } from '../../../../aws-bridge/operation/gate/gate-ports';
import { createOpenHandle } from '../../../../aws-bridge/operation/gate/open-handle';
import { createOpenSealed } from '../../../../aws-bridge/operation/open-sealed';
import { createSendSignal } from '../../../../aws-bridge/operation/gate/send-signal';
import { approvedSignal } from '../../../../aws-bridge/operation/gate/signals';
import { attemptFailed } from '../../../../aws-bridge/operation/step-failure';
import { createPreSignedPut, type PreSignedPut } from '../../../../aws-bridge/runtime/pre-signed-put';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { aGate, aWaitUrl, GATE_ID } from '../../../builders/gate';
import { AwsWire } from './aws-wire';
import { anAsked } from './gate-under-test';

const thrownBy = (call: Promise<unknown>): Promise<unknown> => call.then(String, (error: unknown) => error);

describe('a signal', () => {
  const signal = approvedSignal(GATE_ID, 'IT-42');

  test('is put to the URL as CloudFormation reads it', async () => {
    const puts: (readonly [string, string])[] = [];
    const put: PreSignedPut = (...given) => Promise.resolve(puts.push(given) && 200);
    await createSendSignal(put)(aWaitUrl(), signal);
    expect(puts.map(([url, body]) => [url, JSON.parse(body) as unknown])).toEqual([
      [
        aWaitUrl(),
        {
          Status: 'SUCCESS',
          UniqueId: `${GATE_ID}-approved`,
          Reason: 'Approved in IT-42',
          Data: 'IT-42',
        },
      ],
    ]);
  });

  test.each([
    [301, false],
    [307, false],
    [400, false],
    [403, false],
    [429, true],
    [500, true],
    [503, true],
  ])('that is answered %i failed', async (status, transient) => {
    const failure = await thrownBy(createSendSignal(() => Promise.resolve(status))(aWaitUrl(), signal));
    expect(failure).toBeInstanceOf(SignalFailed);
    expect(attemptFailed(failure)).toMatchObject({ message: `signal: answered ${status}`, transient });
  });

  test('that reaches nobody is sent again, and says nothing of the URL', async () => {
    const put = createPreSignedPut('http://127.0.0.1:1', { timeout: 5000 });
    const failure = await thrownBy(createSendSignal(put)(aWaitUrl(), signal));
    expect(attemptFailed(failure)).toMatchObject({ message: 'signal: unreachable', transient: true });
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
  const opened = (keys = ['arn:of:key']) =>
    createOpenHandle(createOpenSealed(signedFetch('kms'), keys))(anAsked());

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

  test('what was sealed for a former key is opened with that', async () => {
    wire.answers.push({ status: 400, body: { __type: 'InvalidCiphertextException' } });
    wire.answers.push({ body: { Plaintext: Buffer.alloc(32).toString('base64') } });
    await thrownBy(opened(['arn:of:key', 'arn:of:former', 'arn:of:another']));
    expect(wire.inputs).toEqual([
      expect.objectContaining({ KeyId: 'arn:of:key' }),
      expect.objectContaining({ KeyId: 'arn:of:former' }),
    ]);
  });

  test.each(['DisabledException', 'KMSInvalidStateException', 'NotFoundException'])(
    'a key that is out of use (%s) keeps no former one from opening, and is named where none does',
    async (code) => {
      wire.answers.push({ status: 400, body: { __type: code } });
      wire.answers.push({ status: 400, body: { __type: 'InvalidCiphertextException' } });
      wire.answers.push({ body: { Plaintext: Buffer.alloc(32).toString('base64') } });
      await thrownBy(opened(['arn:of:key', 'arn:of:former', 'arn:of:another']));
      expect(wire.inputs.at(-1)).toMatchObject({ KeyId: 'arn:of:another' });

      wire.answers.push({ status: 400, body: { __type: 'InvalidCiphertextException' } });
      wire.answers.push({ status: 400, body: { __type: code } });
      expect(await thrownBy(opened(['arn:of:key', 'arn:of:former']))).toMatchObject({
        name: 'AwsRefused',
        code,
      });
    },
  );

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
