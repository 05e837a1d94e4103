import * as z from 'zod/mini';
import { openSealedValue, SealedValueRefused } from '../contract/sealed-value';
import { DownstreamFailed } from '../runtime/downstream';
import { AwsRefused, type SignedFetch } from '../runtime/signed-fetch';

/** No key that this bridge has opens a sealed value for what it is said to be for: it was changed, or sealed for something else. */
export class SealedValueNotOpened extends Error {
  override readonly name = 'SealedValueNotOpened';
}

/**
 * Opens a sealed value.
 * @param context what it has to have been sealed for
 * @throws SealedValueNotOpened, AwsRefused, DownstreamFailed, DownstreamThrottled; {@link isKeyOutOfUse} knows the refusal of
 * a key that was disabled, where no other key opens the value
 */
export type OpenSealed = (sealed: string, context: string) => Promise<string>;

const Decrypted = z.object({ Plaintext: z.base64() });

/**
 * Opens with the private halves of keys, which never leave KMS.
 * @param keys their ARNs: the one that values are sealed to now, then former ones, to which what waits may be sealed
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export const createOpenSealed = (kms: SignedFetch, keys: readonly string[]): OpenSealed => {
  const decrypt = async (key: string, wrappedKey: Uint8Array): Promise<Uint8Array> => {
    const { text } = await kms({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.Decrypt' },
      body: JSON.stringify({
        KeyId: key,
        EncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
        CiphertextBlob: Buffer.from(wrappedKey).toString('base64'),
      }),
    });
    return plaintext(text);
  };
  const unwrap = async (wrappedKey: Uint8Array): Promise<Uint8Array> => {
    let outOfUse: AwsRefused | undefined;
    for (const key of keys) {
      try {
        return await decrypt(key, wrappedKey);
      } catch (error) {
        if (isKeyOutOfUse(error)) outOfUse ??= error;
        else if (!isForAnotherKey(error)) throw error;
      }
    }
    // It may have been sealed to that one; no key tells what it would have opened.
    throw outOfUse ?? new SealedValueNotOpened();
  };
  return async (sealed, context) => {
    try {
      return await openSealedValue({ sealed, context, unwrap });
    } catch (error) {
      throw error instanceof SealedValueRefused ? new SealedValueNotOpened() : error;
    }
  };
};

const isForAnotherKey = (error: unknown): boolean =>
  error instanceof AwsRefused && error.code === 'InvalidCiphertextException';

const OUT_OF_USE = new Set(['DisabledException', 'KMSInvalidStateException', 'NotFoundException']);

/** Whether KMS refuses because a key was disabled, is about to be deleted, or is gone. */
export const isKeyOutOfUse = (error: unknown): error is AwsRefused =>
  error instanceof AwsRefused && OUT_OF_USE.has(error.code);

/** No cause is kept: a parser's message could quote the key. */
const plaintext = (answer: string): Uint8Array => {
  try {
    return Buffer.from(Decrypted.parse(JSON.parse(answer)).Plaintext, 'base64');
  } catch {
    throw new DownstreamFailed('kms', new TypeError('Decrypt answered without Plaintext'));
  }
};
