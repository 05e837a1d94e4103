import { constants, type KeyObject, privateDecrypt } from 'node:crypto';
import { z } from 'zod';
import type { FrontCall } from '../front';
import type { Context } from '../iam/context';
import { member } from '../iam/resources';
import { AwsError, type AwsCall, type AwsService, NotModelled } from '../service';
import { parseInput } from '../validation';
import { type KeyPairOf, keyPairOfProcess } from './key-pair';

/** Key specs and their bits; `SYMMETRIC_DEFAULT` never leaves KMS and has none. */
const MODULUS: Readonly<Record<string, number | undefined>> = {
  RSA_2048: 2048,
  RSA_3072: 3072,
  RSA_4096: 4096,
};
const OAEP_HASH: Readonly<Record<string, string | undefined>> = {
  RSAES_OAEP_SHA_1: 'sha1',
  RSAES_OAEP_SHA_256: 'sha256',
};
const KEY_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Key {
  readonly arn: string;
  /** Such as `RSA_4096`. */
  readonly spec: string;
  readonly usage: string;
}

/** The keys of every account. Policies weigh who may use one; what is refused here is refused to everybody. */
export class Keys {
  readonly #byArn = new Map<string, Key>();
  readonly #arnOfAlias = new Map<string, string>();
  /** What was opened once: whoever waits opens the same again and again, and a private key takes milliseconds. */
  readonly #opened = new Map<string, Buffer>();
  readonly #keyPairOf: KeyPairOf;

  constructor(keyPairOf: KeyPairOf = keyPairOfProcess) {
    this.#keyPairOf = keyPairOf;
  }

  /** @throws NotModelled for an asymmetric key other than one that RSA encrypts with */
  create(key: Key): void {
    const modelled = key.spec === 'SYMMETRIC_DEFAULT' || MODULUS[key.spec] !== undefined;
    if (!modelled || key.usage !== 'ENCRYPT_DECRYPT') {
      throw new NotModelled(`KMS keys of ${key.spec} for ${key.usage}`);
    }
    this.#byArn.set(key.arn, key);
  }

  /** @param alias ARN, such as `arn:aws:kms:eu-west-1:100000000002:alias/sealed` @param keyId ARN or id of the key */
  name(alias: string, keyId: string): void {
    this.#arnOfAlias.set(
      alias,
      keyId.startsWith('arn:') ? keyId : alias.replace(/alias\/.*/, `key/${keyId}`),
    );
  }

  /** ARN of the key that a call is on; none for one that the caller's account does not have, which needs no permission. */
  readonly resource = ({ input, region, account }: FrontCall): readonly string[] => {
    const arn = this.#arnOf(member(input, 'KeyId') ?? '', region, account);
    return this.#byArn.has(arn) || arn.split(':')[4] !== account ? [arn] : [];
  };

  #arnOf(id: string, region: string, account: string): string {
    const place = `arn:aws:kms:${region}:${account}:`;
    const arn = id.startsWith('arn:') ? id : place + (id.startsWith('alias/') ? id : `key/${id}`);
    return this.#arnOfAlias.get(arn) ?? arn;
  }

  /** The condition keys that KMS has of a call. */
  readonly context = (call: FrontCall): Context => {
    const { operation, input, region, account } = call;
    const id = member(input, 'KeyId');
    const key = this.#byArn.get(this.#arnOf(id ?? '', region, account));
    return {
      'kms:KeySpec': key?.spec,
      'kms:KeyUsage': key?.usage,
      'kms:RequestAlias':
        id !== undefined && /(^|:)alias\//.test(id) ? id.replace(/^arn:.*:/, '') : undefined,
      'kms:EncryptionAlgorithm':
        operation === 'Decrypt' ? (member(input, 'EncryptionAlgorithm') ?? 'SYMMETRIC_DEFAULT') : undefined,
    };
  };

  readonly service: AwsService = {
    handle: async (call) => {
      if (call.operation === 'GetPublicKey') return this.#publicKey(call);
      if (call.operation === 'Decrypt') return this.#decrypt(call);
      throw new NotModelled(`${call.operation} of KMS`);
    },
  };

  async #publicKey(call: AwsCall): Promise<object> {
    const input = parseInput('GetPublicKey', z.strictObject({ KeyId }), call.input);
    const key = this.#find(input.KeyId, call);
    const modulus = MODULUS[key.spec];
    if (modulus === undefined) {
      throw new AwsError(
        'UnsupportedOperationException',
        `${key.arn} origin is AWS_KMS, and its key spec ${key.spec} is not valid for this operation.`,
      );
    }
    const { publicKey } = await this.#keyPairOf(key.arn, modulus);
    return {
      KeyId: key.arn,
      PublicKey: publicKey.export({ type: 'spki', format: 'der' }),
      CustomerMasterKeySpec: key.spec,
      KeySpec: key.spec,
      KeyUsage: key.usage,
      EncryptionAlgorithms: Object.keys(OAEP_HASH),
    };
  }

  async #decrypt(call: AwsCall): Promise<object> {
    const input = parseInput('Decrypt', DecryptInput, call.input);
    const { EncryptionAlgorithm: algorithm, KeyId: id, CiphertextBlob: ciphertext } = input;
    // Only what KMS has encrypted itself under a symmetric key says under which.
    if (id === undefined) throw invalidCiphertext();
    const key = this.#find(id, call);
    const modulus = MODULUS[key.spec];
    const hash = OAEP_HASH[algorithm];
    if ((modulus === undefined) !== (algorithm === 'SYMMETRIC_DEFAULT')) {
      throw new AwsError(
        'InvalidKeyUsageException',
        `The encryption algorithm ${algorithm} cannot be used with ${key.arn}, whose key spec is ${key.spec}.`,
      );
    }
    if (modulus === undefined || hash === undefined) throw new NotModelled('ciphertexts of symmetric keys');
    const { privateKey } = await this.#keyPairOf(key.arn, modulus);
    const name = `${key.arn} ${hash} ${Buffer.from(ciphertext).toString('base64')}`;
    const Plaintext = this.#opened.get(name) ?? open(privateKey, hash, ciphertext);
    this.#opened.set(name, Plaintext);
    return { KeyId: key.arn, Plaintext: Buffer.from(Plaintext), EncryptionAlgorithm: algorithm };
  }

  #find(id: string, { region, principal }: AwsCall): Key {
    const [, , , itsRegion = region] = id.split(':');
    if (itsRegion !== region) throw notFound(`Invalid arn ${itsRegion}`);
    if (!id.includes(':') && !id.startsWith('alias/') && !KEY_ID.test(id)) {
      throw notFound(`Invalid keyId '${id}'`);
    }
    const arn = this.#arnOf(id, region, principal.account);
    const key = this.#byArn.get(arn);
    if (!key)
      throw notFound(arn.includes(':alias/') ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`);
    return key;
  }
}

const KeyId = z.string().min(1).max(2048);
const DecryptInput = z.strictObject({
  CiphertextBlob: z
    .instanceof(Uint8Array)
    .refine(({ length }) => length >= 1 && length <= 6144, { error: 'have length between 1 and 6144' }),
  KeyId: KeyId.optional(),
  EncryptionAlgorithm: z
    .enum(['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'])
    .default('SYMMETRIC_DEFAULT'),
});

const notFound = (message: string): AwsError => new AwsError('NotFoundException', message);
/** Without a word, as the real service answers it. */
const invalidCiphertext = (): AwsError => new AwsError('InvalidCiphertextException', '');

const open = (key: KeyObject, oaepHash: string, ciphertext: Uint8Array): Buffer => {
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, ciphertext);
  } catch {
    throw invalidCiphertext();
  }
};
