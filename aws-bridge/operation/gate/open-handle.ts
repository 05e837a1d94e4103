import * as z from 'zod/mini';
import { openSealedValue, SealedValueRefused } from '../../contract/sealed-value';
import { DownstreamFailed } from '../../runtime/downstream';
import { AwsRefused, type SignedFetch } from '../../runtime/signed-fetch';
import { HandleNotOpened, type OpenHandle } from './gate-ports';

const Decrypted = z.object({ Plaintext: z.base64() });

/**
 * Opens handles with the private half of the key, which never leaves KMS.
 * @param key its ARN
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export const createOpenHandle =
  (kms: SignedFetch, key: string): OpenHandle =>
  async ({ gate, sealedHandle }) => {
    const unwrap = async (wrappedKey: Uint8Array): Promise<Uint8Array> => {
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
    try {
      return await openSealedValue({ sealed: sealedHandle, context: gate.gateId, unwrap });
    } catch (error) {
      if (error instanceof SealedValueRefused || isForAnotherKey(error)) throw new HandleNotOpened();
      throw error;
    }
  };

const isForAnotherKey = (error: unknown): boolean =>
  error instanceof AwsRefused && error.code === 'InvalidCiphertextException';

/** No cause is kept: a parser's message could quote the key. */
const plaintext = (answer: string): Uint8Array => {
  try {
    return Buffer.from(Decrypted.parse(JSON.parse(answer)).Plaintext, 'base64');
  } catch {
    throw new DownstreamFailed('kms', new TypeError('Decrypt answered without Plaintext'));
  }
};
