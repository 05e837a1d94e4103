import * as z from 'zod/mini';
import { DownstreamFailed } from './downstream';
import type { SignedFetch } from './signed-fetch';

const Answer = z.object({ PublicKey: z.base64() });

/**
 * Reads the public half of a key in KMS, once: it never changes.
 * @param keyArn an ARN, because an alias could come to mean another key
 * @returns SPKI DER
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html
 */
export const createPublicKeyReader = (kms: SignedFetch, keyArn: string): (() => Promise<Uint8Array>) => {
  let known: Uint8Array | undefined;
  return async () => {
    if (known) return known;
    const { text } = await kms({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.GetPublicKey' },
      body: JSON.stringify({ KeyId: keyArn }),
    });
    known = publicKey(text);
    return known;
  };
};

const publicKey = (answer: string): Uint8Array => {
  try {
    return Buffer.from(Answer.parse(JSON.parse(answer)).PublicKey, 'base64');
  } catch (error) {
    throw new DownstreamFailed('kms', error);
  }
};
