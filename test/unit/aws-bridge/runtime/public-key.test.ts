import { awsConfiguration } from '../../../../aws-bridge/runtime/environment';
import { createPublicKeyReader } from '../../../../aws-bridge/runtime/public-key';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { type GivenAnswer, startHttpServer } from './http-server';

const KEY_ARN = 'arn:aws:kms:eu-west-1:100000000002:key/00000000-0000-4000-8000-000000000001';
const DER = Buffer.from('a public key');
const HELD: GivenAnswer = { status: 200, body: { KeyId: KEY_ARN, PublicKey: DER.toString('base64') } };

let server: Awaited<ReturnType<typeof startHttpServer>>;
let answer: GivenAnswer;
beforeEach(async () => {
  answer = HELD;
  server = await startHttpServer(() => answer);
});
afterEach(() => server.stop());

const reader = () => {
  const configuration = awsConfiguration({
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: server.url,
  });
  return createPublicKeyReader(
    createSignedFetch('kms', configuration, { now: () => new Date(), timeout: 2_000 }),
    KEY_ARN,
  );
};

test('a public key is asked for by its ARN', async () => {
  expect(Buffer.from(await reader()())).toEqual(DER);
  const [get] = server.received;
  expect(get?.headers).toMatchObject({
    'x-amz-target': 'TrentService.GetPublicKey',
    'content-type': 'application/x-amz-json-1.1',
  });
  expect(JSON.parse(get?.body ?? '')).toEqual({ KeyId: KEY_ARN });
});

test('one that could not be read is asked for again, and one that was read is not', async () => {
  const read = reader();
  answer = { status: 500, body: { __type: 'KMSInternalException' } };
  await expect(read()).rejects.toMatchObject({ name: 'DownstreamFailed', service: 'kms' });
  answer = HELD;
  await read();
  expect(Buffer.from(await read())).toEqual(DER);
  expect(server.received).toHaveLength(2);
});

test.each(['no JSON', '{}', '{"PublicKey":7}', '{"PublicKey":"?"}'])(
  'an answer without a key is a failure (%s)',
  async (body) => {
    answer = { status: 200, body };
    await expect(reader()()).rejects.toMatchObject({ name: 'DownstreamFailed', service: 'kms' });
  },
);

test('a key that is disabled is named by its refusal', async () => {
  answer = { status: 400, body: { __type: 'DisabledException' } };
  await expect(reader()()).rejects.toMatchObject({ name: 'AwsRefused', code: 'DisabledException' });
});
