import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import * as z from 'zod/mini';
import { LONGEST_SEALED_VALUE, SEALED_VALUE } from './patterns';

/** Bytes of a value at most, in UTF-8. The longest parameter's value that CloudFormation takes fits. */
export const MAX_SEALED_BYTES = 16_384;

const MODULUS_BITS = 4096;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A value that only the holder of the private key reads, and only for what it was sealed for. */
export const SealedValue = z.string().check(z.maxLength(LONGEST_SEALED_VALUE), z.regex(SEALED_VALUE));
export type SealedValue = z.infer<typeof SealedValue>;

/** The public key is not one that values are sealed to. */
export class SealingKeyUnfit extends Error {
  override readonly name = 'SealingKeyUnfit';
  constructor(found: string) {
    super(`The sealing key is ${found}; it has to be RSA with ${MODULUS_BITS} bits, in SPKI DER`);
  }
}

/** A value is too long to be sealed. Its text is not told. */
export class ValueTooLong extends Error {
  override readonly name = 'ValueTooLong';
  constructor(bytes: number) {
    super(`A value of ${bytes} bytes is to be sealed; at most ${MAX_SEALED_BYTES} are possible`);
  }
}

/**
 * A sealed value does not open.
 *
 * - `malformed`: it is not what sealValue writes
 * - `not-authentic`: it was changed, or sealed for something else
 */
export class SealedValueRefused extends Error {
  override readonly name = 'SealedValueRefused';
  readonly reason: 'malformed' | 'not-authentic';
  constructor(reason: SealedValueRefused['reason']) {
    super(`The sealed value does not open: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Seals a value.
 * @param sealing.publicKey in SPKI DER, as KMS's GetPublicKey gives it
 * @param sealing.context what it is sealed for: opened for anything else it is refused
 * @throws SealingKeyUnfit, ValueTooLong
 */
export const sealValue = (sealing: {
  readonly publicKey: Uint8Array;
  readonly value: string;
  readonly context: string;
}): SealedValue => {
  const publicKey = sealingKey(sealing.publicKey);
  const value = Buffer.from(sealing.value);
  if (value.length > MAX_SEALED_BYTES) throw new ValueTooLong(value.length);
  const key = randomBytes(KEY_BYTES);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(authenticated(sealing.context));
  const ciphertext = Buffer.concat([cipher.update(value), cipher.final(), cipher.getAuthTag()]);
  const wrapped = publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    key,
  );
  return written([wrapped, iv, ciphertext]);
};

/**
 * Opens a sealed value.
 * @param opening.unwrap decrypts the value's key: KMS's Decrypt with RSAES_OAEP_SHA_256
 * @throws SealedValueRefused, and what unwrap throws
 */
export const openSealedValue = async (opening: {
  readonly sealed: string;
  readonly context: string;
  readonly unwrap: (wrappedKey: Uint8Array) => Promise<Uint8Array>;
}): Promise<string> => {
  const [wrapped, iv, ciphertext] = parts(opening.sealed);
  const key = await opening.unwrap(wrapped);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
      .setAAD(authenticated(opening.context))
      .setAuthTag(ciphertext.subarray(-TAG_BYTES));
    const value = Buffer.concat([decipher.update(ciphertext.subarray(0, -TAG_BYTES)), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    throw new SealedValueRefused('not-authentic');
  }
};

const sealingKey = (der: Uint8Array): KeyObject => {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    throw new SealingKeyUnfit('no public key');
  }
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (key.asymmetricKeyType !== 'rsa' || bits !== MODULUS_BITS) {
    throw new SealingKeyUnfit([key.asymmetricKeyType, bits].join(' '));
  }
  return key;
};

/** The form's version is authenticated, too: another version's value is never taken for one of this. */
const authenticated = (context: string): Buffer => Buffer.from(`sealed.1\n${context}`);

const parts = (sealed: string): readonly [Buffer, Buffer, Buffer] => {
  const part = (group: string): Buffer =>
    Buffer.from(sealed.replace(SEALED_VALUE, `$<${group}>`), 'base64url');
  const found = [part('wrapped'), part('iv'), part('ciphertext')] as const;
  // Of the bits that the last digit of a part does not need, another writing would be the same value.
  if (!SEALED_VALUE.test(sealed) || written(found) !== sealed) throw new SealedValueRefused('malformed');
  return found;
};

const written = (parts: readonly Buffer[]): string =>
  ['sealed', '1', ...parts.map((part) => part.toString('base64url'))].join('.');
