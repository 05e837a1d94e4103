import { inspect } from 'node:util';
import { awsConfiguration } from '../../../../aws-bridge/runtime/environment';
import { openSealedValue, sealValue } from '../../../../aws-bridge/contract/sealed-value';
import { createPublicKeyReader, createUnwrap } from '../../../../aws-bridge/runtime/kms';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { aSealingKey, GATE_ID } from '../../../builders/gate';
import { type GivenAnswer, startHttpServer } from './http-server';

const KEY_ARN = 'arn:aws:kms:eu-west-1:100000000002:key/00000000-0000-4000-8000-000000000001';
const KEY = aSealingKey();

let server: Awaited<ReturnType<typeof startHttpServer>>;
let answer: GivenAnswer;
beforeEach(async () => {
  server = await startHttpServer(() => answer);
});
afterEach(() => server.stop());

const kms = () =>
  createSignedFetch(
    'kms',
    awsConfiguration({
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: server.url,
    }),
    { now: () => new Date(), timeout: 2_000 },
  );
const readsKey = () => createPublicKeyReader(kms(), KEY_ARN);

test('a public key that could not be read is asked for again, and one that was read is not', async () => {
  const read = readsKey();
  answer = { status: 500, body: { __type: 'KMSInternalException' } };
  await expect(read()).rejects.toMatchObject({ name: 'DownstreamFailed', service: 'kms' });
  answer = { status: 200, body: { PublicKey: KEY.publicKey.toString('base64') } };
  expect(Buffer.from(await read())).toEqual(KEY.publicKey);
  expect(Buffer.from(await read())).toEqual(KEY.publicKey);
  expect(server.received).toHaveLength(2);
});

test("a sealed value's key is decrypted by KMS, as sealing wrapped it", async () => {
  const key = Buffer.alloc(32, 7);
  answer = { status: 200, body: { KeyId: KEY_ARN, Plaintext: key.toString('base64') } };
  expect(Buffer.from(await createUnwrap(kms(), KEY_ARN)(Buffer.from('wrapped')))).toEqual(key);
  const [decrypt] = server.received;
  expect(decrypt?.headers).toMatchObject({
    'x-amz-target': 'TrentService.Decrypt',
    'content-type': 'application/x-amz-json-1.1',
  });
  expect(JSON.parse(decrypt?.body ?? '')).toEqual({
    KeyId: KEY_ARN,
    CiphertextBlob: Buffer.from('wrapped').toString('base64'),
    EncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
  });
});

test('what is sealed with the one opens with the other', async () => {
  answer = { status: 200, body: { PublicKey: KEY.publicKey.toString('base64') } };
  const sealed = sealValue({ publicKey: await readsKey()(), value: 'a secret', context: GATE_ID });
  const unwrap = async (wrapped: Uint8Array): Promise<Uint8Array> => {
    const plaintext = Buffer.from(await KEY.unwrap(wrapped)).toString('base64');
    answer = { status: 200, body: { Plaintext: plaintext } };
    return createUnwrap(kms(), KEY_ARN)(wrapped);
  };
  expect(await openSealedValue({ sealed, context: GATE_ID, unwrap })).toBe('a secret');
});

test.each(['no JSON', '{}', '{"Plaintext":7}', '{"Plaintext":"marked?"}'])(
  'an answer without a key is a failure that quotes nothing of it (%s)',
  async (body) => {
    answer = { status: 200, body };
    const thrown: unknown = await createUnwrap(
      kms(),
      KEY_ARN,
    )(Buffer.from('wrapped')).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'DownstreamFailed', service: 'kms' });
    expect(inspect(thrown, { depth: null })).not.toContain('marked');
  },
);

test('a value that KMS cannot decrypt is refused by name', async () => {
  answer = { status: 400, body: { __type: 'InvalidCiphertextException' } };
  await expect(createUnwrap(kms(), KEY_ARN)(Buffer.from('wrapped'))).rejects.toMatchObject({
    name: 'AwsRefused',
    code: 'InvalidCiphertextException',
  });
});
