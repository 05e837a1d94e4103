import { AwsRefused, type SignedFetch } from '../runtime/signed-fetch';
import { AwsFailure } from './aws-failure';
import type { RegisterWaiter } from './waiters-port';

/**
 * Keeps the waiters in a DynamoDB table: one entry a stack, the latest. A signed request in place of DynamoDB's
 * client, which would be a tenth of this function for one call.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
 */
export const createRegisterWaiter =
  (dynamodb: SignedFetch, table: string): RegisterWaiter =>
  async ({ stack, callbackId, expiresAt }) => {
    const item = {
      stack: { S: stack },
      callbackId: { S: callbackId },
      expiresAt: { N: String(Math.ceil(expiresAt.getTime() / 1000)) },
    };
    try {
      await dynamodb({
        method: 'POST',
        path: '/',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'DynamoDB_20120810.PutItem',
        },
        body: JSON.stringify({ TableName: table, Item: item }),
      });
    } catch (error) {
      const refused = error instanceof AwsRefused;
      const code = refused ? error.code : 'NotAnswered';
      throw new AwsFailure({ service: 'dynamodb', code, words: '', transient: !refused });
    }
  };
