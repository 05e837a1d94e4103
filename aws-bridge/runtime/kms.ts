import * as z from 'zod/mini';
import { DownstreamFailed } from './downstream';
import type { SignedFetch } from './signed-fetch';

/** How KMS opens what sealValue has wrapped. */
const ALGORITHM = 'RSAES_OAEP_SHA_256';

const bytes = z.pipe(
  z.base64(),
  z.transform((text): Uint8Array => Buffer.from(text, 'base64')),
);
const PublicKey = z.object({ PublicKey: bytes });
const Decrypted = z.object({ Plaintext: bytes });

/**
 * Reads the public half of a key once: it never changes.
 * @param keyArn an ARN, because an alias could come to mean another key
 * @returns SPKI DER
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html
 */
export const createPublicKeyReader = (kms: SignedFetch, keyArn: string): (() => Promise<Uint8Array>) => {
  let known: Uint8Array | undefined;
  return async () => {
    known ??= (await ask(kms, 'GetPublicKey', { KeyId: keyArn }, PublicKey)).PublicKey;
    return known;
  };
};

/**
 * Decrypts the key of a sealed value.
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export const createUnwrap =
  (kms: SignedFetch, keyArn: string) =>
  async (wrappedKey: Uint8Array): Promise<Uint8Array> => {
    const CiphertextBlob = Buffer.from(wrappedKey).toString('base64');
    const request = { KeyId: keyArn, CiphertextBlob, EncryptionAlgorithm: ALGORITHM };
    return (await ask(kms, 'Decrypt', request, Decrypted)).Plaintext;
  };

const ask = async <Schema extends z.ZodMiniType>(
  kms: SignedFetch,
  operation: string,
  request: object,
  schema: Schema,
): Promise<z.infer<Schema>> => {
  const { text } = await kms({
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${operation}` },
    body: JSON.stringify(request),
  });
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // No cause is kept: a parser's message could quote a key.
    throw new DownstreamFailed('kms', new TypeError(`${operation} answered something else than bytes`));
  }
};
