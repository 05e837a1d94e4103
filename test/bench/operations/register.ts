import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { ENVIRONMENT, REGION } from '../quick-aws';

/** SHA-256, keyed where a secret is given, as the signer asks for it. */
class Sha256 {
  readonly #hash: { update(data: Uint8Array): unknown; digest(): Uint8Array };
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    // The signer keys it with text or bytes of its own.
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string | Uint8Array);
  }
  update(data: Uint8Array): void {
    this.#hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {
    throw new Error('One hash a signature');
  }
}

const signer = new SignatureV4({
  service: 'dynamodb',
  region: REGION,
  credentials: {
    accessKeyId: ENVIRONMENT.AWS_ACCESS_KEY_ID,
    secretAccessKey: ENVIRONMENT.AWS_SECRET_ACCESS_KEY,
  },
  sha256: Sha256,
});

/** Puts a waiter into the table by hand: a signed request, and nothing else. */
export const register = async (stack: string, callbackId: string): Promise<void> => {
  const host = `dynamodb.${REGION}.amazonaws.com`;
  const body = JSON.stringify({
    TableName: ENVIRONMENT.WAITERS_TABLE,
    Item: { key: { S: stack }, callbackId: { S: callbackId } },
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'https:',
    hostname: host,
    path: '/',
    query: {},
    headers: {
      host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.PutItem',
    },
    body,
  });
  const answer = await fetch(`https://${host}/`, { method: 'POST', headers, body });
  await answer.text();
};

export const tell = async (body: string): Promise<void> => {
  const answer = await fetch(ENVIRONMENT.CALLBACK_URL, { method: 'POST', body });
  await answer.text();
};
