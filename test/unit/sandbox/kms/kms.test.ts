import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { z } from 'zod';
import { createSignedFetch } from '../../../../aws-bridge/runtime/signed-fetch';
import { DATA_PROD, HUB, REGION } from '../../../sandbox/organization';
import { type RunningAws, runningAws } from '../aws/running-aws';

const keyArn = (id: number, region = REGION): string =>
  `arn:aws:kms:${region}:${HUB}:key/00000000-0000-4000-8000-00000000000${id}`;
const ONE = keyArn(1);
const OTHER = keyArn(2);
const SYMMETRIC = keyArn(3);
const ROLE = 'probe';
const WITH = 'RSAES_OAEP_SHA_256';

let aws: RunningAws;
beforeEach(async () => {
  aws = await runningAws();
  const usage = 'ENCRYPT_DECRYPT';
  aws.keys.create({ arn: ONE, spec: 'RSA_2048', usage });
  aws.keys.create({ arn: OTHER, spec: 'RSA_2048', usage });
  aws.keys.create({ arn: SYMMETRIC, spec: 'SYMMETRIC_DEFAULT', usage });
  for (const arn of [ONE, OTHER, SYMMETRIC]) keyPolicy(arn, { AWS: `arn:aws:iam::${HUB}:root` });
  allowed({ Action: 'kms:*', Resource: '*' });
});
afterEach(() => aws.close());

const keyPolicy = (arn: string, principal: object): void =>
  aws.iam.putResourcePolicy(arn, {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'kms:*', Resource: '*' }],
  });

const allowed = (statement: object, account = HUB): void =>
  aws.iam.putRole({
    ...{ account, name: ROLE, trust: { Version: '2012-10-17', Statement: [] } },
    policies: { probe: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] } },
  });

const Answer = z.object({
  KeyId: z.string(),
  PublicKey: z.base64().optional(),
  Plaintext: z.base64().optional(),
  KeySpec: z.string().optional(),
  EncryptionAlgorithms: z.array(z.string()).optional(),
});

const ask = async (operation: string, input: object, account = HUB) => {
  const send = createSignedFetch('kms', aws.as(ROLE, account), { now: () => new Date(), timeout: 10_000 });
  const { text } = await send({
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${operation}` },
    body: JSON.stringify(input),
  });
  return Answer.parse(JSON.parse(text));
};

/** What somebody outside of AWS makes of a text with the public half of a key. */
const sealed = async (text: string, key = ONE, oaepHash = 'sha256'): Promise<string> => {
  const { PublicKey = '' } = await ask('GetPublicKey', { KeyId: key });
  const publicKey = createPublicKey({ key: Buffer.from(PublicKey, 'base64'), type: 'spki', format: 'der' });
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key: publicKey, padding, oaepHash }, Buffer.from(text)).toString('base64');
};
const open = (ciphertext: string, changes: object = {}, account = HUB) =>
  ask('Decrypt', { CiphertextBlob: ciphertext, KeyId: ONE, EncryptionAlgorithm: WITH, ...changes }, account);

test('what is encrypted with the public half is decrypted, in every sandbox of a process', async () => {
  const ciphertext = await sealed('for nobody else');
  const { Plaintext = '', KeyId } = await open(ciphertext);
  expect([Buffer.from(Plaintext, 'base64').toString(), KeyId]).toEqual(['for nobody else', ONE]);
  const before = await ask('GetPublicKey', { KeyId: ONE });
  await aws.close();
  aws = await runningAws();
  aws.keys.create({ arn: ONE, spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' });
  keyPolicy(ONE, { AWS: `arn:aws:iam::${HUB}:root` });
  allowed({ Action: 'kms:*', Resource: '*' });
  expect(await ask('GetPublicKey', { KeyId: ONE })).toEqual(before);
});

test('a key is named by ARN, by id or by an alias', async () => {
  const alias = 'alias/sealed';
  aws.keys.name(`arn:aws:kms:${REGION}:${HUB}:${alias}`, ONE.split('/')[1] ?? '');
  for (const KeyId of [ONE, ONE.split('/')[1], alias, `arn:aws:kms:${REGION}:${HUB}:${alias}`]) {
    expect(await ask('GetPublicKey', { KeyId })).toMatchObject({
      ...{ KeyId: ONE, KeySpec: 'RSA_2048' },
      EncryptionAlgorithms: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
    });
  }
});

test('another key, another hash and a changed byte open nothing', async () => {
  const ciphertext = await sealed('for nobody else');
  const changed = Buffer.from(ciphertext, 'base64');
  changed.writeUInt8(changed.readUInt8(100) ^ 1, 100);
  const invalid = { code: 'InvalidCiphertextException', status: 400 };
  await expect(open(ciphertext, { KeyId: OTHER })).rejects.toMatchObject(invalid);
  await expect(open(ciphertext, { EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' })).rejects.toMatchObject(invalid);
  await expect(open(changed.toString('base64'))).rejects.toMatchObject(invalid);
  await expect(open('AAAA')).rejects.toMatchObject(invalid);
  await expect(open(ciphertext, { KeyId: undefined, EncryptionAlgorithm: undefined })).rejects.toMatchObject(
    invalid,
  );
});

test('an algorithm that a key is not for is refused as such', async () => {
  const ciphertext = await sealed('for nobody else');
  const wrong = { code: 'InvalidKeyUsageException' };
  await expect(open(ciphertext, { EncryptionAlgorithm: undefined })).rejects.toMatchObject(wrong);
  await expect(open(ciphertext, { KeyId: SYMMETRIC })).rejects.toMatchObject(wrong);
  await expect(ask('GetPublicKey', { KeyId: SYMMETRIC })).rejects.toMatchObject({
    code: 'UnsupportedOperationException',
  });
});

test.each([
  ['NotFoundException', 'a key that there is not', { KeyId: keyArn(9) }],
  ['NotFoundException', 'a key of another region', { KeyId: keyArn(1, 'eu-central-1') }],
  ['NotFoundException', 'an alias that there is not', { KeyId: 'alias/unknown' }],
  ['NotFoundException', 'an alias without its prefix', { KeyId: 'sealed' }],
  ['ValidationException', 'an empty key id', { KeyId: '' }],
  [
    'ValidationException',
    'an algorithm that the key does not have',
    { EncryptionAlgorithm: 'RSAES_PKCS1_V1_5' },
  ],
  [
    'ValidationException',
    'a ciphertext of a byte too many',
    { CiphertextBlob: Buffer.alloc(6145).toString('base64') },
  ],
  ['ValidationException', 'no ciphertext', { CiphertextBlob: undefined }],
  ['SerializationException', 'a number for a ciphertext', { CiphertextBlob: 7 }],
  ['NotModelled', 'a dry run', { DryRun: true }],
])('%s answers a Decrypt with %s', async (code, _what, changes) => {
  await expect(open('AAAA', changes)).rejects.toMatchObject(
    // The stand-in's own failure to have something is a server's error, which the bridge would repeat.
    code === 'NotModelled' ? { cause: { code } } : { code },
  );
});

test('a key’s policy counts beside that of the role', async () => {
  const ciphertext = await sealed('for nobody else');
  const denied = { code: 'AccessDeniedException' };
  allowed({ Action: 'kms:GetPublicKey', Resource: ONE });
  await expect(open(ciphertext)).rejects.toMatchObject(denied);
  const Condition = { StringEquals: { 'kms:EncryptionAlgorithm': WITH } };
  allowed({ Action: 'kms:Decrypt', Resource: ONE, Condition });
  await expect(open(ciphertext)).resolves.toBeDefined();
  await expect(open(ciphertext, { EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' })).rejects.toMatchObject(denied);
  await expect(open(ciphertext, { KeyId: OTHER })).rejects.toMatchObject(denied);
  keyPolicy(ONE, { AWS: `arn:aws:iam::${HUB}:role/somebody-else` });
  await expect(open(ciphertext)).rejects.toMatchObject(denied);
});

test('another account’s role needs both policies', async () => {
  const ciphertext = await sealed('for nobody else');
  allowed({ Action: 'kms:Decrypt', Resource: '*' }, DATA_PROD);
  await expect(open(ciphertext, {}, DATA_PROD)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  keyPolicy(ONE, { AWS: `arn:aws:iam::${DATA_PROD}:role/${ROLE}` });
  await expect(open(ciphertext, {}, DATA_PROD)).resolves.toMatchObject({ KeyId: ONE });
});

test('only keys that encrypt are modelled', () => {
  const arn = keyArn(4);
  expect(() => aws.keys.create({ arn, spec: 'RSA_4096', usage: 'SIGN_VERIFY' })).toThrow('does not model');
  expect(() => aws.keys.create({ arn, spec: 'ECC_NIST_P256', usage: 'ENCRYPT_DECRYPT' })).toThrow(
    'KMS keys of ECC_NIST_P256 for ENCRYPT_DECRYPT',
  );
});
