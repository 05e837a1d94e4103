import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { awsFailure } from './aws-failure';
import type { RegisterWaiter } from './waiters-port';

/** Keeps the waiters in a DynamoDB table; one entry a stack, the latest. */
export const createRegisterWaiter =
  (dynamodb: DynamoDBClient, table: string): RegisterWaiter =>
  async ({ stack, callbackId, expiresAt }) => {
    try {
      await dynamodb.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            stack: { S: stack },
            callbackId: { S: callbackId },
            expiresAt: { N: String(Math.ceil(expiresAt.getTime() / 1000)) },
          },
        }),
      );
    } catch (error) {
      throw awsFailure('dynamodb', error);
    }
  };
